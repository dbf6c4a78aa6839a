export const id = 3827;
export const ids = [3827];
export const modules = {

/***/ 13827:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   pullCommand: () => (/* binding */ pullCommand)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _weighbridge_flows__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(20022);
/* harmony import */ var _weighbridge_flows__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(47371);
/* harmony import */ var _weighbridge_flows__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(77669);
/* harmony import */ var _weighbridge_report__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(26983);
/* harmony import */ var _weighbridge_stores__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(99405);
/* harmony import */ var _list_steps_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(74101);
/* harmony import */ var _model_version_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(97195);
/* harmony import */ var _processes_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(67130);







const pullCommand = {
    spec: {
        name: 'pull',
        summary: 'Bring the files of a version here, verified',
        description: 'Reads the ledger for what the version is and the store for its bytes: a clone of depth 1 is enough, and no file of the model has to be in it. Every byte is compared with its digest before a file appears under its name; files that are there and right are left alone, and a pull that was broken off goes on where it was. A version that was registered with "store: reference" is read from the pinned addresses in its record, its files in git from its commit, and gone on with in the same way. With --tensors it writes NAME.selected.safetensors with the matching tensors only, and reads only these from the store.',
        arguments: [
            { name: 'model', description: 'MODEL@VERSION, MODEL@STAGE, MODEL@ALIAS or MODEL@sha256:…', required: true },
        ],
        inputs: [
            {
                name: 'into',
                description: 'Folder to write to; MODEL-VERSION in the current one when not given.',
                type: 'text',
                placeholder: 'DIR',
            },
            {
                name: 'only',
                description: 'Only files whose name or path matches; * stays inside a folder, ** crosses folders.',
                type: 'text',
                placeholder: 'GLOB',
            },
            {
                name: 'tensors',
                description: 'Only tensors whose name matches, of safetensors files.',
                type: 'text',
                placeholder: 'GLOB',
            },
            {
                name: 'signed',
                description: 'Fetch nothing unless a signature of the version counts, as "weighbridge verify" tells it.',
                type: 'boolean',
                default: 'false',
            },
        ],
        outputs: [
            { name: 'folder', description: 'Absolute path of the folder with the files.' },
            { name: 'version', description: 'The version that was fetched.' },
            { name: 'files', description: 'JSON: [{"name","path","size","sha256","outcome","tensors"}].' },
        ],
        examples: [
            'weighbridge pull fraud@1.4.0',
            'weighbridge pull fraud@production --into /srv/fraud --only "*.safetensors"',
            'weighbridge pull fraud@production --tensors "encoder.layer.0.*"',
        ],
    },
    run: runPull,
};
async function runPull(inputs, host) {
    const asked = (0,_model_version_js__WEBPACK_IMPORTED_MODULE_1__/* .modelVersionOf */ .J)(inputs, 'pull');
    const dryRun = inputs.boolean('dry-run');
    const into = inputs.text('into');
    const fetched = await (0,_weighbridge_flows__WEBPACK_IMPORTED_MODULE_2__/* .fetchVersion */ .p)(host.surroundings, {
        ...asked,
        only: inputs.text('only'),
        tensors: inputs.text('tensors'),
        signed: inputs.boolean('signed'),
        dryRun,
        openFolder: ({ model, version }) => (0,_weighbridge_stores__WEBPACK_IMPORTED_MODULE_3__/* .openLocalFolder */ .S)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(host.folder, into ?? `${model}-${version}`), _processes_js__WEBPACK_IMPORTED_MODULE_4__/* .processes */ .u),
    });
    const files = fetched.files.map(({ name, path, sizeBytes, digest, outcome, tensors }) => ({
        name,
        path,
        size: sizeBytes,
        // What a file of tensors will be is known when it was written.
        sha256: tensors !== null && outcome === 'missing' ? null : digest,
        outcome,
        ...(tensors === null ? {} : { tensors }),
    }));
    const { model, version, store, folder } = fetched;
    const rows = [['file', 'size', 'outcome'], ...fileRows(fetched)];
    return {
        exitCode: 0,
        json: { model, version: version.version, identity: version.identity, store, folder, dry_run: dryRun, files },
        text: `${headline(fetched)}\n${(0,_weighbridge_report__WEBPACK_IMPORTED_MODULE_5__/* .renderTextTable */ .K)(rows)}`,
        markdown: `${headline(fetched)}\n\n${(0,_weighbridge_report__WEBPACK_IMPORTED_MODULE_5__/* .renderMarkdownTable */ .I)(rows)}`,
        notices: fetched.notices,
        outputs: { folder, version: version.version, files: JSON.stringify(files) },
    };
}
function headline({ model, version, files, folder }) {
    const told = ['fetched', 'present', 'missing'].flatMap((outcome) => {
        const those = files.filter((file) => file.outcome === outcome);
        const sizeBytes = those.reduce((sum, file) => sum + file.sizeBytes, 0);
        const word = outcome === 'missing' ? 'would be fetched' : outcome;
        return those.length === 0 ? [] : [`${(0,_weighbridge_flows__WEBPACK_IMPORTED_MODULE_6__/* .formatCount */ .B)(those.length, 'file')} ${word} (${(0,_weighbridge_flows__WEBPACK_IMPORTED_MODULE_7__/* .formatSize */ .X)(sizeBytes)})`];
    });
    return `${model} ${version.version} in ${folder}: ${told.join(', ')}`;
}
/** Of very many files the first; the headline counts all. */
function fileRows({ files }) {
    const shown = files.slice(0, files.length > _list_steps_js__WEBPACK_IMPORTED_MODULE_8__/* .toldFiles */ .R9 + 1 ? _list_steps_js__WEBPACK_IMPORTED_MODULE_8__/* .toldFiles */ .R9 : files.length);
    const others = files.length - shown.length;
    return [...shown.map(rowOf), ...(others === 0 ? [] : [[`and ${others} more files`, '', '']])];
}
function rowOf({ name, sizeBytes, outcome, tensors }) {
    const part = tensors === null ? '' : ` (${(0,_weighbridge_flows__WEBPACK_IMPORTED_MODULE_6__/* .formatCount */ .B)(tensors.length, 'tensor')})`;
    return [`${name}${part}`, (0,_weighbridge_flows__WEBPACK_IMPORTED_MODULE_7__/* .formatSize */ .X)(sizeBytes), outcome];
}
//# sourceMappingURL=pull.js.map

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
