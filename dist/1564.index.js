export const id = 1564;
export const ids = [1564];
export const modules = {

/***/ 5877:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ listRegistered),
/* harmony export */   T: () => (/* binding */ modelsAsked)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(70120);
/* harmony import */ var _governing_unknown_model_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1416);
/* harmony import */ var _registry_version_artifacts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45016);



/** The files of all versions of all models, in the order of registration. */
async function listRegistered({ ledger }) {
    const listed = [];
    for (const model of await ledger.models()) {
        for (const registered of (await ledger.catalogue(model))?.versions ?? []) {
            const { version, entry, store, released } = registered;
            for (const { path, size, sha256 } of await (0,_registry_version_artifacts_js__WEBPACK_IMPORTED_MODULE_0__/* .artifactsOf */ .Ns)(ledger, registered)) {
                const digest = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .parseDigest */ .m)(`sha256:${sha256}`);
                const kept = { store, releasedAt: released?.time ?? null };
                listed.push({ model, version, entry, path, sizeBytes: size, digest, ...kept });
            }
        }
    }
    return listed.sort((left, right) => left.entry - right.entry);
}
/** The models of a list of names, all of them for none, sorted. @throws flow/unknown-model */
function modelsAsked(files, names) {
    const known = [...new Set(files.map(({ model }) => model))].sort();
    const unknown = names.find((name) => !known.some((model) => model === name));
    if (unknown !== undefined)
        throw (0,_governing_unknown_model_js__WEBPACK_IMPORTED_MODULE_2__/* .unknownModel */ .w)(unknown, known);
    return names.length === 0 ? known : known.filter((model) => names.includes(model));
}
//# sourceMappingURL=registered-files.js.map

/***/ }),

/***/ 74457:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ checkAllowed),
/* harmony export */   K: () => (/* binding */ checkListed)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_gates__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(67029);


/**
 * Whether whoever acts may take a stage back, where the policy says who may: logins, rosters and teams. Teams are read
 * only when no list of logins answers already. One that cannot be read is told, and never taken for one without members.
 * @throws flow/not-allowed, flow/allowed-unread
 */
async function checkAllowed(surroundings, governance, action) {
    const rule = { names: governance.policy.rollback.allow, setting: 'rollback.allow' };
    await checkListed(surroundings, governance, { ...rule, action });
}
/** The same for any setting of the policy that names people; nobody is refused where it names none. */
async function checkListed(surroundings, governance, { names, setting, action }) {
    if (names.length === 0)
        return;
    const allowed = peopleOf(governance, names);
    const { login: actor } = surroundings.actor;
    const isListed = (logins) => logins.some((login) => fold(login) === fold(actor));
    if (isListed(allowed.users))
        return;
    const teams = {};
    for (const team of allowed.teams)
        teams[team] = await readTeam(surroundings, team);
    const { logins, unread } = (0,_weighbridge_gates__WEBPACK_IMPORTED_MODULE_0__/* .readRoster */ .ks)(allowed, teams);
    if (isListed(logins))
        return;
    const named = [...allowed.users, ...allowed.teams].join(', ');
    if (unread.length === 0)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .weighbridgeError */ .q)('flow/not-allowed', { actor, action, allowed: named, setting });
    const because = unread.map((one) => `${one.team} (${one.because})`).join(', ');
    throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .weighbridgeError */ .q)('flow/allowed-unread', { actor, action, allowed: named, unread: because, setting });
}
/** Whom a list of the policy names: its rosters, and else logins and `org/team`. */
function peopleOf({ policy }, names) {
    const rosters = names.map((name) => Object.hasOwn(policy.reviewers, name) ? (policy.reviewers[name] ?? (0,_weighbridge_gates__WEBPACK_IMPORTED_MODULE_0__/* .rosterOf */ .ru)([])) : (0,_weighbridge_gates__WEBPACK_IMPORTED_MODULE_0__/* .rosterOf */ .ru)([name]));
    return { users: rosters.flatMap(({ users }) => users), teams: rosters.flatMap(({ teams }) => teams) };
}
async function readTeam({ forge }, team) {
    if (forge !== null)
        return forge.team(team);
    return { state: 'cannot-verify', because: 'no forge, or no token to ask it with', remedy: '' };
}
function fold(login) {
    return login.replace(/^@/, '').toLowerCase();
}
//# sourceMappingURL=rollback-allowed.js.map

/***/ }),

/***/ 99141:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bq: () => (/* binding */ showAt),
/* harmony export */   I$: () => (/* binding */ requireRegistered),
/* harmony export */   bV: () => (/* binding */ auditLedger),
/* harmony export */   mI: () => (/* binding */ parseMoment),
/* harmony export */   x6: () => (/* binding */ readLog)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_ledger__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(59327);
/* harmony import */ var _weighbridge_ledger__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(94288);
/* harmony import */ var _lost_ledger_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(15206);
/* harmony import */ var _not_registered_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(27332);




/**
 * Replays the whole ledger and compares everything on its branch with that, and with the checkpoint that this clone saw
 * last. Null when there is no ledger and nothing speaks of one. Writes nothing. @throws flow/ledger-missing
 */
async function auditLedger(surroundings, options) {
    const { ledger } = surroundings;
    const paths = await ledger.paths();
    const [kept] = options.otherCheckpoints;
    if (paths.length === 0) {
        if (kept !== undefined)
            throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/ledger-missing', { because: `the checkpoint ${kept.from} is of it` });
        await (0,_lost_ledger_js__WEBPACK_IMPORTED_MODULE_1__/* .requireNoLostLedger */ .e)(surroundings);
        return null;
    }
    surroundings.progress(`Verifying ${paths.length} files of the ledger`);
    const seen = (await ledger.readOnly()) === null ? await ledger.lastSeen() : null;
    const ownMemory = seen === null ? [] : [{ from: 'the memory of this clone', text: seen }];
    const otherCheckpoints = [...options.otherCheckpoints, ...ownMemory];
    return (0,_weighbridge_ledger__WEBPACK_IMPORTED_MODULE_2__/* .verifyLog */ .I)({ ...options, otherCheckpoints, paths, read: (some) => ledger.files(some) });
}
/** The ledger as of a time. @throws flow/bad-date, flow/ledger-missing */
async function showAt(surroundings, text) {
    const time = parseMoment(text);
    const size = await sizeOf(surroundings);
    return { ...(0,_weighbridge_ledger__WEBPACK_IMPORTED_MODULE_3__/* .catalogueAt */ .bu)(await surroundings.ledger.entries(0, size), time), time };
}
/** Models that were named and of which the ledger has nothing are refused. @throws as unknownOrNotRegistered says */
async function requireRegistered(surroundings, models) {
    if (models.length === 0)
        return;
    const known = new Set(await surroundings.ledger.models());
    const missing = models.find((name) => !known.has(name));
    if (missing !== undefined)
        throw await (0,_not_registered_js__WEBPACK_IMPORTED_MODULE_4__/* .unknownOrNotRegistered */ .t)(surroundings, missing);
}
/** Rows of the ledger, oldest first, of the models named or all. @throws as requireRegistered */
async function readLog(surroundings, models) {
    await requireRegistered(surroundings, models);
    const size = await sizeOf(surroundings);
    const rows = (0,_weighbridge_ledger__WEBPACK_IMPORTED_MODULE_3__/* .historyRows */ .U4)(await surroundings.ledger.entries(0, size));
    return models.length === 0
        ? rows
        : rows.filter((row) => row.model !== null && models.includes(row.model));
}
/** Entries of the ledger. An empty one is an answer only where there was none before. @throws flow/ledger-missing */
async function sizeOf(surroundings) {
    const { size } = await surroundings.ledger.head();
    if (size === 0)
        await (0,_lost_ledger_js__WEBPACK_IMPORTED_MODULE_1__/* .requireNoLostLedger */ .e)(surroundings);
    return size;
}
/** A date means its end; a time means itself. RFC 3339, UTC. @throws flow/bad-date */
function parseMoment(text) {
    const whole = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T23:59:59Z` : text;
    const shaped = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/.test(whole);
    const time = shaped ? new Date(whole) : new Date(Number.NaN);
    if (Number.isNaN(time.getTime()))
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/bad-date', { text });
    return time.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
//# sourceMappingURL=audit.js.map

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

/***/ 54601:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ noArtifacts)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_lineage__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(40339);


/** Parts that a message names. */
const maxNamedParts = 10;
/** Says of a version that has no artifacts where what it is made of can be found. */
function noArtifacts(model, version) {
    const parts = (version.dependencies ?? []).flatMap(({ kind, ref, pin }) => {
        const name = kind === 'part' ? (0,_weighbridge_lineage__WEBPACK_IMPORTED_MODULE_0__/* .modelOfRef */ .SW)(ref) : null;
        return name === null || pin === null ? [] : [`${name}@${pin}`];
    });
    const more = parts.length > maxNamedParts ? ` and ${parts.length - maxNamedParts} more` : '';
    const named = parts.length === 0 ? '' : `; its parts are ${parts.slice(0, maxNamedParts).join(', ')}${more}`;
    const where = version.commit === null
        ? `no commit was recorded${named}`
        : `what its manifest names is at commit ${version.commit.slice(0, 12)}${named}`;
    return (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .weighbridgeError */ .q)('flow/no-artifacts', { model, version: version.version, where });
}
//# sourceMappingURL=no-artifacts.js.map

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

/***/ 41599:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CG: () => (/* binding */ holdVersion),
/* harmony export */   Zo: () => (/* binding */ listHolds),
/* harmony export */   f0: () => (/* binding */ releaseHold)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_ledger__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2968);
/* harmony import */ var _apply_plan_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(18322);
/* harmony import */ var _registry_audit_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(99141);
/* harmony import */ var _events_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44531);
/* harmony import */ var _reading_files_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(78584);
/* harmony import */ var _governing_governance_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(61012);
/* harmony import */ var _governing_check_writing_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(16915);
/* harmony import */ var _governing_rollback_allowed_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(74457);
/* harmony import */ var _registry_find_registered_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(11536);
/* harmony import */ var _registry_no_artifacts_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(54601);
/* harmony import */ var _registry_version_artifacts_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(45016);
/* harmony import */ var _require_bytes_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(66240);













/**
 * Keeps the bytes of a version, whatever the policy says, until its hold is released or ends. A hold for a matter that
 * is there already is replaced.
 * @param request.until the last day or a time, RFC 3339; null for no end
 * @throws flow/reason-missing, flow/bad-date, flow/hold-ended, flow/not-stored, flow/no-artifacts, flow/bytes-released,
 * flow/not-registered, flow/unknown-version, and as checkOnBranch
 */
async function holdVersion(surroundings, request) {
    const { until } = request;
    if (until !== null && (0,_registry_audit_js__WEBPACK_IMPORTED_MODULE_0__/* .parseMoment */ .mI)(until) < (0,_events_js__WEBPACK_IMPORTED_MODULE_1__/* .formatTime */ .fU)(surroundings.clock.now()))
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .weighbridgeError */ .q)('flow/hold-ended', { until });
    const whole = until === null || /^\d{4}-\d{2}-\d{2}$/.test(until) ? until : (0,_registry_audit_js__WEBPACK_IMPORTED_MODULE_0__/* .parseMoment */ .mI)(until);
    const { found, notices } = await prepare(surroundings, request, { command: 'hold', ofRemote: false });
    (0,_require_bytes_js__WEBPACK_IMPORTED_MODULE_3__/* .requireBytes */ .V)(found.catalogue.model, found.version);
    if (!(0,_registry_version_artifacts_js__WEBPACK_IMPORTED_MODULE_4__/* .hasArtifacts */ .C7)(found.version))
        throw (0,_registry_no_artifacts_js__WEBPACK_IMPORTED_MODULE_5__/* .noArtifacts */ .r)(found.catalogue.model, found.version);
    if (found.version.store === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .weighbridgeError */ .q)('flow/not-stored', { model: found.catalogue.model, version: found.version.version });
    return record(surroundings, request, {
        type: 'held',
        body: { matter: request.matter, until: whole },
        found,
        notices,
    });
}
/**
 * Ends a hold before its time, by those whom the policy of the default branch lets, as the remote has it now. Others for
 * the same version stay, and so does one for the same matter that is placed anew at this moment.
 * @throws flow/reason-missing, flow/hold-unknown, flow/not-allowed, flow/allowed-unread, flow/not-registered,
 * flow/unknown-version, flow/default-branch-unread, ledger/conflict, and as checkOnBranch
 */
async function releaseHold(surroundings, request) {
    const { governance, found, notices } = await prepare(surroundings, request, {
        command: 'hold release',
        ofRemote: true,
    });
    const names = governance.policy.retention.holdRelease ?? [];
    const action = `end a hold of ${found.catalogue.model} ${found.version.version}`;
    await (0,_governing_rollback_allowed_js__WEBPACK_IMPORTED_MODULE_6__/* .checkListed */ .K)(surroundings, governance, { names, setting: 'retention.hold_release', action });
    const holds = found.version.holds ?? [];
    const hold = holds.find(({ matter }) => matter === request.matter);
    if (hold === undefined) {
        const others = holds.map(({ matter }) => matter).join(', ');
        const known = others === '' ? 'nothing holds it' : `it is for ${others}`;
        const about = { model: found.catalogue.model, version: found.version.version, matter: request.matter };
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .weighbridgeError */ .q)('flow/hold-unknown', { ...about, known });
    }
    const body = { matter: request.matter, entry: hold.entry };
    return record(surroundings, request, { type: 'hold-released', body, found, notices });
}
/** Holds in force, of the models that are asked for or of all. */
async function listHolds({ ledger, clock }, models = []) {
    const time = (0,_events_js__WEBPACK_IMPORTED_MODULE_1__/* .formatTime */ .fU)(clock.now());
    const listed = [];
    for (const model of await ledger.models()) {
        if (models.length > 0 && !models.includes(model))
            continue;
        for (const version of (await ledger.catalogue(model))?.versions ?? [])
            for (const hold of (0,_weighbridge_ledger__WEBPACK_IMPORTED_MODULE_7__/* .holdsAt */ .wD)(version, time))
                listed.push({ model, version: version.version, ...hold });
    }
    return listed;
}
async function prepare(surroundings, request, { command, ofRemote }) {
    if (request.reason.trim() === '')
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .weighbridgeError */ .q)('flow/reason-missing', { command });
    const governance = await (0,_governing_governance_js__WEBPACK_IMPORTED_MODULE_8__/* .readGovernance */ .r3)((0,_reading_files_js__WEBPACK_IMPORTED_MODULE_9__/* .filesOfWorkTree */ .UH)(surroundings.workTree), surroundings.sha256);
    if (!governance.governed)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .weighbridgeError */ .q)('flow/no-policy', {});
    const notices = await (0,_governing_check_writing_js__WEBPACK_IMPORTED_MODULE_10__/* .checkOnBranch */ .Oz)(surroundings, governance, command, { ofRemote });
    return { governance, found: await (0,_registry_find_registered_js__WEBPACK_IMPORTED_MODULE_11__/* .findRegistered */ .E)(surroundings, request), notices };
}
async function record(surroundings, request, { type, body, found: { catalogue, version }, notices, }) {
    const commit = version.commit === null ? null : await surroundings.repository.commit(version.commit);
    const time = surroundings.clock.now();
    const context = (0,_events_js__WEBPACK_IMPORTED_MODULE_1__/* .eventContext */ .Wl)(surroundings, { commit, justification: request.reason, time });
    const about = { model: catalogue.model, version: version.version, context, occasion: catalogue.entries };
    const event = (0,_events_js__WEBPACK_IMPORTED_MODULE_1__/* .makeEvent */ .Ld)(surroundings.sha256, { type, ...about, body });
    const plan = { effects: [{ kind: 'append', events: [event], evidence: new Map() }] };
    const receipts = request.dryRun ? [] : await (0,_apply_plan_js__WEBPACK_IMPORTED_MODULE_12__/* .applyPlan */ .g)(surroundings, plan);
    return { model: catalogue.model, version, plan, receipts, notices };
}
//# sourceMappingURL=holds.js.map

/***/ }),

/***/ 11564:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  storeStatsCommand: () => (/* binding */ storeStatsCommand)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/flows/build/reading/in-parallel.js
var in_parallel = __webpack_require__(66118);
// EXTERNAL MODULE: ./packages/flows/build/retention/due-versions.js
var due_versions = __webpack_require__(92849);
// EXTERNAL MODULE: ./packages/flows/build/stored/describe-stored.js
var describe_stored = __webpack_require__(5949);
;// CONCATENATED MODULE: ./packages/flows/build/fetch/lying-bytes.js
/** Bytes of the pieces that files have in each object; each piece counts once. */
function plainSizes(places) {
    const seen = new Set();
    const sizes = new Map();
    for (const { object, key, lengthBytes } of places) {
        if (seen.has(key))
            continue;
        seen.add(key);
        sizes.set(object, (sizes.get(object) ?? 0) + lengthBytes);
    }
    return sizes;
}
/** What objects take where they lie, by whom they belong to, from one listing. Others are left out. */
async function measureLying(store, owners, plain) {
    const lies = new Map();
    const compressed = { objects: 0, plainBytes: 0, storedBytes: 0 };
    for await (const { object, isCompressed, sizeBytes, storageClass } of store.arranger?.list() ?? []) {
        const owner = owners.get(object);
        if (owner === undefined)
            continue;
        const own = lies.get(owner) ?? new Map();
        lies.set(owner, own);
        addLying(own, { storageClass, isCompressed, objects: 1, storedBytes: sizeBytes });
        if (!isCompressed)
            continue;
        compressed.objects += 1;
        compressed.plainBytes += plain.get(object) ?? 0;
        compressed.storedBytes += sizeBytes;
    }
    return { lies: new Map([...lies].map(([owner, own]) => [owner, sorted(own)])), compressed };
}
/** Those of one class and one form together, sorted by class. */
function sumLying(each) {
    const sums = new Map();
    for (const lying of each)
        addLying(sums, lying);
    return sorted(sums);
}
function addLying(sums, { storageClass, isCompressed, objects, storedBytes }) {
    const key = `${storageClass ?? ''} ${isCompressed}`;
    const before = sums.get(key) ?? { objects: 0, storedBytes: 0 };
    sums.set(key, {
        storageClass,
        isCompressed,
        objects: before.objects + objects,
        storedBytes: before.storedBytes + storedBytes,
    });
}
function sorted(sums) {
    return [...sums].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, sum]) => sum);
}
//# sourceMappingURL=lying-bytes.js.map
// EXTERNAL MODULE: ./packages/flows/build/fetch/registered-files.js
var registered_files = __webpack_require__(5877);
;// CONCATENATED MODULE: ./packages/flows/build/fetch/store-stats.js






/** Recipes are small: many requests at once cost nothing but waiting. */
const maxQuestionsAtOnce = 16;
/**
 * How much is stored and how much was saved, from the recipes; and what that takes where it lies, from a listing of the
 * whole store. Each stretch of an object counts for the version that was registered first with it, over all models,
 * whichever models are asked for, and so does each object.
 * @throws flow/no-store-to-read, flow/unknown-model, store/recipe-malformed
 */
async function measureStore(surroundings, names) {
    const { store } = surroundings;
    if (store === null)
        throw (0,error/* weighbridgeError */.q)('flow/no-store-to-read', { what: 'the files of versions' });
    const registered = await (0,registered_files/* listRegistered */.F)(surroundings);
    const asked = (0,registered_files/* modelsAsked */.T)(registered, names);
    const kept = registered.filter(({ store }) => store !== null);
    const { places, untold } = await readPlaces(store, kept.filter(({ releasedAt }) => releasedAt === null));
    const firstOwners = new Map();
    const objectOwners = new Map();
    const versions = new Map();
    for (const file of kept) {
        const { model, version, releasedAt } = file;
        const key = (0,due_versions/* versionKey */._5)(model, version);
        const before = versions.get(key)?.bytes ?? nothing;
        const own = releasedAt === null ? (places.get(file.digest) ?? null) : [];
        const counted = releasedAt === null ? countFile(file, own, firstOwners) : nothing;
        for (const { object } of own ?? [])
            if (!objectOwners.has(object))
                objectOwners.set(object, key);
        versions.set(key, { model, version, releasedAt, bytes: addBytes(before, counted) });
    }
    const all = [...places.values()].flatMap((some) => some ?? []);
    const { lies, compressed } = await measureLying(store, objectOwners, plainSizes(all));
    const models = asked.map((model) => {
        const own = [...versions].filter(([, each]) => each.model === model);
        return {
            model,
            bytes: own.map(([, { bytes }]) => bytes).reduce(addBytes, nothing),
            lies: sumLying(own.flatMap(([key]) => lies.get(key) ?? [])),
            versions: own.map(([key, { version, releasedAt, bytes }]) => {
                return { version, releasedAt, bytes, lies: lies.get(key) ?? [] };
            }),
        };
    });
    return { models, total: models.map(({ bytes }) => bytes).reduce(addBytes, nothing), compressed, untold };
}
async function readPlaces(store, files) {
    const distinct = [...new Map(files.map((file) => [file.digest, file])).values()];
    const told = await (0,in_parallel/* inParallel */.H)(distinct, maxQuestionsAtOnce, (file) => (0,describe_stored/* describeStored */.D)(store, file));
    const untold = [];
    const places = distinct.map(({ digest }, index) => {
        const { layout = null, fault = null } = told[index] ?? {};
        if (fault !== null)
            untold.push({ digest, because: fault.message });
        const own = layout?.segments.map(({ object, objectOffset, lengthBytes }) => ({
            object,
            key: `${object}:${objectOffset}`,
            lengthBytes,
        }));
        return [digest, own ?? null];
    });
    return { places: new Map(places), untold };
}
function countFile(file, places, firstOwners) {
    if (places === null)
        return { ...nothing, logical: file.sizeBytes, missing: file.sizeBytes };
    const counted = { stored: 0, own: 0, shared: 0 };
    for (const { key, lengthBytes } of places) {
        const owner = firstOwners.get(key);
        counted[owner === undefined ? 'stored' : owner === file.model ? 'own' : 'shared'] += lengthBytes;
        if (owner === undefined)
            firstOwners.set(key, file.model);
    }
    return { logical: file.sizeBytes, missing: 0, ...counted };
}
const nothing = { logical: 0, stored: 0, own: 0, shared: 0, missing: 0 };
function addBytes(left, right) {
    return {
        logical: left.logical + right.logical,
        stored: left.stored + right.stored,
        own: left.own + right.own,
        shared: left.shared + right.shared,
        missing: left.missing + right.missing,
    };
}
//# sourceMappingURL=store-stats.js.map
// EXTERNAL MODULE: ./packages/flows/build/retention/holds.js
var retention_holds = __webpack_require__(41599);
// EXTERNAL MODULE: ./packages/flows/build/format-count.js
var format_count = __webpack_require__(47371);
// EXTERNAL MODULE: ./packages/flows/build/plan.js
var plan = __webpack_require__(77669);
// EXTERNAL MODULE: ./packages/report/build/table.js
var table = __webpack_require__(26983);
// EXTERNAL MODULE: ./packages/report/build/escape-markdown.js
var escape_markdown = __webpack_require__(6968);
;// CONCATENATED MODULE: ./packages/host/build/commands/store-stats.js


const storeStatsCommand = {
    spec: {
        name: 'store stats',
        summary: 'Show how much is stored and how much was saved',
        description: 'From the recipes of the store, without reading weights. Each piece counts for the version that was registered first with it: what a later version shares is saved, with its own earlier versions or with other models. Tells what that takes in each storage class, compressed or not, versions whose bytes were given up, and legal holds.',
        arguments: [{ name: 'models', description: 'Names of models; every model when none is given.', many: true }],
        inputs: [],
        outputs: [{ name: 'models', description: 'JSON: models and versions with their bytes.' }],
        examples: ['weighbridge store stats', 'weighbridge store stats fraud --json'],
    },
    run: async (inputs, host) => {
        const { models, total, compressed, untold } = await measureStore(host.surroundings, inputs.list('models'));
        const holds = await (0,retention_holds/* listHolds */.Zo)(host.surroundings, inputs.list('models'));
        const told = models.map(({ model, bytes, lies, versions }) => ({
            model,
            ...bytesJson(bytes),
            lies: lies.map(lyingJson),
            versions: versions.map((each) => ({
                version: each.version,
                released_at: each.releasedAt,
                ...bytesJson(each.bytes),
                lies: each.lies.map(lyingJson),
            })),
        }));
        const places = [
            ['model', 'class', 'form', 'objects', 'bytes'],
            ...models.flatMap(({ model, lies }) => lies.map((each) => [model, ...placeOf(each)])),
        ];
        const rows = [
            ['model', 'version', 'logical', 'stored', 'saved', 'of which other models', 'missing'],
            ...models.flatMap(({ model, bytes, versions }) => [
                ...versions.map((each) => [
                    model,
                    `${each.version}${each.releasedAt === null ? '' : ` (bytes released ${each.releasedAt.slice(0, 10)})`}`,
                    ...rowOf(each.bytes),
                ]),
                [model, 'all', ...rowOf(bytes)],
            ]),
            ['all', '', ...rowOf(total)],
        ];
        const { objects, plainBytes, storedBytes } = compressed;
        const shrunk = objects === 0
            ? []
            : [
                `Compressed: ${(0,format_count/* formatCount */.B)(objects, 'object')} of all models, ${(0,plan/* formatSize */.X)(plainBytes)} as ${(0,plan/* formatSize */.X)(storedBytes)}.`,
            ];
        const isEmpty = models.length === 0;
        return {
            exitCode: 0,
            json: {
                models: told,
                total: bytesJson(total),
                compressed: { objects, plain: plainBytes, stored: storedBytes },
                untold: untold.map(({ digest, because }) => ({ sha256: digest, because })),
                holds: holds.map(holdJson),
            },
            text: isEmpty
                ? 'Nothing is registered.'
                : [
                    (0,table/* renderTextTable */.K)(rows),
                    'What that takes, by the version that was registered first with it:',
                    (0,table/* renderTextTable */.K)(places),
                    ...shrunk,
                    ...holds.map(tellHold),
                ].join('\n'),
            markdown: isEmpty
                ? 'Nothing is registered.'
                : [
                    (0,table/* renderMarkdownTable */.I)(rows),
                    (0,table/* renderMarkdownTable */.I)(places),
                    ...shrunk,
                    ...holds.map((hold) => `- ${(0,escape_markdown/* escapeMarkdown */.FV)(tellHold(hold))}`),
                ].join('\n\n'),
            notices: untold.map(({ because }) => ({ level: 'warning', text: because })),
            outputs: { models: JSON.stringify(told) },
        };
    },
};
function bytesJson({ logical, stored, own, shared, missing }) {
    return { logical, stored, saved: own + shared, shared, missing };
}
function rowOf({ logical, stored, own, shared, missing }) {
    return [logical, stored, own + shared, shared, missing].map(plan/* formatSize */.X);
}
function lyingJson({ storageClass, isCompressed, objects, storedBytes }) {
    return { class: storageClass, compressed: isCompressed, objects, bytes: storedBytes };
}
function placeOf({ storageClass, isCompressed, objects, storedBytes }) {
    return [storageClass ?? '-', isCompressed ? 'compressed' : 'as it is', String(objects), (0,plan/* formatSize */.X)(storedBytes)];
}
function holdJson({ model, version, matter, until, since, actor, reason }) {
    return { model, version, matter, until, since, by: actor, reason };
}
/** One line about a legal hold that is in force. */
function tellHold({ model, version, matter, until, since, actor, reason }) {
    const why = reason === null ? '' : `: ${reason}`;
    return `On hold: ${model} ${version} for ${matter}, since ${since} by ${actor}, until ${until ?? 'released'}${why}`;
}
//# sourceMappingURL=store-stats.js.map

/***/ })

};
