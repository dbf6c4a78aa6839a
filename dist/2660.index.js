export const id = 2660;
export const ids = [2660];
export const modules = {

/***/ 80310:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ documentName),
/* harmony export */   T: () => (/* binding */ readDocumentFiles)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49302);
/* harmony import */ var _version_documents_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58829);


/**
 * Card, bill of materials and release notes of a version. With `recorded`, card and bill of materials are those that
 * registration recorded, where it did: the ledger names their digests. Notes are always those of now.
 * @throws as readVersionDocuments
 */
async function readDocumentFiles(surroundings, question) {
    const made = await (0,_version_documents_js__WEBPACK_IMPORTED_MODULE_0__/* .readVersionDocuments */ .rS)(surroundings, question);
    const { model, version } = made;
    const read = async (kind, now) => question.recorded ? ((await readRecorded(surroundings, { model, version }, kind)) ?? now) : now;
    const named = (suffix) => documentName(model, version, suffix);
    const files = [
        {
            kind: 'model-card',
            name: named('card.md'),
            mediaType: 'text/markdown',
            text: await read('model-card', made.card),
        },
        {
            kind: 'bom',
            name: named('cdx.json'),
            mediaType: 'application/vnd.cyclonedx+json',
            text: await read('bom', made.bom.text),
        },
        { kind: 'notes', name: named('notes.md'), mediaType: 'text/markdown', text: made.notes },
    ];
    return { model: model, version, files, notices: made.notices };
}
/** Name of a file that is about a version; build metadata is set off by a dot, since a forge renames what has a plus. */
function documentName(model, version, suffix) {
    return `${model}-${version.replaceAll('+', '.')}.${suffix}`;
}
/** Null for versions of before documents were recorded. */
async function readRecorded(surroundings, question, kind) {
    try {
        return (await (0,_version_documents_js__WEBPACK_IMPORTED_MODULE_0__/* .readRecordedDocument */ .YR)(surroundings, question, kind)).text;
    }
    catch (error) {
        if (error instanceof _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .WeighbridgeError */ .kj && error.code === 'flow/no-recorded-document')
            return null;
        throw error;
    }
}
//# sourceMappingURL=document-files.js.map

/***/ }),

/***/ 32660:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   documentsCommand: () => (/* binding */ documentsCommand)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(70120);
/* harmony import */ var _weighbridge_flows__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(80310);
/* harmony import */ var _weighbridge_report__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(26983);
/* harmony import */ var _root_path_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(15607);
/* harmony import */ var _sha256_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(13812);
/* harmony import */ var _write_document_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(89527);







const documentsCommand = {
    spec: {
        name: 'documents',
        summary: 'Write model card, bill of materials and release notes of a version into a folder',
        description: 'What "weighbridge card", "weighbridge bom" and "weighbridge notes" write, in one run and under names that say what they are of: fraud-2.0.0.card.md, fraud-2.0.0.cdx.json and fraud-2.0.0.notes.md. For a job that hands them on; "weighbridge release" attaches them to a release by itself.',
        arguments: [_write_document_js__WEBPACK_IMPORTED_MODULE_1__/* .documentArgument */ .Ts],
        inputs: [
            {
                name: 'into',
                description: 'Folder in the repository to write to; MODEL-VERSION-documents when not given.',
                type: 'text',
                placeholder: 'DIR',
            },
            _write_document_js__WEBPACK_IMPORTED_MODULE_1__/* .recordedInput */ .nk,
        ],
        outputs: [
            { name: 'model', description: 'Name of the model.' },
            { name: 'version', description: 'The version that they are of.' },
            { name: 'card', description: 'Path of the model card, relative to the root of the repository.' },
            { name: 'bom', description: 'Path of the bill of materials.' },
            { name: 'notes', description: 'Path of the release notes.' },
        ],
        examples: ['weighbridge documents fraud@2.0.0', 'weighbridge documents fraud --into out --recorded'],
    },
    run: runDocuments,
};
async function runDocuments(inputs, host) {
    const question = { ...(0,_write_document_js__WEBPACK_IMPORTED_MODULE_1__/* .askedVersion */ .h4)(inputs, 'documents'), versioning: host.policy.versioning };
    const recorded = inputs.boolean('recorded');
    const dryRun = inputs.boolean('dry-run');
    const { model, version, files, notices } = await (0,_weighbridge_flows__WEBPACK_IMPORTED_MODULE_2__/* .readDocumentFiles */ .T)(host.surroundings, { ...question, recorded });
    const into = (0,_root_path_js__WEBPACK_IMPORTED_MODULE_3__/* .rootPath */ .w)(host, inputs.text('into') ?? `${model}-${version}-documents`, {
        command: 'documents',
        input: 'into',
    });
    const written = files.map((file) => ({ ...file, path: node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(into, file.name) }));
    if (!dryRun)
        for (const { path, text } of written)
            await host.surroundings.workTree.write(path, (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_4__/* .utf8 */ .As)(text));
    const told = written.map(({ kind, path, text }) => ({ kind, file: path, digest: (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_4__/* .digestBytes */ .QN)(_sha256_js__WEBPACK_IMPORTED_MODULE_5__/* .sha256 */ .sc, (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_4__/* .utf8 */ .As)(text)) }));
    const headline = `${dryRun ? 'Would write' : 'Wrote'} the documents of ${model} ${version}`;
    const rows = [['document', 'file', 'digest'], ...told.map(({ kind, file, digest }) => [kind, file, digest])];
    const pathOf = (kind) => written.find((each) => each.kind === kind)?.path ?? '';
    return {
        exitCode: 0,
        json: { dry_run: dryRun, model, version, files: told },
        text: `${headline}\n${(0,_weighbridge_report__WEBPACK_IMPORTED_MODULE_6__/* .renderTextTable */ .K)(rows)}`,
        markdown: `${headline}\n\n${(0,_weighbridge_report__WEBPACK_IMPORTED_MODULE_6__/* .renderMarkdownTable */ .I)(rows)}`,
        notices,
        outputs: { model, version, card: pathOf('model-card'), bom: pathOf('bom'), notes: pathOf('notes') },
    };
}
//# sourceMappingURL=documents.js.map

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
