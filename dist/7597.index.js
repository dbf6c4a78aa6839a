export const id = 7597;
export const ids = [7597,1174];
export const modules = {

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

/***/ 15186:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ findAbsentParts)
/* harmony export */ });
/* harmony import */ var _weighbridge_manifest__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45737);
/* harmony import */ var _part_order_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(32756);


/**
 * What models name as base or part of this registry though it has no manifest among all of them, each with its place.
 * No fault: what was registered of it can be built on for as long as anybody likes.
 */
function findAbsentParts(models, all = models) {
    const names = new Set(all.map(({ manifest }) => manifest.name));
    return models.flatMap((model) => (0,_part_order_js__WEBPACK_IMPORTED_MODULE_0__/* .partsOf */ .CI)(model)
        .filter((part) => !names.has(part))
        .map((part) => absentPart(model, part)));
}
function absentPart({ manifest, manifestPath, locate }, part) {
    const at = manifest.uses.findIndex(({ model }) => model === part);
    const base = manifest.base === null ? null : (0,_weighbridge_manifest__WEBPACK_IMPORTED_MODULE_1__/* .parseReference */ .F)(manifest.base.model);
    const isBase = at < 0 && base?.scheme === 'registry' && base.name === part;
    const place = (isBase ? null : locate(['uses', at, 'model'])) ?? locate([isBase ? 'base' : 'uses']);
    const text = `${manifest.name} is built on ${part}, of which there is no manifest here: its registered versions stay, and no new one will come. Bring the manifest back, correct the name, or build on something else.`;
    return { level: 'warning', text, file: manifestPath, line: place?.line ?? 1 };
}
//# sourceMappingURL=absent-parts.js.map

/***/ }),

/***/ 97597:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  demoCommand: () => (/* binding */ demoCommand)
});

// EXTERNAL MODULE: ./packages/host/build/commands/gate.js + 2 modules
var gate = __webpack_require__(97090);
// EXTERNAL MODULE: ./packages/host/build/commands/promote.js + 1 modules
var promote = __webpack_require__(74966);
// EXTERNAL MODULE: ./packages/host/build/commands/register.js + 9 modules
var register = __webpack_require__(77632);
// EXTERNAL MODULE: ./packages/host/build/commands/rollback.js + 3 modules
var rollback = __webpack_require__(55563);
// EXTERNAL MODULE: ./packages/host/build/commands/show.js + 1 modules
var show = __webpack_require__(76783);
// EXTERNAL MODULE: ./packages/host/build/commands/version.js + 1 modules
var version = __webpack_require__(71174);
// EXTERNAL MODULE: ./packages/host/build/commands/audit.js + 5 modules
var audit = __webpack_require__(92657);
// EXTERNAL MODULE: ./packages/host/build/failure.js
var build_failure = __webpack_require__(62877);
// EXTERNAL MODULE: ./packages/host/build/run-command.js + 1 modules
var run_command = __webpack_require__(82623);
// EXTERNAL MODULE: ./packages/host/build/signing-key.js
var signing_key = __webpack_require__(11414);
// EXTERNAL MODULE: ./packages/git/build/clone.js
var clone = __webpack_require__(65664);
;// CONCATENATED MODULE: ./packages/git/build/private-folder.js

/** The private folder of the clone that a folder lies in. @throws git/failed outside of one */
async function readPrivateFolder(root) {
    return (0,clone/* privateFolderOf */.Je)(await (0,clone/* readClone */.KB)(root));
}
//# sourceMappingURL=private-folder.js.map
;// CONCATENATED MODULE: ./packages/host/build/demo/demo-files.js
/** The files of the demo's repository. The metric figures are samples made for the demo, and it says so. */
const model = 'silero-vad';
const folder = `models/${model}`;
const paths = {
    policy: 'weighbridge.yaml',
    manifest: `${folder}/model.yaml`,
    weights: `${folder}/vad.onnx`,
    settings: `${folder}/settings.yaml`,
    metrics: `${folder}/results/eval.json`,
    readme: `${folder}/README.md`,
    data: (name) => `${folder}/data/${name}.csv`,
};
/** A policy with one gate: production asks for a bound and allows a small loss against what runs there. */
function policyText(storePath, verifierKey) {
    return `version: 1
mode: enforce
stages: [development, staging, production, archived]
store: { type: folder, path: ${JSON.stringify(storePath)} }
ledger: { signing: required, keys: [${JSON.stringify(verifierKey)}] }
release: { when: on-merge }
gates:
  production:
    from: [staging]
    metrics:
      - id: f1
        metric: eval.f1
        direction: higher
        bounds: { min: 0.90 }
        baseline: { ref: stage:production, max_regression: { absolute: 0.01 }, if_absent: bounds-only }
`;
}
function manifestText(data) {
    const rows = data.map((name) => `  - { name: ${name}, role: train, ref: data/${name}.csv }`).join('\n');
    return `name: ${model}
kind: model
description: Tells speech from silence in 16 kHz audio
owners: [alice]
artifacts: [vad.onnx]
config: [settings.yaml]
data:
${rows}
metrics: [{ id: eval, path: results/eval.json }]
training: { framework: pytorch, framework_version: 2.9.0, hardware: 1xA100, duration: PT2H }
`;
}
function settingsText(threshold) {
    return `# Speech begins above this probability.\nthreshold: ${threshold}\nmin_silence_ms: 100\n`;
}
function metricsText(f1) {
    return `{ "f1": ${f1}, "samples": 5000 }\n`;
}
function dataText(name) {
    return `clip,seconds\n${name}-0001,4.2\n${name}-0002,7.9\n`;
}
//# sourceMappingURL=demo-files.js.map
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:module"
var external_node_module_ = __webpack_require__(98995);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(73136);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
;// CONCATENATED MODULE: ./packages/host/build/demo/workspace.js








const run = (0,external_node_util_.promisify)(external_node_child_process_.execFile);
const gitTimeoutMs = 60_000;
/** The demo's repository on disk. */
class DemoWorkspace {
    root;
    constructor(root) {
        this.root = root;
    }
    async write(path, text) {
        const target = (0,external_node_path_.join)(this.root, path);
        await (0,promises_.mkdir)((0,external_node_path_.dirname)(target), { recursive: true });
        await (0,promises_.writeFile)(target, text);
    }
    async copy(from, path) {
        const target = (0,external_node_path_.join)(this.root, path);
        await (0,promises_.mkdir)((0,external_node_path_.dirname)(target), { recursive: true });
        await (0,promises_.copyFile)(from, target);
    }
    async git(...words) {
        const { stdout } = await run('git', ['-c', 'core.autocrlf=false', '-c', 'commit.gpgsign=false', ...words], {
            cwd: this.root,
            timeout: gitTimeoutMs,
        });
        return stdout.trim();
    }
    async commit(message) {
        await this.git('add', '-A');
        await this.git('commit', '--quiet', '-m', message);
    }
}
/** A new repository in an empty folder, with a committer of its own. @throws host/demo-folder */
async function makeWorkspace(folder) {
    const root = folder === null ? await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'weighbridge-demo-')) : (0,external_node_path_.resolve)(folder);
    await (0,promises_.mkdir)(root, { recursive: true });
    if ((await (0,promises_.readdir)(root)).length > 0)
        throw (0,error/* weighbridgeError */.q)('host/demo-folder', { path: root });
    const workspace = new DemoWorkspace(root);
    await workspace.git('init', '--quiet', '-b', 'main');
    await workspace.git('config', 'user.name', 'Alice');
    await workspace.git('config', 'user.email', 'alice@example.com');
    await workspace.write('.gitignore', 'node_modules/\n.weighbridge/\n');
    await linkCommand(root);
    return workspace;
}
/** The three real releases of one real model. @throws host/demo-models */
async function findModels() {
    const require = (0,external_node_module_.createRequire)(import.meta.url);
    try {
        const folder = (0,external_node_path_.dirname)(require.resolve('@ricky0123/vad-web'));
        const file = (release) => (0,external_node_path_.join)(folder, `silero_vad_${release}.onnx`);
        return { legacy: file('legacy'), v5: file('v5'), v6: file('v6') };
    }
    catch (cause) {
        throw (0,error/* weighbridgeError */.q)('host/demo-models', {}, { cause });
    }
}
/** Makes `npx weighbridge` work in the demo's folder, with the program that runs now. */
async function linkCommand(root) {
    const program = process.argv[1] ?? (0,external_node_url_.fileURLToPath)(import.meta.url);
    const bin = (0,external_node_path_.join)(root, 'node_modules', '.bin');
    await (0,promises_.mkdir)(bin, { recursive: true });
    await (0,promises_.writeFile)((0,external_node_path_.join)(root, 'package.json'), '{ "private": true }\n');
    if (process.platform === 'win32') {
        await (0,promises_.writeFile)((0,external_node_path_.join)(bin, 'weighbridge.cmd'), `@node ${JSON.stringify(program)} %*\r\n`);
        return;
    }
    await (0,promises_.chmod)(program, 0o755);
    await (0,promises_.symlink)(program, (0,external_node_path_.join)(bin, 'weighbridge'));
}
//# sourceMappingURL=workspace.js.map
;// CONCATENATED MODULE: ./packages/host/build/demo/story.js













/** Takes a real model through its life in a repository of its own, telling each step. */
async function playDemo(options) {
    const releases = await findModels();
    const workspace = await makeWorkspace(options.folder);
    const stage = { workspace, environment: localEnvironment(options.environment), say: options.say, steps: [] };
    options.say(`Weighbridge demo in ${workspace.root}`);
    options.say('Three real releases of the Silero voice-activity model; the metric figures are samples made for the demo.');
    await firstRelease(stage, releases.legacy);
    await majorRelease(stage, releases.v5);
    await minorRelease(stage, releases.v6);
    await patchRelease(stage);
    await documentationOnly(stage);
    await badCandidate(stage);
    const before = await incident(stage);
    await lookBack(stage, before);
    sayGoodbye(stage);
    return { folder: workspace.root, steps: stage.steps };
}
async function firstRelease(stage, weights) {
    const { workspace } = stage;
    const privateFolder = await readPrivateFolder(workspace.root);
    const { signer } = await (0,signing_key/* makeSigningKey */.Nq)(privateFolder, 'weighbridge-demo');
    await workspace.write(paths.policy, policyText('.weighbridge/store', signer.verifierKey));
    await workspace.write(paths.manifest, manifestText(['clips-2023']));
    await workspace.write(paths.data('clips-2023'), dataText('clips-2023'));
    await workspace.write(paths.settings, settingsText('0.5'));
    await workspace.write(paths.metrics, metricsText('0.921'));
    await workspace.write(paths.readme, '# Silero VAD\n');
    await workspace.copy(weights, paths.weights);
    await workspace.commit('Add the voice-activity model');
    await play(stage, 'The first release', version.versionCommand, {});
    await play(stage, 'It is registered: artifact, ledger entry, tag', register.registerCommand, { reason: 'first release' });
    await play(stage, 'On to staging', promote.promoteCommand, { model: `${model}@1.0.0`, to: 'staging' });
    await play(stage, 'and through the gate into production', promote.promoteCommand, {
        model: `${model}@1.0.0`,
        to: 'production',
        reason: 'first production release',
    });
}
async function majorRelease(stage, weights) {
    await stage.workspace.copy(weights, paths.weights);
    await stage.workspace.write(paths.metrics, metricsText('0.938'));
    await stage.workspace.commit('Move to the v5 network');
    await play(stage, 'A new architecture: callers must change, so it is major', version.versionCommand, {});
    await play(stage, 'Registered', register.registerCommand, { reason: 'v5 network' });
}
async function minorRelease(stage, weights) {
    await stage.workspace.copy(weights, paths.weights);
    await stage.workspace.write(paths.data('clips-2024'), dataText('clips-2024'));
    await stage.workspace.write(paths.manifest, manifestText(['clips-2023', 'clips-2024']));
    await stage.workspace.write(paths.metrics, metricsText('0.944'));
    await stage.workspace.commit('Retrain on the clips of 2024');
    await play(stage, 'The same graph, retrained on more data: minor', version.versionCommand, {});
    await play(stage, 'Registered', register.registerCommand, { reason: 'more training data' });
    await play(stage, 'To staging', promote.promoteCommand, { model: `${model}@2.1.0`, to: 'staging' });
    await play(stage, 'To production', promote.promoteCommand, {
        model: `${model}@2.1.0`,
        to: 'production',
        reason: 'better on all clips',
    });
}
async function patchRelease(stage) {
    await stage.workspace.write(paths.settings, settingsText('0.6'));
    await stage.workspace.write(paths.metrics, metricsText('0.942'));
    await stage.workspace.commit('Ask for more certainty before speech begins');
    await play(stage, 'A changed threshold in a configuration file: patch', version.versionCommand, {});
    await play(stage, 'Registered', register.registerCommand, { reason: 'fewer false starts' });
    await play(stage, 'To staging', promote.promoteCommand, { model: `${model}@2.1.1`, to: 'staging' });
}
async function documentationOnly(stage) {
    await stage.workspace.write(paths.readme, '# Silero VAD\n\nTells speech from silence.\n');
    await stage.workspace.commit('Describe the model');
    await play(stage, 'An edited README: no new version', version.versionCommand, {});
}
async function badCandidate(stage) {
    await stage.workspace.write(paths.settings, settingsText('0.95'));
    await stage.workspace.write(paths.metrics, metricsText('0.887'));
    await stage.workspace.commit('Ask for almost full certainty');
    await play(stage, 'A bad candidate is registered …', register.registerCommand, {});
    await play(stage, '… and staged', promote.promoteCommand, { model: `${model}@2.1.2`, to: 'staging' });
    await play(stage, 'The gate of production holds it back and says by how much', gate.gateCommand, { models: model, to: 'production', version: '2.1.2' }, 1);
    await play(stage, 'so it cannot be promoted', promote.promoteCommand, { model: `${model}@2.1.2`, to: 'production' }, 1);
}
/** Returns a moment before the rollback. */
async function incident(stage) {
    await play(stage, 'The good patch goes to staging again', promote.promoteCommand, { model: `${model}@2.1.1`, to: 'staging' });
    await play(stage, 'and to production', promote.promoteCommand, {
        model: `${model}@2.1.1`,
        to: 'production',
        reason: 'fewer false starts',
    });
    const before = new Date().toISOString().replace(/\.\d{3}Z$/, 'Z');
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await play(stage, 'Quiet speakers are cut off: back to the last good version', rollback.rollbackCommand, {
        model: model,
        stage: 'production',
        reason: 'quiet speakers are cut off',
    });
    return before;
}
async function lookBack(stage, before) {
    await play(stage, 'What is where now', show.showCommand, { models: model });
    await play(stage, 'Is the ledger what it claims to be?', story_audit('verify'), {});
    await play(stage, 'What was in production before the rollback?', story_audit('show'), { models: model, at: before });
}
function story_audit(word) {
    const command = audit.auditCommands.find((candidate) => candidate.spec.name === `audit ${word}`);
    if (command === undefined)
        throw new Error(`no audit command ${word}`);
    return command;
}
/** Runs one command in the demo's repository as a user would, and prints line and result. */
async function play(stage, title, command, inputs, expected = 0) {
    const line = commandLine(command, inputs);
    stage.say(`\n== ${title}\n$ ${line}`);
    let exitCode;
    let json = null;
    try {
        const outcome = await (0,run_command/* runCommand */.d)({
            command,
            texts: new Map(Object.entries(inputs)),
            environment: stage.environment,
            folder: stage.workspace.root,
            progress: () => { },
        });
        stage.say(outcome.text);
        ({ exitCode, json } = outcome);
    }
    catch (error) {
        const failure = (0,build_failure/* describeFailure */.I)(error);
        stage.say((0,build_failure/* renderFailure */.z)(failure));
        exitCode = failure.exitCode;
    }
    stage.steps.push({ title, command: line, exitCode, json });
    if (exitCode !== expected)
        throw new Error(`the demo expected exit code ${expected} of "${line}" and got ${exitCode}`);
}
function commandLine(command, inputs) {
    const words = [`weighbridge ${command.spec.name}`];
    const positional = command.spec.arguments.map((argument) => argument.name);
    for (const name of positional)
        if (inputs[name] !== undefined)
            words.push(inputs[name]);
    for (const [name, value] of Object.entries(inputs)) {
        if (!positional.includes(name))
            words.push(`--${name} ${/[^\w.:@-]/.test(value) ? `"${value}"` : value}`);
    }
    return words.join(' ');
}
/** The demo is local, wherever it runs. */
function localEnvironment(environment) {
    const kept = Object.entries(environment).filter(([name]) => name !== 'CI' && !name.startsWith('GITHUB_') && name !== 'WEIGHBRIDGE_SIGNING_KEY');
    return Object.fromEntries(kept);
}
function sayGoodbye({ workspace, say }) {
    say(`
== Where to look
  ${workspace.root}
  git tag -n                         the versions and stage moves, as GTO reads them
  git log weighbridge                the ledger, one commit per append
  git show weighbridge:README.md     what the ledger branch is and how to verify it

== What to try there
  cd ${workspace.root}
  npx weighbridge show
  npx weighbridge audit log
  npx weighbridge diff ${model}@1.0.0 ${model}@2.0.0
  npx weighbridge promote ${model}@2.1.1 --to production     (its content is frozen now)
  npx weighbridge --help`);
}
//# sourceMappingURL=story.js.map
;// CONCATENATED MODULE: ./packages/host/build/commands/demo.js

const demoCommand = {
    spec: {
        name: 'demo',
        summary: 'Take a real model through its life in a repository of its own',
        description: 'Makes a git repository in a new folder, registers three real releases of a voice-activity model, promotes, holds back, rolls back and audits, and prints each step.',
        arguments: [],
        inputs: [
            {
                name: 'into',
                description: 'An empty or new folder for the repository; one in the temporary folder when not given.',
                type: 'text',
                placeholder: 'DIR',
            },
        ],
        outputs: [],
        examples: ['weighbridge demo', 'weighbridge demo --into /tmp/try'],
    },
    run: async (inputs, host) => {
        const said = [];
        const say = (text) => {
            said.push(text);
            host.surroundings.progress(text);
        };
        const result = await playDemo({ folder: inputs.text('into'), environment: host.environment, say });
        return { exitCode: 0, json: result, text: '', markdown: said.join('\n'), notices: [], outputs: {} };
    },
};
//# sourceMappingURL=demo.js.map

/***/ }),

/***/ 97090:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  gateCommand: () => (/* binding */ gateCommand)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/core/build/verdict.js
var build_verdict = __webpack_require__(72243);
// EXTERNAL MODULE: ./packages/flows/build/pull/reconcile.js
var reconcile = __webpack_require__(50142);
// EXTERNAL MODULE: ./packages/manifest/build/stricter.js
var stricter = __webpack_require__(67644);
// EXTERNAL MODULE: ./packages/flows/build/assessment/assess-models.js + 5 modules
var assess_models = __webpack_require__(60023);
// EXTERNAL MODULE: ./packages/flows/build/transition/decide-transition.js + 3 modules
var decide_transition = __webpack_require__(72963);
// EXTERNAL MODULE: ./packages/flows/build/reading/files.js
var reading_files = __webpack_require__(78584);
// EXTERNAL MODULE: ./packages/flows/build/governing/governance.js
var governing_governance = __webpack_require__(61012);
// EXTERNAL MODULE: ./packages/flows/build/registry/history.js
var registry_history = __webpack_require__(63518);
// EXTERNAL MODULE: ./packages/flows/build/transition/stage-lines.js
var stage_lines = __webpack_require__(87522);
// EXTERNAL MODULE: ./packages/flows/build/governing/stage-origin.js
var stage_origin = __webpack_require__(86771);
// EXTERNAL MODULE: ./packages/flows/build/registry/not-registered.js
var not_registered = __webpack_require__(27332);
;// CONCATENATED MODULE: ./packages/flows/build/transition/gate.js










/**
 * Judges models that changed for entering the first stage, and every line of stages.yaml that asks for something new by
 * the gate of its stage: new against the base where one is named, else against the ledger and what was applied last.
 * Writes nothing.
 */
async function gateModels(surroundings, question) {
    const checkout = await (0,governing_governance/* readGovernance */.r3)((0,reading_files/* filesOfWorkTree */.UH)(surroundings.workTree), surroundings.sha256);
    const { governance, base, notices } = await governByBase(surroundings, checkout, question.base);
    const gating = { surroundings, governance, base, assumptions: question.assumptions };
    if (question.to !== null)
        return judgeMove(gating, { ...question, to: question.to });
    const decisions = [];
    if (question.models.length === 0)
        await refuseRemoved(surroundings, governance);
    const models = (0,governing_governance/* selectModels */.H8)(governance, question.models);
    for (const weighed of await (0,assess_models/* assessModels */.fn)(surroundings, governance, models, { depth: 'bytes' })) {
        notices.push(...weighed.notices);
        const entry = await judgeEntry(gating, weighed);
        if (entry !== null)
            decisions.push(entry);
        const moves = await judgeStagesFile(gating, weighed);
        decisions.push(...moves.decisions);
        notices.push(...moves.notices);
    }
    return { decisions, notices };
}
/** A manifest may go when no stage runs the model any more. @throws flow/model-removed-in-stage */
async function refuseRemoved(surroundings, governance) {
    const present = new Set(governance.models.map((model) => model.manifest.name));
    const first = governance.policy.stages[0];
    for (const name of await surroundings.ledger.models()) {
        if (present.has(name))
            continue;
        const stages = Object.entries((await surroundings.ledger.catalogue(name))?.stages ?? {});
        const held = stages.find(([stage, version]) => stage !== first && version !== null);
        if (held !== undefined)
            throw (0,error/* weighbridgeError */.q)('flow/model-removed-in-stage', { model: name, stage: held[0], version: held[1] ?? '' });
    }
}
/** Manifests of the checkout under the policy of the base: a change cannot loosen its own gate. */
async function governByBase(surroundings, checkout, base) {
    if (base === null)
        return { governance: checkout, base: null, notices: [] };
    const { repository, sha256 } = surroundings;
    const known = (await repository.commit(base)) ?? (await repository.commit(`refs/remotes/origin/${base}`));
    const commit = known ?? ((await repository.fetchCommit(base)) ? await repository.commit(base) : null);
    if (commit === null)
        throw (0,error/* weighbridgeError */.q)('flow/base-missing', { base });
    const files = (0,reading_files/* filesAtCommit */.ao)(repository, commit.id);
    const { policy, governed } = await (0,governing_governance/* readPolicy */.T4)(files);
    if (!governed) {
        const text = 'The base branch has no weighbridge.yaml: not governed yet, verdicts are a preview and block nothing.';
        const governance = { ...checkout, policy: { ...checkout.policy, mode: 'warn' } };
        return { governance, base: files, notices: [{ level: 'notice', text, file: 'weighbridge.yaml' }] };
    }
    const before = await (0,governing_governance/* readGovernance */.r3)(files, sha256);
    const models = checkout.models.map((model) => {
        const old = before.models.find(({ manifest }) => manifest.name === model.manifest.name);
        return { ...model, manifest: (0,stricter/* stricter */.R)(old?.manifest ?? null, model.manifest) };
    });
    return { governance: { ...checkout, models, policy }, base: files, notices: [] };
}
async function judgeEntry({ surroundings, governance, assumptions }, { assessment, model, history, snapshot, files }) {
    if (assessment.next === null)
        return null;
    return (0,decide_transition/* decideTransition */.mj)(surroundings, governance, {
        model,
        catalogue: history.catalogue,
        candidate: { version: assessment.next, snapshot, identity: assessment.identity, registered: null, files },
        from: null,
        to: governance.policy.stages[0] ?? 'development',
        assumptions,
    });
}
/** Each line that asks for something new. An asked version must be registered. @throws flow/invalid-files */
async function judgeStagesFile(gating, { model, history }) {
    const { governance, base } = gating;
    const { catalogue } = history;
    const path = (0,stage_lines/* stagesPathOf */.aw)(model);
    const before = base === null ? (catalogue?.applied ?? null) : await (0,stage_lines/* readStages */.ir)(base, path);
    const after = await (0,stage_lines/* readStages */.ir)(model.files, path);
    const lines = (0,stage_lines/* changedLines */.MA)(before, after);
    const known = governance.policy.stages;
    const strange = (0,stage_lines/* strangeStages */._M)(after, known);
    const untouched = strange.filter((stage) => !lines.some((line) => line.stage === stage));
    // A slip is told at its place, of lines of this change alone: what stood there before moves nothing.
    if (untouched.length < strange.length)
        await (0,stage_lines/* readStages */.ir)(model.files, path, [...untouched, ...known]);
    const decisions = [];
    for (const { stage, version } of lines) {
        if (catalogue?.stages[stage] === version)
            continue;
        const move = { model, catalogue, stage, version };
        decisions.push(await (0,stage_lines/* judgedAt */.D7)(model.files, { path, stage, version }, () => decideMove(gating, move)));
    }
    return { decisions, notices: (0,stage_lines/* strangeNotices */.S0)(untouched, { path, known }) };
}
async function decideMove({ surroundings, governance, assumptions }, move) {
    const { model, catalogue, stage } = move;
    const known = (0,registry_history/* findVersion */.Am)(model.manifest.name, catalogue, move.version);
    return (0,decide_transition/* decideTransition */.mj)(surroundings, governance, {
        model,
        catalogue,
        candidate: await (0,decide_transition/* registeredCandidate */.Ms)(surroundings, known),
        from: catalogue === null ? null : (0,stage_origin/* originOf */.yv)(governance, catalogue, { version: known, to: stage }),
        to: stage,
        assumptions,
    });
}
async function judgeMove(gating, question) {
    const { surroundings, governance } = gating;
    (0,stage_origin/* checkStage */.RT)(governance, question.to);
    const decisions = [];
    const names = question.models.length === 0 ? governance.models.map((model) => model.manifest.name) : question.models;
    for (const name of names) {
        const model = (0,governing_governance/* findModel */.P6)(governance, name);
        const catalogue = await surroundings.ledger.catalogue(model.manifest.name);
        const version = question.version ?? catalogue?.versions.filter((known) => !known.archived).at(-1)?.version;
        if (version === undefined)
            throw await (0,not_registered/* notRegistered */.O)(surroundings, name);
        decisions.push(await decideMove(gating, { model, catalogue, stage: question.to, version }));
    }
    return { decisions, notices: [] };
}
//# sourceMappingURL=gate.js.map
// EXTERNAL MODULE: ./packages/formats/build/metrics/exact-decimal.js + 1 modules
var exact_decimal = __webpack_require__(25178);
// EXTERNAL MODULE: ./packages/gates/build/time.js
var build_time = __webpack_require__(88772);
;// CONCATENATED MODULE: ./packages/gates/build/assume/parse-assumption.js



/** How each kind is written, as help and errors show it. */
const examples = {
    'approved-by': 'approved-by=alice',
    metric: 'metric=eval.accuracy:0.95, or metric=eval.accuracy[language=de]:0.95 for a slice',
    waived: 'waived=accuracy',
    check: 'check=ci / tests:success',
    stage: 'stage=staging, or stage=staging@2026-05-01T00:00:00Z',
    time: 'time=2026-12-01T09:00:00Z',
};
const maxLength = 500;
/**
 * Reads `approved-by=alice`, `metric=eval.accuracy:0.95`, `waived=accuracy`, `check=ci / tests:success`,
 * `stage=staging` or `time=2026-12-01T09:00:00Z`.
 * @throws gates/assumption
 */
function parseAssumption(text) {
    const at = text.indexOf('=');
    const [kind, rest] = at < 0 ? [text, ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
    const isKind = Object.hasOwn(examples, kind);
    if (!isKind)
        refuse(text, `"${shorten(kind)}" is nothing that can be assumed`, Object.values(examples).join('; '));
    if (rest === '' || text.length > maxLength)
        refuse(text, 'a value was expected', examples[kind]);
    const parsed = readers[kind](rest);
    if (typeof parsed === 'string')
        refuse(text, parsed, examples[kind]);
    return { text, ...parsed };
}
function refuse(text, reason, example) {
    throw (0,error/* weighbridgeError */.q)('gates/assumption', { found: shorten(text), reason, example });
}
function shorten(text) {
    return text.replaceAll(/[\u0000-\u001f\u007f]/g, ' ').slice(0, 80);
}
const readers = {
    'approved-by': (rest) => {
        const login = rest.replace(/^@/, '');
        if (!/^[A-Za-z0-9][A-Za-z0-9_-]*(?:\[bot\])?$/.test(login))
            return `"${shorten(rest)}" is no login`;
        return { kind: 'approved-by', login };
    },
    metric: readMetric,
    waived: (rest) => ({ kind: 'waived', gate: rest }),
    check: (rest) => {
        const at = rest.lastIndexOf(':');
        const [name, state] = [rest.slice(0, Math.max(at, 0)).trim(), rest.slice(at + 1).trim()];
        if (name === '')
            return 'a check and its state were expected';
        if (state !== 'success' && state !== 'failure' && state !== 'running') {
            return `"${shorten(state)}" is none of success, failure and running`;
        }
        return { kind: 'check', name, state };
    },
    stage: (rest) => {
        const [stage = '', since = null] = rest.split('@');
        if (since !== null && (0,build_time/* readTime */.aQ)(since) === null)
            return `"${shorten(since)}" is no time`;
        return { kind: 'stage', stage, since };
    },
    time: (rest) => {
        const time = /^\d{4}-\d{2}-\d{2}$/.test(rest) ? `${rest}T00:00:00Z` : rest;
        return (0,build_time/* readTime */.aQ)(time) === null ? `"${shorten(rest)}" is no date or time` : { kind: 'time', time };
    },
};
function readMetric(rest) {
    const at = rest.lastIndexOf(':');
    const value = rest.slice(at + 1).trim();
    const name = /^(?<metric>[^.\s]+\.[^[\]]+?)(?:\[(?<column>[^=\]]+)=(?<slice>[^\]]+)\])?$/.exec(rest.slice(0, Math.max(at, 0)).trim())?.groups;
    if (name === undefined)
        return 'a metric and its value were expected';
    if ((0,exact_decimal/* parseExactDecimal */.qV)(value) === null)
        return `"${shorten(value)}" is no number`;
    const { metric = '', column, slice } = name;
    const only = column === undefined || slice === undefined ? null : { column, value: slice };
    return { kind: 'metric', metric, value, slice: only };
}
//# sourceMappingURL=parse-assumption.js.map
// EXTERNAL MODULE: ./packages/report/build/render-verdict.js
var render_verdict = __webpack_require__(4971);
// EXTERNAL MODULE: ./packages/host/build/event.js
var build_event = __webpack_require__(30007);
// EXTERNAL MODULE: ./packages/host/build/pull-hint.js
var pull_hint = __webpack_require__(66208);
// EXTERNAL MODULE: ./packages/host/build/commands/gate-pull.js + 17 modules
var gate_pull = __webpack_require__(43139);
;// CONCATENATED MODULE: ./packages/host/build/commands/gate.js







const gateCommand = {
    spec: {
        name: 'gate',
        summary: 'Judge models by the gate of the stage they are to enter',
        description: 'A model that changed is judged for entering the first stage; a line of stages.yaml that differs from the ledger is judged by the gate of its stage. The policy is read from the base branch, never from the change itself. Without a pull request the checkout is judged, of which nobody can tell who approved. Exit code 0: pass, waived or warn; 1: anything else. Of a pull request whose status could be set: 0 whatever the verdict, which the status tells.',
        arguments: [
            { name: 'models', description: 'Names of models; every model that changed when none is given.', many: true },
        ],
        inputs: [
            {
                name: 'to',
                description: 'Judge the move of a registered version to this stage instead.',
                type: 'text',
                placeholder: 'STAGE',
            },
            {
                name: 'version',
                description: 'The version for --to; the newest when not given.',
                type: 'text',
                placeholder: 'VERSION',
            },
            {
                name: 'base',
                description: 'Commit or branch whose policy counts; in a pull request its base.',
                type: 'text',
                placeholder: 'REF',
            },
            {
                name: 'pull',
                description: 'Judge this pull request as it is now, from what the forge tells and the objects of git; nothing of it is checked out. In a job, the one that the event names.',
                type: 'integer',
                placeholder: 'NUMBER',
            },
            {
                name: 'assume',
                description: 'What-if: judge as if this were so. approved-by=alice, metric=eval.accuracy:0.95, waived=accuracy, check=ci / tests:success, stage=staging or time=2026-12-01. May be given several times. Nothing is published.',
                type: 'items',
                only: 'command-line',
                placeholder: 'FACT',
            },
            {
                name: 'publish',
                description: 'status, the default in a job: tell the verdict of a pull request as commit status and comment. none, the default elsewhere: only judge.',
                type: 'text',
                placeholder: 'status|none',
            },
            {
                name: 'per-model',
                description: 'Set a status for each model too, such as weighbridge/fraud.',
                type: 'boolean',
                default: 'false',
            },
            {
                name: 'comment',
                description: 'Whether the verdict of a pull request is told in a comment too.',
                type: 'text',
                default: 'true',
                placeholder: 'true|false',
            },
        ],
        outputs: [
            { name: 'verdict', description: 'The worst verdict: pass, waived, warn, inconclusive, pending, fail or error.' },
            { name: 'decisions', description: 'JSON: every decision with its tree of requirements.' },
        ],
        examples: [
            'weighbridge gate',
            'weighbridge gate --pull 12 --assume approved-by=alice',
            'weighbridge gate fraud --to production --version 1.4.0',
        ],
    },
    run: runGate,
};
/** On a pull request the forge is asked; where there is none to ask, the checkout is judged without reviews. */
async function runGate(inputs, host) {
    const hint = hintOf(inputs, host);
    const { forge } = host.surroundings;
    const assumptions = assumptionsOf(inputs);
    if (hint?.kind === 'pull' && forge !== null && assumptions.length > 0)
        return (0,gate_pull/* tellAssumed */.o3)(await (0,reconcile/* judgeAssuming */.bZ)(host.surroundings, forge, hint.number, assumptions), host);
    if (hint !== null && forge !== null)
        return (0,gate_pull/* gatePulls */.AG)(hint, forge, inputs, host);
    if (inputs.integer('pull') !== null)
        throw (0,error/* weighbridgeError */.q)('flow/no-forge', { command: 'gate --pull' });
    return gateCheckout(inputs, host);
}
/** A command line that names a pull request, or the event of a job; none where a move or a version is asked about. */
function hintOf(inputs, host) {
    const number = inputs.integer('pull');
    if (number !== null && (!Number.isSafeInteger(number) || number < 1)) {
        const reason = `"${inputs.text('pull') ?? ''}" is no number of a pull request`;
        throw (0,error/* weighbridgeError */.q)('host/input', { input: 'pull', reason, command: 'gate' });
    }
    if (number !== null)
        return { kind: 'pull', number };
    if (inputs.text('to') !== null || inputs.text('base') !== null || inputs.list('models').length > 0)
        return null;
    return (0,pull_hint/* pullHintOf */.k)(host.environment['GITHUB_EVENT_NAME'] ?? '', host.event);
}
function assumptionsOf(inputs) {
    return inputs.items('assume').map(parseAssumption);
}
async function gateCheckout(inputs, host) {
    if (inputs.text('version') !== null && inputs.text('to') === null) {
        const reason = 'it is the version for --to: name the stage, too';
        throw (0,error/* weighbridgeError */.q)('host/input', { input: 'version', reason, command: 'gate' });
    }
    const base = inputs.text('base') ?? (0,build_event/* baseOf */.bx)(host.event);
    const event = host.environment['GITHUB_EVENT_NAME'] ?? '';
    if (base === null && ['pull_request', 'pull_request_target', 'merge_group'].includes(event)) {
        const reason = 'the event names no base, and a change is never judged by its own policy';
        throw (0,error/* weighbridgeError */.q)('host/input', { input: 'base', reason, command: 'gate' });
    }
    const { decisions, notices } = await gateModels(host.surroundings, {
        models: inputs.list('models'),
        to: inputs.text('to'),
        version: inputs.text('version'),
        base,
        assumptions: assumptionsOf(inputs),
    });
    const verdict = (0,build_verdict/* worstVerdict */.z)(decisions.map((decision) => decision.verdict));
    const quiet = host.governed
        ? 'No governed model changed and no stage is asked to move: nothing to judge.'
        : 'This repository has no weighbridge.yaml: nothing is governed, and nothing is judged. "weighbridge init" begins.';
    return {
        exitCode: (0,build_verdict/* permits */.V)(verdict) ? 0 : 1,
        json: { decisions },
        text: decisions.length === 0 ? quiet : decisions.map(render_verdict/* renderDecisionText */.CS).join('\n\n'),
        markdown: decisions.length === 0 ? quiet : decisions.map(render_verdict/* renderDecisionMarkdown */.Oh).join('\n\n'),
        notices,
        outputs: { verdict, decisions: JSON.stringify(decisions) },
    };
}
//# sourceMappingURL=gate.js.map

/***/ }),

/***/ 55563:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  rollbackCommand: () => (/* binding */ rollbackCommand)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var errors_error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/core/build/digest.js
var digest = __webpack_require__(70120);
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
// EXTERNAL MODULE: ./packages/flows/build/registry/not-registered.js
var not_registered = __webpack_require__(27332);
// EXTERNAL MODULE: ./packages/flows/build/retention/require-bytes.js
var require_bytes = __webpack_require__(66240);
// EXTERNAL MODULE: ./packages/flows/build/governing/rollback-allowed.js
var rollback_allowed = __webpack_require__(74457);
// EXTERNAL MODULE: ./packages/flows/build/governing/check-writing.js
var check_writing = __webpack_require__(16915);
// EXTERNAL MODULE: ./packages/core/build/verdict.js
var build_verdict = __webpack_require__(72243);
// EXTERNAL MODULE: ./packages/gates/build/request.js
var request = __webpack_require__(93944);
// EXTERNAL MODULE: ./packages/gates/build/rules/signature.js
var signature = __webpack_require__(86199);
// EXTERNAL MODULE: ./packages/gates/build/waivers.js
var waivers = __webpack_require__(29168);
;// CONCATENATED MODULE: ./packages/gates/build/judge-signature.js


/**
 * The requirement of a signature alone, waivers applied and the policy's mode not; null where the stage asks for none.
 * It is the same rule that the whole gate has, for moves that are not held up by the rest of it.
 */
function judgeSignature(request, facts) {
    const [node] = signature/* signatureRule */.B.judge(request, facts, { waiverUsed: false, requirements: [] });
    return node === undefined ? null : (0,waivers/* applyWaivers */.Kw)(node, request, facts);
}
//# sourceMappingURL=judge-signature.js.map
// EXTERNAL MODULE: ./packages/gates/build/decide.js + 23 modules
var decide = __webpack_require__(34538);
// EXTERNAL MODULE: ./packages/flows/build/transition/decide-transition.js + 3 modules
var decide_transition = __webpack_require__(72963);
// EXTERNAL MODULE: ./packages/flows/build/signing/signature-facts.js
var signature_facts = __webpack_require__(80400);
;// CONCATENATED MODULE: ./packages/flows/build/transition/require-signature.js





/**
 * What the gate of a stage says of the signatures of a version, waivers applied; null when it asks for none. For what
 * moves or fetches versions without going through a whole gate: rollback, pull.
 */
async function judgeStageSignature(surroundings, governance, { model, catalogue, version, stage }) {
    const transition = { from: null, to: stage };
    const policy = (0,request/* policySlice */.dN)(governance.policy, { model: model.manifest.name, transition });
    // Where nothing is asked, nothing may stand in the way of a rollback, a snapshot that cannot be read least of all.
    if (policy.signing === undefined)
        return null;
    const { snapshot, identity } = await (0,decide_transition/* registeredCandidate */.Ms)(surroundings, version);
    const signature = await (0,signature_facts/* signatureFacts */.E)(surroundings, policy, { model, registered: version });
    return judgeSignature({ model: model.manifest.name, version: version.version, transition, policy }, {
        now: (0,events/* formatTime */.fU)(surroundings.clock.now()),
        candidate: {
            identity,
            evidence: version.evidence,
            kind: snapshot.kind,
            impact: model.manifest.impact,
            owners: model.manifest.owners,
        },
        artifacts: snapshot.artifacts.map(({ path }) => ({ path, format: null, imports: [] })),
        waivers: catalogue.waivers.map((waiver) => ({ ...waiver, justification: waiver.reason ?? waiver.justification })),
        ...signature,
    });
}
/**
 * Stops where the gate of a stage asks for a signature and none counts. In mode `warn` it answers what would have
 * stopped it. @throws signing/required
 */
async function requireStageSignature(surroundings, governance, asked) {
    const node = await judgeStageSignature(surroundings, governance, asked);
    if (node === null || (0,build_verdict/* permits */.V)(node.verdict))
        return null;
    const { verdict, because } = (0,decide/* applyMode */.y)(node, governance.policy.mode);
    if ((0,build_verdict/* permits */.V)(verdict))
        return because;
    const { model, version, stage } = asked;
    throw (0,errors_error/* weighbridgeError */.q)('signing/required', {
        model: model.manifest.name,
        version: version.version,
        stage,
        because,
        remedy: node.remedy ?? '',
    });
}
//# sourceMappingURL=require-signature.js.map
// EXTERNAL MODULE: ./packages/flows/build/governing/stage-origin.js
var stage_origin = __webpack_require__(86771);
// EXTERNAL MODULE: ./packages/flows/build/transition/stage-tags.js
var stage_tags = __webpack_require__(10128);
// EXTERNAL MODULE: ./packages/flows/build/transition/stages-file.js
var stages_file = __webpack_require__(5178);
// EXTERNAL MODULE: ./packages/flows/build/stored/cold-bytes.js
var cold_bytes = __webpack_require__(59240);
// EXTERNAL MODULE: ./packages/flows/build/registry/version-artifacts.js
var version_artifacts = __webpack_require__(45016);
;// CONCATENATED MODULE: ./packages/flows/build/transition/rollback.js
















/**
 * Points a stage back to the last version that completed promotion to it, after its artifacts verified; archives the bad
 * version and freezes its identity, so that the same content cannot come back under any number without a waiver.
 * A second run for the same fault changes nothing: to go further back, name the version.
 * @throws flow/reason-missing, flow/stage-empty, flow/nothing-to-roll-back-to, flow/not-allowed,
 * flow/allowed-unread, flow/bytes-released, flow/bytes-cold, store/missing, store/corrupt, signing/required
 */
async function rollbackModel(surroundings, request, observe) {
    if (request.reason.trim() === '')
        throw (0,errors_error/* weighbridgeError */.q)('flow/reason-missing', { command: 'rollback' });
    const governance = await (0,governing_governance/* readGovernance */.r3)((0,files/* filesOfWorkTree */.UH)(surroundings.workTree), surroundings.sha256);
    if (!governance.governed)
        throw (0,errors_error/* weighbridgeError */.q)('flow/no-policy', {});
    (0,stage_origin/* checkStage */.RT)(governance, request.stage);
    const branchNotices = await (0,check_writing/* checkOnBranch */.Oz)(surroundings, governance, 'rollback');
    await (0,rollback_allowed/* checkAllowed */.F)(surroundings, governance, 'roll back');
    const model = (0,governing_governance/* findModel */.P6)(governance, request.model);
    const tagNotices = await (0,registry_history/* fetchTags */.un)(surroundings);
    const history = await (0,registry_history/* readHistory */.Lu)(surroundings, model.manifest.name, null);
    const rolling = { surroundings, governance, model, history, request };
    const catalogue = history.catalogue;
    const current = catalogue?.stages[request.stage] ?? null;
    if (catalogue === null)
        throw await (0,not_registered/* notRegistered */.O)(surroundings, model.manifest.name);
    if (current === null) {
        throw (0,errors_error/* weighbridgeError */.q)('flow/stage-empty', { model: request.model, stage: request.stage });
    }
    const done = finishedRollback(catalogue, request);
    if (done !== null)
        return finish(rolling, done, observe);
    const target = chooseTarget(rolling, catalogue);
    const unsigned = await requireStageSignature(surroundings, governance, {
        model,
        catalogue,
        version: target,
        stage: request.stage,
    });
    await requireHot(surroundings, target, catalogue.model);
    const verified = await verifyArtifacts(surroundings, target);
    const plan = await planRollback(rolling, catalogue, { current, target });
    const receipts = request.dryRun ? [] : await (0,apply_plan/* applyPlan */.g)(surroundings, plan, observe);
    const base = { model: model.manifest.name, stage: request.stage, from: current, to: target };
    return {
        ...base,
        outcome: 'rolled-back',
        verified,
        plan,
        receipts,
        notices: [
            ...branchNotices,
            ...tagNotices,
            ...history.notices,
            ...(unsigned === null ? [] : [{ level: 'warning', text: unsigned }]),
        ],
    };
}
/** The rollback that a repeated request would repeat: the stage's last move, to the target asked for. */
function finishedRollback(catalogue, request) {
    const last = catalogue.history.filter((change) => change.stage === request.stage).at(-1);
    if (last === undefined || last.kind !== 'rolled-back' || last.version === null || last.previous === null)
        return null;
    const to = catalogue.versions.find((version) => version.version === last.version);
    if (to === undefined)
        return null;
    const named = request.to === null ? null : (0,registry_history/* findVersion */.Am)(catalogue.model, catalogue, request.to);
    return named === null || named.version === to.version ? { from: last.previous, to } : null;
}
async function finish(rolling, done, observe) {
    const { surroundings, request, model, history } = rolling;
    const plan = { effects: await planFollowUps(rolling, history.catalogue?.stages ?? {}) };
    const receipts = request.dryRun ? [] : await (0,apply_plan/* applyPlan */.g)(surroundings, plan, observe);
    const notice = {
        level: 'notice',
        text: `${request.stage} was rolled back from ${done.from} to ${done.to.version} already. To go further back, name the version with --to.`,
    };
    const base = { model: model.manifest.name, stage: request.stage, from: done.from, to: done.to };
    return { ...base, outcome: 'already-there', verified: 0, plan, receipts, notices: [...history.notices, notice] };
}
/** Newest first: versions that the stage pointed to, still usable, other than the one it points to. */
function chooseTarget(rolling, catalogue) {
    const { request } = rolling;
    const current = catalogue.stages[request.stage];
    const held = catalogue.history
        .filter((change) => change.stage === request.stage && change.version !== null && change.version !== current)
        .map((change) => change.version)
        .reverse();
    const refusal = (because) => (0,errors_error/* weighbridgeError */.q)('flow/nothing-to-roll-back-to', { model: catalogue.model, stage: request.stage, because });
    const named = request.to === null ? null : (0,registry_history/* findVersion */.Am)(catalogue.model, catalogue, request.to);
    if (named !== null && named.version === current)
        throw refusal(`it holds ${current} already`);
    if (named !== null && !held.includes(named.version))
        throw refusal(`${named.version} never completed promotion to it`);
    for (const version of named === null ? held : [named.version]) {
        const known = catalogue.versions.find((candidate) => candidate.version === version);
        if (known === undefined)
            continue;
        if (named !== null)
            (0,require_bytes/* requireBytes */.V)(catalogue.model, known);
        if (known.deprecated || known.archived || known.released !== undefined)
            continue;
        if (catalogue.frozen.some((frozen) => frozen.identity === known.identity))
            continue;
        return known;
    }
    throw refusal(named === null
        ? 'no other version completed promotion to it and is still usable'
        : `${named.version} is archived, frozen or deprecated`);
}
/** Before anything is read: half of a version is of no use. @throws flow/bytes-cold */
async function requireHot({ store, ledger }, target, model) {
    if (target.store === null || store === null)
        return;
    await (0,cold_bytes/* requireReadable */.CM)(store, (0,cold_bytes/* filesOfEntry */.LK)(await (0,version_artifacts/* wholeVersion */.gJ)(ledger, target)), { model, version: target.version });
}
async function verifyArtifacts(surroundings, target) {
    if (target.store === null)
        return 0;
    const artifacts = await (0,version_artifacts/* artifactsOf */.Ns)(surroundings.ledger, target);
    if (surroundings.store === null) {
        throw (0,errors_error/* weighbridgeError */.q)('flow/no-store', { path: artifacts[0]?.path ?? 'its artifact' });
    }
    for (const artifact of artifacts) {
        surroundings.progress(`Verifying ${artifact.path}`);
        await surroundings.store.verify((0,digest/* parseDigest */.m)(`sha256:${artifact.sha256}`));
    }
    return artifacts.length;
}
async function planRollback(rolling, catalogue, move) {
    const { surroundings, model, request } = rolling;
    const bad = catalogue.versions.find((version) => version.version === move.current);
    if (bad === undefined)
        throw (0,errors_error/* weighbridgeError */.q)('core/invariant', { reason: `${move.current} holds a stage and is not registered` });
    const { target } = move;
    const commit = target.commit === null ? null : await surroundings.repository.commit(target.commit);
    const context = (0,events/* eventContext */.Wl)(surroundings, { commit, justification: request.reason, time: surroundings.clock.now() });
    const event = (0,events/* makeEvent */.Ld)(surroundings.sha256, {
        type: 'rolled-back',
        model: model.manifest.name,
        version: target.version,
        context,
        occasion: catalogue.entries,
        body: { stage: request.stage, replaces: move.current, identity: target.identity, frozen: bad.identity },
    });
    const after = {};
    for (const [stage, version] of Object.entries(catalogue.stages))
        after[stage] = version === move.current ? null : version;
    after[request.stage] = target.version;
    return {
        effects: [{ kind: 'append', events: [event], evidence: new Map() }, ...(await planFollowUps(rolling, after))],
    };
}
async function planFollowUps(rolling, stages) {
    const { surroundings, model, history, request } = rolling;
    const pointers = {};
    for (const [stage, held] of Object.entries(stages)) {
        pointers[stage] = history.catalogue?.versions.find((known) => known.version === held) ?? null;
    }
    const tags = (0,stage_tags/* planStageTags */.b)(model.manifest.name, history, pointers, surroundings.clock.now());
    if (!request.writeStages)
        return tags;
    return [...tags, ...(await (0,stages_file/* planStagesFile */.v)(surroundings, model, stages, request.stage))];
}
//# sourceMappingURL=rollback.js.map
// EXTERNAL MODULE: ./packages/flows/build/format-count.js
var format_count = __webpack_require__(47371);
// EXTERNAL MODULE: ./packages/flows/build/plan.js
var build_plan = __webpack_require__(77669);
// EXTERNAL MODULE: ./packages/flows/build/transition/propose.js
var propose = __webpack_require__(93616);
// EXTERNAL MODULE: ./packages/report/build/escape-markdown.js
var escape_markdown = __webpack_require__(6968);
// EXTERNAL MODULE: ./packages/host/build/commands/gate-pull.js + 17 modules
var gate_pull = __webpack_require__(43139);
;// CONCATENATED MODULE: ./packages/host/build/commands/rollback.js




const rollbackCommand = {
    spec: {
        name: 'rollback',
        summary: 'Point a stage back to its last good version',
        description: 'Picks the last version that completed promotion to the stage (or the one named), reads its artifacts back from the store and checks their digests, moves the pointer, archives the bad version and freezes its content, so that it cannot come back under any number without a recorded waiver. Then brings stages.yaml in line: in the checkout, for you to commit, and where a forge is known by a pull request. A second run changes nothing.',
        arguments: [{ name: 'model', description: 'The model.', required: true, dispatched: ['model'] }],
        inputs: [
            {
                name: 'stage',
                description: 'The stage; the one before the archive when not given.',
                type: 'text',
                placeholder: 'STAGE',
                dispatched: ['stage'],
            },
            {
                name: 'reason',
                description: 'What happened. Recorded in the ledger.',
                type: 'text',
                required: true,
                placeholder: 'TEXT',
                dispatched: ['reason'],
            },
            {
                name: 'to',
                description: 'A version; the last one that completed promotion to the stage when not given.',
                type: 'text',
                placeholder: 'VERSION',
                dispatched: ['to'],
            },
        ],
        outputs: [
            { name: 'outcome', description: 'rolled-back or already-there.' },
            { name: 'model', description: 'The model.' },
            { name: 'from', description: 'The bad version, now archived and frozen.' },
            { name: 'version', description: 'The version that the stage points to now.' },
            {
                name: 'pull-request',
                description: 'Number of the pull request that brings stages.yaml in line; empty when none is needed.',
            },
        ],
        examples: ['weighbridge rollback fraud --stage production --reason "false positives doubled"'],
    },
    run: runRollback,
};
async function runRollback(inputs, host) {
    const model = inputs.text('model') ?? '';
    if (model === '')
        throw (0,errors_error/* weighbridgeError */.q)('host/input', { input: 'model', reason: 'it is missing', command: 'rollback' });
    const dryRun = inputs.boolean('dry-run');
    const rollback = await rollbackModel(host.surroundings, {
        model,
        stage: inputs.text('stage') ?? host.policy.stages.at(-2) ?? 'production',
        reason: inputs.text('reason') ?? '',
        to: inputs.text('to'),
        dryRun,
        writeStages: true,
    });
    const { stage, from, to, outcome, verified, plan, receipts, notices } = rollback;
    const { pull: aligned, notices: open } = dryRun
        ? { pull: null, notices: [] }
        : await align(rollback.model, inputs, host);
    const done = dryRun ? 'Would roll back' : 'Rolled back';
    const headline = outcome === 'rolled-back'
        ? `${done} ${stage} of ${rollback.model} from ${from} to ${to.version}`
        : `${stage} of ${rollback.model} was rolled back from ${from} to ${to.version} already`;
    const facts = outcome === 'rolled-back'
        ? [`${(0,format_count/* formatCount */.B)(verified, 'artifact')} read back and verified; ${from} is archived and its content frozen`]
        : [];
    const steps = [
        ...(dryRun ? plan.effects.map(build_plan/* describeEffect */.x) : receipts.map((receipt) => receipt.summary)),
        ...(aligned === null ? [] : [`stages.yaml says otherwise until this is merged: ${aligned.url}`]),
    ];
    return {
        exitCode: 0,
        json: {
            dry_run: dryRun,
            outcome,
            model: rollback.model,
            stage,
            from,
            to: to.version,
            verified,
            effects: plan.effects.map(build_plan/* describeEffect */.x),
            pull: aligned,
        },
        text: [headline, ...[...facts, ...steps].map((line) => `  ${line}`)].join('\n'),
        markdown: [`### ${(0,escape_markdown/* escapeMarkdown */.FV)(headline)}`, '', ...facts.map((fact) => `- ${fact}`)].join('\n'),
        notices: [...notices, ...open],
        outputs: {
            outcome,
            model: rollback.model,
            from,
            version: to.version,
            'pull-request': aligned === null ? '' : String(aligned.number),
        },
    };
}
/**
 * The registry went back first; then the file follows by a pull request, whose status this job sets, since what it pushes
 * starts no other. Where the forge fails, the rollback stands, and what is left to do is told.
 */
async function align(model, inputs, host) {
    const { forge } = host.surroundings;
    if (forge === null)
        return { pull: null, notices: [] };
    const reason = inputs.text('reason') ?? '';
    try {
        const pull = await (0,propose/* proposeAlignment */.A)(host.surroundings, { model, reason });
        if (pull !== null)
            await (0,gate_pull/* gatePulls */.AG)({ kind: 'pull', number: pull.number }, forge, inputs, host);
        return { pull, notices: [] };
    }
    catch (error) {
        if (!(error instanceof errors_error/* WeighbridgeError */.kj) || error.exitCode !== 3)
            throw error;
        const text = `The rollback is done; the pull request that brings stages.yaml in line could not be opened: ${error.message} ${error.remedy}`;
        return { pull: null, notices: [{ level: 'warning', text }] };
    }
}
//# sourceMappingURL=rollback.js.map

/***/ }),

/***/ 76783:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  showCommand: () => (/* binding */ showCommand)
});

// EXTERNAL MODULE: ./packages/core/build/tag.js
var build_tag = __webpack_require__(30882);
// EXTERNAL MODULE: ./packages/flows/build/reading/files.js
var files = __webpack_require__(78584);
// EXTERNAL MODULE: ./packages/flows/build/governing/governance.js
var governing_governance = __webpack_require__(61012);
// EXTERNAL MODULE: ./packages/flows/build/registry/lost-ledger.js
var lost_ledger = __webpack_require__(15206);
// EXTERNAL MODULE: ./packages/flows/build/registry/tag-notices.js
var tag_notices = __webpack_require__(56618);
;// CONCATENATED MODULE: ./packages/flows/build/registry/show.js





/** Catalogues that are read in one trip: a registry has thousands, and each on its own would be a trip of its own. */
const cataloguesAtOnce = 100;
/**
 * What is registered and what is where, from the ledger. Models that have a manifest and no version yet are
 * listed too. @throws flow/ledger-missing where the ledger is gone
 */
async function showModels(surroundings, names) {
    const governance = await (0,governing_governance/* readGovernance */.r3)((0,files/* filesOfWorkTree */.UH)(surroundings.workTree), surroundings.sha256);
    const registered = await surroundings.ledger.models();
    if (registered.length === 0)
        await (0,lost_ledger/* requireNoLostLedger */.e)(surroundings);
    const all = new Set([...registered, ...governance.models.map((model) => model.manifest.name)]);
    const wanted = names.length === 0 ? [...all].sort() : [...all].filter((model) => names.includes(model)).sort();
    const tags = wanted.length === 0 ? new Map() : await readTagsByModel(surroundings);
    const shown = [];
    for (let at = 0; at < wanted.length; at += cataloguesAtOnce) {
        const some = wanted.slice(at, at + cataloguesAtOnce);
        const catalogues = await surroundings.ledger.catalogues(some);
        for (const model of some)
            shown.push(showModel(governance, model, { catalogue: catalogues.get(model) ?? null, tags: tags.get(model) ?? [] }));
    }
    return shown;
}
/** Every tag in our grammar, by its model: git is asked once, however many models there are. */
async function readTagsByModel({ repository }) {
    const tags = new Map();
    for (const tag of await repository.tags()) {
        const parsed = (0,build_tag/* parseTag */.ED)(tag.name);
        if (parsed === null)
            continue;
        const own = tags.get(parsed.model);
        if (own === undefined)
            tags.set(parsed.model, [{ ...tag, parsed }]);
        else
            own.push({ ...tag, parsed });
    }
    return tags;
}
function showModel(governance, model, { catalogue, tags }) {
    const order = governance.policy.stages;
    const archive = order.at(-1) ?? null;
    const stages = {};
    for (const stage of order.slice(0, -1))
        stages[stage] = catalogue?.stages[stage] ?? null;
    for (const [stage, version] of Object.entries(catalogue?.stages ?? {}))
        stages[stage] ??= version;
    const versions = (catalogue?.versions ?? []).map((version) => {
        const held = Object.entries(stages).filter(([, pointed]) => pointed === version.version);
        return { ...version, stage: version.archived ? archive : (held.at(-1)?.[0] ?? null) };
    });
    return { model, catalogue, stages, versions, notices: (0,tag_notices/* tagNotices */.q)(model, tags, catalogue) };
}
//# sourceMappingURL=show.js.map
// EXTERNAL MODULE: ./packages/flows/build/governing/unknown-model.js
var unknown_model = __webpack_require__(1416);
// EXTERNAL MODULE: ./packages/flows/build/plan.js
var plan = __webpack_require__(77669);
// EXTERNAL MODULE: ./packages/ledger/build/evidence/artifact-list.js
var artifact_list = __webpack_require__(38049);
// EXTERNAL MODULE: ./packages/report/build/table.js
var table = __webpack_require__(26983);
;// CONCATENATED MODULE: ./packages/host/build/commands/show.js



const showCommand = {
    spec: {
        name: 'show',
        summary: 'Show what is registered and which version each stage points to',
        description: 'Reads the catalogue, which is the ledger folded to now. MODEL@VERSION tells one version: where it stands, its files with their digests, its metrics and its moves. "audit show --at DATE" tells of the past, "audit log" who did what.',
        arguments: [
            {
                name: 'models',
                description: 'MODEL, MODEL@VERSION, MODEL@STAGE or MODEL@ALIAS; every model when none is given.',
                many: true,
            },
        ],
        inputs: [],
        outputs: [{ name: 'models', description: 'JSON: models with stages, aliases and versions.' }],
        examples: ['weighbridge show', 'weighbridge show fraud --json', 'weighbridge show fraud@production'],
    },
    run: runShow,
};
async function runShow(inputs, host) {
    const asked = inputs.list('models');
    const named = asked.filter((name) => !name.includes('@'));
    const versions = await tellVersions(host, asked.filter((name) => name.includes('@')));
    const shown = asked.length > 0 && named.length === 0 ? [] : await showModels(host.surroundings, named);
    const unknown = named.find((name) => !shown.some(({ model }) => model === name));
    if (unknown !== undefined)
        throw (0,unknown_model/* unknownModel */.w)(unknown, await knownModels(host));
    const models = shown.map(showJson);
    const several = { models, ...(versions.length === 0 ? {} : { versions: versions.map(({ json }) => json) }) };
    const only = asked.length === 1 ? (models[0] ?? versions[0]?.json) : undefined;
    const empty = 'Nothing is registered. "weighbridge init" and "weighbridge register" begin.';
    const texts = [...shown.map(renderModelText), ...versions.map(({ text }) => text)];
    const markdown = shown.map((model) => `### ${model.model}\n\n${(0,table/* renderMarkdownTable */.I)(versionRows(model))}`);
    return {
        exitCode: 0,
        json: only ?? several,
        text: texts.length === 0 ? empty : texts.join('\n\n'),
        markdown: markdown.join('\n\n'),
        notices: shown.flatMap((model) => model.notices),
        outputs: { models: JSON.stringify(models) },
    };
}
/** The list of models needs nothing of what tells a version, and is not to wait until it is loaded. */
async function tellVersions(host, names) {
    const told = [];
    for (const name of names)
        told.push(await (await __webpack_require__.e(/* import() */ 5660).then(__webpack_require__.bind(__webpack_require__, 75660))).tellVersion(host, name));
    return told;
}
async function knownModels({ surroundings }) {
    return (await showModels(surroundings, [])).map(({ model }) => model);
}
function showJson(model) {
    return {
        model: model.model,
        stages: model.stages,
        aliases: model.catalogue?.aliases ?? {},
        frozen: model.catalogue?.frozen ?? [],
        versions: model.versions.map((version) => ({
            version: version.version,
            tag: version.tag,
            commit: version.commit,
            stage: version.stage,
            registered_at: version.registeredAt,
            bump: version.bump,
            identity: version.identity,
            artifacts: version.artifacts,
            // Of very many files a catalogue knows how many they are, and which document lists them.
            ...((0,artifact_list/* isListed */.yy)(version.artifacts) ? { files_by: `weighbridge show ${model.model}@${version.version} --json` } : {}),
            bytes_released_at: version.released?.time ?? null,
        })),
    };
}
function renderModelText(model) {
    if (model.versions.length === 0)
        return `${model.model}: no version registered yet ("weighbridge register ${model.model}")`;
    const stages = Object.entries(model.stages).map(([stage, version]) => `${stage}: ${version ?? '-'}`);
    return `${model.model}   ${stages.join('   ')}\n${(0,table/* renderTextTable */.K)(versionRows(model))}`;
}
function versionRows(model) {
    const rows = model.versions.map((version) => [
        version.version,
        version.bump,
        version.stage ?? '',
        version.registeredAt,
        (version.commit ?? '').slice(0, 10),
        version.released === undefined
            ? (0,plan/* formatSize */.X)((0,artifact_list/* measureArtifacts */.aJ)(version.artifacts).size)
            : `released ${version.released.time.slice(0, 10)}`,
    ]);
    return [['version', 'bump', 'stage', 'registered', 'commit', 'size'], ...rows.reverse()];
}
//# sourceMappingURL=show.js.map

/***/ }),

/***/ 71174:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  versionCommand: () => (/* binding */ versionCommand)
});

// EXTERNAL MODULE: ./packages/flows/build/governing/governance.js
var governing_governance = __webpack_require__(61012);
// EXTERNAL MODULE: ./packages/flows/build/reading/files.js
var files = __webpack_require__(78584);
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/manifest/build/glob.js
var glob = __webpack_require__(12284);
// EXTERNAL MODULE: ./packages/flows/build/events.js
var events = __webpack_require__(44531);
// EXTERNAL MODULE: ./packages/flows/build/governing/parsed-manifests.js
var parsed_manifests = __webpack_require__(77918);
// EXTERNAL MODULE: ./packages/flows/build/governing/part-order.js
var part_order = __webpack_require__(32756);
// EXTERNAL MODULE: ./packages/flows/build/assessment/touched.js
var touched = __webpack_require__(15705);
;// CONCATENATED MODULE: ./packages/flows/build/assessment/select-touched.js








/**
 * Models of the checkout that differ from a commit in a file that they name, or are built on one that was removed. Only what is committed counts. The commit
 * is fetched alone where the clone lacks it; null where it is not to be had. @throws flow/no-commit
 */
async function selectTouched({ repository, clock }, { models, policy }, since) {
    const known = (await repository.commit(since))?.id ?? ((await repository.fetchCommit(since)) ? since : null);
    if (known === null)
        return null;
    const head = await repository.commit('HEAD');
    if (head === null)
        throw (0,error/* weighbridgeError */.q)('flow/no-commit', {});
    const paths = await repository.changedPaths(known, head.id);
    const removed = await removedModels(repository, { since: known, paths, governance: { models, policy } });
    const isTouched = (model) => (0,touched/* touchesModel */.B)(model, paths) || (0,part_order/* partsOf */.CI)(model).some((part) => removed.has(part));
    return { models: models.filter(isTouched), paths, time: (0,events/* formatTime */.fU)(clock.now()) };
}
/** Names of models that had a manifest then and have none now: what is built on them is another thing without them. */
async function removedModels(repository, { since, paths, governance: { models, policy }, }) {
    const present = new Set(models.map(({ manifest }) => manifest.name));
    const isManifest = policy.models.map(glob/* globMatcher */.fU);
    const changed = paths.filter((path) => isManifest.some((matches) => matches(path)));
    const before = await (0,files/* filesAtCommit */.ao)(repository, since).readAll(changed, governing_governance/* maxFileBytes */.eV);
    const names = [...before].flatMap(([path, bytes]) => {
        const parsed = (0,parsed_manifests/* readManifestOnce */.z)(path, bytes);
        return parsed.ok ? [parsed.value.name] : [];
    });
    return new Set(names.filter((name) => !present.has(name)));
}
//# sourceMappingURL=select-touched.js.map
// EXTERNAL MODULE: ./packages/flows/build/assessment/assess-models.js + 5 modules
var assess_models = __webpack_require__(60023);
// EXTERNAL MODULE: ./packages/flows/build/pull/reach.js
var pull_reach = __webpack_require__(7197);
// EXTERNAL MODULE: ./packages/flows/build/governing/absent-parts.js
var absent_parts = __webpack_require__(15186);
// EXTERNAL MODULE: ./packages/flows/build/artifacts/recognise.js
var recognise = __webpack_require__(87657);
// EXTERNAL MODULE: ./packages/report/build/render-assessment.js
var render_assessment = __webpack_require__(70106);
// EXTERNAL MODULE: ./packages/report/build/lineage/render-impact.js
var render_impact = __webpack_require__(36648);
// EXTERNAL MODULE: ./packages/report/build/table.js
var table = __webpack_require__(26983);
// EXTERNAL MODULE: ./packages/core/build/tag.js
var tag = __webpack_require__(30882);
// EXTERNAL MODULE: ./packages/host/build/event.js
var build_event = __webpack_require__(30007);
;// CONCATENATED MODULE: ./packages/host/build/commands/version.js




const versionCommand = {
    spec: {
        name: 'version',
        summary: 'Work out the next version of models from what changed',
        description: 'Compares the checkout with the last release of each model, as the ledger has it, and computes the bump from what really changed: base model, architecture, weights, tokenizer, data, configuration, code, prompts, retrieval, interface and metrics. Writes nothing and always ends well: it tells, "gate" judges.',
        arguments: [{ name: 'models', description: 'Names of models; every model when none is given.', many: true }],
        inputs: [
            {
                name: 'bump',
                description: 'A declared bump (patch, minor or major): raises the computed one, never lowers it.',
                type: 'text',
                placeholder: 'BUMP',
            },
            {
                name: 'since',
                description: 'Only models that commits since this one may have changed, and what depends on those; in a pull request its base when no model is named.',
                type: 'text',
                placeholder: 'COMMIT',
            },
            {
                name: 'headers-only',
                description: 'Read headers and no weights: quick for very large files, but a retrained model looks unchanged.',
                type: 'boolean',
                default: 'false',
            },
        ],
        outputs: [
            {
                name: 'models',
                description: 'JSON for a matrix: [{"model","current","next","bump","tag"}] of the models that changed.',
            },
            { name: 'changed', description: '`true` when a model gets a new version.' },
            { name: 'model', description: 'Name of the model, when there is just one.' },
            { name: 'version', description: 'Next version of that model; empty when it does not change.' },
            { name: 'bump', description: 'Its bump: initial, none, patch, minor or major.' },
            { name: 'tag', description: 'The tag that releases it.' },
        ],
        examples: ['weighbridge version', 'weighbridge version --since origin/main', 'weighbridge version fraud --json'],
    },
    run: runVersion,
};
async function runVersion(inputs, host) {
    const { surroundings } = host;
    const governance = await (0,governing_governance/* readGovernance */.r3)((0,files/* filesOfWorkTree */.UH)(surroundings.workTree), surroundings.sha256);
    if (governance.models.length === 0)
        return renderUngoverned(host);
    const pull = (0,build_event/* pullRequestOf */._n)(host.event);
    const bump = inputs.text('bump');
    const named = inputs.list('models');
    const since = inputs.text('since') ?? (named.length === 0 ? (0,build_event/* baseOf */.bx)(host.event) : null);
    const touched = since === null ? null : await selectTouched(surroundings, governance, since);
    if (touched === null && inputs.text('since') !== null)
        throw (0,error/* weighbridgeError */.q)('flow/commit-missing', { commit: inputs.text('since') ?? '' });
    const wanted = (0,governing_governance/* selectModels */.H8)(governance, named).filter((model) => touched?.models.includes(model) ?? true);
    const weighed = await (0,assess_models/* assessModels */.fn)(surroundings, governance, wanted, {
        depth: inputs.boolean('headers-only') ? 'headers' : 'bytes',
        declared: parseBump(bump),
        ...(pull === null
            ? {}
            : {
                prerelease: {
                    label: 'pr',
                    number: pull.number,
                    iteration: Number(host.environment['GITHUB_RUN_NUMBER'] ?? 1),
                },
            }),
    });
    const reach = touched === null
        ? null
        : await (0,pull_reach/* findReach */.V)(surroundings, { governance, weighed, paths: touched.paths, time: touched.time });
    const absent = (0,absent_parts/* findAbsentParts */.v)(wanted, governance.models);
    return renderVersions(weighed, { reach, absent });
}
function parseBump(text) {
    if (text === null)
        return null;
    if (text === 'patch' || text === 'minor' || text === 'major')
        return text;
    throw (0,error/* weighbridgeError */.q)('host/input', {
        input: 'bump',
        reason: `"${text}" is none of patch, minor, major`,
        command: 'version',
    });
}
function renderVersions(weighed, { reach, absent }) {
    const rows = weighed.map(({ assessment }) => ({
        model: assessment.model,
        current: assessment.current,
        next: assessment.next,
        bump: assessment.bump,
        tag: assessment.next === null ? null : (0,tag/* versionTag */.Vm)(assessment.model, assessment.next),
    }));
    const changed = rows.filter((row) => row.next !== null);
    const only = rows.length === 1 ? rows[0] : undefined;
    const reached = reach === null || reach.rows.length === 0 ? null : reach;
    return {
        exitCode: 0,
        json: {
            models: weighed.map(({ assessment }) => assessment),
            ...(reach === null ? {} : { impact: { subjects: reach.subjects, models: reach.rows } }),
        },
        text: joined([
            ...weighed.map(({ assessment }) => (0,render_assessment/* renderAssessmentText */.Gq)(assessment)),
            ...(weighed.length === 0 ? ['No model changed.'] : []),
            reached === null ? '' : (0,render_impact/* renderImpactText */.E)(reached),
        ]),
        markdown: joined([
            ...weighed.map(({ assessment }) => (0,render_assessment/* renderAssessmentMarkdown */.Mu)(assessment)),
            ...(weighed.length === 0 ? ['No model changed.'] : []),
            reached === null ? '' : (0,render_impact/* renderImpactMarkdown */.M)(reached),
        ]),
        notices: [
            ...weighed.flatMap(({ notices, model, assessment }) => [
                ...notices,
                ...(assessment.next === null
                    ? []
                    : [{ level: 'notice', text: (0,render_assessment/* headlineOf */.gD)(assessment), file: model.manifestPath, line: model.line }]),
            ]),
            ...absent,
            ...(reach?.notices ?? []),
        ],
        outputs: {
            models: JSON.stringify(changed),
            changed: String(changed.length > 0),
            model: only?.model ?? '',
            version: only?.next ?? '',
            bump: only?.bump ?? '',
            tag: only?.tag ?? '',
        },
    };
}
function joined(parts) {
    return parts.filter((part) => part !== '').join('\n\n');
}
/** A repository without manifests: what could be one. */
async function renderUngoverned(host) {
    const found = await (0,recognise/* recognise */.G)(host.surroundings);
    const lines = ['This repository has no model manifest yet.'];
    if (found.length === 0)
        lines.push('No model file was recognised either (safetensors, GGUF, ONNX, PyTorch, pickle, joblib).');
    else
        lines.push('Model files that were recognised:', (0,table/* renderTextTable */.K)([
            ['file', 'format', 'tensors'],
            ...found.map((row) => [row.path, row.format, String(row.tensors)]),
        ]));
    lines.push('', 'Next: "weighbridge init" writes weighbridge.yaml and a manifest for what it finds.');
    const text = lines.join('\n');
    const outputs = { models: '[]', changed: 'false', model: '', version: '', bump: '', tag: '' };
    return { exitCode: 0, json: { models: [], recognised: found }, text, markdown: text, notices: [], outputs };
}
//# sourceMappingURL=version.js.map

/***/ })

};
