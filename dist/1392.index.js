export const id = 1392;
export const ids = [1392,4856];
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

/***/ 59240:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CM: () => (/* binding */ requireReadable),
/* harmony export */   JG: () => (/* binding */ lookAtObjects),
/* harmony export */   LK: () => (/* binding */ filesOfEntry),
/* harmony export */   pE: () => (/* binding */ waitOf),
/* harmony export */   w1: () => (/* binding */ findCold)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(70120);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1042);
/* harmony import */ var _describe_stored_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5949);
/* harmony import */ var _reading_in_parallel_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(66118);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(77669);





const questionsAtOnce = 16;
/** The files of a version as the ledger has them. */
function filesOfEntry({ artifacts }) {
    return artifacts.map(({ sha256, size }) => ({ digest: (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .parseDigest */ .m)(`sha256:${sha256}`), sizeBytes: size }));
}
/** Every object of some files, each once, with its class. What the store does not hold is left out. */
async function lookAtObjects(store, tiers, files) {
    const told = await (0,_reading_in_parallel_js__WEBPACK_IMPORTED_MODULE_1__/* .inParallel */ .H)(files, questionsAtOnce, (file) => (0,_describe_stored_js__WEBPACK_IMPORTED_MODULE_2__/* .describeStored */ .D)(store, file));
    const objects = told.flatMap(({ layout }) => (layout?.segments ?? []).map(({ object }) => object));
    return [...(await tiers.lookAtAll(objects))].map(([object, found]) => ({ ...found, object }));
}
/** How long a restore of objects takes at most, in words. */
function waitOf(tiers, parts, speed) {
    const waitMs = Math.max(0, ...parts.map(({ storageClass }) => tiers.restoreMs(storageClass, speed)));
    return waitMs === 0 ? 'some hours' : (0,_weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__/* .formatDuration */ .a)(waitMs);
}
/** What of some files cannot be read now; null when all can. Nothing is asked where nothing is ever archived. */
async function findCold(store, files) {
    const { tiers } = store;
    if (tiers === null || tiers.archives.length === 0 || files.length === 0)
        return null;
    const parts = await lookAtObjects(store, tiers, files);
    const cold = parts.filter(({ access }) => access !== 'readable');
    if (cold.length === 0)
        return null;
    const sizeOf = (some) => (0,_plan_js__WEBPACK_IMPORTED_MODULE_4__/* .formatSize */ .X)(some.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
    return {
        size: sizeOf(cold),
        of: sizeOf(parts),
        classes: [...new Set(cold.map(({ storageClass }) => storageClass))].join(', '),
        wait: waitOf(tiers, cold, 'standard'),
        isAsked: cold.every(({ access }) => access === 'restoring'),
    };
}
/** Nothing is begun with files of which a part cannot be read now. @throws flow/bytes-cold */
async function requireReadable(store, files, about) {
    const cold = await findCold(store, files);
    if (cold === null)
        return;
    const { isAsked, ...told } = cold;
    const asked = isAsked ? 'was asked for already and takes' : 'takes';
    throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_5__/* .weighbridgeError */ .q)('flow/bytes-cold', { ...about, ...told, asked });
}
//# sourceMappingURL=cold-bytes.js.map

/***/ }),

/***/ 5949:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ describeStored)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);

/**
 * How a store holds a file of the ledger. One that is a single compressed object tells its size itself, which cannot be
 * read while it is in an archive or when it is damaged: it is that object, with the size that the ledger has.
 * @throws store/recipe-malformed, store/recipe-newer
 */
async function describeStored(store, { digest, sizeBytes }) {
    try {
        return { layout: await store.describe(digest), fault: null };
    }
    catch (cause) {
        const isOfObject = cause instanceof _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .WeighbridgeError */ .kj && ['store/archived', 'store/corrupt'].includes(cause.code);
        if (!isOfObject)
            throw cause;
        const segments = [{ offset: 0, lengthBytes: sizeBytes, object: digest, objectOffset: 0 }];
        return { layout: { sizeBytes, segments }, fault: cause };
    }
}
//# sourceMappingURL=describe-stored.js.map

/***/ }),

/***/ 93616:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ proposeAlignment),
/* harmony export */   Q: () => (/* binding */ proposePromotion)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(70120);
/* harmony import */ var _weighbridge_manifest__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(18009);
/* harmony import */ var _events_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(44531);
/* harmony import */ var _reading_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(78584);
/* harmony import */ var _governing_governance_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(61012);
/* harmony import */ var _registry_history_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(63518);
/* harmony import */ var _stage_lines_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(87522);
/* harmony import */ var _governing_stage_origin_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(86771);








/**
 * Folders of the branches that are proposed. They are not below `weighbridge/`: git keeps no branch below another one,
 * and the ledger's is called that.
 */
const folders = { promote: 'weighbridge-promote', align: 'weighbridge-align' };
/**
 * Opens the pull request that edits stages.yaml of the default branch, and asks the reviewers of the stage for their
 * reviews. Whoever started it is the author of its commit, so that they cannot approve what they asked for.
 * Repeating it finds the pull request that is open.
 * @throws flow/no-forge, flow/no-policy, flow/unknown-model, flow/unknown-version, flow/unknown-stage, forge/*, git/*
 */
async function proposePromotion(surroundings, request) {
    const { forge, repository } = surroundings;
    if (forge === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/no-forge', { command: 'promote' });
    const base = await defaultTip(surroundings);
    const governance = await (0,_governing_governance_js__WEBPACK_IMPORTED_MODULE_1__/* .readGovernance */ .r3)(await (0,_reading_files_js__WEBPACK_IMPORTED_MODULE_2__/* .openCommitFiles */ .th)(repository, base.tip.id), surroundings.sha256);
    if (!governance.governed)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/no-policy', {});
    (0,_governing_stage_origin_js__WEBPACK_IMPORTED_MODULE_3__/* .checkStage */ .RT)(governance, request.to);
    const model = (0,_governing_governance_js__WEBPACK_IMPORTED_MODULE_1__/* .findModel */ .P6)(governance, request.model);
    const catalogue = await surroundings.ledger.catalogue(model.manifest.name);
    const version = (0,_registry_history_js__WEBPACK_IMPORTED_MODULE_4__/* .findVersion */ .Am)(model.manifest.name, catalogue, request.version);
    const replaced = catalogue.stages[request.to] ?? null;
    const branch = `${folders.promote}/${model.manifest.name}-${version.version.replaceAll('+', '-')}-to-${request.to}`;
    const told = { model: model.manifest.name, version, to: request.to, replaced, branch, asked: [], refused: [] };
    const edit = await editStages(model, request.to, version);
    if (edit === null)
        return { ...told, outcome: 'already-there', pull: null };
    if (request.dryRun)
        return { ...told, outcome: 'proposed', pull: null };
    await repository.commitFiles({
        branch,
        base: base.tip.id,
        files: new Map([[(0,_stage_lines_js__WEBPACK_IMPORTED_MODULE_5__/* .stagesPathOf */ .aw)(model), (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_6__/* .utf8 */ .As)(edit)]]),
        message: commitMessage({ model: told.model, version, to: request.to, reason: request.reason }),
        time: (0,_events_js__WEBPACK_IMPORTED_MODULE_7__/* .formatTime */ .fU)(surroundings.clock.now()),
        ...(await authorOf(surroundings, forge)),
    });
    const pull = await forge.openPull({
        head: branch,
        base: base.branch,
        title: `Promote ${told.model} ${version.version} to ${request.to}`,
        body: pullBody(surroundings, { ...told, reason: request.reason }),
    });
    const asked = await askReviewers(forge, governance, { ...request, number: pull.number, actor: surroundings.actor });
    const outcome = pull.outcome === 'created' ? 'proposed' : 'present';
    return { ...told, ...asked, outcome, pull: { number: pull.number, url: pull.url } };
}
/**
 * Opens the pull request that edits the lines of stages.yaml which ask for something else than the ledger says, as after
 * a rollback. It asks for what is so already, so that its gate passes at once. Null where nothing differs.
 * @throws flow/no-forge, flow/unknown-model, forge/*, git/*
 */
async function proposeAlignment(surroundings, request) {
    const { forge, repository } = surroundings;
    if (forge === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/no-forge', { command: 'rollback' });
    const { tip, branch: base } = await defaultTip(surroundings);
    const governance = await (0,_governing_governance_js__WEBPACK_IMPORTED_MODULE_1__/* .readGovernance */ .r3)(await (0,_reading_files_js__WEBPACK_IMPORTED_MODULE_2__/* .openCommitFiles */ .th)(repository, tip.id), surroundings.sha256);
    const model = (0,_governing_governance_js__WEBPACK_IMPORTED_MODULE_1__/* .findModel */ .P6)(governance, request.model);
    const catalogue = await surroundings.ledger.catalogue(model.manifest.name);
    const path = (0,_stage_lines_js__WEBPACK_IMPORTED_MODULE_5__/* .stagesPathOf */ .aw)(model);
    const written = (await (0,_stage_lines_js__WEBPACK_IMPORTED_MODULE_5__/* .readStages */ .ir)(model.files, path))?.stages ?? {};
    const lines = Object.entries(written).flatMap(([stage, from]) => {
        const to = catalogue?.stages[stage] ?? null;
        return from === null || from === to ? [] : [{ stage, from, to }];
    });
    if (lines.length === 0)
        return null;
    const bytes = await model.files.read(path, _governing_governance_js__WEBPACK_IMPORTED_MODULE_1__/* .maxFileBytes */ .eV);
    const stages = Object.fromEntries(lines.map(({ stage, to }) => [stage, to]));
    const text = (0,_weighbridge_manifest__WEBPACK_IMPORTED_MODULE_8__/* .formatStages */ .N)(bytes === null ? null : new TextDecoder().decode(bytes), { stages });
    const branch = `${folders.align}/${model.manifest.name}-${tip.id.slice(0, 12)}`;
    const title = `Bring stages.yaml of ${model.manifest.name} in line with the ledger`;
    await repository.commitFiles({
        branch,
        base: tip.id,
        files: new Map([[path, (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_6__/* .utf8 */ .As)(text)]]),
        message: `${title}\n\n${request.reason}\n`,
        time: (0,_events_js__WEBPACK_IMPORTED_MODULE_7__/* .formatTime */ .fU)(surroundings.clock.now()),
        ...(await authorOf(surroundings, forge)),
    });
    const told = lines.map(({ stage, from, to }) => `- **${stage}**: ${from} → ${to ?? 'nothing'}`);
    const body = [
        `The ledger says so already; this makes the file say it too.`,
        '',
        quoted(request.reason),
        '',
        ...told,
        '',
    ];
    const { number, url, outcome } = await forge.openPull({ head: branch, base, title, body: body.join('\n') });
    return { branch, lines, number, url, outcome };
}
async function defaultTip({ repository }) {
    const known = await repository.defaultBranch();
    const tip = known === null ? null : await repository.branchTip(known.name);
    if (known === null || tip === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/no-commit', {});
    return { tip, branch: known.name };
}
/** The text of stages.yaml with the line changed; null where it says so already. */
async function editStages(model, stage, version) {
    const bytes = await model.files.read((0,_stage_lines_js__WEBPACK_IMPORTED_MODULE_5__/* .stagesPathOf */ .aw)(model), _governing_governance_js__WEBPACK_IMPORTED_MODULE_1__/* .maxFileBytes */ .eV);
    const before = bytes === null ? null : new TextDecoder().decode(bytes);
    const after = (0,_weighbridge_manifest__WEBPACK_IMPORTED_MODULE_8__/* .formatStages */ .N)(before, { stages: { [stage]: version.version } });
    return after === before ? null : after;
}
/**
 * Whoever started it, by the address that the forge gives each account: it leads to the account and is nobody's mail box.
 * A commit whose author has no account would ask for one approval more.
 */
async function authorOf({ actor }, forge) {
    if (actor.kind !== 'github')
        return {};
    const id = /^\d+$/.test(actor.id) ? actor.id : (await forge.account(actor.login))?.id;
    const [host = ''] = forge.address.split(/[:/]/);
    return id === undefined ? {} : { author: { name: actor.login, email: `${id}+${actor.login}@users.noreply.${host}` } };
}
function commitMessage(move) {
    const subject = `Promote ${move.model} ${move.version.version} to ${move.to}`;
    return move.reason === null ? `${subject}\n` : `${subject}\n\n${move.reason}\n`;
}
function pullBody({ actor, run }, move) {
    const replaces = move.replaced === null ? '' : `, which holds ${move.replaced} now`;
    const who = run === null ? actor.login : `${actor.login} in [this run](${run.url})`;
    return [
        `Asks for \`${move.model}\` ${move.version.version} to enter **${move.to}**${replaces}.`,
        '',
        ...(move.reason === null ? [] : [quoted(move.reason), '']),
        `Asked for by ${who}, who may not approve it. Merging it moves the stage, if the gate of ${move.to} still permits it then; closing it leaves everything as it is.`,
        '',
    ].join('\n');
}
/** Somebody's words as a quotation, in which nothing is a link, a mention or markup. */
function quoted(text) {
    const safe = text.replaceAll(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);
    const inert = safe.replaceAll(/([\\`*_{}[\]()#+!|~-])/g, '\\$1').replaceAll('@', '@\u200b');
    return inert
        .split(/\r?\n/)
        .map((line) => `> ${line}`)
        .join('\n');
}
async function askReviewers(forge, { policy }, move) {
    const gate = Object.hasOwn(policy.gates, move.to) ? policy.gates[move.to] : undefined;
    const rosters = (gate?.reviewers ?? []).flatMap(({ from }) => policy.reviewers[from] ?? []);
    const users = [...new Set(rosters.flatMap((roster) => roster.users))];
    const others = users.filter((login) => login.toLowerCase() !== move.actor.login.toLowerCase());
    const teams = [...new Set(rosters.flatMap((roster) => roster.teams.map((team) => team.replace(/^@/, ''))))];
    if (others.length + teams.length === 0)
        return { asked: [], refused: [] };
    const { refused } = await forge.requestReviews({ pull: move.number, users: others, teams });
    const gone = new Set(refused);
    return { asked: [...others, ...teams].filter((name) => !gone.has(name)), refused };
}
//# sourceMappingURL=propose.js.map

/***/ }),

/***/ 10128:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ planStageTags),
/* harmony export */   q: () => (/* binding */ planVersionTag)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(30882);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(49302);
/* harmony import */ var _events_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(44531);
/* harmony import */ var _registry_history_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(63518);
/* harmony import */ var _registry_model_tags_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(33173);




/**
 * The stage tags that bring GTO's view of a model in line with the pointers given: an assignment for each stage whose
 * newest tag names another commit, unassignments for each stage that became empty. Nothing when they agree, so that
 * a run that was ended between ledger and tag is finished by the next one.
 */
function planStageTags(model, history, pointers, now) {
    const first = (0,_registry_history_js__WEBPACK_IMPORTED_MODULE_0__/* .nextTagCounter */ .qM)(history);
    const start = (0,_registry_history_js__WEBPACK_IMPORTED_MODULE_0__/* .nextTagTime */ .Bu)(history, now).getTime();
    const wanted = Object.entries(pointers).flatMap(([stage, version]) => wantedTags(model, history, stage, version));
    return wanted.map(({ event, stage, commit, message }, place) => {
        const name = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .formatTag */ ._3)({ event, model, stage, counter: first + place });
        return { kind: 'tag', name, commit, message, time: (0,_events_js__WEBPACK_IMPORTED_MODULE_2__/* .formatTime */ .fU)(new Date(start + 1000 * place)) };
    });
}
function wantedTags(model, history, stage, version) {
    if (version === null || version.commit === null) {
        // GTO falls back to the assignment before the one that is taken back, so that each commit that has one needs its tag.
        const message = `Unassigning stage ${stage} from artifact ${model}`;
        return assignedCommits(history, stage).map((commit) => ({ event: 'unassigned', stage, commit, message }));
    }
    const newest = (0,_registry_model_tags_js__WEBPACK_IMPORTED_MODULE_3__/* .newestStageTag */ .F)(history.tags, stage);
    if (newest !== null && newest.parsed.event === 'assigned' && newest.commit === version.commit)
        return [];
    const message = `Assigning stage ${stage} to artifact ${model} version v${version.version}`;
    return [{ event: 'assigned', stage, commit: version.commit, message }];
}
/** Commits whose newest tag of the stage assigns it. */
function assignedCommits(history, stage) {
    const counted = history.tags.flatMap(({ parsed, commit }) => 'stage' in parsed && parsed.stage === stage ? [{ commit, event: parsed.event, counter: parsed.counter }] : []);
    const newest = new Map();
    for (const { commit, event } of counted.sort((left, right) => left.counter - right.counter))
        newest.set(commit, event);
    return [...newest].filter(([, event]) => event === 'assigned').map(([commit]) => commit);
}
/** The annotated tag of a version, in GTO's words; nothing when it is there. @throws flow/tag-elsewhere */
function planVersionTag(model, history, version, now) {
    const name = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .formatTag */ ._3)({ event: 'registered', model, version: version.version });
    const existing = history.tags.find((tag) => tag.name === name);
    if (existing !== undefined && existing.commit !== version.commit) {
        const [at, commit] = [existing.commit.slice(0, 12), version.commit.slice(0, 12)];
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_4__/* .weighbridgeError */ .q)('flow/tag-elsewhere', { tag: name, at, commit });
    }
    if (existing !== undefined)
        return [];
    const message = `Registering artifact ${model} version v${version.version}`;
    return [{ kind: 'tag', name, commit: version.commit, message, time: (0,_events_js__WEBPACK_IMPORTED_MODULE_2__/* .formatTime */ .fU)((0,_registry_history_js__WEBPACK_IMPORTED_MODULE_0__/* .nextTagTime */ .Bu)(history, now)) }];
}
//# sourceMappingURL=stage-tags.js.map

/***/ }),

/***/ 5178:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ planStagesFile)
/* harmony export */ });
/* harmony import */ var _weighbridge_manifest__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(28410);
/* harmony import */ var _weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(18009);
/* harmony import */ var _governing_governance_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(61012);
/* harmony import */ var _stage_lines_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(87522);



/**
 * The edit of stages.yaml that brings it in line: the stage that moved, and every other line whose pointer is another
 * now. Nothing when it is in line.
 */
async function planStagesFile(surroundings, model, stages, moved) {
    const path = (0,_stage_lines_js__WEBPACK_IMPORTED_MODULE_0__/* .stagesPathOf */ .aw)(model);
    const bytes = await surroundings.workTree.read(path, _governing_governance_js__WEBPACK_IMPORTED_MODULE_1__/* .maxFileBytes */ .eV);
    if (bytes === null && moved === null)
        return [];
    const before = bytes === null ? null : new TextDecoder().decode(bytes);
    const parsed = before === null ? null : (0,_weighbridge_manifest__WEBPACK_IMPORTED_MODULE_2__/* .parseStages */ .l)({ path, text: before });
    const written = parsed?.ok === true ? parsed.value.stages : {};
    const change = moved === null ? {} : { [moved]: stages[moved] ?? null };
    for (const [stage, version] of Object.entries(written)) {
        if (Object.hasOwn(stages, stage) && stages[stage] !== version)
            change[stage] = stages[stage] ?? null;
    }
    const text = (0,_weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__/* .formatStages */ .N)(before, { stages: change });
    return text === before ? [] : [{ kind: 'write', path, text }];
}
//# sourceMappingURL=stages-file.js.map

/***/ }),

/***/ 18009:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ formatStages)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38815);
/* harmony import */ var _parse_stages_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(28410);
/* harmony import */ var _source_fault_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(89616);
/* harmony import */ var _template_stages_template_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(37663);




/**
 * The text of stages.yaml after a change, with the comments and the order of the text before. Null stands for no file:
 * the result then starts as `init` writes it. What is not named stays.
 * @throws manifest/invalid when the text before has faults or the change would make some.
 */
function formatStages(previousText, change, path = 'stages.yaml') {
    const before = previousText ?? (0,_template_stages_template_js__WEBPACK_IMPORTED_MODULE_1__/* .renderStagesTemplate */ .E)();
    refuseFaults(before, path);
    const document = readDocument(before);
    for (const [stage, version] of Object.entries(change.stages ?? {}))
        setStage(document, stage, version);
    for (const [alias, version] of Object.entries(change.aliases ?? {}))
        setAlias(document, alias, version);
    const text = document.toString({ lineWidth: 0, nullStr: '' });
    const after = before.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
    refuseFaults(after, path);
    return after;
}
/** A document whose content is a map, also where the text holds comments alone. */
function readDocument(text) {
    const document = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .parseDocument */ .Tp)(text.replaceAll('\r\n', '\n'), {
        version: '1.2',
        uniqueKeys: false,
    });
    if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(document.contents))
        return document;
    document.contents = document.createNode({});
    if (document.comment !== null) {
        document.commentBefore = [document.commentBefore, document.comment].filter((part) => part !== null).join('\n\n');
        document.comment = null;
    }
    return document;
}
function refuseFaults(text, path) {
    const parsed = (0,_parse_stages_js__WEBPACK_IMPORTED_MODULE_2__/* .parseStages */ .l)({ path, text });
    if (!parsed.ok)
        throw (0,_source_fault_js__WEBPACK_IMPORTED_MODULE_3__/* .faultsError */ .Kd)(parsed.faults);
}
/** Changes the version in place, so that the comment beside it stays; a new stage comes before the aliases. */
function setStage(document, stage, version) {
    if (replaceScalar(document, [stage], version))
        return;
    const pairs = document.contents.items;
    const aliases = pairs.findIndex((pair) => (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(pair.key) && pair.key.value === 'aliases');
    pairs.splice(aliases === -1 ? pairs.length : aliases, 0, document.createPair(stage, version));
}
function setAlias(document, alias, version) {
    if (version !== null) {
        if (!replaceScalar(document, ['aliases', alias], version))
            document.setIn(['aliases', alias], version);
        return;
    }
    const aliases = document.get('aliases');
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(aliases))
        return;
    aliases.delete(alias);
    if (aliases.items.length === 0)
        document.delete('aliases');
}
function replaceScalar(document, path, version) {
    const present = document.getIn(path, true);
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(present))
        return false;
    present.value = version;
    delete present.source;
    delete present.type;
    return true;
}
//# sourceMappingURL=format-stages.js.map

/***/ }),

/***/ 37663:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ renderStagesTemplate)
/* harmony export */ });
/* harmony import */ var _schema_published_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48884);

/** What `init` writes as stages.yaml: it asks for nothing yet and says how to ask. */
function renderStagesTemplate() {
    return `${(0,_schema_published_js__WEBPACK_IMPORTED_MODULE_0__/* .schemaLine */ .cZ)('stages')}
# Which version each stage should hold. Change a line in a pull request; merging it applies it.
# For example:
#   staging: 1.4.0
#   production: 1.3.2
#   aliases: { champion: 1.3.2 }
`;
}
//# sourceMappingURL=stages-template.js.map

/***/ })

};
