export const id = 8712;
export const ids = [8712];
export const modules = {

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

/***/ 88712:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  checkCommand: () => (/* binding */ checkCommand)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/manifest/build/parse-stages.js + 1 modules
var parse_stages = __webpack_require__(28410);
// EXTERNAL MODULE: ./packages/manifest/build/manifest-path.js
var manifest_path = __webpack_require__(56311);
// EXTERNAL MODULE: ./packages/manifest/build/parse-retrieval.js + 1 modules
var parse_retrieval = __webpack_require__(81283);
// EXTERNAL MODULE: ./packages/flows/build/governing/absent-parts.js
var absent_parts = __webpack_require__(15186);
// EXTERNAL MODULE: ./packages/flows/build/reading/files.js
var reading_files = __webpack_require__(78584);
// EXTERNAL MODULE: ./packages/flows/build/governing/governance.js
var governance = __webpack_require__(61012);
// EXTERNAL MODULE: ./packages/flows/build/transition/stage-lines.js
var stage_lines = __webpack_require__(87522);
;// CONCATENATED MODULE: ./packages/flows/build/check-files.js






/**
 * Reads every file of the checkout that people write: the policy, manifests with their locks, stages files against the
 * stages of the policy, retrieval files. Asks nobody and writes nothing.
 * @throws flow/no-policy, flow/invalid-files with every fault of every file, flow/duplicate-model, flow/uses-cycle
 */
async function checkFiles({ workTree }) {
    const tree = (0,reading_files/* filesOfWorkTree */.UH)(workTree);
    const { governed, policy, models, faults: found } = await (0,governance/* readGovernedFiles */.sC)(tree);
    if (!governed)
        throw (0,error/* weighbridgeError */.q)('flow/no-policy', {});
    // Of a policy with faults the stages are not known.
    const stages = found.some(({ file }) => file === governance/* policyPath */.k1) ? null : policy.stages;
    const files = [governance/* policyPath */.k1];
    const faults = [...found];
    for (const model of models) {
        files.push(model.manifestPath, ...(model.lock === null ? [] : [model.lockPath]));
        for (const beside of [await readStagesFile(model, stages), await readRetrieval(model)]) {
            files.push(...beside.files);
            faults.push(...beside.faults);
        }
    }
    if (faults.length > 0)
        throw (0,governance/* invalidFiles */.X6)(faults);
    (0,governance/* refuseTangles */.BD)(models);
    const notices = [...(0,absent_parts/* findAbsentParts */.v)(models), ...unmatched({ models, policy }, await tree.list(''))];
    return { files: files.sort(), models: models.length, notices };
}
async function readStagesFile(model, stages) {
    const path = (0,stage_lines/* stagesPathOf */.aw)(model);
    const bytes = await model.files.read(path, governance/* maxFileBytes */.eV);
    if (bytes === null)
        return { files: [], faults: [] };
    const parsed = (0,parse_stages/* parseStages */.l)({ path, bytes }, stages);
    return { files: [path], faults: parsed.ok ? [] : parsed.faults };
}
async function readRetrieval({ files, manifest, manifestPath, locate }) {
    if (manifest.retrieval === null)
        return { files: [], faults: [] };
    const path = (0,manifest_path/* resolveManifestPath */.N)(manifestPath, manifest.retrieval);
    const bytes = await files.read(path, governance/* maxFileBytes */.eV);
    if (bytes === null) {
        const { message, remedy } = (0,error/* weighbridgeError */.q)('flow/named-file-missing', { manifest: manifestPath, path });
        const { line, column } = locate(['retrieval']) ?? { line: 1, column: 1 };
        return { files: [], faults: [{ file: manifestPath, line, column, message, remedy }] };
    }
    const isRead = /\.(?:ya?ml|json)$/i.test(path);
    return { files: [path], faults: isRead ? (0,parse_retrieval/* findRetrievalFaults */.D)({ path, bytes }).faults : [] };
}
/** Manifests that the policy does not look for: a folder with another name is the usual slip. */
function unmatched({ models, policy }, listed) {
    const known = new Set(models.map(({ manifestPath }) => manifestPath));
    const patterns = policy.models.join(', ');
    const others = listed.filter((path) => /(?:^|\/)model\.ya?ml$/.test(path) && !known.has(path));
    return [
        ...others.map((path) => {
            const text = `${path} is called like a manifest, and "models: [${patterns}]" of ${governance/* policyPath */.k1} does not match it: it is not read.`;
            return { level: 'warning', text, file: path, line: 1 };
        }),
        ...(models.length === 0 && others.length === 0
            ? [{ level: 'warning', text: `No file matches "models: [${patterns}]" of ${governance/* policyPath */.k1}.` }]
            : []),
    ];
}
//# sourceMappingURL=check-files.js.map
// EXTERNAL MODULE: ./packages/flows/build/format-count.js
var format_count = __webpack_require__(47371);
;// CONCATENATED MODULE: ./packages/host/build/commands/check.js

const checkCommand = {
    spec: {
        name: 'check',
        summary: 'Look for faults in the files that people write',
        description: 'Reads weighbridge.yaml, every manifest with its lock, stages.yaml against the stages of the policy, and retrieval files, and tells all faults at once with file, line and column. Asks nobody, reads no weights and writes nothing: for an editor, a pre-commit hook or a first step of a job. Exit code 2: a fault.',
        arguments: [],
        inputs: [],
        outputs: [],
        examples: ['weighbridge check', 'weighbridge check --json'],
    },
    readsCheckoutOnly: true,
    run: async (_, host) => {
        const { files, models, notices } = await checkFiles(host.surroundings);
        const text = `${(0,format_count/* formatCount */.B)(files.length, 'file')} of ${(0,format_count/* formatCount */.B)(models, 'model')} read, no fault: ${files.slice(0, 20).join(', ')}${files.length > 20 ? ', …' : ''}`;
        return { exitCode: 0, json: { files, models }, text, markdown: text, notices, outputs: {} };
    },
};
//# sourceMappingURL=check.js.map

/***/ })

};
