export const id = 8112;
export const ids = [8112];
export const modules = {

/***/ 58112:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bomCommand: () => (/* binding */ bomCommand)
/* harmony export */ });
/* harmony import */ var _weighbridge_flows__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58829);
/* harmony import */ var _write_document_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89527);


const bomCommand = {
    spec: {
        name: 'bom',
        summary: 'Write the bill of materials of a version (CycloneDX)',
        description: 'CycloneDX 1.6 JSON: the model with its card, pedigree and licence, each file with its SHA-256, each data set as it was pinned. The same record gives the same bytes: canonical JSON, a serial number made from the content, the time of the registration.',
        arguments: [_write_document_js__WEBPACK_IMPORTED_MODULE_0__/* .documentArgument */ .Ts],
        inputs: [_write_document_js__WEBPACK_IMPORTED_MODULE_0__/* .outputInput */ .WK, _write_document_js__WEBPACK_IMPORTED_MODULE_0__/* .recordedInput */ .nk],
        outputs: [],
        examples: ['weighbridge bom fraud', 'weighbridge bom fraud@production --output fraud.cdx.json'],
    },
    run: runBom,
};
async function runBom(inputs, host) {
    const asked = (0,_write_document_js__WEBPACK_IMPORTED_MODULE_0__/* .askedVersion */ .h4)(inputs, 'bom');
    if (inputs.boolean('recorded')) {
        const { model, version, text, digest } = await (0,_weighbridge_flows__WEBPACK_IMPORTED_MODULE_1__/* .readRecordedDocument */ .YR)(host.surroundings, asked, 'bom');
        const json = { bom: JSON.parse(text), recorded: digest };
        return (0,_write_document_js__WEBPACK_IMPORTED_MODULE_0__/* .writeDocument */ .ft)(inputs, host, { command: 'bom', model, version, text, json, notices: [] });
    }
    const documents = await (0,_weighbridge_flows__WEBPACK_IMPORTED_MODULE_1__/* .readVersionDocuments */ .rS)(host.surroundings, { ...asked, versioning: host.policy.versioning });
    const { model, version, bom } = documents;
    return (0,_write_document_js__WEBPACK_IMPORTED_MODULE_0__/* .writeDocument */ .ft)(inputs, host, {
        command: 'bom',
        model,
        version,
        text: bom.text,
        json: { bom: bom.bom },
        notices: [],
    });
}
//# sourceMappingURL=bom.js.map

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
