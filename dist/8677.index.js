export const id = 8677;
export const ids = [8677,3787];
export const modules = {

/***/ 18322:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ applyPlan)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70120);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(30882);
/* harmony import */ var _weighbridge_manifest__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(81103);
/* harmony import */ var _registry_own_store_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(35914);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(77669);
/* harmony import */ var _progress_watch_reading_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(71880);
/* harmony import */ var _referenced_measure_remote_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(70169);






/** Jobs that take counters of one model at the same time, at most. */
const maxCounterTries = 20;
/**
 * Applies the effects in order. Each one can be repeated, so a run that was ended anywhere is finished by the next run
 * of the same command. @throws ledger/offline before the first effect
 */
async function applyPlan(surroundings, plan, observe = () => { }, staging = null) {
    await requireWritable(surroundings, plan);
    const receipts = [];
    for (const [index, effect] of plan.effects.entries()) {
        observe({ index, when: 'before', effect });
        receipts.push(await applyEffect(surroundings, effect, staging));
        observe({ index, when: 'after', effect });
    }
    return receipts;
}
/** Entries and tags belong to the remote that keeps the ledger: offline, none of their plan is done. */
async function requireWritable({ ledger }, plan) {
    if (!plan.effects.some(({ kind }) => kind === 'append' || kind === 'tag'))
        return;
    const remote = await ledger.readOnly();
    if (remote !== null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('ledger/offline', { remote });
}
async function applyEffect(surroundings, effect, staging) {
    const receipt = (present) => ({
        effect: effect.kind,
        outcome: present ? 'present' : 'done',
        summary: present ? `already there: ${(0,_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .describeEffect */ .x)(effect)}` : (0,_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .describeEffect */ .x)(effect),
    });
    switch (effect.kind) {
        case 'store':
            return receipt(await storeArtifact(surroundings, effect, staging));
        case 'append': {
            const evidence = new Map([...effect.evidence].map(([digest, text]) => [digest, (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .utf8 */ .As)(text)]));
            const namesBytes = effect.events.some(({ type, body }) => type === 'registered' && body.store !== null);
            // Before the entry, so that no other repository takes the bytes for its own; after it where it begins the ledger.
            if (namesBytes)
                await (0,_registry_own_store_js__WEBPACK_IMPORTED_MODULE_3__/* .ownStore */ .Q)(surroundings);
            const entries = await surroundings.ledger.append(effect.events, evidence);
            if (namesBytes && entries.some(({ index }) => index === 0))
                await (0,_registry_own_store_js__WEBPACK_IMPORTED_MODULE_3__/* .ownStore */ .Q)(surroundings);
            return receipt(entries.every((entry) => entry.outcome === 'present'));
        }
        case 'tag':
            return receipt((await createTag(surroundings, effect)) === 'present');
        case 'write':
            await surroundings.workTree.write(effect.path, (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .utf8 */ .As)(effect.text));
            return receipt(false);
    }
}
/**
 * Counters of stage tags are shared by all stages of a model: where another job took ours, the next free one serves.
 * A version tag at another commit is an error.
 */
async function createTag(surroundings, effect) {
    const parsed = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_4__/* .parseTag */ .ED)(effect.name);
    if (parsed === null || !('counter' in parsed))
        return surroundings.repository.createTag(effect);
    for (let tries = 0;; tries++) {
        try {
            const name = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_4__/* .formatTag */ ._3)({ ...parsed, counter: parsed.counter + tries });
            return await surroundings.repository.createTag({ ...effect, name });
        }
        catch (error) {
            const taken = error instanceof _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .WeighbridgeError */ .kj && error.code === 'git/tag-exists';
            if (!taken || tries >= maxCounterTries)
                throw error;
        }
    }
}
/** What is archived was verified when it was stored, and cannot be read now. */
async function verifyUnlessArchived(store, digest) {
    try {
        await store.verify(digest);
    }
    catch (error) {
        if (!(error instanceof _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .WeighbridgeError */ .kj) || error.code !== 'store/archived')
            throw error;
    }
}
/** True when the store had it. What was staged is there but for its name, and was verified on the way. */
async function storeArtifact(surroundings, effect, staging) {
    const staged = (await staging?.commit(effect.digest)) ?? null;
    if (staged !== null)
        return staged === 'present';
    const store = surroundings.store;
    if (store === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/no-store', { path: effect.path });
    if (await store.has(effect.digest)) {
        await verifyUnlessArchived(store, effect.digest);
        await store.keep(effect.digest);
        return true;
    }
    const source = await openEffect(surroundings, effect);
    if (source === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/artifact-missing', { path: effect.path });
    try {
        return ((await store.put((0,_progress_watch_reading_js__WEBPACK_IMPORTED_MODULE_5__/* .watchReading */ .U)(surroundings, source, 'Storing'), { expected: effect.digest })).outcome ===
            'present');
    }
    finally {
        await source.close();
    }
}
function openEffect(surroundings, { path, address, sizeBytes, digest }) {
    const reference = address === undefined ? null : (0,_weighbridge_manifest__WEBPACK_IMPORTED_MODULE_6__/* .readAddress */ .z)(address);
    if (reference === null)
        return surroundings.workTree.open(path);
    return (0,_referenced_measure_remote_js__WEBPACK_IMPORTED_MODULE_7__/* .openRemote */ .d3)(surroundings, { path, file: { address: reference, sizeBytes, sha256: digest } });
}
//# sourceMappingURL=apply-plan.js.map

/***/ }),

/***/ 16915:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $5: () => (/* binding */ checkRegistrable),
/* harmony export */   Oz: () => (/* binding */ checkOnBranch),
/* harmony export */   wU: () => (/* binding */ checkSigning)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(70120);
/* harmony import */ var _reading_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(78584);
/* harmony import */ var _governance_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(61012);



/**
 * What must hold before anything is written: a signed ledger where the policy asks for it, and a commit that the
 * default branch or a release branch contains.
 * @throws flow/unsigned, flow/untrusted-key, flow/uncommitted, flow/not-on-branch; flow/branch-not-known in a job
 */
async function checkRegistrable(surroundings, governance, head, command) {
    checkSigning(surroundings, governance, command);
    await checkPolicyCommitted(surroundings);
    const { repository } = surroundings;
    const fallback = await repository.defaultBranch();
    const tips = fallback === null ? [] : [fallback];
    for (const name of governance.policy.release.branches) {
        const commit = (await repository.commit(`refs/remotes/origin/${name}`)) ?? (await repository.commit(`refs/heads/${name}`));
        if (commit !== null)
            tips.push({ name, commit: commit.id });
    }
    if (tips.length === 0)
        return [];
    const answers = [];
    for (const tip of tips)
        answers.push(await repository.isAncestor(head.id, tip.commit));
    if (answers.includes(true))
        return [];
    const branches = tips.map((tip) => tip.name).join(', ');
    if (!answers.includes('unknown')) {
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/not-on-branch', { commit: head.id.slice(0, 12), branches });
    }
    if (surroundings.ci)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/branch-not-known', { commit: head.id.slice(0, 12), branches });
    return [{ level: 'warning', text: `The clone is too shallow to tell whether this commit is on ${branches}.` }];
}
/**
 * The same for commands that move what is registered. The policy of HEAD must be the one of the default branch: a tag of
 * a version leads to a commit of the branch as well, and with it would come the rules of that day.
 * @param options.ofRemote asks the remote which branch that is: a clone may believe in one that is none any more
 * @throws flow/no-commit, flow/policy-outdated and as checkRegistrable; flow/default-branch-unread with `ofRemote`
 */
async function checkOnBranch(surroundings, governance, command, { ofRemote = false } = {}) {
    const head = await surroundings.repository.commit('HEAD');
    if (head === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/no-commit', {});
    const notices = await checkRegistrable(surroundings, governance, head, command);
    await checkPolicyCurrent(surroundings, governance, { head, command, ofRemote });
    return notices;
}
async function checkPolicyCurrent({ repository, sha256 }, { policyDigest }, { head, command, ofRemote }) {
    const branch = await repository.defaultBranch({ ofRemote });
    const tip = branch === null ? null : await repository.branchTip(branch.name);
    if (ofRemote && tip === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/default-branch-unread', { command });
    if (branch === null || tip === null || tip.id === head.id)
        return;
    const { policy } = await (0,_governance_js__WEBPACK_IMPORTED_MODULE_1__/* .readPolicy */ .T4)((0,_reading_files_js__WEBPACK_IMPORTED_MODULE_2__/* .filesAtCommit */ .ao)(repository, tip.id));
    if ((0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_3__/* .digestJson */ .tv)(sha256, policy) === policyDigest)
        return;
    throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/policy-outdated', { commit: head.id.slice(0, 12), branch: branch.name });
}
/** A policy that nobody committed governs nothing. @throws flow/uncommitted */
async function checkPolicyCommitted({ workTree }) {
    const changed = await workTree.changed([_governance_js__WEBPACK_IMPORTED_MODULE_1__/* .policyPath */ .k1]);
    if (changed.size > 0)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/uncommitted', { paths: _governance_js__WEBPACK_IMPORTED_MODULE_1__/* .policyPath */ .k1 });
}
/**
 * A ledger that must be signed is not begun without a key, and none is written with a key that its readers do not trust.
 * @throws flow/unsigned, flow/untrusted-key
 */
function checkSigning(surroundings, governance, command) {
    const { signing, keys } = governance.policy.ledger;
    if (surroundings.signer === null) {
        if (signing === 'required')
            throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/unsigned', { command });
    }
    else if (keys.length > 0 && !keys.includes(surroundings.signer)) {
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/untrusted-key', { key: surroundings.signer });
    }
}
//# sourceMappingURL=check-writing.js.map

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

/***/ 35914:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ readOwner),
/* harmony export */   Q: () => (/* binding */ ownStore)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(70120);

/**
 * Notes in the store that this ledger names bytes of it, so that no other repository takes them for its own. Nothing
 * where there is no ledger yet.
 */
async function ownStore(surroundings) {
    const collector = surroundings.store?.collector ?? null;
    const owner = collector === null ? null : await readOwner(surroundings);
    if (owner !== null)
        await collector?.own(owner);
}
/**
 * What a store calls this ledger; null where there is none yet. A name is not enough: two repositories can have the same.
 * The first entry of a log never changes.
 */
async function readOwner({ ledger, sha256 }) {
    const { origin, size } = await ledger.head();
    const [first] = size === 0 ? [] : await ledger.entries(0, 1);
    return first === undefined ? null : `${origin}+${(0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .digestHex */ .sU)((0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .digestBytes */ .QN)(sha256, first)).slice(0, 16)}`;
}
//# sourceMappingURL=own-store.js.map

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

/***/ 28677:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   holdCommands: () => (/* binding */ holdCommands)
/* harmony export */ });
/* harmony import */ var _weighbridge_flows__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(41599);
/* harmony import */ var _weighbridge_flows__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(77669);
/* harmony import */ var _model_version_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(97195);


const subject = {
    name: 'model',
    description: 'MODEL@VERSION, a stage or an alias instead of a version.',
    required: true,
};
const reason = {
    name: 'reason',
    description: 'Why. Recorded in the ledger.',
    type: 'text',
    placeholder: 'TEXT',
};
const matter = {
    name: 'matter',
    description: 'What it is about, such as the number of a case: holds for several matters are apart.',
    type: 'text',
    default: 'legal',
    placeholder: 'NAME',
};
const holdCommand = {
    spec: {
        name: 'hold',
        summary: 'Keep the bytes of a version, whatever retention says',
        description: 'A legal hold, on record with who and why. While it is in force no collection gives up the bytes of the version. Holding again for the same matter changes its end and its reason.',
        arguments: [subject],
        inputs: [
            reason,
            {
                name: 'until',
                description: 'The last day, such as 2027-12-31, or a time; without it, until it is released.',
                type: 'text',
                placeholder: 'DATE',
            },
            matter,
        ],
        outputs: [{ name: 'version', description: 'The version.' }],
        examples: [
            'weighbridge hold fraud@1.4.0 --reason "Doe v. Acme, letter of 3 May" --matter 2026-117',
            'weighbridge hold fraud@production --reason "audit of 2026" --until 2027-06-30',
        ],
    },
    run: async (inputs, host) => {
        const until = inputs.text('until');
        const outcome = await (0,_weighbridge_flows__WEBPACK_IMPORTED_MODULE_0__/* .holdVersion */ .CG)(host.surroundings, { ...questionOf(inputs, 'hold'), until });
        return render(outcome, inputs, { verb: ['Would hold', 'Holds'], json: { until } });
    },
};
const releaseCommand = {
    spec: {
        name: 'hold release',
        summary: 'End a legal hold',
        description: 'Ends the hold of one version for one matter, on record with who and why. Where the policy has "retention.hold_release", only those people may. Holds of this version for other matters stay, and so do those of other versions for the same matter; what stays is listed.',
        arguments: [subject],
        inputs: [reason, matter],
        outputs: [{ name: 'version', description: 'The version.' }],
        examples: ['weighbridge hold release fraud@1.4.0 --matter 2026-117 --reason "settled on 9 June"'],
    },
    run: async (inputs, host) => {
        const question = questionOf(inputs, 'hold release');
        const outcome = await (0,_weighbridge_flows__WEBPACK_IMPORTED_MODULE_0__/* .releaseHold */ .f0)(host.surroundings, question);
        const left = await holdsBeside(host, { ...outcome, matter: question.matter });
        const rendered = render(outcome, inputs, {
            verb: ['Would release', 'Released'],
            json: { still_held: left.map(({ model, version, matter }) => ({ model, version, matter })) },
        });
        const lines = left.map(({ model, version, matter }) => `Still on hold: ${model} ${version} for ${matter}`);
        return { ...rendered, text: [rendered.text, ...lines].join('\n') };
    },
};
/** Holds in force of the version for other matters, and of other versions for the matter: who ends one may mean them all. */
async function holdsBeside({ surroundings }, { model, version, matter }) {
    return (await (0,_weighbridge_flows__WEBPACK_IMPORTED_MODULE_0__/* .listHolds */ .Zo)(surroundings)).filter((each) => {
        const isOfVersion = each.model === model && each.version === version.version;
        return isOfVersion !== (each.matter === matter);
    });
}
function questionOf(inputs, command) {
    return {
        ...(0,_model_version_js__WEBPACK_IMPORTED_MODULE_1__/* .modelVersionOf */ .J)(inputs, command),
        matter: inputs.text('matter') ?? 'legal',
        reason: inputs.text('reason') ?? '',
        dryRun: inputs.boolean('dry-run'),
    };
}
function render({ model, version, plan, receipts, notices }, inputs, { verb: [would, did], json }) {
    const dryRun = inputs.boolean('dry-run');
    const matter = inputs.text('matter') ?? 'legal';
    const steps = dryRun ? plan.effects.map(_weighbridge_flows__WEBPACK_IMPORTED_MODULE_2__/* .describeEffect */ .x) : receipts.map(({ summary }) => summary);
    const headline = `${dryRun ? would : did} ${model} ${version.version} (${matter})`;
    return {
        exitCode: 0,
        json: { dry_run: dryRun, model, version: version.version, matter, ...json, effects: steps },
        text: [headline, ...steps.map((step) => `  ${step}`)].join('\n'),
        markdown: headline,
        notices,
        outputs: { version: version.version },
    };
}
const holdCommands = [holdCommand, releaseCommand];
//# sourceMappingURL=hold.js.map

/***/ }),

/***/ 97195:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ modelVersionOf)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);

/** The argument MODEL@VERSION of a command. @throws host/input */
function modelVersionOf(inputs, command) {
    const [model = '', version = ''] = (inputs.text('model') ?? '').split(/@(.*)/s);
    if (model === '' || version === '') {
        const name = model === '' ? 'MODEL' : model;
        const reason = `a version is missing: write ${name}@VERSION, with a number, a stage or an alias, such as ${name}@production`;
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('host/input', { input: 'model', reason, command });
    }
    return { model, version };
}
//# sourceMappingURL=model-version.js.map

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
