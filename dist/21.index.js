export const id = 21;
export const ids = [21];
export const modules = {

/***/ 10021:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  impactCommand: () => (/* binding */ impactCommand)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/lineage/build/impact/subject.js
var subject = __webpack_require__(563);
// EXTERNAL MODULE: ./packages/lineage/build/impact/find-impact.js + 1 modules
var find_impact = __webpack_require__(45639);
// EXTERNAL MODULE: ./packages/versioning/build/rules/rule-book.js + 2 modules
var rule_book = __webpack_require__(71171);
// EXTERNAL MODULE: ./packages/flows/build/reading/files.js
var reading_files = __webpack_require__(78584);
// EXTERNAL MODULE: ./packages/flows/build/governing/governance.js
var governance = __webpack_require__(61012);
// EXTERNAL MODULE: ./packages/flows/build/lineage/read-lines.js + 2 modules
var read_lines = __webpack_require__(65776);
// EXTERNAL MODULE: ./packages/lineage/build/impact/model-line.js
var model_line = __webpack_require__(28089);
// EXTERNAL MODULE: ./packages/lineage/build/graph/stages-behind.js
var stages_behind = __webpack_require__(32641);
// EXTERNAL MODULE: ./packages/flows/build/registry/version-artifacts.js
var version_artifacts = __webpack_require__(45016);
// EXTERNAL MODULE: ./packages/formats/build/dvc/dvc-lock.js
var dvc_lock = __webpack_require__(54016);
// EXTERNAL MODULE: ./packages/flows/build/data/read-dvc-lock.js
var read_dvc_lock = __webpack_require__(91391);
// EXTERNAL MODULE: ./packages/flows/build/lineage/read-pipelines.js
var read_pipelines = __webpack_require__(84146);
;// CONCATENATED MODULE: ./packages/flows/build/lineage/pipelines-of-commits.js




/** Files of the names that pipelines are read from: in many commits they are the same. */
const pipelineNames = ['dvc.lock', 'dvc.yaml'];
/** What is kept at once of the blobs that were read. */
const maxKeptBytes = 32 * 1024 * 1024;
/** What is read of the files of one commit: what is read of its locks, and more than people write beside them. */
const maxSetBytes = dvc_lock/* maxDvcLockBytes */.Sx + 2 * 1024 * 1024;
/** Opens a reader that begins with nothing more once it has read so many bytes. */
function openPipelineReader(repository, maxSumBytes) {
    const notices = new Map();
    const blobs = new Map();
    const readings = new WeakMap();
    let left = maxSumBytes;
    const missingOf = (set) => [...new Set(set.map(({ object }) => object))].filter((object) => !blobs.has(object));
    const bring = async (objects, maxSumBytes) => {
        for (const [object, bytes] of await repository.readBlobs(objects, { maxBytes: dvc_lock/* maxDvcLockBytes */.Sx, maxSumBytes })) {
            blobs.set(object, bytes);
            left -= bytes.length;
        }
    };
    const forgetAllBut = (sets) => {
        const kept = [...blobs.values()].reduce((sum, { length }) => sum + length, 0);
        const named = new Set(sets.flat().map(({ object }) => object));
        if (kept > maxKeptBytes)
            for (const object of blobs.keys())
                if (!named.has(object))
                    blobs.delete(object);
    };
    const readLock = (set) => {
        const objects = new Map(set.map(({ path, object }) => [path, object]));
        return (files, path, given) => {
            if (given === undefined)
                return (0,read_dvc_lock/* readDvcLock */.Hy)(files, path);
            const known = readings.get(given.lock) ?? new Map();
            readings.set(given.lock, known);
            const key = `${path}\n${objects.get((0,read_dvc_lock/* besideLock */._8)(path)) ?? ''}`;
            const reading = known.get(key) ?? (0,read_dvc_lock/* readDvcLock */.Hy)(files, path, given);
            known.set(key, reading);
            return reading;
        };
    };
    return {
        notices: () => [...notices.values()],
        read: async (sets) => {
            forgetAllBut(sets);
            await bring(missingOf(sets.flat()), Math.min(left, maxKeptBytes));
            const found = new Map();
            for (const set of sets) {
                const missing = missingOf(set);
                if (missing.length > 0 && left <= 0)
                    break;
                if (missing.length > 0)
                    await bring(missing, maxSetBytes);
                for (const { path, object } of set)
                    if (!blobs.has(object))
                        addNotice(notices, leftOutNotice(path));
                const read = await (0,read_pipelines/* readPipelines */.K)(filesOf(set, blobs), readLock(set));
                for (const notice of read.notices)
                    addNotice(notices, notice);
                found.set(set, read.pipelines);
            }
            return found;
        },
    };
}
function addNotice(notices, { level, text }) {
    notices.set(text, { level, text });
}
function leftOutNotice(path) {
    const text = `${path} of a registered version has no room among ${maxSetBytes} bytes. What it says of its pipeline is left out.`;
    return { level: 'warning', text };
}
/** Files of which some are at hand by the ids of their blobs. */
function filesOf(set, blobs) {
    const objects = new Map(set.map(({ path, object }) => [path, object]));
    const read = async (path, maxBytes) => {
        const bytes = blobs.get(objects.get(path) ?? '') ?? null;
        const sizeBytes = bytes?.length ?? 0;
        if (sizeBytes > maxBytes)
            throw (0,error/* weighbridgeError */.q)('git/file-too-large', { path, sizeBytes, maxBytes });
        return bytes;
    };
    return {
        name: 'a registered version',
        commit: null,
        list: async () => [...objects.keys()],
        read,
        readAll: async (paths, maxBytes) => {
            const found = new Map();
            for (const path of paths) {
                const bytes = await read(path, maxBytes);
                if (bytes !== null)
                    found.set(path, bytes);
            }
            return found;
        },
        open: async () => null,
        ignored: async () => new Set(),
    };
}
//# sourceMappingURL=pipelines-of-commits.js.map
;// CONCATENATED MODULE: ./packages/flows/build/lineage/read-origins.js



/** What is read of locks for one question: each MiB takes a second. The next question goes on from there. */
const maxLockBytes = 64 * 1024 * 1024;
/** Commits of versions that stand somewhere which are brought for one question: each is a trip. */
const maxFetched = 50;
/** Versions whose locks are read in one trip. */
const versionsAtOnce = 100;
/** Catalogues that are read in one trip. */
const cataloguesAtOnce = 100;
/**
 * Completes an index by what the pipelines at the commit of each version read, where nobody looked before: versions that
 * stand somewhere first. With `fetches` their commits are brought where the clone does not hold them.
 */
async function readOrigins(surroundings, index, { fetches }) {
    const open = openVersions(index);
    if (open.length === 0)
        return { index, grew: false, notices: [] };
    const files = await findLocks(surroundings, open, fetches);
    const found = new Map();
    const piped = [];
    for (const each of open) {
        const named = files.get(each.commit);
        if (named?.some(({ path }) => path.endsWith('dvc.lock')) === true)
            piped.push(each);
        else if (named !== undefined)
            found.set(each.version, []);
    }
    const notices = piped.length === 0 ? [] : await readPiped(surroundings, { piped, files, found });
    const unheld = open.filter(({ commit }) => !files.has(commit));
    return {
        index: found.size === 0 ? index : withOrigins(index, found),
        grew: found.size > 0,
        notices: [...notices, ...unheldNotice(unheld)],
    };
}
function openVersions(index) {
    const [placed, others] = [[], []];
    for (const [model, { line }] of index) {
        const standing = new Set([...Object.values(line.stages), ...Object.values(line.aliases)]);
        for (const version of line.versions) {
            const { commit, origins } = version;
            if (origins !== null || commit === null)
                continue;
            const isPlaced = standing.has(version.version) && (0,model_line/* placesOf */.ek)(line, version.version).length > 0;
            (isPlaced ? placed : others).push({ model, version, commit, isPlaced });
        }
    }
    return [...placed, ...others];
}
async function findLocks({ repository }, open, fetches) {
    const found = await repository.filesNamed([...new Set(open.map(({ commit }) => commit))], pipelineNames);
    if (!fetches)
        return found;
    const absent = open.flatMap(({ commit, isPlaced }) => (isPlaced && !found.has(commit) ? [commit] : []));
    const brought = [];
    for (const commit of [...new Set(absent)].slice(0, maxFetched))
        if (await repository.fetchCommit(commit))
            brought.push(commit);
    return brought.length === 0 ? found : new Map([...found, ...(await repository.filesNamed(brought, pipelineNames))]);
}
async function readPiped(surroundings, { piped, files, found, }) {
    if (piped.length > versionsAtOnce)
        surroundings.progress(`Reading the pipelines of ${piped.length} versions`);
    const artifacts = await artifactPathsOf(surroundings, piped);
    const reader = openPipelineReader(surroundings.repository, maxLockBytes);
    const ordered = inOrderOf(piped, files);
    for (let at = 0; at < ordered.length; at += versionsAtOnce) {
        const group = ordered.slice(at, at + versionsAtOnce);
        const sets = [...new Set(group.flatMap(({ commit }) => [files.get(commit) ?? []]))];
        const read = await reader.read(sets);
        for (const { version, commit } of group) {
            const set = files.get(commit);
            const pipelines = set === undefined ? undefined : read.get(set);
            const { dependencies } = version;
            if (pipelines !== undefined)
                found.set(version, (0,stages_behind/* pipelineOrigins */.AM)({ pipelines, artifacts: artifacts.get(version) ?? [], dependencies }));
        }
        if (read.size < sets.length)
            break;
    }
    return [...reader.notices(), ...beyondNotice(piped.filter(({ version }) => !found.has(version)))];
}
/** Versions that stand somewhere first, then as their commits follow each other: those share most of their locks. */
function inOrderOf(piped, files) {
    const order = new Map([...files.keys()].map((commit, place) => [commit, place]));
    const placeOf = ({ commit }) => order.get(commit) ?? 0;
    return piped.toSorted((left, right) => Number(right.isPlaced) - Number(left.isPlaced) || placeOf(left) - placeOf(right));
}
async function artifactPathsOf({ ledger }, piped) {
    const byModel = new Map();
    for (const each of piped) {
        const known = byModel.get(each.model);
        if (known === undefined)
            byModel.set(each.model, [each]);
        else
            known.push(each);
    }
    const models = [...byModel.keys()];
    const paths = new Map();
    for (let at = 0; at < models.length; at += cataloguesAtOnce) {
        for (const [model, { versions }] of await ledger.catalogues(models.slice(at, at + cataloguesAtOnce))) {
            const registered = new Map(versions.map((version) => [version.version, version]));
            for (const { version } of byModel.get(model) ?? []) {
                const entry = registered.get(version.version);
                const files = entry === undefined ? [] : await (0,version_artifacts/* artifactsOf */.Ns)(ledger, entry);
                paths.set(version, files.map(({ path }) => path));
            }
        }
    }
    return paths;
}
function withOrigins(index, found) {
    const complete = (line) => ({
        ...line,
        versions: line.versions.map((version) => {
            const origins = found.get(version);
            return origins === undefined ? version : { ...version, origins };
        }),
    });
    return new Map([...index].map(([model, { hash, line }]) => [model, { hash, line: complete(line) }]));
}
function unheldNotice(unheld) {
    if (unheld.length === 0)
        return [];
    const placed = unheld.filter(({ isPlaced }) => isPlaced).length;
    const text = `The clone does not hold the commits of ${unheld.length} versions, of which ${placed} stand somewhere: what their pipelines (dvc.lock) read is not known here. A clone with all of its history tells it ("git fetch --unshallow", or fetch-depth: 0).`;
    return [{ level: placed > 0 ? 'warning' : 'notice', text }];
}
function beyondNotice(left) {
    if (left.length === 0)
        return [];
    const text = `The pipelines of ${left.length} versions are not read yet, because a question reads ${maxLockBytes} bytes of locks: the next one goes on from there.`;
    return [{ level: 'warning', text }];
}
//# sourceMappingURL=read-origins.js.map
;// CONCATENATED MODULE: ./packages/flows/build/lineage/ask-impact.js








/**
 * Everything that depends on a reference, a model or a digest, through other models too: by what the manifests of the
 * checkout ask for now, and by what every registered version was made of. Writes nothing but what is kept of the
 * catalogues.
 * @throws flow/unknown-subject, flow/invalid-files, ledger/*
 */
async function askImpact(surroundings, request) {
    const files = (0,reading_files/* filesOfWorkTree */.UH)(surroundings.workTree);
    const { models, policy } = await (0,governance/* readGovernance */.r3)(files, surroundings.sha256);
    const { pipelines, notices } = await (0,read_pipelines/* readPipelines */.K)(files);
    const declared = (0,read_lines/* declaredBy */.Ol)({ models, pipelines, programs: true });
    const near = await (0,read_lines/* readLineIndex */.zf)(surroundings);
    const named = (0,subject/* readSubject */.$e)(request.about, (0,read_lines/* withDeclared */.Fv)((0,read_lines/* linesOf */.Dx)(near), declared));
    // What rests on a model names it, or what does; only data hides behind pipelines.
    const isModel = named.ok && named.subject.kind === 'model';
    const { index, grew, notices: untold, } = isModel
        ? { index: near, grew: false, notices: [] }
        : await readOrigins(surroundings, near, { fetches: pipelines.length > 0 });
    if (grew)
        await (0,read_lines/* keepLineIndex */.wI)(surroundings, index);
    const lines = (0,read_lines/* withDeclared */.Fv)((0,read_lines/* linesOf */.Dx)(index), declared);
    const read = isModel ? named : (0,subject/* readSubject */.$e)(request.about, lines);
    if (!read.ok)
        throw (0,error/* weighbridgeError */.q)('flow/unknown-subject', { subject: request.about.slice(0, 200), reason: read.reason });
    const subjects = withOwners(read.subject, lines.values());
    const rows = (0,find_impact/* findImpact */.i)({ lines, subjects, bump: request.bump, book: (0,rule_book/* openRuleBook */._h)(policy.versioning) });
    const looked = [...lines.values()].reduce((sum, { versions }) => sum + versions.length, 0);
    return { subjects, named: subjects.map(subject/* formatSubject */.QK), rows, looked, notices: [...notices, ...untold] };
}
/** Content of a version is a subject together with that version. */
function withOwners(subject, lines) {
    if (subject.kind !== 'digest')
        return [subject];
    const owners = [];
    for (const { model, versions } of lines)
        for (const { version, identity, artifacts } of versions)
            if (identity === subject.digest || artifacts.some((hex) => `sha256:${hex}` === subject.digest))
                owners.push({ kind: 'model', model, version });
    return [subject, ...owners];
}
//# sourceMappingURL=ask-impact.js.map
// EXTERNAL MODULE: ./packages/report/build/lineage/render-impact.js
var render_impact = __webpack_require__(36648);
// EXTERNAL MODULE: ./packages/report/build/escape-markdown.js
var escape_markdown = __webpack_require__(6968);
// EXTERNAL MODULE: ./packages/host/build/word-input.js
var word_input = __webpack_require__(1758);
;// CONCATENATED MODULE: ./packages/host/build/commands/impact.js




const command = 'impact';
const bumpWords = ['patch', 'minor', 'major'];
const formats = ['text', 'markdown', 'json'];
const impactCommand = {
    spec: {
        name: command,
        summary: 'Show what depends on a model, on data or on a digest, and the version each would get',
        description: 'Looks through what every registered version was made of and what the manifests of the checkout ask for, and follows bases and parts from model to model. For each model it tells where the versions stand that rest on it, and the bump that it would get were it made again: data by its role, a base or part by its own bump as far as the range takes its next version. Catalogues that were read before are kept in the clone, so that the cost is that of what changed. Ends with 0, also where nothing depends on it; with --fail-on, 1 when a version in such a stage does.',
        arguments: [
            {
                name: 'about',
                description: 'MODEL, MODEL@VERSION, MODEL@STAGE; a reference as manifests write it, files from the root of the repository (/data/train.csv); or a digest (sha256:…, tree:…, md5:…) of a version, an artifact or data.',
                required: true,
            },
        ],
        inputs: [
            {
                name: 'bump',
                description: 'The bump that a model asked about gets: patch, minor or major.',
                type: 'text',
                default: 'minor',
                placeholder: 'BUMP',
            },
            {
                name: 'fail-on',
                description: 'Stages that nothing may depend on it in: the exit code is 1 else.',
                type: 'list',
                placeholder: 'STAGE',
            },
            { name: 'format', description: 'text, markdown or json.', type: 'text', default: 'text', placeholder: 'FORMAT' },
        ],
        outputs: [
            {
                name: 'models',
                description: 'JSON: [{"model","bump","next","depth","versions"}] of the models that depend on it.',
            },
        ],
        examples: [
            'weighbridge impact fraud --bump major',
            'weighbridge impact hf://meta-llama/Llama-3.1-8B',
            'weighbridge impact /models/fraud/data.csv --fail-on production',
        ],
    },
    run: runImpact,
};
async function runImpact(inputs, host) {
    const bump = (0,word_input/* wordOf */.a)(inputs, { name: 'bump', words: bumpWords, command });
    const format = (0,word_input/* wordOf */.a)(inputs, { name: 'format', words: formats, command });
    const stages = inputs.list('fail-on');
    const unknown = stages.find((stage) => !host.policy.stages.includes(stage));
    if (unknown !== undefined) {
        const reason = `"${unknown}" is none of ${host.policy.stages.join(', ')}`;
        throw (0,error/* weighbridgeError */.q)('host/input', { input: 'fail-on', reason, command });
    }
    const impact = await askImpact(host.surroundings, { about: inputs.text('about') ?? '', bump });
    const report = { subjects: impact.named, rows: impact.rows };
    const json = { subjects: impact.named, bump, looked_through: impact.looked, models: impact.rows };
    const markdown = (0,render_impact/* renderImpactMarkdown */.M)(report);
    const texts = { text: (0,render_impact/* renderImpactText */.E)(report), markdown, json: `${JSON.stringify(json, null, 2)}\n` };
    return {
        exitCode: isHeld(impact, stages) ? 1 : 0,
        json,
        text: texts[format],
        ...(format === 'json' ? { verbatim: true } : {}),
        markdown: markdown === '' ? (0,escape_markdown/* escapeMarkdown */.FV)(texts.text) : markdown,
        notices: impact.notices,
        outputs: { models: JSON.stringify(impact.rows) },
    };
}
function isHeld({ rows }, stages) {
    return rows.some(({ versions }) => versions.some(({ places }) => places.some((place) => stages.includes(place))));
}
//# sourceMappingURL=impact.js.map

/***/ }),

/***/ 1758:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ wordOf)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);

/** The word that an input was given. @throws host/input for none and for any other */
function wordOf(inputs, { name, words, command }) {
    const text = inputs.text(name) ?? '';
    const found = words.find((word) => word === text);
    if (found !== undefined)
        return found;
    const reason = `"${text.slice(0, 40)}" is none of ${words.join(', ')}`;
    throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('host/input', { input: name, reason, command });
}
//# sourceMappingURL=word-input.js.map

/***/ })

};
