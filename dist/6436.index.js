export const id = 6436;
export const ids = [6436];
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

/***/ 95255:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ planEvidence),
/* harmony export */   O: () => (/* binding */ planBackedDocuments)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24755);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(70120);
/* harmony import */ var _weighbridge_evidence__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(49806);
/* harmony import */ var _events_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(44531);
/* harmony import */ var _back_documents_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(46290);




/** The event that records a document and its proof, by the digests of both. */
function planEvidence(surroundings, about, { id, facts, best }, occasion) {
    const evidence = new Map();
    const remember = (value) => {
        const text = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .canonicalJson */ .d)(value);
        const digest = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .digestBytes */ .QN)(surroundings.sha256, (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .utf8 */ .As)(text));
        evidence.set(digest, text);
        return digest;
    };
    const { document, examples } = facts;
    const metrics = remember(examples === undefined ? document : { ...document, examples });
    const event = (0,_events_js__WEBPACK_IMPORTED_MODULE_2__/* .makeEvent */ .Ld)(surroundings.sha256, {
        type: 'evidence-added',
        model: about.candidate.model.manifest.name,
        version: about.version,
        context: about.context,
        occasion,
        body: {
            metrics,
            id,
            level: best?.backing.level ?? 'reported',
            proof: best === null ? null : remember((0,_weighbridge_evidence__WEBPACK_IMPORTED_MODULE_3__/* .formatProof */ .c)(best.proof)),
        },
    });
    return { events: [event], evidence };
}
/**
 * What registration records beside a version: each document that somebody stands behind, so that promotion finds the
 * proof in the ledger. Reported documents are in the snapshot already.
 */
async function planBackedDocuments(surroundings, trust, about, documents) {
    const planned = [];
    const trusted = trust.keys.length + trust.signers.length + trust.workflows.length > 0;
    for (const [id, facts] of trusted ? Object.entries(documents) : []) {
        const gated = (0,_back_documents_js__WEBPACK_IMPORTED_MODULE_4__/* .gatedDocument */ .hH)(id, facts);
        const { candidate } = about;
        const { proofs } = await (0,_back_documents_js__WEBPACK_IMPORTED_MODULE_4__/* .proofsOf */ .Tq)(surroundings, trust, { candidate, gated });
        const { best } = await (0,_back_documents_js__WEBPACK_IMPORTED_MODULE_4__/* .weighProofs */ .S)(surroundings, trust, { candidate, gated, proofs });
        if (best !== null)
            planned.push(planEvidence(surroundings, about, { id, facts, best }, 0));
    }
    return {
        events: planned.flatMap(({ events }) => events),
        evidence: new Map(planned.flatMap(({ evidence }) => [...evidence])),
    };
}
//# sourceMappingURL=plan-evidence.js.map

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

/***/ 76436:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  evidenceCommand: () => (/* binding */ evidenceCommand)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/flows/build/apply-plan.js
var apply_plan = __webpack_require__(18322);
// EXTERNAL MODULE: ./packages/flows/build/registry/read-snapshot.js
var read_snapshot = __webpack_require__(50773);
// EXTERNAL MODULE: ./packages/flows/build/events.js
var build_events = __webpack_require__(44531);
// EXTERNAL MODULE: ./packages/flows/build/evidence/back-documents.js
var back_documents = __webpack_require__(46290);
// EXTERNAL MODULE: ./packages/flows/build/evidence/plan-evidence.js
var plan_evidence = __webpack_require__(95255);
// EXTERNAL MODULE: ./packages/core/build/digest.js
var digest = __webpack_require__(70120);
// EXTERNAL MODULE: ./packages/evidence/build/read-attestation.js
var read_attestation = __webpack_require__(38141);
// EXTERNAL MODULE: ./packages/formats/build/metrics/parse-metric-document.js + 13 modules
var parse_metric_document = __webpack_require__(22946);
// EXTERNAL MODULE: ./packages/formats/build/metrics/parse-example-scores.js
var parse_example_scores = __webpack_require__(63455);
// EXTERNAL MODULE: ./packages/flows/build/governing/governance.js
var governing_governance = __webpack_require__(61012);
// EXTERNAL MODULE: ./packages/flows/build/evidence/fetch-run.js + 1 modules
var fetch_run = __webpack_require__(68208);
// EXTERNAL MODULE: ./packages/flows/build/evidence/find-run.js
var find_run = __webpack_require__(56417);
// EXTERNAL MODULE: ./packages/flows/build/evidence/find-proofs.js
var find_proofs = __webpack_require__(22925);
;// CONCATENATED MODULE: ./packages/flows/build/evidence/read-offer.js







/** In place of the id of a run: the newest of those that count. */
const newestRun = 'newest';
/**
 * Reads the document from the checkout or from the run that is named, and finds what may stand behind it.
 * @throws flow/path-not-found, formats/*, evidence/no-metrics, evidence/run-unusable, forge/*
 */
async function readOffered(surroundings, offer, about) {
    const { candidate } = about;
    if (offer.run !== null)
        return readRun(surroundings, offer, { ...about, run: offer.run });
    if (offer.path === null)
        throw (0,error/* weighbridgeError */.q)('evidence/no-metrics', { model: offer.model });
    const { name, bytes } = await readBytes(surroundings, offer.path, 64 * governing_governance/* maxFileBytes */.eV);
    const document = (0,parse_metric_document/* parseMetricDocument */.$)({ name, bytes });
    const found = await readBeside(surroundings, offer.attestation, offer.path);
    const { proofs } = found;
    const kept = proofs.length > 0 || surroundings.proofs === undefined
        ? []
        : (await (0,find_proofs/* askForge */.TR)(surroundings, { ...candidate, model: candidate.model.manifest.name, artifacts: null })).proofs;
    const file = (0,digest/* digestBytes */.QN)(surroundings.sha256, bytes);
    return { ...found, proofs: [...proofs, ...kept], name, document, file, named: offer.attestation };
}
async function readBeside(surroundings, named, path) {
    const proofs = [];
    const refused = [];
    for (const at of named === null ? (0,read_attestation/* attestationPaths */.r0)(path) : [named]) {
        const bytes = await surroundings.workTree.read(at, read_attestation/* maxAttestationBytes */.W_);
        if (bytes === null && named !== null)
            throw (0,error/* weighbridgeError */.q)('flow/path-not-found', { path: named });
        const found = bytes === null ? null : (0,find_proofs/* readFile */.TA)(at, bytes);
        proofs.push(...(found?.proofs ?? []));
        refused.push(...(found?.refused ?? []));
    }
    return { proofs, refused, complete: true };
}
async function readRun(surroundings, offer, asked) {
    const { forge, proofs: sources } = surroundings;
    const unusable = (reason) => (0,error/* weighbridgeError */.q)('evidence/run-unusable', { run: asked.run, reason });
    if (forge === null || sources === undefined)
        throw unusable('no forge can be asked from here');
    const known = asked.run === newestRun ? await findNewest(forge, asked) : { value: asked.run };
    if ('fault' in known)
        throw unusable(known.fault);
    const run = known.value;
    const { artifact, path } = offer;
    const fetched = await (0,fetch_run/* fetchRun */.k)(surroundings, { forge, sources }, { run, artifact, file: path, digest: null });
    if ('fault' in fetched)
        throw unusable(fetched.fault);
    const { proof, name, document } = fetched.value;
    return {
        proofs: [{ kind: 'run', run: proof }],
        refused: [],
        complete: true,
        name: `${proof.artifact.name}/${name} of run ${run}`,
        document,
        file: proof.document.file,
        named: `run ${run}`,
    };
}
/** The one run that a trusted workflow made on the commit of the version, the newest of its successes. */
async function findNewest(forge, { candidate, trust }) {
    const { commit } = candidate;
    const runs = commit === null ? [] : await (0,find_run/* findRuns */.sj)(forge, trust, commit);
    const [only, ...others] = runs;
    if (only === undefined)
        return { fault: `none of evidence.workflows ended well on ${commit?.slice(0, 12) ?? 'a commit that is known'}` };
    return others.length === 0
        ? { value: only.id }
        : {
            fault: `several workflows made one: ${runs.map(({ id, workflowPath }) => `${id} (${workflowPath})`).join(', ')}`,
        };
}
/** The document with the scores by example that are offered beside it. @throws flow/path-not-found, formats/* */
async function withExamples(surroundings, offer, document) {
    if (offer.examples.length === 0)
        return { document };
    const files = [];
    for (const path of offer.examples)
        files.push(await readBytes(surroundings, path, parse_example_scores/* exampleLimits */.Hx.sizeBytes));
    return { document, examples: (0,parse_example_scores/* parseExampleFiles */.he)(files) };
}
async function readBytes(surroundings, path, maxBytes) {
    const bytes = await surroundings.workTree.read(path, maxBytes);
    if (bytes === null)
        throw (0,error/* weighbridgeError */.q)('flow/path-not-found', { path });
    return { name: path, bytes };
}
//# sourceMappingURL=read-offer.js.map
// EXTERNAL MODULE: ./packages/flows/build/reading/files.js
var files = __webpack_require__(78584);
// EXTERNAL MODULE: ./packages/flows/build/registry/history.js
var registry_history = __webpack_require__(63518);
// EXTERNAL MODULE: ./packages/flows/build/governing/check-writing.js
var check_writing = __webpack_require__(16915);
;// CONCATENATED MODULE: ./packages/flows/build/evidence/add-evidence.js











/**
 * Records a metric document for a registered version, with the proof that stands behind it: promotion reads evidence
 * from the ledger only. A run or statement that was named must be good, one that was found is told when it is not.
 * @throws flow/path-not-found, formats/*, evidence/not-good, evidence/run-unusable, forge/*
 */
async function addEvidence(surroundings, request) {
    const governance = await (0,governing_governance/* readGovernance */.r3)((0,files/* filesOfWorkTree */.UH)(surroundings.workTree), surroundings.sha256);
    (0,check_writing/* checkSigning */.wU)(surroundings, governance, 'evidence add');
    const model = (0,governing_governance/* findModel */.P6)(governance, request.model);
    const history = await (0,registry_history/* readHistory */.Lu)(surroundings, model.manifest.name, null);
    const version = (0,registry_history/* findVersion */.Am)(model.manifest.name, history.catalogue, request.version);
    const snapshot = await (0,read_snapshot/* readSnapshot */.R)(surroundings, version);
    const { identity, commit } = version;
    const candidate = { model, snapshot, identity, commit, registered: version };
    const offered = await readOffered(surroundings, request, { candidate, trust: governance.policy.evidence });
    const facts = await withExamples(surroundings, request, offered.document);
    const { best, refused } = await (0,back_documents/* weighProofs */.S)(surroundings, governance.policy.evidence, {
        candidate,
        gated: {
            id: request.id,
            digest: offered.file,
            document: facts.document,
            examples: facts.examples ?? null,
        },
        proofs: offered.proofs,
    });
    const faults = [...offered.refused, ...refused];
    if (best === null && offered.named !== null) {
        const reason = faults[0] ?? 'this host cannot check it';
        throw (0,error/* weighbridgeError */.q)('evidence/not-good', { path: offered.named, id: request.id, model: request.model, reason });
    }
    const head = await surroundings.repository.commit('HEAD');
    const context = (0,build_events/* eventContext */.Wl)(surroundings, {
        commit: head,
        justification: request.reason,
        time: surroundings.clock.now(),
    });
    const recorded = { id: request.id, facts, best };
    const about = { candidate, version: version.version, context };
    const { events, evidence } = (0,plan_evidence/* planEvidence */.H)(surroundings, about, recorded, version.addedEvidence.length);
    const plan = { effects: [{ kind: 'append', events, evidence }] };
    const receipts = request.dryRun ? [] : await (0,apply_plan/* applyPlan */.g)(surroundings, plan);
    return {
        version,
        name: offered.name,
        values: facts.document.values.length,
        level: best?.backing.level ?? 'reported',
        plan,
        receipts,
        notices: best === null ? faults.map(noticeOf) : [],
    };
}
function noticeOf(fault) {
    return { level: 'warning', text: `Recorded as reported only: ${fault}.` };
}
//# sourceMappingURL=add-evidence.js.map
// EXTERNAL MODULE: ./packages/flows/build/format-count.js
var format_count = __webpack_require__(47371);
// EXTERNAL MODULE: ./packages/host/build/root-path.js
var root_path = __webpack_require__(15607);
;// CONCATENATED MODULE: ./packages/host/build/commands/evidence.js




const command = 'evidence add';
const evidenceCommand = {
    spec: {
        name: 'evidence add',
        summary: 'Record a metric document for a registered version',
        description: 'Promotion reads the evidence of a version from the ledger only. This adds a document that was made after registration, such as an evaluation in staging.',
        arguments: [
            { name: 'model', description: 'MODEL@VERSION', required: true },
            {
                name: 'file',
                description: 'The metric document: its format is recognised by content. With --run, its path in the artifact.',
            },
        ],
        inputs: [
            {
                name: 'id',
                description: 'Which metric document it replaces, as gates name it.',
                type: 'text',
                default: 'eval',
                placeholder: 'ID',
            },
            {
                name: 'examples',
                description: 'Files in the repository with the score of each example, which paired comparisons need.',
                type: 'list',
                placeholder: 'FILE',
            },
            {
                name: 'attestation',
                description: 'The signed statement about it, in the repository; beside the document when not given.',
                type: 'text',
                placeholder: 'FILE',
            },
            {
                name: 'run',
                description: 'Take the document from this workflow run of the repository; "newest" for the newest success that the policy lets count on the commit of the version.',
                type: 'text',
                placeholder: 'ID',
            },
            {
                name: 'artifact',
                description: 'The artifact of the run, where it has several.',
                type: 'text',
                placeholder: 'NAME',
            },
            { name: 'reason', description: 'Why, for the record.', type: 'text', placeholder: 'TEXT' },
        ],
        outputs: [
            { name: 'values', description: 'How many metrics were read.' },
            { name: 'level', description: 'What stands behind it: reported, workflow, attested or recomputed.' },
        ],
        examples: [
            'weighbridge evidence add fraud@1.4.0 results/staging.json --id eval',
            'weighbridge evidence add fraud@1.4.0 --run 17243984411 --artifact evaluation',
            'weighbridge evidence add fraud@1.4.0 --run newest',
        ],
    },
    run: async (inputs, host) => {
        const [model = '', version = ''] = (inputs.text('model') ?? '').split(/@(.*)/s);
        if (model === '' || version === '')
            throw (0,error/* weighbridgeError */.q)('host/input', { input: 'model', reason: 'write MODEL@VERSION', command: 'evidence add' });
        const [file, run, attestation] = [inputs.text('file'), inputs.text('run'), inputs.text('attestation')];
        if (file === null && run === null)
            throw (0,error/* weighbridgeError */.q)('host/input', { input: 'file', reason: 'name a file or a run', command: 'evidence add' });
        const dryRun = inputs.boolean('dry-run');
        const id = inputs.text('id') ?? 'eval';
        const added = await addEvidence(host.surroundings, {
            model,
            version,
            path: file === null || run !== null ? file : (0,root_path/* rootPath */.w)(host, file, { command, input: 'file' }),
            attestation: attestation === null ? null : (0,root_path/* rootPath */.w)(host, attestation, { command, input: 'attestation' }),
            run,
            artifact: inputs.text('artifact'),
            examples: inputs.list('examples').map((file) => (0,root_path/* rootPath */.w)(host, file, { command, input: 'examples' })),
            id,
            reason: inputs.text('reason'),
            dryRun,
        });
        const text = `${dryRun ? 'Would record' : 'Recorded'} ${(0,format_count/* formatCount */.B)(added.values, 'metric')} of ${run === null ? (0,external_node_path_.relative)(host.folder, `${host.root}/${added.name}`) : added.name} as "${id}" of ${model} ${added.version.version} (${added.level})`;
        return {
            exitCode: 0,
            json: { dry_run: dryRun, model, version: added.version.version, id, values: added.values, level: added.level },
            text,
            markdown: text,
            notices: added.notices,
            outputs: { values: String(added.values), level: added.level },
        };
    },
};
//# sourceMappingURL=evidence.js.map

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

/***/ })

};
