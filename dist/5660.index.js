export const id = 5660;
export const ids = [5660];
export const modules = {

/***/ 58987:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Sn: () => (/* binding */ readVersionRecord),
/* harmony export */   hB: () => (/* binding */ readEntry),
/* harmony export */   n6: () => (/* binding */ repositoryAddress)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_ledger__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(94288);
/* harmony import */ var _weighbridge_versioning__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(23733);
/* harmony import */ var _registry_read_snapshot_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(50773);
/* harmony import */ var _assessment_built_on_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(65069);
/* harmony import */ var _assessment_certain_moves_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(33661);
/* harmony import */ var _registry_gate_facts_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70429);
/* harmony import */ var _registry_stored_documents_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(39896);
/* harmony import */ var _registry_version_artifacts_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45016);









/**
 * Everything that the ledger knows of a version now, with evidence and moves that came after its registration.
 * @throws flow/evidence-missing, flow/evidence-malformed
 */
async function readVersionRecord(surroundings, { catalogue, version }, versioning) {
    const snapshot = await (0,_registry_read_snapshot_js__WEBPACK_IMPORTED_MODULE_0__/* .readSnapshot */ .R)(surroundings, version);
    const earlier = catalogue.versions.find((known) => known.version === version.previous) ?? null;
    const registered = await readEntry(surroundings, version.entry);
    const moves = [];
    for (const change of catalogue.history)
        if (change.version === version.version)
            moves.push(await readMove(surroundings, change));
    return {
        model: catalogue.model,
        version: version.version,
        tag: version.tag,
        commit: version.commit,
        registeredAt: version.registeredAt,
        bump: version.bump,
        previous: earlier === null ? null : { version: earlier.version, identity: earlier.identity },
        changes: earlier === null ? [] : await readChanges(surroundings, { earlier, snapshot, versioning }),
        digests: { identity: version.identity, evidence: version.evidence, record: version.record },
        snapshot,
        artifacts: await (0,_registry_version_artifacts_js__WEBPACK_IMPORTED_MODULE_1__/* .artifactsOf */ .Ns)(surroundings.ledger, version),
        store: version.store,
        evidence: await (0,_registry_gate_facts_js__WEBPACK_IMPORTED_MODULE_2__/* .readVersionEvidence */ .U0)(surroundings, version, snapshot),
        moves,
        repository: repositoryAddress(surroundings),
        run: registered.context.run?.url ?? null,
    };
}
/** One entry of the ledger by its index. */
async function readEntry({ ledger }, index) {
    const [event] = (0,_weighbridge_ledger__WEBPACK_IMPORTED_MODULE_3__/* .readEvents */ .wj)(await ledger.entries(index, index + 1), index);
    if (event === undefined)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_4__/* .weighbridgeError */ .q)('core/invariant', { reason: `the ledger has no entry ${index}` });
    return event;
}
/** Where people look at the repository; null where no forge is known. */
function repositoryAddress({ forge }) {
    return forge === null ? null : `https://${forge.address}`;
}
async function readChanges(surroundings, compared) {
    const { earlier, snapshot, versioning } = compared;
    const previous = await (0,_registry_read_snapshot_js__WEBPACK_IMPORTED_MODULE_0__/* .readSnapshot */ .R)(surroundings, earlier);
    return (0,_weighbridge_versioning__WEBPACK_IMPORTED_MODULE_5__/* .assess */ .n)({
        previous: { version: earlier.version, snapshot: previous },
        significant: (0,_assessment_certain_moves_js__WEBPACK_IMPORTED_MODULE_6__/* .certainMoves */ .r)(previous, snapshot, versioning).moves,
        parts: await (0,_assessment_built_on_js__WEBPACK_IMPORTED_MODULE_7__/* .bumpsOfParts */ .RF)(surroundings, previous, snapshot),
        candidate: snapshot,
        policy: versioning,
        existing: [],
        declared: null,
        sha256: surroundings.sha256,
    }).changes;
}
async function readMove(surroundings, change) {
    const event = await readEntry(surroundings, change.entry);
    const moved = event.type === 'transitioned' ? event.body : null;
    const approvals = event.type === 'transitioned' || event.type === 'rolled-back' ? event.body.approvals : [];
    return {
        to: change.stage,
        time: change.time,
        actor: change.actor,
        justification: change.justification,
        pull: change.pull,
        approvals: (approvals ?? []).map(({ login, roster }) => ({ login, roster })),
        decision: moved === null || moved.decision === null ? null : await readDecision(surroundings, moved.decision),
    };
}
async function readDecision({ ledger }, digest) {
    const bytes = await ledger.evidence(digest);
    if (bytes === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_4__/* .weighbridgeError */ .q)('flow/evidence-missing', { digest });
    return (0,_registry_stored_documents_js__WEBPACK_IMPORTED_MODULE_8__/* .parseStoredDecision */ .RS)(bytes, digest);
}
//# sourceMappingURL=version-record.js.map

/***/ }),

/***/ 11536:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ findRegistered),
/* harmony export */   R: () => (/* binding */ newestVersion)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73699);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(55334);
/* harmony import */ var _history_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(63518);
/* harmony import */ var _not_registered_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(27332);



/**
 * The version that is asked for, as findVersion takes it; null for the newest release.
 * @throws core/model-name, flow/unknown-model, flow/unknown-version, flow/not-registered, flow/ledger-missing
 */
async function findRegistered(surroundings, asked) {
    const model = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .parseModelName */ .s)(asked.model);
    const catalogue = await surroundings.ledger.catalogue(model);
    if (catalogue === null)
        throw await (0,_not_registered_js__WEBPACK_IMPORTED_MODULE_1__/* .unknownOrNotRegistered */ .t)(surroundings, model);
    const wanted = asked.version ?? newestVersion(catalogue);
    if (wanted === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .weighbridgeError */ .q)('flow/not-registered', { model });
    return { catalogue, version: (0,_history_js__WEBPACK_IMPORTED_MODULE_3__/* .findVersion */ .Am)(model, catalogue, wanted) };
}
/** The highest release that is not given up; a candidate where there is none; null where all are given up. */
function newestVersion({ versions }) {
    const kept = versions.filter(({ deprecated }) => !deprecated);
    const finals = kept.filter(({ version }) => !(0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_4__/* .isPrerelease */ .V1)(version));
    const ordered = (finals.length > 0 ? finals : kept).toSorted((left, right) => (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_4__/* .compareVersions */ .Zy)(right.version, left.version));
    return ordered[0]?.version ?? null;
}
//# sourceMappingURL=find-registered.js.map

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

/***/ 75660:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  tellVersion: () => (/* binding */ tellVersion)
});

// EXTERNAL MODULE: ./packages/flows/build/registry/find-registered.js
var find_registered = __webpack_require__(11536);
// EXTERNAL MODULE: ./packages/flows/build/documents/version-record.js
var version_record = __webpack_require__(58987);
;// CONCATENATED MODULE: ./packages/flows/build/documents/show-version.js


/**
 * One version, named by its number, a stage, an alias or a digest, with its files, however many they are.
 * @throws core/model-name, flow/unknown-version, flow/not-registered, flow/evidence-missing, flow/evidence-malformed
 */
async function showVersion(surroundings, question) {
    const found = await (0,find_registered/* findRegistered */.E)(surroundings, question);
    const { catalogue, version } = found;
    const pointers = [...Object.entries(catalogue.stages), ...Object.entries(catalogue.aliases)];
    return {
        record: await (0,version_record/* readVersionRecord */.Sn)(surroundings, found, question.versioning),
        places: pointers.filter(([, pointed]) => pointed === version.version).map(([name]) => name),
        isFirst: catalogue.versions.every(({ entry }) => entry >= version.entry),
        archived: version.archived,
        deprecated: version.deprecated,
        frozen: catalogue.frozen.some(({ identity }) => identity === version.identity),
        releasedAt: version.released?.time ?? null,
    };
}
//# sourceMappingURL=show-version.js.map
// EXTERNAL MODULE: ./packages/report/build/table.js
var table = __webpack_require__(26983);
;// CONCATENATED MODULE: ./packages/report/build/render-version.js

/** Rows of one table; the JSON has all of them. */
const maxRows = 40;
/** One version for a terminal: where it stands, what it is made of, what was measured, and who moved it. */
function renderVersionText(record, { places, isFirst }) {
    const { model, version, previous, bump } = record;
    const came = previous === null ? (isFirst ? 'the first version' : bump) : `${bump}, after ${previous.version}`;
    const where = places.length === 0 ? '' : `   ${places.join(', ')}`;
    const tables = [
        ['files', record.artifacts.map(({ path, size, sha256 }) => [path, `${size} bytes`, sha256])],
        ['metrics', metricRows(record)],
        ['moves', record.moves.map(({ to, time, actor, justification }) => [to, time, actor, justification ?? ''])],
    ];
    return [
        `${model} ${version} (${came})${where}`,
        (0,table/* renderTextTable */.K)(factRows(record)),
        ...tables.filter(([, rows]) => rows.length > 0).map(([title, rows]) => `${title}:\n${renderRows(rows)}`),
    ].join('\n');
}
function factRows(record) {
    const { tag, commit, registeredAt, digests, store, snapshot } = record;
    const { description } = snapshot.documentation;
    return [
        ...(description === null ? [] : [['description', description]]),
        ['kind', snapshot.kind],
        ['tag', tag],
        ['commit', commit ?? ''],
        ['registered', registeredAt],
        ['identity', digests.identity],
        ...(record.artifacts.length === 0 ? [] : [['store', store ?? 'none: its bytes were not copied']]),
    ];
}
function metricRows({ evidence }) {
    return Object.entries(evidence).flatMap(([id, { document, level }]) => [...document.values]
        .sort((left, right) => Number(left.slice !== null) - Number(right.slice !== null))
        .map((value) => [`${id}.${value.key}`, value.value, nameSlice(value), level]));
}
function nameSlice({ slice }) {
    return Object.entries(slice ?? {})
        .map(([column, value]) => `${column}=${value}`)
        .join(', ');
}
function renderRows(rows) {
    const more = rows.length - maxRows;
    const shown = (0,table/* renderTextTable */.K)(rows.slice(0, maxRows));
    return more > 0 ? `${shown}\n  … and ${more} more (--json has them all)` : shown;
}
//# sourceMappingURL=render-version.js.map
;// CONCATENATED MODULE: ./packages/host/build/commands/show-version.js


/** The version that MODEL@VERSION names, with all its files. @throws as showVersion */
async function tellVersion(host, written) {
    const [model = '', version = ''] = written.split(/@(.*)/s);
    const { versioning } = host.policy;
    const shown = await showVersion(host.surroundings, { model, version: version === '' ? null : version, versioning });
    const { record, places } = shown;
    const name = `${record.model}@${record.version}`;
    const hints = [
        ...(record.artifacts.length === 0 ? [] : [`weighbridge pull ${name}      brings its files here`]),
        `weighbridge card ${name}      the whole record, for people`,
        `weighbridge lineage ${name}   what it was made of, and what of it`,
    ];
    const text = renderVersionText(record, { places: [...places, ...statesOf(shown)], isFirst: shown.isFirst });
    return { json: versionJson(shown), text: [text, '', ...hints].join('\n') };
}
function statesOf({ archived, deprecated, frozen, releasedAt }) {
    const released = releasedAt === null ? [] : [`bytes given up on ${releasedAt.slice(0, 10)}`];
    return [
        ...(archived ? ['archived'] : []),
        ...(deprecated ? ['given up'] : []),
        ...(frozen ? ['frozen'] : []),
        ...released,
    ];
}
function versionJson(shown) {
    const { record, places, archived, deprecated, frozen, releasedAt } = shown;
    return {
        model: record.model,
        version: record.version,
        tag: record.tag,
        commit: record.commit,
        kind: record.snapshot.kind,
        registered_at: record.registeredAt,
        bump: record.bump,
        previous: record.previous?.version ?? null,
        places,
        archived,
        deprecated,
        frozen,
        ...record.digests,
        store: record.store,
        bytes_released_at: releasedAt,
        artifacts: record.artifacts,
        metrics: Object.entries(record.evidence).map(([id, { document, level }]) => ({
            id,
            level,
            values: document.values.map(({ key, slice, value, stderr, samples }) => ({
                metric: `${id}.${key}`,
                slice,
                value,
                stderr,
                samples,
            })),
        })),
        moves: record.moves.map(({ to, time, actor, justification, pull, approvals }) => ({
            to,
            time,
            actor,
            reason: justification,
            pull,
            approvals,
        })),
    };
}
//# sourceMappingURL=show-version.js.map

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
