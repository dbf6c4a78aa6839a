export const id = 1174;
export const ids = [1174];
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
