export const id = 4630;
export const ids = [4630];
export const modules = {

/***/ 84630:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cardCommand: () => (/* binding */ cardCommand)
/* harmony export */ });
/* harmony import */ var _weighbridge_flows__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58829);
/* harmony import */ var _write_document_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89527);


const cardCommand = {
    spec: {
        name: 'card',
        summary: 'Write the model card of a version',
        description: 'A card in the form of the Hugging Face Hub, filled from the record: licence, base model, data, results, what changed, the gate, lineage, approvals, files. A README.md that the team keeps with the model is taken over: its words stay, its front matter is completed, and where it contradicts the record both are shown and a warning says so. What nobody knows is left out.',
        arguments: [_write_document_js__WEBPACK_IMPORTED_MODULE_0__/* .documentArgument */ .Ts],
        inputs: [_write_document_js__WEBPACK_IMPORTED_MODULE_0__/* .outputInput */ .WK, _write_document_js__WEBPACK_IMPORTED_MODULE_0__/* .recordedInput */ .nk],
        outputs: [],
        examples: ['weighbridge card fraud', 'weighbridge card fraud@2.0.0 --output models/fraud/README.md'],
    },
    run: runCard,
};
async function runCard(inputs, host) {
    const asked = (0,_write_document_js__WEBPACK_IMPORTED_MODULE_0__/* .askedVersion */ .h4)(inputs, 'card');
    if (inputs.boolean('recorded')) {
        const { model, version, text, digest } = await (0,_weighbridge_flows__WEBPACK_IMPORTED_MODULE_1__/* .readRecordedDocument */ .YR)(host.surroundings, asked, 'model-card');
        const json = { card: text, recorded: digest };
        return (0,_write_document_js__WEBPACK_IMPORTED_MODULE_0__/* .writeDocument */ .ft)(inputs, host, { command: 'card', model, version, text, json, notices: [] });
    }
    const documents = await (0,_weighbridge_flows__WEBPACK_IMPORTED_MODULE_1__/* .readVersionDocuments */ .rS)(host.surroundings, { ...asked, versioning: host.policy.versioning });
    const { model, version, card: text, disagreements, notices } = documents;
    const json = { card: text, disagreements };
    return (0,_write_document_js__WEBPACK_IMPORTED_MODULE_0__/* .writeDocument */ .ft)(inputs, host, { command: 'card', model, version, text, json, notices });
}
//# sourceMappingURL=card.js.map

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
