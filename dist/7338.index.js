export const id = 7338;
export const ids = [7338];
export const modules = {

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

/***/ 71771:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ contentOf)
/* harmony export */ });
/** What a version without artifacts consists of, in the terms of its manifest. */
function contentOf({ prompts, retrieval, config, interface: face, code }) {
    const documents = [...(retrieval === null ? [] : [retrieval]), ...(face === null ? [] : [face])];
    const all = [...prompts, ...documents, ...config, ...code];
    return [...new Map(all.map(({ path, digest }) => [path, { path, digest }])).values()];
}
//# sourceMappingURL=named-content.js.map

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

/***/ 7338:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  reproduceCommand: () => (/* binding */ reproduceCommand)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/lineage/build/graph/recorded-version.js
var recorded_version = __webpack_require__(61338);
// EXTERNAL MODULE: ./packages/manifest/build/reference/parse-reference.js
var parse_reference = __webpack_require__(45737);
// EXTERNAL MODULE: ./packages/lineage/build/dependencies.js
var dependencies = __webpack_require__(40339);
// EXTERNAL MODULE: ./packages/lineage/build/impact/subject.js
var subject = __webpack_require__(563);
// EXTERNAL MODULE: ./packages/lineage/build/told-data.js
var told_data = __webpack_require__(19660);
;// CONCATENATED MODULE: ./packages/lineage/build/reproduce/plan-data.js




/** Folder of what is fetched from outside, in the reproduced tree. */
const inputs = 'inputs';
/** How one input of a version is brought back, exactly as it was, and what keeps it from that. */
function planData(dependency) {
    const { kind, ref, pin } = dependency;
    const role = (0,told_data/* roleOf */.kp)(dependency);
    const part = kind === 'data' ? 'data' : 'base';
    const title = `${titleOf(kind, role)} ${ref}${pin === null ? '' : ` at ${pin}`}`;
    const own = (0,dependencies/* modelOfRef */.SW)(ref);
    // Where a path that only a run tells was is not on record: it need not be in the repository.
    const isElsewhere = (0,told_data/* isToldByRun */.ez)(dependency) && (0,subject/* repositoryPath */.SH)(ref) !== null;
    const commands = isElsewhere ? null : own === null ? fetchCommands(ref, pin) : pullCommands(own, pin);
    if (commands !== null)
        return { steps: [{ part, title, commands }], missing: [] };
    const what = `${titleOf(kind, role).replace('The', 'the')} ${ref}`;
    return { steps: [], missing: [{ part, what, remedy: remedyOf(ref) }] };
}
function titleOf(kind, role) {
    if (kind === 'base')
        return 'The base';
    if (kind === 'part')
        return 'The part';
    return role === 'eval' ? 'The evaluation data' : role === 'validation' ? 'The validation data' : 'The training data';
}
function pullCommands(model, pin) {
    if (pin === null)
        return null;
    return [program('weighbridge', 'pull', '--into', `${inputs}/${model}`, '--', `${model}@${pin}`)];
}
/** Null where nothing holds still what is named. */
function fetchCommands(ref, pin) {
    const read = (0,parse_reference/* readReference */.W)(pin !== null && isFullReference(pin) ? pin : ref);
    if (!read.ok)
        return null;
    return commandsFor(read.reference, pin);
}
/** Pins of objects, repositories and lakes are references with their version. */
function isFullReference(pin) {
    return /^(?:s3|gs|az|hf|lakefs|wandb):/.test(pin);
}
function commandsFor(reference, pin) {
    switch (reference.scheme) {
        case 'path': {
            const path = reference.path.replace(/^\/+/, '');
            const hex = /^sha256:([0-9a-f]{64})$/.exec(pin ?? '')?.[1];
            if (hex !== undefined)
                return [{ kind: 'sha256', path, hex }];
            return pin === null ? null : [program('git', 'ls-files', '--error-unmatch', '--', path)];
        }
        case 'dvc':
            return pin === null ? null : [program('dvc', 'pull', '--', reference.path.replace(/^\/+/, ''))];
        case 's3': {
            const { bucket, key, version } = reference;
            if (version === null)
                return null;
            const words = ['--bucket', bucket, `--key=${key}`, `--version-id=${version}`, target(bucket, key)];
            return [folder(bucket, key), program('aws', 's3api', 'get-object', ...words)];
        }
        case 'gs': {
            const { bucket, key, version } = reference;
            if (version === null)
                return null;
            return [
                folder(bucket, key),
                program('gcloud', 'storage', 'cp', `gs://${bucket}/${key}#${version}`, target(bucket, key)),
            ];
        }
        case 'az': {
            const { key, version } = reference;
            const [container = '', account = ''] = reference.bucket.split('@');
            if (version === null)
                return null;
            const names = [`--container-name=${container}`, `--account-name=${account}`, `--name=${key}`];
            const words = [...names, `--version-id=${version}`, `--file=${target(container, key)}`];
            return [folder(container, key), program('az', 'storage', 'blob', 'download', ...words)];
        }
        case 'hf': {
            const { repository, type, path } = reference;
            const revision = reference.revision ?? pin;
            if (revision === null)
                return null;
            const words = ['--repo-type', type, `--revision=${revision}`, '--local-dir', `${inputs}/${safe(repository)}`];
            return [program('hf', 'download', ...words, '--', repository, ...(path === null ? [] : [path]))];
        }
        case 'lakefs': {
            const { repository, ref, path } = reference;
            const from = `lakefs://${repository}/${pin !== null && !isFullReference(pin) ? pin : ref}/${path}`;
            return pin === null
                ? null
                : [folder(repository, path), program('lakectl', 'fs', 'download', from, target(repository, path))];
        }
        case 'wandb': {
            const { entity, project, artifact, version } = reference;
            if (version === null || !/^v\d+$/.test(version))
                return null;
            const name = `${entity}/${project}/${artifact}:${version}`;
            return [program('wandb', 'artifact', 'get', '--root', `${inputs}/${safe(artifact)}`, '--', name)];
        }
        case 'mlflow':
        case 'vendor':
        case 'registry':
        case 'sha256':
            return null;
    }
}
function target(place, key) {
    return `${inputs}/${safe(place)}/${safe(key)}`;
}
function folder(place, key) {
    const path = target(place, key);
    return program('mkdir', '-p', '--', path.slice(0, path.lastIndexOf('/')));
}
/** A path that stays below the folder that it is joined to, whatever a record says. */
function safe(path) {
    const parts = path.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
    return parts.join('/') || 'unnamed';
}
function program(...words) {
    return { kind: 'program', words };
}
function remedyOf(ref) {
    if (ref.startsWith('vendor:'))
        return 'A vendor serves it, and nobody outside can hold it still: name a dated snapshot, and keep its answers.';
    if (ref.startsWith('mlflow:'))
        return 'A run can gain artifacts: name the object that it wrote to, with its version.';
    if (ref.startsWith('sha256:'))
        return 'Only its digest is on record: name where the bytes are beside it.';
    if ((0,dependencies/* modelOfRef */.SW)(ref) !== null)
        return 'Register it here first, so that the version that was used is recorded.';
    return 'Name an immutable version in model.yaml: a version of the object, a full revision, a commit, or a file that git or DVC keeps.';
}
//# sourceMappingURL=plan-data.js.map
// EXTERNAL MODULE: ./packages/core/build/digest.js
var build_digest = __webpack_require__(70120);
;// CONCATENATED MODULE: ./packages/lineage/build/reproduce/plan-environment.js


/** Programs that install what a lock file lists, by the name of the file. */
const installers = [
    [/(^|\/)uv\.lock$/, (path) => ['uv', 'sync', '--frozen', '--project', folderOf(path)]],
    [/(^|\/)poetry\.lock$/, (path) => ['poetry', 'install', '--no-interaction', '--directory', folderOf(path)]],
    [/(^|\/)pdm\.lock$/, (path) => ['pdm', 'sync', '--project', folderOf(path)]],
    [/(^|\/)Pipfile\.lock$/, () => ['pipenv', 'sync']],
    [/(^|\/)package-lock\.json$/, (path) => ['npm', 'ci', '--prefix', folderOf(path)]],
    [/(^|\/)conda-lock\.ya?ml$/, (path) => ['conda-lock', 'install', '--prefix', './.environment', `./${path}`]],
    [
        /(^|\/)environment[\w.-]*\.ya?ml$/,
        (path) => ['conda', 'env', 'create', '--prefix', './.environment', '--file', `./${path}`],
    ],
    [/\.txt$/, (path) => ['python', '-m', 'pip', 'install', '--requirement', `./${path}`]],
];
/** The image by its digest, and the lock file compared with its own before anything is installed from it. */
function planEnvironment({ kind, environment: { image, lock } }) {
    const steps = [];
    const missing = [];
    if (image !== null) {
        const words = ['docker', 'pull', '--', image];
        steps.push({ part: 'environment', title: `The image ${image}`, commands: [{ kind: 'program', words }] });
        if (!/@sha256:[0-9a-f]{64}$/.test(image)) {
            const remedy = 'Write environment.image with its digest: NAME@sha256:….';
            missing.push({ part: 'environment', what: `what holds the image ${image} still`, remedy });
        }
    }
    if (lock !== null) {
        const install = installers.find(([pattern]) => pattern.test(lock.path))?.[1](lock.path) ?? null;
        const hex = (0,build_digest/* isDigest */.Bc)(lock.digest) ? (0,build_digest/* digestHex */.sU)(lock.digest) : null;
        const check = hex === null ? [] : [{ kind: 'sha256', path: lock.path, hex }];
        const run = install === null ? [] : [{ kind: 'program', words: install }];
        steps.push({ part: 'environment', title: `The packages that ${lock.path} lists`, commands: [...check, ...run] });
        if (install === null) {
            const remedy = 'Use a lock file of uv, Poetry, PDM, Pipenv, conda, pip or npm.';
            missing.push({ part: 'environment', what: `the program that installs what ${lock.path} lists`, remedy });
        }
    }
    if (image === null && lock === null && (0,recorded_version/* isTrained */.I)(kind)) {
        const remedy = 'Name environment.image with its digest, or environment.lock, in model.yaml.';
        missing.push({ part: 'environment', what: 'the environment of the training', remedy });
    }
    return { steps, missing };
}
function folderOf(path) {
    return `./${path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.'}`;
}
//# sourceMappingURL=plan-environment.js.map
;// CONCATENATED MODULE: ./packages/lineage/build/reproduce/plan-reproduction.js



/** The steps in their order, and what is missing of them. */
function planReproduction(facts) {
    const { recorded, metrics } = facts;
    const parts = [
        planCode(facts),
        planEnvironment(recorded),
        ...recorded.dependencies.map((dependency) => planData(dependency)),
        planRun(facts),
        planComparison(facts),
    ];
    return {
        model: recorded.model,
        version: recorded.version ?? '',
        steps: parts.flatMap(({ steps }) => steps),
        missing: parts.flatMap(({ missing }) => missing),
        metrics,
    };
}
function planCode({ recorded: { commit } }) {
    if (commit !== null) {
        const words = ['git', 'checkout', '--quiet', '--detach', commit];
        return {
            steps: [{ part: 'code', title: `The code at ${commit}`, commands: [{ kind: 'program', words }] }],
            missing: [],
        };
    }
    const what = 'the commit';
    const remedy = 'Register from a commit: "weighbridge register" records the one that is checked out.';
    return { steps: [], missing: [{ part: 'code', what, remedy }] };
}
function planRun({ recorded, command }) {
    const trained = recorded.pipelines.flatMap(({ path, stages, written }) => stages
        .filter(({ outs }) => outs.some((out) => recorded.artifacts.some((artifact) => leadsTo(path, out.path, artifact))))
        .map((stage) => ({ path, stage, ...(written === undefined ? {} : { written }) })))[0];
    if (trained !== undefined) {
        const target = `${plan_reproduction_folderOf(trained.path)}dvc.yaml:${trained.stage.name}`;
        const words = ['dvc', 'repro', '--force', '--single-item', '--', target];
        const title = `The training, as dvc.lock recorded it: ${trained.stage.commands.join('; ')}`;
        return { steps: [{ part: 'run', title, commands: [{ kind: 'program', words }] }], missing: differing(trained) };
    }
    if (command !== null) {
        const commands = [{ kind: 'recorded', text: command }];
        return { steps: [{ part: 'run', title: 'The training, as the run recorded it', commands }], missing: [] };
    }
    if (!(0,recorded_version/* isTrained */.I)(recorded.kind))
        return { steps: [], missing: [] };
    const run = recorded.training['run'];
    const known = run === undefined ? '' : ` (the run is ${run}, which may tell)`;
    const remedy = `Make the artifacts by a stage of dvc.yaml, so that dvc.lock names the command, or record it under "training".`;
    return { steps: [], missing: [{ part: 'run', what: `the command of the training${known}`, remedy }] };
}
/** `dvc repro` runs what dvc.yaml says; the lock beside it tells what ran. */
function differing({ path, stage, written }) {
    if (written === undefined)
        return [];
    const file = `${plan_reproduction_folderOf(path)}dvc.yaml`;
    const commands = written[stage.name];
    if (commands !== undefined && textOf(commands) === textOf(stage.commands))
        return [];
    const remedy = 'Run "dvc repro" and commit dvc.yaml and dvc.lock together, so that they say the same.';
    if (commands === undefined)
        return [{ part: 'run', what: `the stage ${stage.name} in ${file}, which dvc.lock recorded`, remedy }];
    const [ran, runs] = [stage.commands.join('; '), commands.join('; ')];
    const what = `the command that made it: dvc.lock recorded "${ran}", and ${file} of that commit runs "${runs}"`;
    return [{ part: 'run', what, remedy }];
}
function textOf(commands) {
    return commands.map((line) => line.trim()).join('\n');
}
function planComparison({ recorded, metrics, stored }) {
    const { model, version } = recorded;
    const words = ['weighbridge', 'version', '--', model];
    const title = 'What came out, compared with the record: "none" means the same content';
    const step = { part: 'compare', title, commands: [{ kind: 'program', words }] };
    const missing = [];
    if (metrics.length === 0) {
        const remedy = 'List the metric documents under "metrics" in model.yaml.';
        missing.push({ part: 'compare', what: 'metrics to compare with', remedy });
    }
    if (!stored && recorded.artifacts.length > 0) {
        const what = `the bytes of ${model} ${version ?? ''} to compare with`;
        const remedy = 'Name a store in weighbridge.yaml and say "store: copy" in model.yaml.';
        missing.push({ part: 'compare', what, remedy });
    }
    return { steps: [step], missing };
}
function leadsTo(lockPath, out, artifact) {
    const at = `${plan_reproduction_folderOf(lockPath)}${out}`;
    return artifact === at || artifact.startsWith(`${at}/`);
}
function plan_reproduction_folderOf(path) {
    return path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
}
//# sourceMappingURL=plan-reproduction.js.map
// EXTERNAL MODULE: ./packages/flows/build/registry/read-snapshot.js
var read_snapshot = __webpack_require__(50773);
// EXTERNAL MODULE: ./packages/flows/build/registry/find-registered.js
var find_registered = __webpack_require__(11536);
// EXTERNAL MODULE: ./packages/flows/build/registry/named-content.js
var named_content = __webpack_require__(71771);
// EXTERNAL MODULE: ./packages/flows/build/registry/version-artifacts.js
var version_artifacts = __webpack_require__(45016);
// EXTERNAL MODULE: ./packages/flows/build/lineage/read-lines.js + 2 modules
var read_lines = __webpack_require__(65776);
;// CONCATENATED MODULE: ./packages/flows/build/lineage/expand-parts.js





/** Systems of systems go no deeper. */
const maxDepth = 16;
/** What a version was made of, with its parts in place of every system, which has no files of its own to bring. */
async function expandParts(surroundings, dependencies, depth = 0) {
    const expanded = new Map();
    for (const dependency of dependencies) {
        const inner = depth < maxDepth ? await partsWithin(surroundings, dependency) : null;
        const all = inner === null ? [dependency] : await expandParts(surroundings, inner, depth + 1);
        for (const each of all)
            expanded.set(`${each.kind} ${each.role ?? ''} ${each.ref} ${each.pin ?? ''}`, each);
    }
    return [...expanded.values()];
}
/** Parts of a part that consists of nothing else; null for every other dependency. */
async function partsWithin(surroundings, { ref, pin }) {
    const model = (0,dependencies/* modelOfRef */.SW)(ref);
    const version = model === null || pin === null ? null : await findPart(surroundings, model, pin);
    if (model === null || version === null || (0,version_artifacts/* hasArtifacts */.C7)(version))
        return null;
    const snapshot = await (0,read_snapshot/* readSnapshot */.R)(surroundings, version);
    if ((0,named_content/* contentOf */.$)(snapshot).length > 0)
        return null;
    const parts = (version.dependencies ?? (0,read_lines/* dependenciesBySnapshot */.zr)(model, snapshot)).filter(({ kind }) => kind === 'part');
    return parts.length === 0 ? null : parts;
}
async function findPart({ ledger }, model, pin) {
    const catalogue = await ledger.catalogue(model);
    return catalogue?.versions.find(({ version }) => version === pin) ?? null;
}
//# sourceMappingURL=expand-parts.js.map
// EXTERNAL MODULE: ./packages/flows/build/reading/files.js
var files = __webpack_require__(78584);
// EXTERNAL MODULE: ./packages/flows/build/governing/governance.js
var governance = __webpack_require__(61012);
// EXTERNAL MODULE: ./packages/flows/build/artifacts/lfs-pointer.js
var lfs_pointer = __webpack_require__(73631);
// EXTERNAL MODULE: ./packages/flows/build/artifacts/measure-file.js
var measure_file = __webpack_require__(26087);
// EXTERNAL MODULE: ./packages/flows/build/reading/in-parallel.js
var in_parallel = __webpack_require__(66118);
;// CONCATENATED MODULE: ./packages/flows/build/lineage/find-reached.js








/** Small requests that wait beside each other. */
const looksAtOnce = 16;
/**
 * Looks for every part of a record where it can be asked from here: the commit in the clone or its remote, bytes in the
 * store, files of the repository at that commit by their digests, models in the ledger. What lies outside is `unknown`.
 */
async function findReached(surroundings, { version }, recorded) {
    const files = await findCommit(surroundings, recorded.commit);
    const commit = {
        what: `commit ${recorded.commit ?? ''}`.trimEnd(),
        state: files === null ? 'gone' : 'here',
        because: files === null ? 'neither the clone nor its remote has it' : 'the clone or its remote has it',
    };
    const parts = [commit];
    for (const artifact of await (0,version_artifacts/* artifactsOf */.Ns)(surroundings.ledger, version))
        parts.push(await findArtifact(surroundings, artifact, version.store));
    const { lock } = recorded.environment;
    if (lock !== null)
        parts.push(await findLock(surroundings, files, lock));
    for (const dependency of recorded.dependencies)
        parts.push(await findDependency(surroundings, files, dependency));
    return parts;
}
async function findCommit({ repository }, commit) {
    if (commit === null)
        return null;
    if ((await repository.commit(commit)) === null && !(await repository.fetchCommit(commit)))
        return null;
    return (0,files/* filesAtCommit */.ao)(repository, commit);
}
async function findArtifact({ store }, { path, sha256 }, address) {
    const what = `artifact ${path}`;
    if (address === null)
        return { what, state: 'unknown', because: 'no store keeps it: store: reference' };
    if (store === null)
        return { what, state: 'unknown', because: `the store ${address} is not named by the policy now` };
    const found = await store.has((0,build_digest/* parseDigest */.m)(`sha256:${sha256}`));
    return {
        what,
        state: found ? 'here' : 'gone',
        because: `${store.address} ${found ? 'has' : 'does not have'} its bytes`,
    };
}
async function findLock({ sha256 }, files, { path, digest }) {
    const what = `lock file ${path}`;
    const bytes = files === null ? null : await files.read(path, governance/* maxFileBytes */.eV * 64);
    if (bytes === null)
        return { what, state: 'gone', because: 'the commit does not have it' };
    const same = (0,build_digest/* digestBytes */.QN)(sha256, bytes) === digest;
    return { what, state: same ? 'here' : 'gone', because: same ? 'the commit has it' : 'the commit has other bytes' };
}
async function findDependency(surroundings, files, dependency) {
    const { kind, ref, pin } = dependency;
    const what = `${kind} ${ref}`;
    if ((0,told_data/* isToldByRun */.ez)(dependency))
        return { what, state: 'unknown', because: 'only the run that made it tells of it' };
    const own = (0,dependencies/* modelOfRef */.SW)(ref);
    if (own !== null)
        return { what, ...(await find_reached_findPart(surroundings, { model: own, pin })) };
    const path = (0,subject/* repositoryPath */.SH)(ref);
    if (path === null)
        return { what, state: 'unknown', because: 'it lies outside of this repository' };
    if (files === null)
        return { what, state: 'gone', because: 'its commit is gone' };
    if (ref.startsWith('dvc:'))
        return findTracked(files, { what, path });
    return findFile(surroundings, files, { what, path, pin });
}
/** A base or a part of this registry: its record, and its bytes where a store has them. */
async function find_reached_findPart({ ledger, store }, { model, pin }) {
    const found = (await ledger.catalogue(model))?.versions.find(({ version }) => version === pin);
    if (found === undefined)
        return { state: 'gone', because: `${model} has no such version` };
    const name = `${model} ${found.version}`;
    if (found.released !== undefined)
        return { state: 'gone', because: `the bytes of ${name} were given up` };
    if (!(0,version_artifacts/* hasArtifacts */.C7)(found))
        return { state: 'here', because: `${name} is registered` };
    if (found.store === null)
        return { state: 'unknown', because: `${name} is registered, and no store keeps its files` };
    if (store === null)
        return { state: 'unknown', because: `the store ${found.store} is not named by the policy now` };
    const files = await (0,version_artifacts/* artifactsOf */.Ns)(ledger, found);
    const there = await (0,in_parallel/* inParallel */.H)(files, looksAtOnce, ({ sha256 }) => store.has((0,build_digest/* parseDigest */.m)(`sha256:${sha256}`)));
    const lost = files.filter((_, place) => there[place] === false);
    if (lost.length === 0)
        return { state: 'here', because: `${name} is registered, and ${store.address} has its bytes` };
    const more = lost.length === 1 ? '' : ` and ${lost.length - 1} more`;
    return { state: 'gone', because: `${store.address} does not have ${lost[0]?.path ?? ''}${more} of ${name}` };
}
/** DVC keeps the bytes elsewhere; the file that names them is in the commit. */
async function findTracked(files, { what, path }) {
    const found = (await files.read(`${path}.dvc`, governance/* maxFileBytes */.eV)) !== null;
    if (!found)
        return { what, state: 'gone', because: `the commit does not have ${path}.dvc` };
    return { what, state: 'unknown', because: 'the commit names it; "dvc pull" tells whether the remote has it' };
}
async function findFile({ newHash }, files, { what, path, pin }) {
    const source = await files.open(path);
    if (source === null) {
        const listed = await files.list(path);
        return { what, state: listed.length > 0 ? 'here' : 'gone', because: `the commit has ${listed.length} files there` };
    }
    try {
        const small = source.sizeBytes > lfs_pointer/* maxPointerBytes */.d ? null : await source.read(0, source.sizeBytes);
        const pointer = small === null ? null : (0,lfs_pointer/* parseLfsPointer */.y)(small);
        if (pointer !== null)
            return {
                what,
                state: 'unknown',
                because: 'the commit has its Git LFS pointer; "git lfs fetch" tells whether the server has it',
            };
        const same = pin === null || (await (0,measure_file/* digestSource */.IL)(source, newHash())) === pin;
        return { what, state: same ? 'here' : 'gone', because: same ? 'the commit has it' : 'the commit has other bytes' };
    }
    finally {
        await source.close();
    }
}
//# sourceMappingURL=find-reached.js.map
// EXTERNAL MODULE: ./packages/flows/build/lineage/record-version.js
var record_version = __webpack_require__(64908);
;// CONCATENATED MODULE: ./packages/flows/build/lineage/reproduce.js








/** Metrics of one version that are listed to compare with. */
const maxMetrics = 200;
/**
 * The steps that make a registered version again, from its record and the pipeline at its commit. Runs nothing.
 * @throws core/model-name, flow/not-registered, flow/unknown-version, ledger/*
 */
async function reproduceVersion(surroundings, question) {
    const found = await (0,find_registered/* findRegistered */.E)(surroundings, question);
    const snapshot = await (0,read_snapshot/* readSnapshot */.R)(surroundings, found.version);
    const recorder = (0,record_version/* openVersionRecorder */.t)(surroundings);
    const [recorded] = await recorder.read([found]);
    (0,error/* invariant */.V1)(recorded !== undefined, 'a version that was found was not recorded');
    const artifacts = await (0,version_artifacts/* artifactsOf */.Ns)(surroundings.ledger, found.version);
    const dependencies = await expandParts(surroundings, recorded.dependencies);
    const plan = planReproduction({
        recorded: { ...recorded, dependencies },
        command: commandOf(snapshot),
        metrics: metricsOf(snapshot),
        stored: found.version.store !== null || artifacts.every(({ address }) => address !== undefined),
    });
    const reached = question.check ? await findReached(surroundings, found, recorded) : null;
    return { plan, commit: found.version.commit, reached, notices: recorder.notices() };
}
/** What a record calls the command of a run: in its training facts, or among what the metadata keeps. */
function commandOf({ training, metadata }) {
    const found = [
        training['command'],
        metadata['command'],
        metadata['training_command'],
    ];
    return found.find((value) => typeof value === 'string' && value.trim() !== '') ?? null;
}
function metricsOf({ metrics }) {
    return metrics
        .flatMap(({ id, path, values }) => values
        .filter(({ slice }) => slice === null)
        .map(({ key, value }) => ({ document: id, path, metric: key, value })))
        .slice(0, maxMetrics);
}
//# sourceMappingURL=reproduce.js.map
;// CONCATENATED MODULE: ./packages/lineage/build/reproduce/format-script.js

/**
 * The steps as a POSIX shell script that stops at the first that fails. Every word of the record stands in
 * quotes, in comments on one line, and nowhere else: a name in a record cannot become a command. A recorded command of
 * the training is given to a shell of its own, as one word.
 */
function formatReproductionScript(plan, place) {
    const { model, version } = plan;
    const lines = [
        '#!/bin/sh',
        comment(`Makes ${model} ${version} again. Run: sh SCRIPT [FOLDER]. Made by "weighbridge reproduce --script".`),
        'set -eu',
        `folder=\${1:-${quote(`${model}-${version}-again`)}}`,
    ];
    lines.push(...formatPlace(place), 'cd -- "$folder"');
    for (const { title, commands } of plan.steps) {
        lines.push('', comment(title), `printf '%s\\n' ${quote(`== ${oneLine(title)}`)}`);
        for (const command of commands)
            lines.push(formatCommand(command));
    }
    if (plan.metrics.length > 0)
        lines.push('', comment('What was measured then, to compare with:'));
    for (const { document, metric, value, path } of plan.metrics)
        lines.push(`printf '%s\\n' ${quote(oneLine(`${document}.${metric} = ${value} (${path})`))}`);
    for (const { what, remedy } of plan.missing) {
        lines.push('', comment(`MISSING: ${what}. ${remedy}`), `printf '%s\\n' ${quote(oneLine(`missing: ${what}`))} >&2`);
    }
    return `${lines.join('\n')}\n`;
}
/** A further work tree of the clone that has the commit: a store in a folder of that clone stays in reach. */
function formatPlace({ repository, commit }) {
    const clone = repository === null ? null : `git clone --quiet -- ${quote(repository)} "$folder"`;
    if (commit === null)
        return clone === null ? [] : [clone];
    const tree = `git worktree add --quiet --detach -- "$folder" ${quote(commit)}`;
    if (clone === null)
        return [tree];
    const isAtHand = `git cat-file -e ${quote(`${commit}^{commit}`)} 2>/dev/null`;
    return [`if ${isAtHand}; then ${tree}`, `else ${clone}`, 'fi'];
}
/** One command as a line of a shell. */
function formatCommand(command) {
    switch (command.kind) {
        case 'program':
            return command.words.map(quoteWhereNeeded).join(' ');
        case 'sha256':
            return `printf '%s  %s\\n' ${quote(command.hex)} ${quote(command.path)} | sha256sum --check --quiet -`;
        case 'recorded':
            return `sh -c ${quote(command.text)}`;
    }
}
/**
 * A word that a shell takes as it is, whatever stands in it. Line ends and tabs stand as they are, so that a command of
 * many lines can be read; other control characters and marks that reverse text, which a terminal would obey where the
 * script is only looked at, are made by `printf` from their bytes, in every POSIX shell alike.
 */
function quote(word) {
    const parts = word.replaceAll('\0', '').split(commanding);
    return parts.map((part, place) => (place % 2 === 1 ? printed(part) : quotePlain(part))).join('') || "''";
}
/** Runs of C0 without NUL, tab and line end, of DEL and C1, line separators and marks that reverse the direction. */
const commanding = /([\u0001-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+)/;
/** Only the quote itself ends it. */
function quotePlain(text) {
    return text === '' ? '' : `'${text.replaceAll("'", "'\\''")}'`;
}
/** Octal escapes of the bytes in UTF-8. None is a line end, which a substitution would take away. */
function printed(text) {
    const escapes = [...(0,build_digest/* utf8 */.As)(text)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`);
    return `"$(printf '${escapes.join('')}')"`;
}
function quoteWhereNeeded(word) {
    return /^[A-Za-z0-9_./:=@,+-]+$/.test(word) ? word : quote(word);
}
function comment(text) {
    return `# ${oneLine(text)}`;
}
/** No sign that could end a line or move the cursor. */
function oneLine(text) {
    return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g, ' ');
}
//# sourceMappingURL=format-script.js.map
// EXTERNAL MODULE: ./packages/report/build/escape-markdown.js
var escape_markdown = __webpack_require__(6968);
// EXTERNAL MODULE: ./packages/report/build/table.js
var table = __webpack_require__(26983);
;// CONCATENATED MODULE: ./packages/report/build/lineage/render-reproduction.js



/** How a version is made again, for a terminal: steps with their commands, figures to compare, and what is missing. */
function renderReproductionText(plan, reached) {
    const lines = [`${plan.model} ${plan.version} is made again like this:`];
    for (const [place, { title, commands }] of plan.steps.entries()) {
        lines.push('', `${place + 1}. ${(0,escape_markdown/* oneLine */.TN)(title)}`);
        for (const command of commands)
            lines.push(`   $ ${formatCommand(command)}`);
    }
    if (plan.metrics.length > 0) {
        const rows = plan.metrics.map(({ document, metric, value, path }) => [`${document}.${metric}`, value, path]);
        lines.push('', 'Measured then:', (0,table/* renderTextTable */.K)([['metric', 'value', 'document'], ...rows]));
    }
    if (plan.missing.length > 0) {
        lines.push('', 'Missing, with what would supply it the next time:');
        for (const { what, remedy } of plan.missing)
            lines.push(`- ${(0,escape_markdown/* oneLine */.TN)(what)}: ${(0,escape_markdown/* oneLine */.TN)(remedy)}`);
    }
    if (reached !== null) {
        const rows = reached.map(({ what, state, because }) => [state, what, because]);
        lines.push('', 'Looked for here:', (0,table/* renderTextTable */.K)([['state', 'part', 'because'], ...rows]));
    }
    return lines.join('\n');
}
//# sourceMappingURL=render-reproduction.js.map
// EXTERNAL MODULE: ./packages/host/build/repository-name.js
var repository_name = __webpack_require__(68311);
// EXTERNAL MODULE: ./packages/host/build/commands/write-document.js
var write_document = __webpack_require__(89527);
;// CONCATENATED MODULE: ./packages/host/build/commands/reproduce.js





const reproduceCommand = {
    spec: {
        name: 'reproduce',
        summary: 'Tell how to make a version again: code, environment, data, command, figures to compare',
        description: 'Reads the record of a version and the pipeline at its commit and tells each step with its command: the exact commit, image and lock file by their digests, data with pinned versions (git, DVC, S3, Google Cloud Storage, Azure, Hugging Face, lakeFS, Weights & Biases), bases and parts from this registry, the training, and the metrics to compare with. What the record lacks is named with what would supply it the next time. It runs nothing; --script writes the steps for a shell, in which every word of a record is quoted. With --check it looks whether commit, bytes and files can still be reached from here: 0 when nothing is gone, else 1.',
        arguments: [write_document/* documentArgument */.Ts],
        inputs: [
            { name: 'script', description: 'Write a shell script.', type: 'boolean', default: 'false' },
            {
                name: 'check',
                description: 'Look whether the parts can still be reached from here.',
                type: 'boolean',
                default: 'false',
            },
        ],
        outputs: [{ name: 'missing', description: 'JSON: [{"part","what","remedy"}] of what the record lacks.' }],
        examples: [
            'weighbridge reproduce fraud@1.4.0',
            'weighbridge reproduce fraud@production --script',
            'weighbridge reproduce fraud@1.4.0 --check',
        ],
    },
    run: runReproduce,
};
async function runReproduce(inputs, host) {
    const asked = (0,write_document/* askedVersion */.h4)(inputs, 'reproduce');
    const { plan, commit, reached, notices } = await reproduceVersion(host.surroundings, {
        ...asked,
        check: inputs.boolean('check'),
    });
    const address = await (0,repository_name/* repositoryNameOf */.f)(host);
    const repository = address.startsWith('weighbridge:') ? null : address;
    const told = renderReproductionText(plan, reached);
    const script = formatReproductionScript(plan, { repository, commit });
    const asScript = inputs.boolean('script');
    return {
        exitCode: reached?.some(({ state }) => state === 'gone') ? 1 : 0,
        json: { ...plan, repository, commit, reached, script },
        text: asScript ? script : told,
        ...(asScript ? { verbatim: true } : {}),
        markdown: `\`\`\`text\n${told.replaceAll('```', "'''")}\n\`\`\``,
        notices,
        outputs: { missing: JSON.stringify(plan.missing) },
    };
}
//# sourceMappingURL=reproduce.js.map

/***/ }),

/***/ 89527:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ts: () => (/* binding */ documentArgument),
/* harmony export */   WK: () => (/* binding */ outputInput),
/* harmony export */   ft: () => (/* binding */ writeDocument),
/* harmony export */   h4: () => (/* binding */ askedVersion),
/* harmony export */   nk: () => (/* binding */ recordedInput)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70120);
/* harmony import */ var _root_path_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(15607);
/* harmony import */ var _sha256_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(13812);



/** The version that a document is of, as every command of documents takes it. */
const documentArgument = {
    name: 'version',
    description: 'MODEL, MODEL@VERSION, MODEL@STAGE or MODEL@ALIAS; of a model alone the newest release.',
    required: true,
};
/** Where a document goes. */
const outputInput = {
    name: 'output',
    description: 'File in the repository to write; to the terminal when not given.',
    type: 'text',
    placeholder: 'FILE',
};
/** Asks for what registration recorded. */
const recordedInput = {
    name: 'recorded',
    description: 'As it was recorded at registration, byte for byte, without what came later.',
    type: 'boolean',
    default: 'false',
};
/** The model and the version that a command was given. @throws host/input */
function askedVersion(inputs, command) {
    const [, model = '', version = null] = /^([^@]*)(?:@(.+))?$/s.exec(inputs.text('version') ?? '') ?? [];
    if (model !== '')
        return { model, version };
    throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('host/input', { input: 'version', reason: 'MODEL or MODEL@VERSION was expected', command });
}
/** Writes a document to the file that was asked for, else shows it as it is. @throws host/input, git/path, git/symlink */
async function writeDocument(inputs, host, document) {
    const { command, model, version, text, notices } = document;
    const dryRun = inputs.boolean('dry-run');
    const output = inputs.text('output');
    const file = output === null ? null : (0,_root_path_js__WEBPACK_IMPORTED_MODULE_1__/* .rootPath */ .w)(host, output, { command, input: 'output' });
    if (file !== null && !dryRun)
        await host.surroundings.workTree.write(file, (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .utf8 */ .As)(text));
    const digest = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .digestBytes */ .QN)(_sha256_js__WEBPACK_IMPORTED_MODULE_3__/* .sha256 */ .sc, (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .utf8 */ .As)(text));
    const told = `${dryRun ? 'Would write' : 'Wrote'} ${file ?? ''}: the ${command} of ${model} ${version} (${digest})`;
    return {
        exitCode: 0,
        json: { dry_run: dryRun, model, version, file, digest, ...document.json },
        text: file === null ? text : told,
        ...(file === null ? { verbatim: true } : {}),
        markdown: file === null ? text : told,
        notices,
        outputs: { digest, file: file ?? '' },
    };
}
//# sourceMappingURL=write-document.js.map

/***/ }),

/***/ 68311:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ repositoryNameOf)
/* harmony export */ });
/* harmony import */ var _open_forge_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(28609);

/** Address of the repository as people open it; `weighbridge:` and the name of its folder where no forge is known. */
async function repositoryNameOf({ environment, surroundings, root }) {
    const address = (0,_open_forge_js__WEBPACK_IMPORTED_MODULE_0__/* .forgeAddress */ .G)(environment, await surroundings.repository.remoteUrl());
    if (address !== null)
        return `${address.serverUrl}/${address.repository}`;
    return `weighbridge:${encodeURIComponent(root.split(/[\\/]/).at(-1) ?? '')}`;
}
//# sourceMappingURL=repository-name.js.map

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
