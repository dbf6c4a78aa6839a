export const id = 3787;
export const ids = [3787];
export const modules = {

/***/ 15206:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ findLostLedger),
/* harmony export */   e: () => (/* binding */ requireNoLostLedger)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(30882);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49302);

/** What to say of a ledger that is not there and must have been; null when nothing speaks of one. */
async function findLostLedger({ repository, ledger, }) {
    if ((await ledger.lastSeen()) !== null)
        return 'this clone saw it';
    // Tags of other tools and of people, who ask for a registration by them, say nothing of a ledger.
    const told = (await repository.tags()).find((tag) => tag.isOurs && (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .parseTag */ .ED)(tag.name) !== null);
    return told === undefined ? null : `the tag ${told.name} was made after an entry of it`;
}
/** A second ledger would forget all that the first one said. @throws flow/ledger-missing */
async function requireNoLostLedger(surroundings) {
    const because = await findLostLedger(surroundings);
    if (because !== null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .weighbridgeError */ .q)('flow/ledger-missing', { because });
}
//# sourceMappingURL=lost-ledger.js.map

/***/ }),

/***/ 27332:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ notRegistered),
/* harmony export */   t: () => (/* binding */ unknownOrNotRegistered)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(82275);
/* harmony import */ var _governing_governance_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(61012);
/* harmony import */ var _governing_unknown_model_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1416);
/* harmony import */ var _reading_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(78584);
/* harmony import */ var _lost_ledger_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(15206);






/**
 * Why the ledger knows nothing of a model that has a manifest: the ledger itself is gone, or no version of it was
 * registered yet.
 */
async function notRegistered(surroundings, model) {
    return (await ledgerMissing(surroundings)) ?? (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/not-registered', { model });
}
/** The same of a name that somebody typed: it may be that of another model, registered or with a manifest. */
async function unknownOrNotRegistered(surroundings, typed) {
    const missing = await ledgerMissing(surroundings);
    if (missing !== null)
        return missing;
    const { models } = await (0,_governing_governance_js__WEBPACK_IMPORTED_MODULE_1__/* .readGovernedFiles */ .sC)((0,_reading_files_js__WEBPACK_IMPORTED_MODULE_2__/* .filesOfWorkTree */ .UH)(surroundings.workTree));
    const known = new Set([
        ...(await surroundings.ledger.models()),
        ...models.map(({ manifest }) => manifest.name),
    ]);
    const isTypo = !known.has(typed) && (0,_weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__/* .closestWord */ .En)(typed, [...known]) !== null;
    return isTypo ? (0,_governing_unknown_model_js__WEBPACK_IMPORTED_MODULE_4__/* .unknownModel */ .w)(typed, [...known]) : (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/not-registered', { model: typed });
}
async function ledgerMissing(surroundings) {
    if ((await surroundings.ledger.models()).length > 0)
        return null;
    const because = await (0,_lost_ledger_js__WEBPACK_IMPORTED_MODULE_5__/* .findLostLedger */ .R)(surroundings);
    return because === null ? null : (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/ledger-missing', { because });
}
//# sourceMappingURL=not-registered.js.map

/***/ }),

/***/ 94288:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U4: () => (/* binding */ historyRows),
/* harmony export */   bu: () => (/* binding */ catalogueAt),
/* harmony export */   wj: () => (/* binding */ readEvents)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49302);
/* harmony import */ var _entry_entry_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(83435);
/* harmony import */ var _log_replay_state_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(92431);



/** The events of entries, in order. Says nothing of signatures: an audit does. @throws ledger/malformed */
function readEvents(entries, start = 0) {
    return entries.map((bytes, place) => {
        const parsed = (0,_entry_entry_js__WEBPACK_IMPORTED_MODULE_0__/* .peekEntry */ .wI)(bytes);
        if ('fault' in parsed)
            throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .weighbridgeError */ .q)('ledger/malformed', { what: `Entry ${start + place}`, reason: parsed.fault });
        return parsed.value.event;
    });
}
/** Rows for `audit log`; `start` is the index of the first entry. @throws ledger/malformed */
function historyRows(entries, start = 0) {
    return readEvents(entries, start).map((event, place) => ({
        index: start + place,
        time: event.context.time,
        type: event.type,
        model: event.model,
        version: event.version,
        what: describeBody(event),
        actor: event.context.actor.login,
        justification: event.context.justification,
        commit: event.context.commit,
        run: event.context.run?.url ?? null,
        id: event.id,
    }));
}
function describeBody(event) {
    switch (event.type) {
        case 'registered':
            return `${event.body.bump}, tag ${event.body.tag}`;
        case 'transitioned':
            return `${event.body.from ?? 'none'} -> ${event.body.to}, replaces ${event.body.replaces ?? 'nothing'}, ${event.body.verdict}${describeApprovals(event.body)}${describePull(event.body)}`;
        case 'rolled-back':
            return `${event.body.stage}, leaves ${event.body.replaces}, which is archived and frozen${describePull(event.body)}`;
        case 'aliased':
            return event.body.removed
                ? `${event.body.alias} removed`
                : `${event.body.alias}, replaces ${event.body.replaces ?? 'nothing'}`;
        case 'archived':
            return event.body.from === null ? 'archived' : `leaves ${event.body.from}`;
        case 'deprecated':
            return `the ${event.body.scope}`;
        case 'approved':
            return `${event.body.transition}, by ${event.body.review.author.login} for ${event.body.review.roster}${describePull(event.body)}`;
        case 'waived':
            return `${event.body.gate}, until ${event.body.expires ?? 'revoked'}${describeReason(event.body)}`;
        case 'waiver-revoked':
            return `${event.body.gate}, which would have held until ${event.body.expires ?? 'revoked'}`;
        case 'gate-decided':
            return `${event.body.transition}: ${event.body.verdict}, ${event.body.outcome}${describePull(event.body)}`;
        case 'evidence-added':
            return `${event.body.id} (${event.body.level})`;
        case 'signed':
            return event.body.kind === 'key' ? `by the key ${event.body.signer.slice(0, 12)}` : `by ${event.body.signer}`;
        case 'deployed':
            return event.body.environment;
        case 'synced':
            return event.body.registry;
        case 'tiered':
            return event.body.tier;
        case 'bytes-released':
            return `bytes given up by ${event.body.rule}, since ${event.body.since}`;
        case 'held':
            return `${event.body.matter}, until ${event.body.until ?? 'released'}`;
        case 'hold-released':
            return event.body.matter;
        case 'policy-changed':
            return `stages ${event.body.stages.join(', ')}`;
        case 'applied':
            return `${describePointers({ ...event.body.stages, ...event.body.aliases })}${describePull(event.body)}`;
        case 'bypassed':
            return `${describePointers(event.body.requested)}: ${event.body.because}${describePull(event.body)}`;
        case 'observed':
        case 'annotated':
            return '';
    }
}
function describeApprovals({ approvals = [] }) {
    const logins = [...new Set(approvals.map(({ login }) => login))];
    return logins.length === 0 ? '' : `, approved by ${logins.join(' and ')}`;
}
function describePull({ pull = null }) {
    return pull === null ? '' : `, #${pull}`;
}
function describeReason({ rule, reason }) {
    return `${rule === undefined ? '' : `, by ${rule}`}${reason === undefined ? '' : `: ${reason}`}`;
}
function describePointers(pointers) {
    const named = Object.entries(pointers).sort(([left], [right]) => (left < right ? -1 : 1));
    return named.map(([name, version]) => `${name} ${version ?? 'empty'}`).join(', ') || 'nothing';
}
/**
 * The log as of a time (RFC 3339, UTC): everything up to the last entry that is not later. An entry with a later time
 * that stands before such an entry was there by then, whatever the clock of its writer said.
 * @throws ledger/malformed, also for an entry that the rules refuse.
 */
function catalogueAt(entries, time) {
    const events = readEvents(entries);
    const size = 1 + events.findLastIndex((event) => event.context.time <= time);
    const catalogues = new Map();
    let policy = null;
    for (const [index, event] of events.slice(0, size).entries()) {
        const step = (0,_log_replay_state_js__WEBPACK_IMPORTED_MODULE_2__/* .foldNext */ .R)({ size: index, policy, catalogues }, event);
        if (step.outcome !== 'folded')
            throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .weighbridgeError */ .q)('ledger/malformed', { what: `Entry ${index}`, reason: step.because });
        policy = step.policy;
        if (step.changed !== null)
            catalogues.set(step.changed.model, step.changed);
    }
    const sorted = [...catalogues].sort(([left], [right]) => (left < right ? -1 : 1));
    return { size, policy, catalogues: new Map(sorted) };
}
//# sourceMappingURL=history.js.map

/***/ })

};
