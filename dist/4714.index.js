export const id = 4714;
export const ids = [4714];
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

/***/ 87657:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ recognise),
/* harmony export */   L: () => (/* binding */ isLoggedByRun)
/* harmony export */ });
/* harmony import */ var _weighbridge_formats__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(83998);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49302);


/** Files looked at when a repository is searched for models. */
const maxCandidates = 2000;
/** Endings of files that may hold a model; their content decides. */
const candidateEnding = /\.(safetensors|gguf|onnx|pt|pth|bin|ckpt|pkl|pickle|joblib)$/i;
/** Where MLflow and Weights & Biases keep what runs logged: copies of many tries, by the ids of runs. */
const trackingFolder = /(?:^|\/)(?:mlruns|mlartifacts|wandb)\//;
/** Whether a path lies among what runs logged, which is a model of a repository only where a manifest names it. */
function isLoggedByRun(path) {
    return trackingFolder.test(path);
}
/** Model files of a checkout, recognised by content, ignored ones included; those that runs logged are left out. */
async function recognise(surroundings) {
    const { workTree } = surroundings;
    const listed = await workTree.list('', { ignored: true });
    const candidates = listed
        .filter((path) => candidateEnding.test(path) && !isLoggedByRun(path))
        .slice(0, maxCandidates);
    const ignored = await workTree.ignored(candidates);
    const found = [];
    for (const path of candidates) {
        const header = await readHeaderOf(surroundings, path);
        if (header !== null)
            found.push({ path, format: header.format, tensors: header.tensors.length, ignored: ignored.has(path) });
    }
    return found;
}
/** Null for what is no model or a broken one: a search passes over it, a check of the model names the fault. */
async function readHeaderOf(surroundings, path) {
    const source = await surroundings.workTree.open(path);
    if (source === null)
        return null;
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
    try {
        return await (0,_weighbridge_formats__WEBPACK_IMPORTED_MODULE_0__/* .readHeader */ .ay)(source, {
            sha256: surroundings.sha256,
            ...(surroundings.inflate === undefined ? {} : { inflate: surroundings.inflate }),
            openBeside: (name) => surroundings.workTree.open(folder + name),
        });
    }
    catch (error) {
        if (error instanceof _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .WeighbridgeError */ .kj && error.exitCode !== 70)
            return null;
        throw error;
    }
    finally {
        await source.close();
    }
}
//# sourceMappingURL=recognise.js.map

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

/***/ 54714:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  initCommand: () => (/* binding */ initCommand)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var errors_error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/core/build/model-name.js
var model_name = __webpack_require__(73699);
// EXTERNAL MODULE: ./packages/manifest/build/schema/published.js
var published = __webpack_require__(48884);
;// CONCATENATED MODULE: ./packages/manifest/build/template/policy-template.js

/**
 * The complete annotated `weighbridge.yaml` that `init` writes: every key with its default, in the mode that tells
 * verdicts and blocks nothing. It parses without faults, and as the default policy but for the facts given.
 */
function renderPolicyTemplate(facts = {}) {
    const owners = facts.owners ?? [];
    return `${(0,published/* schemaLine */.cZ)('weighbridge')}
# How the models of this repository are versioned, gated, stored and recorded.
# Checks read this file from the base branch: a pull request that changes it is judged by what stood before.
version: 1

# warn tells every verdict and blocks nothing; set it to enforce once you trust the verdicts.
mode: warn

# Where manifests are looked for.
models: [models/*/model.yaml]

# Stages in order. The last is the archive: it holds any number of versions, each other stage at most one.
stages: [development, staging, production, archived]

# Where a version may come from, by the stage it enters; none is a version that holds no stage yet.
transitions:
  development: [none]
  staging: [development]
  production: [staging]
  archived: [development, staging, production]

# on-tag: a pushed tag such as fraud@v1.2.0 releases. on-merge: every merge that changes a model releases it.
release:
  when: on-tag
  branches: [] # besides the default branch, such as release/*

versioning:
  preset: weights # weights: a retrain on new data is minor; interface: it is a patch unless the interface moves
  initial: 1.0.0
  rules: {} # bumps of your own, such as { tokenizer.chat_template: patch }
  metrics: [] # such as [{ metric: eval.accuracy, direction: higher, threshold: 0.01 }]

# Where the bytes of versions are kept. Without a store, manifests must say "store: reference".
# In CI the folder must outlive the job.
# A bucket: s3://acme-models/prod, gs://acme-models/prod, or { type: s3, bucket: acme-models, endpoint: https://minio.acme.example }
# Azure: az://acmemodels/models/prod, which is the account, the container and a prefix
${facts.storePath === undefined ? '# store: { type: folder, path: /srv/models }' : `store: ${storeText(facts.storePath)}`}

# The record of every decision, an append-only log on a branch of this repository.
ledger:
  branch: weighbridge
  signing: ${facts.verifierKey === undefined ? 'optional # required once CI holds a key; CI promotes from signed logs only' : 'required'}
  keys: [${facts.verifierKey === undefined ? '' : JSON.stringify(facts.verifierKey)}] # as "weighbridge audit key" prints them

# How long bytes stay in the store that no registered version names; "weighbridge store collect" removes them.
retention:
  unregistered: 30d # time enough for a pull request; at least 2d
  grace: 24h # between condemned and removed
#   archived: { staging: 180d, production: 730d } # by the furthest stage held; for ever without it
#   unpromoted: 180d # versions that never came further than the first stage
#   keep_versions: 3 # of the newest of each model keep their bytes, whatever their age

# How bytes lie that no stage needs; "weighbridge store tier" sees to it. Classes are those of the bucket's service.
# tiers:
#   warm: { after: 90d, compress: true } # so long after the last move; in a bucket also "class: STANDARD_IA"
#   cold: { archived: 7d, compress: true } # so long after the archiving; in a bucket also "class: DEEP_ARCHIVE"

# Who may approve, by the names that gates use. Teams need an App token to be read.
reviewers: {}
#   ml: { users: [alice, bob], teams: [acme/ml] }
#   risk: { users: [carol] }

# Which reviews count, the same for every gate.
review:
  permission: write # least permission of a reviewer, at the time of the evaluation
  objections: rosters # whose requested changes block: rosters that are asked, or writers: whoever may write, too
  dismissals: anyone # others: the author and contributors cannot lift an objection by dismissing it
  re_request: withdraws # asking for a review again withdraws the approval before it; keeps: it does not
  unknown_contributors: one-more # a commit of nobody's account asks one more approval; refuse: it passes nothing
  commands: false # true: the comment "/weighbridge approve <commit>" approves too

# Who must approve a change of this file, of workflows and of what manifests ask: rosters or logins. With nobody here,
# anybody with admin or maintain permission but the author.
owners: [${owners.map((owner) => JSON.stringify(owner)).join(', ')}]

rollback:
  keep: 3 # superseded versions that stay ready
  allow: [] # rosters or logins; empty: whoever may start the workflow

# What a version must bring to enter a stage. For example:
gates: {}
#   production:
#     from: [staging]
#     soak: 24h # least time in the stage before
#     checks: [ci / tests]
#     metadata: complete
#     data: pinned # refuses data and bases that may change under their name
#     formats: { deny: [pickle] }
#     evidence: { level: workflow, max_age: 30d, same: [dataset] }
#     metrics:
#       - id: accuracy
#         metric: eval.accuracy
#         direction: higher
#         bounds: { min: 0.92 }
#         baseline: { ref: stage:production, max_regression: { relative: 1% }, if_absent: bounds-only }
#     reviewers:
#       - { from: ml, count: 2 } # nobody fills two seats
#       - { from: risk, when: { impact: high } } # other conditions: kind, waiver, from, format, metric
#       - { from: risk, when: { metric: { outcome: [waived, inconclusive], gate: accuracy } } }

# Gates that one digest may pass over until a date; merged by a pull request of their own, which needs their roster.
waivers: []
#   - gate: accuracy
#     model: fraud
#     digest: sha256:… # as the check of the pull request shows it
#     reason: holdout relabelled, see incident 12
#     expires: 2026-12-31 # the last day, in UTC
#     rule: risk

waiver_limits:
  min_reason: 10 # characters
  # max_duration: 90d # how far ahead a waiver may expire
`;
}
function storeText(path) {
    const text = JSON.stringify(path);
    return /^(?:s3|gs|az):\/\//.test(path) ? text : `{ type: folder, path: ${text} }`;
}
//# sourceMappingURL=policy-template.js.map
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
;// CONCATENATED MODULE: ./packages/manifest/build/template/manifest-template.js


/** A complete `model.yaml` with what is known filled in. It parses without faults when the facts are true. */
function renderManifestTemplate(facts) {
    const training = definedMembers(facts.training ?? {});
    const environment = definedMembers(facts.environment ?? {});
    const lines = [
        (0,published/* schemaLine */.cZ)('model'),
        '# What this model is made of. Paths are relative to this folder; a leading / means the root of the repository.',
        keyLine('name', facts.name, '', ''),
        keyLine('kind', facts.kind ?? 'model', '', 'model, adapter, prompt, retrieval, system or dataset'),
        keyLine('description', facts.description, 'One sentence for people', ''),
        keyLine('owners', facts.owners, '[alice, "@acme/nlp"]', 'default reviewers'),
        keyLine('impact', facts.impact, 'high', 'policies can ask for more where the impact is high'),
        keyLine('base', facts.base ? definedMembers(facts.base) : null, '{ model: hf://org/name, revision: 0e9e39f }', 'what it was made from'),
        keyLine('data', facts.data, '[{ name: train, role: train, ref: dvc:data/train.dvc }]', 'role: train, validation or eval'),
        keyLine('artifacts', facts.artifacts, '[model.onnx]', 'the weights and what belongs to them'),
        keyLine('config', facts.config, '[train.yaml]', 'hyperparameters and other settings'),
        keyLine('code', facts.code, '[/src/train]', 'training code'),
        keyLine('prompts', facts.prompts, '[prompts/*.md]', 'templates; their variables are part of the interface'),
        keyLine('retrieval', facts.retrieval, 'retrieval.yaml', ''),
        keyLine('interface', facts.interface, 'interface.json', 'JSON Schema of inputs and outputs'),
        keyLine('metrics', facts.metrics?.map(definedMembers), '[{ id: eval, path: metrics.json }]', 'gates read them as eval.<key>'),
        keyLine('training', training, '{ framework: pytorch, framework_version: 2.9.0, hardware: 8xH100, duration: PT3H12M }', ''),
        keyLine('environment', environment, '{ lock: requirements.lock }', ''),
        keyLine('uses', facts.uses, '[{ model: other-model, version: ^1.2 }]', 'parts from this registry'),
        keyLine('store', facts.store === 'copy' ? null : facts.store, 'reference', 'records where the bytes are and copies nothing'),
        keyLine('bump', facts.bump, 'major', 'raises the computed bump'),
    ];
    return `${lines.join('\n')}\n`;
}
/** A key with what is known, or a comment that shows how it is written. */
function keyLine(key, value, example, note) {
    const remark = note === '' ? '' : ` # ${note}`;
    if (isAbsent(value))
        return `# ${key}: ${example}${remark}`;
    return `${key}: ${inlineYaml(value)}${remark}`;
}
function isAbsent(value) {
    if (value === null || value === undefined)
        return true;
    return typeof value === 'object' && Object.keys(value).length === 0;
}
/** A value as YAML in one line, quoted where it has to be. */
function inlineYaml(value) {
    return (0,dist/* stringify */.As)(value, {
        collectionStyle: 'flow',
        lineWidth: 0,
        flowCollectionPadding: true,
        blockQuote: false,
    }).trimEnd();
}
function definedMembers(members) {
    return Object.fromEntries(Object.entries(members).filter(([, value]) => !isAbsent(value)));
}
//# sourceMappingURL=manifest-template.js.map
// EXTERNAL MODULE: ./packages/manifest/build/template/stages-template.js
var stages_template = __webpack_require__(37663);
// EXTERNAL MODULE: ./packages/flows/build/apply-plan.js
var apply_plan = __webpack_require__(18322);
// EXTERNAL MODULE: ./packages/manifest/build/parse-policy.js + 13 modules
var parse_policy = __webpack_require__(48960);
// EXTERNAL MODULE: ./packages/manifest/build/glob.js
var glob = __webpack_require__(12284);
// EXTERNAL MODULE: ./packages/manifest/build/parse-manifest.js + 1 modules
var parse_manifest = __webpack_require__(11847);
// EXTERNAL MODULE: ./packages/manifest/build/manifest-path.js
var manifest_path = __webpack_require__(56311);
// EXTERNAL MODULE: ./packages/flows/build/governing/governance.js
var governance = __webpack_require__(61012);
;// CONCATENATED MODULE: ./packages/flows/build/layouts/layout.js
/** A legal model name after what people call it. */
function modelNameFrom(text) {
    const name = text
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replaceAll(/^-+|-+$/g, '')
        .slice(0, 63)
        .replace(/-+$/, '');
    return (name === '' ? 'my-model' : name);
}
/** Folder and file names that say nothing of the model in them. */
const vagueName = /^(?:out|outputs?|dist|build|target|models?|weights?|artifacts?|checkpoints?|ckpts?|checkpoint-\d+|results?|final|data|files|bin|pytorch_model|adapter|adapter_model|m)$/i;
/** The name of the innermost folder that says something of the model in it; null when none does. */
function tellingFolder(folder) {
    const parts = folder.split('/').reverse();
    return parts.find((part) => part !== '' && !vagueName.test(part)) ?? null;
}
/** Whether a path is a folder itself or lies in it. */
function isInside(folder, path) {
    return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
/** The folder of a file; an empty text for the root. */
function folderOf(path) {
    return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}
//# sourceMappingURL=layout.js.map
;// CONCATENATED MODULE: ./packages/flows/build/layouts/governed-files.js



/** Models whose manifests are there. A file with faults is passed over: whoever weighs the model is told of them. */
async function governedFiles(workTree) {
    const policyBytes = await workTree.read('weighbridge.yaml', governance/* maxFileBytes */.eV);
    const parsed = policyBytes === null ? null : (0,parse_policy/* parsePolicy */.O)({ path: 'weighbridge.yaml', bytes: policyBytes });
    const { models: patterns } = parsed?.ok === true ? parsed.value : (0,parse_policy/* defaultPolicy */.G)();
    const found = [];
    for (const manifestPath of await workTree.list('')) {
        if (!patterns.some((pattern) => (0,glob/* matchGlob */.sB)(pattern, manifestPath)))
            continue;
        const bytes = await workTree.read(manifestPath, governance/* maxFileBytes */.eV);
        const manifest = bytes === null ? null : (0,parse_manifest/* parseManifest */.N)({ path: manifestPath, bytes });
        if (manifest?.ok !== true)
            continue;
        const { name, artifacts } = manifest.value;
        const folder = folderOf(manifestPath);
        const paths = artifacts.flatMap((written) => {
            const read = (0,manifest_path/* readPath */.G)(manifestPath, written);
            return read.ok ? [read.path] : [];
        });
        found.push({
            name,
            manifestPath,
            stagesPath: folder === '' ? 'stages.yaml' : `${folder}/stages.yaml`,
            covers: (path) => (folder !== '' && isInside(folder, path)) ||
                paths.some((each) => each !== '' && (isInside(each, path) || (0,glob/* matchGlob */.sB)(each, path))),
        });
    }
    return found;
}
//# sourceMappingURL=governed-files.js.map
// EXTERNAL MODULE: ./packages/formats/build/metrics/parse-metric-document.js + 13 modules
var parse_metric_document = __webpack_require__(22946);
;// CONCATENATED MODULE: ./packages/flows/build/layouts/metrics-beside.js


/** What the programs that evaluate call their results. */
const resultName = /^(?:metrics?|eval_results|all_results|results)\.(?:json|ya?ml|csv)$|^eval(?:uation)?\.(?:json|csv)$/i;
const maxResultBytes = 1024 * 1024;
/**
 * Documents of metrics in the folders of weights, the first as `eval`. What is named so and holds no number is passed
 * over, and what lies where other models have weights, too: nobody says whose numbers it holds.
 */
async function metricsBeside(workTree, weights, weightsOfOthers) {
    const shared = new Set(weightsOfOthers.map(metrics_beside_folderOf));
    const folders = [...new Set(weights.map(metrics_beside_folderOf))].filter((folder) => !shared.has(folder)).sort();
    const found = [];
    for (const folder of folders) {
        const own = (await workTree.list(folder)).filter((path) => metrics_beside_folderOf(path) === folder);
        for (const path of own.filter((each) => resultName.test(each.slice(each.lastIndexOf('/') + 1))))
            if (await holdsMetrics(workTree, path))
                found.push(path);
    }
    return found.slice(0, 20).map((path, place) => ({
        id: place === 0 ? 'eval' : `eval-${place + 1}`,
        path: `/${path}`,
        examples: [],
        attestation: null,
        run: null,
        artifact: null,
    }));
}
async function holdsMetrics(workTree, path) {
    try {
        const bytes = await workTree.read(path, maxResultBytes);
        if (bytes === null)
            return false;
        // Words are read as values, too, so that gates can refuse them by name.
        return (0,parse_metric_document/* parseMetricDocument */.$)({ name: path, bytes }).values.some(({ value }) => Number.isFinite(Number(value)));
    }
    catch (error) {
        if (error instanceof errors_error/* WeighbridgeError */.kj && error.exitCode !== 70)
            return false;
        throw error;
    }
}
function metrics_beside_folderOf(path) {
    return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}
//# sourceMappingURL=metrics-beside.js.map
// EXTERNAL MODULE: ./packages/flows/build/artifacts/recognise.js
var recognise = __webpack_require__(87657);
// EXTERNAL MODULE: ./packages/core/build/digest.js
var digest = __webpack_require__(70120);
// EXTERNAL MODULE: ./packages/formats/build/documents/strict-json.js
var strict_json = __webpack_require__(9054);
// EXTERNAL MODULE: ./packages/formats/build/documents/strict-yaml.js
var strict_yaml = __webpack_require__(21231);
// EXTERNAL MODULE: ./packages/flows/build/data/dvc-place.js
var dvc_place = __webpack_require__(11596);
// EXTERNAL MODULE: ./packages/flows/build/data/read-dvc-lock.js
var read_dvc_lock = __webpack_require__(91391);
// EXTERNAL MODULE: ./packages/flows/build/reading/files.js
var files = __webpack_require__(78584);
// EXTERNAL MODULE: ./packages/flows/build/reading/read-up-to.js
var read_up_to = __webpack_require__(32243);
;// CONCATENATED MODULE: ./packages/flows/build/layouts/dvc-project.js








/**
 * Models that `artifacts:` of a dvc.yaml declares, or the artifacts.yaml of early GTO: what the Studio registry shows.
 * The stage that puts one out tells its data, and the metrics of the project are its metrics.
 */
async function dvcModels(facts) {
    const found = [];
    for (const path of facts.listed.filter((each) => /(?:^|\/)(?:dvc|artifacts)\.yaml$/.test(each))) {
        const document = await readYaml(facts, path);
        const declared = path.endsWith('dvc.yaml') ? membersOf(document['artifacts']) : document;
        const stages = path.endsWith('dvc.yaml') ? await stagesBeside(facts, folderOf(path)) : [];
        for (const [id, value] of Object.entries(declared)) {
            const artifact = membersOf(value);
            const written = artifact['path'];
            if (typeof written !== 'string' || (artifact['type'] ?? 'model') !== 'model')
                continue;
            const folder = folderOf(path);
            const target = folder === '' ? written : `${folder}/${written}`;
            found.push({
                layout: `artifact ${id} of ${path}`,
                facts: {
                    name: modelNameFrom(id.split('/').at(-1) ?? id),
                    description: textOf(artifact['desc'] ?? artifact['description']),
                    artifacts: [`/${target}`],
                    data: dataOf(stages, { folder, written }),
                    metrics: metricsOf(document, folder),
                },
                covers: (each) => isInside(target, each),
            });
        }
    }
    return found;
}
/** What the stage reads that DVC tracks, be it by a file of its own or as what another stage puts out. */
function dataOf(stages, { folder, written }) {
    const stage = stages.find(({ outs }) => outs.some(({ path }) => isInside(path, written)));
    const tracked = (stage?.deps ?? []).filter(({ path, hash }) => hash?.endsWith('.dir') === true || isPutOut(stages, path));
    const names = new Set();
    return tracked.flatMap(({ path }) => {
        const name = modelNameFrom(path
            .split('/')
            .at(-1)
            ?.replace(/\.[^.]+$/, '') ?? path);
        if (names.has(name))
            return [];
        names.add(name);
        return [{ name, role: 'train', ref: `dvc:/${folder === '' ? path : `${folder}/${path}`}` }];
    });
}
function isPutOut(stages, path) {
    return stages.some(({ outs }) => outs.some((out) => out.path === path));
}
function metricsOf(document, folder) {
    const file = folder === '' ? 'dvc.yaml' : `${folder}/dvc.yaml`;
    const stages = Object.values(membersOf(document['stages'])).map(membersOf);
    const paths = [document, ...stages].flatMap(({ metrics, wdir }) => pathsIn(metrics).flatMap((path) => (0,dvc_place/* placeOfDvc */.y)(file, path, textOf(wdir) ?? '') ?? []));
    return [...new Set(paths)].slice(0, 20).map((path, place) => ({
        id: place === 0 ? 'eval' : `eval-${place + 1}`,
        path: `/${path}`,
        examples: [],
        attestation: null,
        run: null,
        artifact: null,
    }));
}
/** Of a list of paths, in which each may be the key of its settings. */
function pathsIn(list) {
    return (Array.isArray(list) ? list : []).flatMap((each) => {
        if (typeof each === 'string')
            return [each];
        return (0,strict_json/* isJsonObject */.OW)(each) ? Object.keys(each) : [];
    });
}
/** A search passes over a lock that is broken. */
async function stagesBeside({ workTree }, folder) {
    const path = folder === '' ? 'dvc.lock' : `${folder}/dvc.lock`;
    const reading = await (0,read_dvc_lock/* readDvcLock */.Hy)((0,files/* filesOfWorkTree */.UH)(workTree), path);
    return reading.kind === 'stages' ? reading.stages : [];
}
async function readYaml({ workTree }, path) {
    const bytes = await (0,read_up_to/* readUpTo */.V)(workTree, path, governance/* maxFileBytes */.eV);
    return bytes === null || bytes instanceof errors_error/* WeighbridgeError */.kj
        ? {}
        : tolerating(() => membersOf((0,strict_yaml/* parseStrictYaml */.A)((0,digest/* parseUtf8 */.zK)(bytes), path)), {});
}
/** A search passes over what is broken; the program that it belongs to tells of it. */
function tolerating(read, otherwise) {
    try {
        return read();
    }
    catch (error) {
        if (error instanceof TypeError || (error instanceof errors_error/* WeighbridgeError */.kj && error.exitCode !== 70))
            return otherwise;
        throw error;
    }
}
function membersOf(value) {
    return (0,strict_json/* isJsonObject */.OW)(value) ? value : {};
}
function textOf(value) {
    return typeof value === 'string' && value.trim() !== '' ? value : null;
}
//# sourceMappingURL=dvc-project.js.map
// EXTERNAL MODULE: ./packages/formats/build/documents/model-card.js
var model_card = __webpack_require__(41432);
;// CONCATENATED MODULE: ./packages/flows/build/layouts/hugging-face.js




/** Files that transformers, tokenizers and peft look for beside the weights. */
const companions = /^(?:config|generation_config|adapter_config|tokenizer|tokenizer_config|special_tokens_map|added_tokens|vocab|preprocessor_config|model\.safetensors\.index)\.json$|^(?:merges|vocab)\.txt$|^(?:tokenizer|spiece|sentencepiece\.bpe)\.model$|^chat_template\.jinja$/;
/**
 * Folders with weights and the `config.json` of transformers or the `adapter_config.json` of PEFT: repositories of the
 * Hugging Face Hub, and what save_pretrained writes. An adapter's own file names its base.
 */
async function huggingFaceModels(facts) {
    const folders = new Set(facts.recognised.map(({ path }) => folderOf(path)));
    const found = [];
    for (const folder of folders) {
        // A training leaves its checkpoints beside what came of it.
        if (isCheckpoint(folder) && folders.has(folderOf(folder)))
            continue;
        const adapter = await readJson(facts, inFolder(folder, 'adapter_config.json'));
        const config = await readJson(facts, inFolder(folder, 'config.json'));
        const isModel = typeof config?.['model_type'] === 'string' || Array.isArray(config?.['architectures']);
        if (adapter?.['peft_type'] === undefined && !isModel)
            continue;
        const weights = facts.recognised.map(({ path }) => path).filter((path) => folderOf(path) === folder);
        const beside = facts.listed.filter((path) => folderOf(path) === folder && companions.test(nameOf(path)));
        const artifacts = [...new Set([...weights, ...beside])].sort().map((path) => `/${path}`);
        const telling = tellingFolder(folder) ?? nameOf(facts.workTree.root.replaceAll('\\', '/'));
        const isTaken = found.some((other) => other.facts.name === modelNameFrom(telling));
        const name = modelNameFrom(isTaken ? `${telling}-${nameOf(folder)}` : telling);
        found.push({
            layout: `Hugging Face ${adapter === null ? 'model' : 'adapter'} in ${folder || 'the root'}`,
            facts: {
                name,
                artifacts,
                ...(adapter === null
                    ? { base: await baseOfCard(facts, folder) }
                    : { kind: 'adapter', base: baseOf(adapter) ?? (await baseOfCard(facts, folder)) }),
            },
            covers: (path) => {
                const holder = folderOf(path);
                return holder === folder || (isCheckpoint(holder) && folderOf(holder) === folder);
            },
        });
    }
    return found;
}
/** The base that an adapter's own file names, when it is a repository of the Hub and no path of a training machine. */
function baseOf(adapter) {
    const name = adapter['base_model_name_or_path'];
    if (typeof name !== 'string' || !/^[\w-][\w.-]*\/[\w.-]+$/.test(name))
        return null;
    const revision = adapter['revision'];
    return { model: `hf://${name}`, revision: typeof revision === 'string' && revision !== '' ? revision : null };
}
/** The base that the model card names, when it is one; a card has no place for its revision. */
async function baseOfCard({ workTree }, folder) {
    const path = inFolder(folder, 'README.md');
    const bytes = await workTree.read(path, governance/* maxFileBytes */.eV);
    if (bytes === null)
        return null;
    try {
        const [name, ...more] = (0,model_card/* parseModelCard */.f)((0,digest/* parseUtf8 */.zK)(bytes), path).baseModels;
        const isRepository = name !== undefined && more.length === 0 && /^[\w-][\w.-]*\/[\w.-]+$/.test(name);
        return isRepository ? { model: `hf://${name}`, revision: null } : null;
    }
    catch (error) {
        if (error instanceof TypeError || (error instanceof errors_error/* WeighbridgeError */.kj && error.exitCode !== 70))
            return null;
        throw error;
    }
}
/** A small file of the checkout as a JSON object; null for what is none. */
async function readJson({ workTree }, path) {
    const bytes = await workTree.read(path, governance/* maxFileBytes */.eV);
    if (bytes === null)
        return null;
    try {
        const value = (0,strict_json/* parseStrictJson */.RJ)((0,digest/* parseUtf8 */.zK)(bytes), { name: path, nonFinite: 'keep-as-text' });
        return (0,strict_json/* isJsonObject */.OW)(value) ? value : null;
    }
    catch (error) {
        if (error instanceof TypeError || (error instanceof errors_error/* WeighbridgeError */.kj && error.exitCode !== 70))
            return null;
        throw error;
    }
}
/** As the Trainer of transformers names them. */
function isCheckpoint(folder) {
    return /(?:^|\/)checkpoint-\d+$/.test(folder);
}
function inFolder(folder, name) {
    return folder === '' ? name : `${folder}/${name}`;
}
function nameOf(path) {
    return path.slice(path.lastIndexOf('/') + 1);
}
//# sourceMappingURL=hugging-face.js.map
;// CONCATENATED MODULE: ./packages/flows/build/layouts/mlflow-folder.js

/** Names of folders that MLflow itself gives: they say nothing of the model. */
const vague = /^(?:artifacts?|data|models?|mlflow-model|m-[0-9a-f]{32}|[0-9a-f]{32})$/i;
/** Folders with an `MLmodel` file, as `mlflow.*.save_model` writes them. */
function mlflowModels({ listed, workTree }) {
    const files = listed.filter((path) => /(?:^|\/)MLmodel$/.test(path));
    return files.map((path) => {
        const folder = folderOf(path);
        const telling = folder
            .split('/')
            .reverse()
            .find((part) => part !== '' && !vague.test(part));
        const name = modelNameFrom(telling ?? workTree.root.split(/[\\/]/).at(-1) ?? '');
        const artifacts = [folder === '' ? '/**' : `/${folder}`];
        const facts = { name, artifacts: folder === '' ? ownFiles(listed) : artifacts, interface: `/${path}` };
        return { layout: `MLflow model in ${folder || 'the root'}`, facts, covers: (each) => isInside(folder, each) };
    });
}
/** In the root of a repository there is more than the model. */
function ownFiles(listed) {
    const known = /^(?:MLmodel|conda\.yaml|python_env\.yaml|requirements\.txt|input_example\.json|model\..*|.*\.pkl|.*\.skops)$/;
    return listed.filter((path) => known.test(path)).map((path) => `/${path}`);
}
//# sourceMappingURL=mlflow-folder.js.map
// EXTERNAL MODULE: ./packages/flows/build/format-count.js
var format_count = __webpack_require__(47371);
;// CONCATENATED MODULE: ./packages/flows/build/layouts/versioned-folders.js



/** `base-model/<name>/<version>/…`, and `adapters/<name>-vN/…` or `adapters/<name>/<version>/…`. */
const basePattern = /^((?:.*\/)?base[-_]?models?)\/([^/]+)\/(v?\d[\w.-]*)\//i;
const adapterPattern = /^((?:.*\/)?adapters?)\/(?:([^/]+?)[-_]v(\d[\w.-]*)|([^/]+)\/(v?\d[\w.-]*))\//i;
/**
 * Trees in which every version is a folder: one model for all versions of a name. The manifest names the newest folder;
 * the next version is the change that names the next one. The base of an adapter is the base model of the same tree
 * when it has that name, else the one that its own file names.
 */
async function versionedModels(facts) {
    const groups = new Map();
    for (const { path } of facts.recognised) {
        const found = versionedFolderOf(path);
        if (found === null)
            continue;
        const key = `${found.kind} ${found.name}`;
        groups.set(key, [...(groups.get(key) ?? []), found]);
    }
    const bases = new Set([...groups.values()].flat().flatMap(({ kind, name }) => (kind === 'model' ? [name] : [])));
    const models = [];
    for (const folders of groups.values()) {
        const newest = folders.toSorted(byVersion).at(-1);
        if (newest !== undefined)
            models.push(await modelOf(facts, { newest, folders, bases }));
    }
    return models;
}
async function modelOf(facts, { newest, folders, bases, }) {
    const versions = new Set(folders.map(({ version }) => version)).size;
    const base = newest.kind === 'adapter' ? await baseFor(facts, newest, bases) : null;
    return {
        layout: `${newest.kind === 'adapter' ? 'adapter' : 'base model'} in ${newest.folder}, the newest of ${(0,format_count/* formatCount */.B)(versions, 'version')}`,
        facts: {
            name: modelNameFrom(newest.name),
            kind: newest.kind,
            artifacts: [`/${newest.folder}`],
            ...(base === null ? {} : { base }),
        },
        covers: (path) => folders.some(({ folder }) => isInside(folder, path)),
    };
}
async function baseFor(facts, { folder }, bases) {
    const config = await readJson(facts, `${folder}/adapter_config.json`);
    const written = config?.['base_model_name_or_path'];
    const parts = typeof written === 'string' ? written.split('/') : [];
    const own = parts.find((part) => bases.has(part));
    if (own !== undefined)
        return { model: `registry:${modelNameFrom(own)}@*`, revision: null };
    return config === null ? null : baseOf(config);
}
function versionedFolderOf(path) {
    const base = basePattern.exec(path);
    if (base !== null) {
        const [, root = '', name = '', version = ''] = base;
        return { kind: 'model', name, version, folder: `${root}/${name}/${version}` };
    }
    const adapter = adapterPattern.exec(path);
    if (adapter === null)
        return null;
    const name = adapter[2] ?? adapter[4] ?? '';
    return { kind: 'adapter', name, version: adapter[3] ?? adapter[5] ?? '', folder: adapter[0].slice(0, -1) };
}
/** `v10` after `v9`, `1.10` after `1.9`. */
function byVersion(left, right) {
    const [mine, theirs] = [numbersOf(left.version), numbersOf(right.version)];
    for (let place = 0; place < Math.max(mine.length, theirs.length); place++) {
        const difference = (mine[place] ?? 0) - (theirs[place] ?? 0);
        if (difference !== 0)
            return difference;
    }
    return left.folder < right.folder ? -1 : 1;
}
function numbersOf(version) {
    return (version.match(/\d+/g) ?? []).map(Number);
}
//# sourceMappingURL=versioned-folders.js.map
;// CONCATENATED MODULE: ./packages/flows/build/layouts/recognise-layouts.js






/**
 * Models by the layouts that teams have. What a person declared comes first (DVC, GTO), then what a program wrote
 * (MLflow), then what folders say; a file belongs to the first that claims it.
 */
async function recogniseLayouts(workTree, recognised) {
    const listed = (await workTree.list('', { ignored: true })).filter((path) => !(0,recognise/* isLoggedByRun */.L)(path));
    const facts = { workTree, listed, recognised };
    const found = [];
    for (const recogniser of [dvcModels, mlflowModels, versionedModels, huggingFaceModels]) {
        for (const model of await recogniser(facts)) {
            const isTaken = found.some((other) => model.facts.artifacts?.every((path) => other.covers(path.slice(1))) ?? false);
            if (!isTaken && (0,model_name/* isModelName */.j)(model.facts.name))
                found.push(model);
        }
    }
    return found;
}
//# sourceMappingURL=recognise-layouts.js.map
;// CONCATENATED MODULE: ./packages/flows/build/init.js








/**
 * Writes weighbridge.yaml, a manifest and a stages file for each model that is found, and the workflows. Overwrites
 * nothing.
 * @throws flow/name-of-several
 */
async function initRepository(surroundings, request) {
    const recognised = await (0,recognise/* recognise */.G)(surroundings);
    // In a governed repository nothing is made up: neither a model that nobody has, nor a store that its policy does not name.
    const governed = (await surroundings.workTree.read('weighbridge.yaml', 1024 * 1024)) !== null;
    const present = await governedFiles(surroundings.workTree);
    const isPresent = (path) => present.some(({ covers }) => covers(path));
    const unnamed = (await recogniseLayouts(surroundings.workTree, recognised)).filter(({ facts }) => !(facts.artifacts ?? []).every((path) => isPresent(path.slice(1))));
    const covered = (path) => isPresent(path) || unnamed.some(({ covers }) => covers(path));
    const rest = recognised.filter(({ path }) => !covered(path));
    const laidOut = nameLaidOut(unnamed, request.name, rest);
    const named = {
        name: laidOut.length === 0 ? request.name : null,
        root: surroundings.workTree.root,
        governed: governed || laidOut.length + present.length > 0,
    };
    const models = new Map();
    for (const { facts } of laidOut)
        if (!models.has(facts.name))
            models.set(facts.name, facts);
    for (const [name, paths] of groupByModel(rest, named)) {
        if (models.has(name))
            continue;
        const others = recognised.map(({ path }) => path).filter((path) => !paths.includes(path));
        const metrics = await metricsBeside(surroundings.workTree, paths, others);
        const artifacts = paths.map((path) => `/${path}`);
        models.set(name, { name, artifacts, ...(metrics.length === 0 ? {} : { metrics }) });
    }
    const files = new Map(request.workflows);
    files.set('weighbridge.yaml', renderPolicyTemplate({
        storePath: request.storePath,
        ...(request.verifierKey === null ? {} : { verifierKey: request.verifierKey }),
    }));
    for (const [name, facts] of models) {
        files.set(`models/${name}/model.yaml`, renderManifestTemplate(facts));
        files.set(`models/${name}/stages.yaml`, (0,stages_template/* renderStagesTemplate */.E)());
    }
    for (const { manifestPath, stagesPath } of present) {
        files.set(manifestPath, '');
        files.set(stagesPath, (0,stages_template/* renderStagesTemplate */.E)());
    }
    const effects = [];
    const kept = [];
    for (const [path, text] of [...files].sort(([left], [right]) => (left < right ? -1 : 1))) {
        const there = await surroundings.workTree.read(path, 1024 * 1024);
        if (there === null)
            effects.push({ kind: 'write', path, text });
        else
            kept.push(path);
    }
    const ignore = governed ? [] : await planIgnore(surroundings, request.storePath);
    const plan = { effects: [...effects, ...ignore] };
    const hidden = [...(await surroundings.workTree.ignored([...files.keys()]))];
    const receipts = request.dryRun ? [] : await (0,apply_plan/* applyPlan */.g)(surroundings, plan);
    const layouts = laidOut.map(({ facts, layout }) => ({ model: facts.name, layout }));
    const names = [...new Set([...present.map(({ name }) => name), ...models.keys()])];
    return { recognised, layouts, models: names, kept, hidden, plan, receipts };
}
/** A name that is asked for is that of the one model that is there. @throws flow/name-of-several */
function nameLaidOut(laidOut, name, rest) {
    const [only, ...others] = laidOut;
    if (name === null || only === undefined || !(0,model_name/* isModelName */.j)(name))
        return laidOut;
    if (others.length === 0 && rest.length === 0)
        return [{ ...only, facts: { ...only.facts, name } }];
    const found = [...laidOut.map(({ layout }) => layout), ...rest.map(({ path }) => path)];
    const shown = found.length > 5 ? [...found.slice(0, 5), `${found.length - 5} more`] : found;
    throw (0,errors_error/* weighbridgeError */.q)('flow/name-of-several', { name, found: shown.join(', ') });
}
/** Files of one folder are one model, named after the folder, else the file, else the repository. */
function groupByModel(recognised, { name, root, governed }) {
    const groups = new Map();
    for (const { path } of recognised) {
        const named = name ?? modelNameFrom(tellingName(path, root));
        if (!(0,model_name/* isModelName */.j)(named))
            continue;
        groups.set(named, [...(groups.get(named) ?? []), path]);
    }
    const fallback = name ?? (governed ? null : 'my-model');
    if (groups.size === 0 && fallback !== null && (0,model_name/* isModelName */.j)(fallback))
        groups.set(fallback, []);
    return groups;
}
function tellingName(path, root) {
    const parts = path.split('/');
    const file = (parts.pop() ?? path).replace(/\.[^.]+$/, '');
    const folder = tellingFolder(parts.join('/'));
    if (folder !== null)
        return folder;
    return vagueName.test(file) ? (root.split(/[\\/]/).at(-1) ?? file) : file;
}
/** A store inside the checkout must not be committed. */
async function planIgnore(surroundings, storePath) {
    if (/^(?:\/|[A-Za-z]:|[a-z0-9]+:\/\/)/.test(storePath) || storePath.startsWith('..'))
        return [];
    const bytes = await surroundings.workTree.read('.gitignore', 1024 * 1024);
    const before = bytes === null ? '' : new TextDecoder().decode(bytes);
    const line = `/${storePath.replace(/^\.\//, '').replace(/\/+$/, '')}/`;
    if (before.split(/\r?\n/).includes(line))
        return [];
    const separator = before === '' || before.endsWith('\n') ? '' : '\n';
    return [{ kind: 'write', path: '.gitignore', text: `${before}${separator}${line}\n` }];
}
//# sourceMappingURL=init.js.map
// EXTERNAL MODULE: ./packages/host/build/open-store.js + 26 modules
var open_store = __webpack_require__(92810);
// EXTERNAL MODULE: ./packages/host/build/signing-key.js
var signing_key = __webpack_require__(11414);
;// CONCATENATED MODULE: ./packages/host/build/workflows/parts.js
/** Pinned to the commit of a release: a tag can be moved, a commit cannot. */
const checkout = 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0';
/** Our own actions, by the tag of their major version; a team pins the commit of the release that it trusts. */
const weighbridge = 'weighbridge-dev/weighbridge';
/** Steps that check out without leaving a token behind for what runs later. */
const checkoutStep = `      - uses: ${checkout}
        with:
          persist-credentials: false`;
const storeRunner = '# a folder store needs a self-hosted runner with a folder that stays';
const keyEnvironment = '# holds the signing key; limit it to the default branch and to version tags, and add reviewers if you like';
//# sourceMappingURL=parts.js.map
;// CONCATENATED MODULE: ./packages/host/build/workflows/check.js

/** What a pull request runs from its own copy of the workflow: it may read only, and decides nothing. */
const checkWorkflow = `# What would this pull request's models be called? Tells it in the summary, reads only, and decides nothing: the
# verdict is set by "weighbridge gate", which runs from the default branch when this has ended. So it does not matter that
# a pull request can edit this file, or that a fork's job may write nothing.
name: weighbridge check
on:
  pull_request:
    types: [opened, reopened, synchronize, edited, ready_for_review, converted_to_draft]
  pull_request_review:
    types: [submitted, edited, dismissed]
permissions: {}
jobs:
  version:
    name: version
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read # the checkout, the ledger branch and the tags
    steps:
${checkoutStep}
      - id: version
        uses: ${weighbridge}/actions/version@v1
  review:
    name: review
    if: github.event_name == 'pull_request_review'
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions: {}
    steps:
      - run: echo "A review came or went; weighbridge gate looks at it."
`;
//# sourceMappingURL=check.js.map
;// CONCATENATED MODULE: ./packages/host/build/workflows/dispatch.js

/** Asks for a promotion by hand. */
const promoteWorkflow = `# Run by hand: Actions > weighbridge promote > Run workflow. Opens the pull request that asks for the move, with its
# status and reviewers, where the gate of the stage asks for reviews; moves the stage at once where it does not.
name: weighbridge promote
on:
  workflow_dispatch:
    inputs:
      model:
        description: Model and version, such as fraud@1.4.0
        required: true
        type: string
      to:
        description: Stage to enter
        required: true
        default: staging
        type: string
      reason:
        description: Why (recorded in the ledger)
        required: false
        type: string
permissions: {}
jobs:
  promote:
    name: promote
    runs-on: ubuntu-latest ${storeRunner}
    timeout-minutes: 15
    environment: weighbridge ${keyEnvironment}
    permissions:
      contents: write # the branch of the pull request; the ledger branch and tags where no review is asked for
      pull-requests: write # opens the pull request and asks for reviews
      statuses: write # the status of that pull request, which this job's push starts no workflow for
      checks: read # checks that a gate asks for
      actions: read # artifacts with evidence
    steps:
${checkoutStep}
      - id: promote
        uses: ${weighbridge}/actions/promote@v1
        with:
          model: \${{ inputs.model }}
          to: \${{ inputs.to }}
          reason: \${{ inputs.reason }}
          signing-key: \${{ secrets.WEIGHBRIDGE_SIGNING_KEY }}
`;
/** Goes back by hand. */
const rollbackWorkflow = `# Run by hand: Actions > weighbridge rollback > Run workflow. Back to the last good version at once, on record; then a
# pull request that brings stages.yaml in line.
name: weighbridge rollback
on:
  workflow_dispatch:
    inputs:
      model:
        description: Model
        required: true
        type: string
      stage:
        description: Stage
        required: true
        default: production
        type: string
      reason:
        description: What happened (recorded in the ledger)
        required: true
        type: string
      to:
        description: Version; the last good one when empty
        required: false
        type: string
permissions: {}
jobs:
  rollback:
    name: roll back
    runs-on: ubuntu-latest ${storeRunner}
    timeout-minutes: 15
    environment: weighbridge ${keyEnvironment}
    permissions:
      contents: write # the ledger branch, the stage tags and the branch of the pull request
      pull-requests: write # the pull request that brings stages.yaml in line
      statuses: write # its status
      checks: read # checks that a gate asks for
    steps:
${checkoutStep}
      - id: rollback
        uses: ${weighbridge}/actions/rollback@v1
        with:
          model: \${{ inputs.model }}
          stage: \${{ inputs.stage }}
          reason: \${{ inputs.reason }}
          to: \${{ inputs.to }}
          signing-key: \${{ secrets.WEIGHBRIDGE_SIGNING_KEY }}
`;
/** Checks the ledger and the set-up every night. */
const auditWorkflow = `# Every night: replays the ledger and checks that nobody rewrote it, then tells how strong this repository's set-up is.
name: weighbridge audit
on:
  schedule:
    - cron: '23 3 * * *'
  workflow_dispatch:
permissions: {}
jobs:
  audit:
    name: audit
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions:
      contents: read # the ledger branch and the tags
    steps:
${checkoutStep}
      - id: audit
        uses: ${weighbridge}/actions/audit@v1
  doctor:
    name: doctor
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read # policy, workflows and the ledger branch
      pull-requests: read # what the token may see of pull requests
      actions: read # environments
    steps:
${checkoutStep}
      - id: doctor
        uses: ${weighbridge}@v1
        with:
          command: doctor
`;
//# sourceMappingURL=dispatch.js.map
;// CONCATENATED MODULE: ./packages/host/build/workflows/gate.js

const permissions = `    permissions:
      contents: read # the default branch, the ledger branch, the tags and the commits of the pull request
      pull-requests: write # reads reviews, commits and files; writes the comment
      statuses: write # the status "weighbridge" that the branch requires
      checks: read # checks that a gate asks for, and when the head was first seen
      actions: read # artifacts with evidence`;
/** Started by hand for one or all, and the job itself. */
const handAndJob = `  workflow_dispatch:
    inputs:
      pull:
        description: Number of a pull request; every open one when empty
        required: false
        type: string
permissions: {}
jobs:
  gate:
    name: gate
    runs-on: ubuntu-latest
    timeout-minutes: 20
${permissions}
    steps:
${checkoutStep}
      - id: gate
        uses: ${weighbridge}/actions/gate@v1
`;
/** The relay: privileged, from the default branch, and nothing of a pull request is checked out or run. */
const gateWorkflow = `# Judges pull requests and sets the status "weighbridge": require that status, not a job. It runs the default branch's
# copy of this file (a merge queue runs that of its group, where a change of it was approved before), reads the change as
# data of git, and executes nothing of it. No path filter and no concurrency group: a required status must always come,
# and judging twice does no harm.
name: weighbridge gate
on:
  workflow_run: # zizmor: ignore[dangerous-triggers] checks out the default branch only, and uses no artifact of the run
    workflows: [weighbridge check]
    types: [completed]
  merge_group:
  schedule:
    - cron: '17 * * * *' # what a lost event, a soak or another base left behind
${handAndJob}`;
/** For private repositories: one workflow in place of two, started by the change itself. */
const gate_gateTargetWorkflow = (/* unused pure expression or super */ null && (`# In place of "weighbridge check" and "weighbridge gate", where pull_request_target is allowed (private and internal
# repositories; public ones have it blocked by default): one workflow that the default branch owns. It reads the change
# as data of git and executes nothing of it. Reviews come with the next sweep, or at once by "weighbridge check".
name: weighbridge gate
on:
  pull_request_target: # zizmor: ignore[dangerous-triggers] checks out the default branch only
    types: [opened, reopened, synchronize, edited, ready_for_review, converted_to_draft, review_requested]
  issue_comment: # only needed where the policy allows review.commands
    types: [created]
  merge_group:
  schedule:
    - cron: '*/20 * * * *' # reviews, and what a lost event left behind
${handAndJob}`));
//# sourceMappingURL=gate.js.map
;// CONCATENATED MODULE: ./packages/host/build/workflows/main.js

/** What a merge sets off. */
const mainWorkflow = (branch) => `# A merge: registers what changed where the policy releases on merge, and moves stages to where stages.yaml asks them to
# be, after judging every move again on what is so now. What was merged without its gate moves nothing and turns red.
name: weighbridge main
on:
  push:
    branches: [${branch}] # the default branch
permissions: {}
jobs:
  apply:
    name: apply
    runs-on: ubuntu-latest ${storeRunner}
    timeout-minutes: 60
    environment: weighbridge ${keyEnvironment}
    permissions:
      contents: write # the ledger branch and the tags
      pull-requests: read # the reviews of the pull request that was merged
      checks: read # checks that a gate asks for
      statuses: write # tells on the merged commit what was not applied
      issues: write # an issue for what came in without a pull request
      actions: read # artifacts with evidence
    steps:
${checkoutStep}
      - id: apply
        uses: ${weighbridge}@v1
        with:
          signing-key: \${{ secrets.WEIGHBRIDGE_SIGNING_KEY }}
`;
/** A version tag registers. */
const registerWorkflow = `# A pushed version tag, such as fraud@v1.4.0, registers that version. A tag that does not name the
# version that was computed fails, says the right one and registers nothing.
name: weighbridge register
on:
  push:
    tags: ['*@v*']
permissions: {}
jobs:
  register:
    name: register
    runs-on: ubuntu-latest ${storeRunner}
    timeout-minutes: 60
    environment: weighbridge ${keyEnvironment}
    permissions:
      contents: write # the ledger branch and the stage tags
      pull-requests: read # the reviews of the pull request that brought the version
      checks: read # checks that a gate asks for
      statuses: read # those of them that are statuses
      actions: read # artifacts with evidence
    steps:
${checkoutStep}
      - id: register
        uses: ${weighbridge}/actions/register@v1
        with:
          signing-key: \${{ secrets.WEIGHBRIDGE_SIGNING_KEY }}
`;
//# sourceMappingURL=main.js.map
;// CONCATENATED MODULE: ./packages/host/build/workflows/index.js






const folder = '.github/workflows';
/**
 * Workflows that `init` writes, by the path that they have in a repository. Each job gets the least permissions that it
 * needs, each with its reason, and nothing of a pull request is run by a job that may write.
 */
function workflowTemplates(defaultBranch = 'main') {
    return new Map([
        [`${folder}/weighbridge-check.yml`, checkWorkflow],
        [`${folder}/weighbridge-gate.yml`, gateWorkflow],
        [`${folder}/weighbridge-main.yml`, mainWorkflow(defaultBranch)],
        [`${folder}/weighbridge-register.yml`, registerWorkflow],
        [`${folder}/weighbridge-promote.yml`, promoteWorkflow],
        [`${folder}/weighbridge-rollback.yml`, rollbackWorkflow],
        [`${folder}/weighbridge-audit.yml`, auditWorkflow],
    ]);
}
/** Those and the ones that a team chooses instead, or adapts: what `workflows-examples/` holds. */
function exampleWorkflows() {
    return new Map([
        ...workflowTemplates(),
        [`${folder}/weighbridge-gate-target.yml`, gateTargetWorkflow],
        [`${folder}/evaluate.yml`, evaluateWorkflow],
        [`${folder}/weighbridge-release.yml`, releaseWorkflow],
    ]);
}
//# sourceMappingURL=index.js.map
;// CONCATENATED MODULE: ./packages/host/build/commands/init.js






const defaultStore = '.weighbridge/store';
const initCommand = {
    spec: {
        name: 'init',
        summary: 'Set up Weighbridge in a repository',
        description: 'Looks for model files (by content) and for the layouts that teams have (DVC artifacts, MLflow model folders, Hugging Face repositories, base-model/NAME/VERSION with adapters/NAME-vN), writes weighbridge.yaml, a manifest (with the metric documents beside the weights) and a stages file for each model, workflows for GitHub Actions, and makes a signing key in the clone. Nothing is overwritten; nothing is asked.',
        arguments: [],
        inputs: [
            { name: 'name', description: 'Name of the model, where there is one alone.', type: 'text', placeholder: 'NAME' },
            {
                name: 'store',
                description: 'Folder of the artifact store, or the address of a bucket such as s3://models/prod, gs://models/prod or az://account/models/prod.',
                type: 'text',
                default: defaultStore,
                placeholder: 'PATH',
            },
            { name: 'no-workflows', description: 'Write no workflows.', type: 'boolean', default: 'false' },
            { name: 'yes', description: 'Ask nothing; this is so already.', type: 'boolean', default: 'false' },
        ],
        outputs: [],
        examples: ['weighbridge init', 'weighbridge init --name fraud --store /srv/models'],
    },
    run: runInit,
};
async function runInit(inputs, host) {
    if (host.privateFolder === null)
        throw (0,errors_error/* weighbridgeError */.q)('host/no-repository', {});
    const dryRun = inputs.boolean('dry-run');
    const name = inputs.text('name');
    if (name !== null)
        (0,model_name/* parseModelName */.s)(name);
    const storePath = storeOf(inputs);
    // A policy that names its keys has its ledger: another key would write what no reader trusts.
    const keyed = host.policy.ledger.keys.length > 0;
    const key = dryRun || keyed ? null : await (0,signing_key/* makeSigningKey */.Nq)(host.privateFolder, keyName(host));
    const initiation = await initRepository(host.surroundings, {
        name,
        verifierKey: key?.signer.verifierKey ?? host.signer?.verifierKey ?? null,
        storePath,
        workflows: inputs.boolean('no-workflows') ? new Map() : workflowTemplates(await branchName(host)),
        dryRun,
    });
    const text = renderInitiation(initiation, { dryRun, keyPath: key?.path ?? null });
    return {
        exitCode: 0,
        json: {
            dry_run: dryRun,
            models: initiation.models,
            recognised: initiation.recognised,
            layouts: initiation.layouts,
            kept: initiation.kept,
            written: writtenPaths(initiation),
        },
        text,
        markdown: text,
        notices: [
            ...initiation.hidden.map((path) => ({
                level: 'warning',
                text: `git ignores ${path}: change the rule of .gitignore that matches it ("git check-ignore -v ${path}" names it), or Weighbridge does not see it.`,
            })),
            ...vanishingNotices(storePath, host),
        ],
        outputs: {},
    };
}
/** What `register` would refuse in this job is said before anybody writes a workflow around it. */
function vanishingNotices(storePath, host) {
    // The store of a policy that was there before stays what it is.
    const own = host.policy.store?.type === 'folder' ? host.policy.store.path : null;
    const path = host.governed ? own : storePath;
    if (path === null || path.includes('://') || !(0,open_store/* vanishesWithJob */.L)(path, { ...host, mainRoot: null }))
        return [];
    const { message, remedy } = (0,errors_error/* weighbridgeError */.q)('flow/store-not-persistent', { path });
    return [{ level: 'warning', text: `${message} ${remedy}`, file: 'weighbridge.yaml' }];
}
/** Where bytes go: a folder, or a bucket of a service that is known. @throws host/input */
function storeOf(inputs) {
    const store = inputs.text('store') ?? defaultStore;
    if (!/^[a-z0-9+.-]+:\/\//i.test(store) || /^(?:s3|gs|az):\/\/[^/]/.test(store))
        return store;
    const reason = `${store} is neither a folder nor s3://BUCKET/PREFIX, gs://BUCKET/PREFIX or az://ACCOUNT/CONTAINER/PREFIX`;
    throw (0,errors_error/* weighbridgeError */.q)('host/input', { input: 'store', reason, command: 'init' });
}
/** Of the default branch, else of the one at hand; only a name that is plain in YAML is written into a workflow. */
async function branchName({ surroundings: { repository } }) {
    const name = (await repository.defaultBranch())?.name ?? (await repository.currentBranch()) ?? 'main';
    return /^[A-Za-z][A-Za-z0-9._/-]*$/.test(name) ? name : 'main';
}
/** Names the key after the folder: the name is what verifiers see. */
function keyName(host) {
    return `weighbridge-${(0,external_node_path_.basename)(host.root).replaceAll(/[^A-Za-z0-9._-]+/g, '-')}`;
}
function writtenPaths(initiation) {
    return initiation.plan.effects.flatMap((effect) => (effect.kind === 'write' ? [effect.path] : []));
}
function renderInitiation(initiation, { dryRun, keyPath }) {
    const lines = [];
    for (const file of initiation.recognised)
        lines.push(`found ${file.path} (${file.format}, ${(0,format_count/* formatCount */.B)(file.tensors, 'tensor')}${file.ignored ? ', ignored by git' : ''})`);
    for (const { model, layout } of initiation.layouts)
        lines.push(`found ${model}: ${layout}`);
    for (const path of writtenPaths(initiation))
        lines.push(`${dryRun ? 'would write' : 'wrote'} ${path}`);
    for (const path of initiation.kept)
        lines.push(`kept ${path}`);
    const [model = 'my-model'] = initiation.models;
    const ignored = initiation.recognised.some((file) => file.ignored);
    lines.push('', 'Next:', `  1. Look through weighbridge.yaml and models/${model}/model.yaml, then commit and push them. "mode: warn" blocks nothing yet.`, ...(ignored ? ['     Git ignores some artifacts: run "weighbridge store push" and commit artifacts.lock.'] : []), `  2. weighbridge version            what the first version will be, and why`, `     weighbridge register           store, record and tag it`);
    if (keyPath !== null) {
        lines.push('  3. For GitHub Actions, once:', `     - an environment "weighbridge", limited to the default branch and the tags *@v*, with the secret`, `       WEIGHBRIDGE_SIGNING_KEY: the line in ${keyPath}`, '     - a ruleset for the branch "weighbridge": no force push, no deletion', '     - a ruleset for the tags *@v*: no update, no deletion', '     - a ruleset for the default branch that requires the status "weighbridge"', '     "weighbridge doctor" tells what is still open and prints the command for each. docs/setup.md of Weighbridge', '     goes through all of it, other CI systems too.');
    }
    return lines.join('\n');
}
//# sourceMappingURL=init.js.map

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
