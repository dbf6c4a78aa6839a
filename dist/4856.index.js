export const id = 4856;
export const ids = [4856];
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

/***/ })

};
