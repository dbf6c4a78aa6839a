export const id = 6499;
export const ids = [6499];
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

/***/ 3713:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ openStaging)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49302);
/* harmony import */ var _progress_watch_reading_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(71880);


/** A staging area before a store. */
function openStaging(surroundings, store) {
    const ingested = new Map();
    const stage = (like) => ({
        async ingest(source, header) {
            const bytes = await store.ingest((0,_progress_watch_reading_js__WEBPACK_IMPORTED_MODULE_0__/* .watchReading */ .U)(surroundings, source, 'Storing'), { header, like });
            ingested.set(bytes.digest, bytes);
            return bytes;
        },
        async commit(digest) {
            try {
                return (await ingested.get(digest)?.commit()) ?? null;
            }
            catch (error) {
                // A collection took some of it meanwhile: it has to be read and sent again.
                if (error instanceof _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .WeighbridgeError */ .kj && error.code === 'store/collected')
                    return null;
                throw error;
            }
        },
        isNew(digest) {
            const bytes = ingested.get(digest);
            return bytes !== undefined && bytes.storedBytes === bytes.sizeBytes;
        },
        like: stage,
    });
    return stage([]);
}
//# sourceMappingURL=staging.js.map

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

/***/ 66499:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  storePushCommand: () => (/* binding */ storePushCommand)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/manifest/build/artifacts-lock.js
var artifacts_lock = __webpack_require__(27171);
// EXTERNAL MODULE: ./packages/flows/build/apply-plan.js
var apply_plan = __webpack_require__(18322);
// EXTERNAL MODULE: ./packages/flows/build/artifacts/artifact-file.js
var artifact_file = __webpack_require__(40651);
// EXTERNAL MODULE: ./packages/flows/build/snapshot/artifact-files.js + 4 modules
var artifact_files = __webpack_require__(10681);
// EXTERNAL MODULE: ./packages/flows/build/reading/files.js
var files = __webpack_require__(78584);
// EXTERNAL MODULE: ./packages/flows/build/governing/governance.js
var governing_governance = __webpack_require__(61012);
// EXTERNAL MODULE: ./packages/flows/build/snapshot/ignored-lock.js
var ignored_lock = __webpack_require__(739);
// EXTERNAL MODULE: ./packages/flows/build/referenced/written-references.js
var written_references = __webpack_require__(66232);
// EXTERNAL MODULE: ./packages/flows/build/artifacts/staging.js
var artifacts_staging = __webpack_require__(3713);
;// CONCATENATED MODULE: ./packages/flows/build/registration/store-push.js










/**
 * Puts the artifacts of models into the store, create-only, and writes artifacts.lock beside each manifest, so that a
 * pull request carries what the bytes are and its checks need neither them nor a credential. What services keep is
 * pinned and looked at anew; with "store: reference" it is not copied.
 * @throws flow/no-store, flow/artifact-missing, store/*, source/*
 */
async function pushArtifacts(surroundings, request, observe) {
    const governance = await (0,governing_governance/* readGovernance */.r3)((0,files/* filesOfWorkTree */.UH)(surroundings.workTree), surroundings.sha256);
    const pushes = [];
    const { store } = surroundings;
    const staging = request.dryRun || store === null ? null : (0,artifacts_staging/* openStaging */.g)(surroundings, store);
    const models = (0,governing_governance/* selectModels */.H8)(governance, request.models);
    if (store === null)
        for (const model of models)
            checkCopied(model);
    for (const model of models) {
        if (model.manifest.artifacts.length === 0)
            continue;
        pushes.push(await pushModel(surroundings, model, { dryRun: request.dryRun, observe, staging }));
    }
    return pushes;
}
/** Nothing is fetched to be copied to nowhere. @throws flow/no-store */
function checkCopied(model) {
    const [first] = model.manifest.store === 'copy' ? (0,written_references/* writtenReferences */.ep)(model) : [];
    if (first !== undefined)
        throw (0,error/* weighbridgeError */.q)('flow/no-store', { path: first.written });
}
async function pushModel(surroundings, model, { dryRun, observe, staging }) {
    const copies = model.manifest.store === 'copy';
    const locked = (model.lock?.artifacts ?? []).map(artifact_file/* lockedDigest */.Nl);
    const { files, notices: unread } = await (0,artifact_files/* readArtifactFiles */.Y)(surroundings, model, {
        depth: 'bytes',
        staging: staging?.like(locked) ?? null,
        references: 'anew',
    });
    const effects = [];
    for (const file of files) {
        if (!copies || file.from === 'lock' || file.sha256 === null)
            continue;
        if (surroundings.store === null)
            throw (0,error/* weighbridgeError */.q)('flow/no-store', { path: file.path });
        const where = file.from === 'checkout' || file.source === null ? {} : { address: file.source.address };
        effects.push({ kind: 'store', path: file.path, digest: file.sha256, sizeBytes: file.size, ...where });
    }
    const address = copies ? (surroundings.store?.address ?? null) : null;
    const artifacts = files.map((file) => (0,artifact_file/* lockArtifact */.wt)(file, file.from === 'lock' ? file.store : address));
    effects.push({ kind: 'write', path: model.lockPath, text: (0,artifacts_lock/* formatArtifactsLock */.uP)({ version: 1, artifacts }) });
    const plan = { effects };
    const receipts = dryRun ? [] : await (0,apply_plan/* applyPlan */.g)(surroundings, plan, observe, staging);
    const sizeBytes = files.reduce((sum, file) => sum + file.size, 0);
    const notices = [...unread, ...(await (0,ignored_lock/* unseenLockNotices */.Jh)(model))];
    const { lockPath } = model;
    return { model: model.manifest.name, lockPath, files: files.length, sizeBytes, plan, receipts, notices };
}
//# sourceMappingURL=store-push.js.map
// EXTERNAL MODULE: ./packages/flows/build/format-count.js
var format_count = __webpack_require__(47371);
// EXTERNAL MODULE: ./packages/flows/build/plan.js
var plan = __webpack_require__(77669);
// EXTERNAL MODULE: ./packages/host/build/list-steps.js
var list_steps = __webpack_require__(74101);
;// CONCATENATED MODULE: ./packages/host/build/commands/store-push.js


const storePushCommand = {
    spec: {
        name: 'store push',
        summary: 'Put artifacts into the store and write artifacts.lock',
        description: 'For weights that are not in git: run this where the files are, commit the artifacts.lock that it writes, and pull-request checks need neither the files nor a credential of the store. What the manifest names by reference (s3://, gs://, az://, hf://, lakefs://) is pinned and read here: with "store: reference" only its headers where the service says the SHA-256, else its bytes once, and it is not copied. --dry-run reads the same bytes, since they tell what the lock would say, and writes nothing.',
        arguments: [{ name: 'models', description: 'Names of models; every model when none is given.', many: true }],
        inputs: [],
        outputs: [{ name: 'models', description: 'JSON: [{"model","lock","files","size"}].' }],
        examples: ['weighbridge store push fraud'],
    },
    run: async (inputs, host) => {
        const dryRun = inputs.boolean('dry-run');
        const pushes = await pushArtifacts(host.surroundings, { models: inputs.list('models'), dryRun });
        const rows = pushes.map(({ model, lockPath, files, sizeBytes }) => ({
            model,
            lock: lockPath,
            files,
            size: sizeBytes,
        }));
        const lines = pushes.flatMap((push) => [
            `${push.model}: ${(0,format_count/* formatCount */.B)(push.files, 'file')}, ${(0,plan/* formatSize */.X)(push.sizeBytes)}; ${dryRun ? 'would write' : 'wrote'} ${push.lockPath}: commit it`,
            ...(0,list_steps/* listSteps */.A1)(push.receipts).map((step) => `  ${step}`),
        ]);
        const text = lines.length === 0 ? 'No model has artifacts.' : lines.join('\n');
        return {
            exitCode: 0,
            json: { dry_run: dryRun, models: rows },
            text,
            markdown: text,
            notices: pushes.flatMap((push) => push.notices),
            outputs: { models: JSON.stringify(rows) },
        };
    },
};
//# sourceMappingURL=store-push.js.map

/***/ }),

/***/ 74101:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A1: () => (/* binding */ listSteps),
/* harmony export */   R9: () => (/* binding */ toldFiles),
/* harmony export */   iM: () => (/* binding */ plannedSteps)
/* harmony export */ });
/* harmony import */ var _weighbridge_flows__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77669);

/** Files that are told one by one. A model of thousands of files would bury everything else that is said. */
const toldFiles = 20;
/** Steps of a plan, as they will be. */
function plannedSteps(effects) {
    return listSteps(effects.map((effect) => ({ effect: effect.kind, summary: (0,_weighbridge_flows__WEBPACK_IMPORTED_MODULE_0__/* .describeEffect */ .x)(effect) })));
}
/** A line for each step, files to store first; of very many of these the first, and how many more. */
function listSteps(steps) {
    const stored = steps.filter(({ effect }) => effect === 'store').map(({ summary }) => summary);
    const others = steps.filter(({ effect }) => effect !== 'store').map(({ summary }) => summary);
    // One line more takes no more room than the line that would tell of it.
    if (stored.length <= toldFiles + 1)
        return [...stored, ...others];
    return [...stored.slice(0, toldFiles), `and ${stored.length - toldFiles} more files`, ...others];
}
//# sourceMappingURL=list-steps.js.map

/***/ })

};
