export const id = 5938;
export const ids = [5938];
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

/***/ 2127:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bn: () => (/* binding */ makeSignature),
/* harmony export */   CA: () => (/* binding */ planSignature),
/* harmony export */   VI: () => (/* binding */ requireGood),
/* harmony export */   rx: () => (/* binding */ planSigning)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(70120);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(24755);
/* harmony import */ var _weighbridge_evidence__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(63216);
/* harmony import */ var _weighbridge_evidence__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(56324);
/* harmony import */ var _weighbridge_evidence__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(18989);
/* harmony import */ var _events_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(44531);
/* harmony import */ var _check_signatures_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(46408);




/**
 * Signs a version and verifies what came of it by the policy, so that nothing is recorded that gates would refuse.
 * @throws signing/no-signer, signing/not-good, signing/not-signable, evidence/keyless
 */
async function makeSignature(surroundings, tools, trust, signed) {
    if (tools.signer === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('signing/no-signer', { model: signed.model });
    const resources = (0,_weighbridge_evidence__WEBPACK_IMPORTED_MODULE_1__/* .resourcesOf */ .F3)(signed.artifacts, signed.model);
    const statement = (0,_weighbridge_evidence__WEBPACK_IMPORTED_MODULE_2__/* .formatModelStatement */ .Cy)(surroundings.sha256, signed.model, resources);
    const bundle = await tools.signer.sign((0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_3__/* .utf8 */ .As)(statement), _weighbridge_evidence__WEBPACK_IMPORTED_MODULE_4__/* .statementPayloadType */ .Q7);
    return { bundle, good: await requireGood(surroundings, tools, { trust, bundle, signed }) };
}
/** What a bundle proves of a version. @throws signing/not-good, signing/not-signable */
async function requireGood(surroundings, tools, about) {
    const { trust, bundle, signed } = about;
    const { model, version } = signed;
    const judged = await (0,_check_signatures_js__WEBPACK_IMPORTED_MODULE_5__/* .judgeBundle */ .GY)(surroundings, tools, {
        trust,
        bundle,
        resources: (0,_weighbridge_evidence__WEBPACK_IMPORTED_MODULE_1__/* .resourcesOf */ .F3)(signed.artifacts, model),
    });
    if ('fault' in judged)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('signing/not-good', { model, version, reason: judged.fault });
    return judged.value;
}
/** The entry that names a good signature. */
function planSignature({ sha256 }, about, { bundle, good }) {
    const text = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_6__/* .canonicalJson */ .d)(bundle);
    const signature = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_3__/* .digestBytes */ .QN)(sha256, (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_3__/* .utf8 */ .As)(text));
    const kind = good.signer.kind === 'key' ? 'key' : 'workflow';
    const body = { signature, root: good.statement.root, kind, signer: good.signerId };
    const { model, version, context } = about;
    const event = (0,_events_js__WEBPACK_IMPORTED_MODULE_7__/* .makeEvent */ .Ld)(sha256, { type: 'signed', model, version, context, body });
    return { events: [event], evidence: new Map([[signature, text]]) };
}
/**
 * What registration adds where the policy has versions signed: nothing for what has no artifact, and nothing in a dry
 * run, since what a log once holds stays there. @throws as makeSignature
 */
async function planSigning(surroundings, governance, about) {
    const { signing } = governance.policy;
    const { signed, context, dryRun } = about;
    if (signing?.when !== 'register' || signed.artifacts.length === 0 || dryRun)
        return { events: [], evidence: new Map() };
    const tools = surroundings.signing;
    if (tools === undefined)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('signing/no-signer', { model: signed.model });
    const trust = { signing, files: surroundings.workTree };
    return planSignature(surroundings, { ...signed, context }, await makeSignature(surroundings, tools, trust, signed));
}
//# sourceMappingURL=make-signature.js.map

/***/ }),

/***/ 75938:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  signCommand: () => (/* binding */ signCommand)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/evidence/build/read-attestation.js
var read_attestation = __webpack_require__(38141);
// EXTERNAL MODULE: ./packages/flows/build/apply-plan.js
var apply_plan = __webpack_require__(18322);
// EXTERNAL MODULE: ./packages/flows/build/events.js
var events = __webpack_require__(44531);
// EXTERNAL MODULE: ./packages/flows/build/reading/files.js
var files = __webpack_require__(78584);
// EXTERNAL MODULE: ./packages/flows/build/governing/governance.js
var governing_governance = __webpack_require__(61012);
// EXTERNAL MODULE: ./packages/flows/build/registry/history.js
var registry_history = __webpack_require__(63518);
// EXTERNAL MODULE: ./packages/flows/build/governing/check-writing.js
var check_writing = __webpack_require__(16915);
// EXTERNAL MODULE: ./packages/flows/build/signing/check-signatures.js + 1 modules
var check_signatures = __webpack_require__(46408);
// EXTERNAL MODULE: ./packages/flows/build/signing/make-signature.js
var make_signature = __webpack_require__(2127);
// EXTERNAL MODULE: ./packages/flows/build/registry/version-artifacts.js
var version_artifacts = __webpack_require__(45016);
;// CONCATENATED MODULE: ./packages/flows/build/signing/sign-version.js











/**
 * Signs a registered version, or records a signature that another tool made of its artifacts. Only one that counts by the
 * policy is recorded. @throws signing/nobody-allowed, signing/no-signer, signing/not-good, signing/bundle-unreadable
 */
async function signVersion(surroundings, request) {
    const governance = await (0,governing_governance/* readGovernance */.r3)((0,files/* filesOfWorkTree */.UH)(surroundings.workTree), surroundings.sha256);
    (0,check_writing/* checkSigning */.wU)(surroundings, governance, 'sign');
    const { signing } = governance.policy;
    const tools = surroundings.signing;
    if (signing === undefined || tools === undefined)
        throw (0,error/* weighbridgeError */.q)('signing/nobody-allowed', {});
    const model = (0,governing_governance/* findModel */.P6)(governance, request.model).manifest.name;
    const history = await (0,registry_history/* readHistory */.Lu)(surroundings, model, null);
    const version = (0,registry_history/* findVersion */.Am)(model, history.catalogue, request.version);
    const { notices } = history;
    if (request.dryRun && request.bundle === null) {
        return { version, bundle: null, signer: null, plan: { effects: [] }, receipts: [], notices };
    }
    const trust = { signing, files: surroundings.workTree };
    const signed = { model, version: version.version, artifacts: await (0,version_artifacts/* artifactsOf */.Ns)(surroundings.ledger, version) };
    const given = request.bundle === null ? null : await readBundle(surroundings, request.bundle);
    const made = given === null
        ? await (0,make_signature/* makeSignature */.Bn)(surroundings, tools, trust, signed)
        : { bundle: given, good: await (0,make_signature/* requireGood */.VI)(surroundings, tools, { trust, bundle: given, signed }) };
    const context = (0,events/* eventContext */.Wl)(surroundings, {
        commit: await surroundings.repository.commit('HEAD'),
        justification: request.reason,
        time: surroundings.clock.now(),
    });
    const plan = { effects: [{ kind: 'append', ...(0,make_signature/* planSignature */.CA)(surroundings, { ...signed, context }, made) }] };
    const receipts = request.dryRun ? [] : await (0,apply_plan/* applyPlan */.g)(surroundings, plan);
    return { version, bundle: made.bundle, signer: made.good.signer, plan, receipts, notices };
}
async function readBundle(surroundings, path) {
    const bytes = await surroundings.workTree.read(path, read_attestation/* maxAttestationBytes */.W_);
    if (bytes === null)
        throw (0,error/* weighbridgeError */.q)('flow/path-not-found', { path });
    return (0,check_signatures/* parseSignature */.uT)(path, bytes);
}
//# sourceMappingURL=sign-version.js.map
// EXTERNAL MODULE: ./packages/report/build/escape-markdown.js
var escape_markdown = __webpack_require__(6968);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./packages/host/build/model-version.js
var model_version = __webpack_require__(97195);
// EXTERNAL MODULE: ./packages/host/build/root-path.js
var root_path = __webpack_require__(15607);
// EXTERNAL MODULE: ./packages/host/build/signing-inputs.js
var signing_inputs = __webpack_require__(48368);
// EXTERNAL MODULE: ./packages/host/build/version-signer.js
var version_signer = __webpack_require__(75122);
;// CONCATENATED MODULE: ./packages/host/build/commands/sign.js








const signCommand = {
    spec: {
        name: 'sign',
        summary: 'Sign a registered version, or record its signature',
        description: 'Signs the artifacts of a version as OpenSSF Model Signing v1.0 says, with an ECDSA key or keyless through Sigstore where the job has an identity, and records the bundle in the ledger. What the policy would not accept is not recorded. With --bundle it records a signature that another tool made.',
        arguments: [{ name: 'model', description: 'MODEL@VERSION', required: true }],
        inputs: [
            {
                name: 'bundle',
                description: 'A signature in the repository that another tool made of these artifacts, to be recorded.',
                type: 'text',
                placeholder: 'FILE',
            },
            {
                name: 'output',
                description: 'File anywhere to write the bundle to as well, for other tools.',
                type: 'text',
                placeholder: 'FILE',
            },
            ...signing_inputs/* versionSignerInputs */.AD,
            { name: 'reason', description: 'Why, for the record.', type: 'text', placeholder: 'TEXT' },
        ],
        outputs: [
            { name: 'version', description: 'The version that was signed.' },
            { name: 'signer', description: 'Name of the key, or address of the workflow.' },
        ],
        examples: [
            'weighbridge sign fraud@1.4.0 --model-key-file release.pem',
            'weighbridge sign fraud@1.4.0 --bundle model.sig',
        ],
    },
    run: async (inputs, host) => {
        const { model, version } = (0,model_version/* modelVersionOf */.J)(inputs, 'sign');
        const bundle = inputs.text('bundle');
        const dryRun = inputs.boolean('dry-run');
        const signing = await signVersion(await (0,version_signer/* withVersionSigner */.n)(inputs, host), {
            model,
            version,
            bundle: bundle === null ? null : (0,root_path/* rootPath */.w)(host, bundle, { command: 'sign', input: 'bundle' }),
            reason: inputs.text('reason'),
            dryRun,
        });
        const output = inputs.text('output');
        if (output !== null && !dryRun)
            await (0,promises_.writeFile)((0,external_node_path_.resolve)(host.folder, output), `${JSON.stringify(signing.bundle)}\n`);
        const signer = signing.signer?.name ?? '';
        const by = signer === '' ? '' : ` by ${signer}`;
        const text = `${dryRun ? 'Would record' : 'Recorded'} a signature of ${model} ${signing.version.version}${by}`;
        return {
            exitCode: 0,
            json: {
                dry_run: dryRun,
                model,
                version: signing.version.version,
                signer: signing.signer,
                bundle: signing.bundle,
            },
            text,
            markdown: (0,escape_markdown/* escapeMarkdown */.FV)(text),
            notices: signing.notices,
            outputs: { version: signing.version.version, signer },
        };
    },
};
//# sourceMappingURL=sign.js.map

/***/ }),

/***/ 96813:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jm: () => (/* binding */ signEvidence),
/* harmony export */   rr: () => (/* binding */ hasIdentity),
/* harmony export */   xN: () => (/* binding */ readIdentity)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_evidence__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(18989);
/* harmony import */ var _weighbridge_evidence__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(35330);
/* harmony import */ var _weighbridge_sigstore__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(13835);
/* harmony import */ var _sha256_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(13812);
/* harmony import */ var _signing_key_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(11414);





const tokenTimeoutMs = 10_000;
/** Signs the bytes of a statement. @throws evidence/no-signer, evidence/keyless, host/signing-key */
async function signEvidence(host, statement, request) {
    const { environment } = host;
    const way = request.way ?? chooseWay(environment, request.key, host.signer !== null);
    if (way === 'none')
        return { text: `${statement}\n`, suffix: '.statement.json', verifierKey: null };
    const payload = new TextEncoder().encode(statement);
    if (way === 'keyless') {
        if (!hasIdentity(environment))
            throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('evidence/no-signer', {});
        const signer = (0,_weighbridge_sigstore__WEBPACK_IMPORTED_MODULE_1__/* .openKeylessSigner */ .f)({ ...request.services, identityToken: () => readIdentity(environment) });
        const bundle = await signer.sign(payload, _weighbridge_evidence__WEBPACK_IMPORTED_MODULE_2__/* .statementPayloadType */ .Q7);
        return { text: `${JSON.stringify(bundle)}\n`, suffix: '.sigstore.json', verifierKey: null };
    }
    const key = await (0,_signing_key_js__WEBPACK_IMPORTED_MODULE_3__/* .readSigningKey */ .jy)({ text: request.key, privateFolder: null });
    const signer = key ?? host.signer;
    if (signer === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('evidence/no-signer', {});
    const { verifierKey } = signer;
    return { text: `${(0,_weighbridge_evidence__WEBPACK_IMPORTED_MODULE_4__/* .signEnvelope */ .Yj)(_sha256_js__WEBPACK_IMPORTED_MODULE_5__/* .sha256 */ .sc, payload, signer)}\n`, suffix: '.intoto.jsonl', verifierKey };
}
/** The key that was given, else the identity of the job, else the key of the clone. @throws evidence/no-signer */
function chooseWay(environment, key, hasOwnKey) {
    if (key !== null)
        return 'key';
    if (hasIdentity(environment))
        return 'keyless';
    if (hasOwnKey)
        return 'key';
    throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('evidence/no-signer', {});
}
/** Whether the CI vouches for the job, so that Sigstore can. */
function hasIdentity(environment) {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url, SIGSTORE_ID_TOKEN: token } = environment;
    return (url ?? '') !== '' || (token ?? '') !== '';
}
/** The identity token of a job: GitHub gives one for an audience, other CIs put it into SIGSTORE_ID_TOKEN. */
async function readIdentity(environment) {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url, SIGSTORE_ID_TOKEN: given } = environment;
    if (url === undefined || url === '')
        return given ?? '';
    const address = new URL(url);
    address.searchParams.set('audience', 'sigstore');
    const answer = await fetch(address, {
        headers: { authorization: `Bearer ${environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? ''}` },
        signal: AbortSignal.timeout(tokenTimeoutMs),
    });
    if (!answer.ok)
        throw new Error(`the identity token was refused with status ${answer.status}`);
    const { value } = (await answer.json());
    return value;
}
//# sourceMappingURL=evidence-signer.js.map

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

/***/ 15607:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ rootPath)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49302);


/** A path of the command line as a path of the repository, with `/`. @throws host/input outside of it */
function rootPath(host, written, { command, input }) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.relative)(host.root, (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(host.folder, written));
    if (path.startsWith('..') || (0,node_path__WEBPACK_IMPORTED_MODULE_0__.isAbsolute)(path)) {
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .weighbridgeError */ .q)('host/input', {
            input,
            reason: `${written} lies outside the repository`,
            command,
        });
    }
    return path.split(node_path__WEBPACK_IMPORTED_MODULE_0__.sep).join('/');
}
//# sourceMappingURL=root-path.js.map

/***/ }),

/***/ 48368:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AD: () => (/* binding */ versionSignerInputs),
/* harmony export */   sq: () => (/* binding */ sigstoreInputs),
/* harmony export */   ve: () => (/* binding */ sigstoreServices)
/* harmony export */ });
const timeoutMs = 30_000;
const publicFulcio = 'https://fulcio.sigstore.dev';
const publicRekor = 'https://rekor.sigstore.dev';
/** Which Sigstore signs, for commands that sign without a key. */
const sigstoreInputs = [
    {
        name: 'fulcio-url',
        description: 'Authority that certifies the identity of the job.',
        type: 'text',
        default: publicFulcio,
        placeholder: 'URL',
    },
    {
        name: 'rekor-url',
        description: 'Transparency log; "none" where a timestamp authority vouches for the time.',
        type: 'text',
        default: publicRekor,
        placeholder: 'URL',
    },
    { name: 'timestamp-url', description: 'Timestamp authority (RFC 3161).', type: 'text', placeholder: 'URL' },
];
/** What signs versions, for commands that do. */
const versionSignerInputs = [
    {
        name: 'model-key',
        description: 'ECDSA private key (PEM, P-256, P-384 or P-521) that signs versions, from a secret; without it the identity of the job signs.',
        type: 'text',
        only: 'action',
    },
    {
        name: 'model-key-file',
        description: 'File with the ECDSA private key that signs versions; WEIGHBRIDGE_MODEL_KEY holds its text instead.',
        type: 'text',
        placeholder: 'FILE',
        only: 'command-line',
    },
    ...sigstoreInputs,
];
/** The Sigstore of these inputs. */
function sigstoreServices(inputs) {
    const rekorUrl = inputs.text('rekor-url') ?? publicRekor;
    return {
        fulcioUrl: inputs.text('fulcio-url') ?? publicFulcio,
        rekorUrl: rekorUrl === 'none' ? null : rekorUrl,
        timestampUrl: inputs.text('timestamp-url'),
        timeoutMs,
    };
}
//# sourceMappingURL=signing-inputs.js.map

/***/ }),

/***/ 75122:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ withVersionSigner)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_sigstore__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(13835);
/* harmony import */ var _ecdsa_key_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1945);
/* harmony import */ var _evidence_signer_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(96813);
/* harmony import */ var _signing_inputs_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(48368);







/** The host's surroundings with what signs versions, where there is something. @throws signing/key */
async function withVersionSigner(inputs, host) {
    const { surroundings } = host;
    if (surroundings.signing === undefined)
        return surroundings;
    return { ...surroundings, signing: { ...surroundings.signing, signer: await openSigner(inputs, host) } };
}
/** The key that was given, else the identity of the job where the policy lets workflows sign. */
async function openSigner(inputs, host) {
    const { environment, policy } = host;
    const pem = await readKey(inputs, host);
    if (pem !== null)
        return (0,_ecdsa_key_js__WEBPACK_IMPORTED_MODULE_2__/* .openKeySigner */ .S)(pem);
    if ((policy.signing?.signers ?? []).length === 0 || !(0,_evidence_signer_js__WEBPACK_IMPORTED_MODULE_3__/* .hasIdentity */ .rr)(environment))
        return null;
    return (0,_weighbridge_sigstore__WEBPACK_IMPORTED_MODULE_4__/* .openKeylessSigner */ .f)({ ...(0,_signing_inputs_js__WEBPACK_IMPORTED_MODULE_5__/* .sigstoreServices */ .ve)(inputs), identityToken: () => (0,_evidence_signer_js__WEBPACK_IMPORTED_MODULE_3__/* .readIdentity */ .xN)(environment) });
}
async function readKey(inputs, host) {
    const file = inputs.text('model-key-file');
    if (file === null)
        return inputs.text('model-key') ?? (host.environment['WEIGHBRIDGE_MODEL_KEY'] || null);
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(host.folder, file), 'utf8');
    }
    catch (cause) {
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_6__/* .weighbridgeError */ .q)('signing/key', { reason: `${file} cannot be read` }, { cause });
    }
}
//# sourceMappingURL=version-signer.js.map

/***/ })

};
