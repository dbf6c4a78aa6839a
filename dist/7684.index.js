export const id = 7684;
export const ids = [7684,6882];
export const modules = {

/***/ 6882:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   verifyVersion: () => (/* binding */ verifyVersion)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_evidence__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(63216);
/* harmony import */ var _reading_files_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(78584);
/* harmony import */ var _governing_governance_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(61012);
/* harmony import */ var _registry_history_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(63518);
/* harmony import */ var _check_signatures_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(46408);
/* harmony import */ var _registry_version_artifacts_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(45016);







/**
 * Verifies the signatures of a registered version against the artifacts that the ledger records, and those against files.
 * @throws signing/nobody-allowed, signing/not-signable, flow/unknown-version
 */
async function verifyVersion(surroundings, request) {
    const governance = await (0,_governing_governance_js__WEBPACK_IMPORTED_MODULE_0__/* .readGovernance */ .r3)((0,_reading_files_js__WEBPACK_IMPORTED_MODULE_1__/* .filesOfWorkTree */ .UH)(surroundings.workTree), surroundings.sha256);
    const { signing } = governance.policy;
    const tools = surroundings.signing;
    if (signing === undefined || tools === undefined)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .weighbridgeError */ .q)('signing/nobody-allowed', {});
    const model = (0,_governing_governance_js__WEBPACK_IMPORTED_MODULE_0__/* .findModel */ .P6)(governance, request.model).manifest.name;
    const { catalogue, notices } = await (0,_registry_history_js__WEBPACK_IMPORTED_MODULE_3__/* .readHistory */ .Lu)(surroundings, model, null);
    const version = (0,_registry_history_js__WEBPACK_IMPORTED_MODULE_3__/* .findVersion */ .Am)(model, catalogue, request.version);
    const trust = { signing, files: surroundings.workTree };
    const { signatures, facts } = await (0,_check_signatures_js__WEBPACK_IMPORTED_MODULE_4__/* .checkSignatures */ .ae)(surroundings, tools, { trust, version, model });
    const newest = signatures.filter(({ judged }) => 'value' in judged).at(-1) ?? null;
    const ignored = newest !== null && 'value' in newest.judged ? newest.judged.value.statement.ignorePaths : [];
    const recorded = (0,_weighbridge_evidence__WEBPACK_IMPORTED_MODULE_5__/* .resourcesOf */ .F3)(await (0,_registry_version_artifacts_js__WEBPACK_IMPORTED_MODULE_6__/* .artifactsOf */ .Ns)(surroundings.ledger, version), model);
    const differences = request.files === null ? null : compareFiles(recorded, request.files, ignored);
    return {
        version,
        signatures: facts,
        differences,
        bundle: newest?.bundle ?? null,
        verified: newest !== null && (differences ?? []).length === 0,
        notices,
    };
}
/** Files that a statement says it left out are passed over, except where the version has them. */
function compareFiles(resources, files, ignored) {
    const names = new Set(resources.map(({ name }) => name));
    const passedOver = [..._weighbridge_evidence__WEBPACK_IMPORTED_MODULE_5__/* .excludedNames */ .bL, ...ignored];
    return (0,_weighbridge_evidence__WEBPACK_IMPORTED_MODULE_5__/* .compareResources */ .TX)(resources, files.filter(({ name }) => names.has(name) || !(0,_weighbridge_evidence__WEBPACK_IMPORTED_MODULE_5__/* .isExcluded */ .RF)(name, passedOver)));
}
//# sourceMappingURL=verify-version.js.map

/***/ }),

/***/ 87684:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  verifyCommand: () => (/* binding */ verifyCommand)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./packages/flows/build/signing/verify-version.js
var verify_version = __webpack_require__(6882);
// EXTERNAL MODULE: ./packages/report/build/escape-markdown.js
var escape_markdown = __webpack_require__(6968);
// EXTERNAL MODULE: ./packages/host/build/model-version.js
var model_version = __webpack_require__(97195);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/core/build/digest.js
var digest = __webpack_require__(70120);
// EXTERNAL MODULE: ./packages/host/build/sha256.js
var sha256 = __webpack_require__(13812);
;// CONCATENATED MODULE: ./packages/host/build/read-folder.js





/** As many as a signature can list. */
const maxFiles = 65_535;
/**
 * Every file of a folder of the local disk with its SHA-256, by its path in it with `/`. Links are not followed, since
 * what they point at may change after the comparison. @throws signing/folder-unreadable
 */
async function readFolder(folder) {
    const files = [];
    for (const name of await listFiles(folder, '')) {
        files.push({ name, digest: await hashFile((0,external_node_path_.join)(folder, name)) });
    }
    return files;
}
async function listFiles(folder, inside) {
    const names = [];
    for (const item of await readEntries((0,external_node_path_.join)(folder, inside))) {
        const name = `${inside}${item.name}`;
        if (item.isDirectory())
            names.push(...(await listFiles(folder, `${name}/`)));
        else if (item.isFile())
            names.push(name);
        else
            throw (0,error/* weighbridgeError */.q)('signing/folder-unreadable', { path: name, reason: 'it is a link or no plain file' });
        if (names.length > maxFiles) {
            throw (0,error/* weighbridgeError */.q)('signing/folder-unreadable', {
                path: folder,
                reason: `it holds more than ${maxFiles} files`,
            });
        }
    }
    return names;
}
async function readEntries(folder) {
    try {
        return await (0,promises_.readdir)(folder, { withFileTypes: true });
    }
    catch (cause) {
        throw (0,error/* weighbridgeError */.q)('signing/folder-unreadable', { path: folder, reason: 'it is no folder that can be read' }, { cause });
    }
}
async function hashFile(path) {
    const hash = (0,sha256/* newHash */.tw)();
    for await (const bytes of (0,external_node_fs_.createReadStream)(path, { highWaterMark: 1 << 20 }))
        hash.update(bytes);
    return (0,digest/* formatDigest */.MO)(hash.digest());
}
//# sourceMappingURL=read-folder.js.map
;// CONCATENATED MODULE: ./packages/host/build/commands/verify.js






const shownDifferences = 50;
const verifyCommand = {
    spec: {
        name: 'verify',
        summary: 'Verify the signatures of a version, and its files',
        description: 'Checks the signatures that the ledger names against the artifacts that it records, by the policy as it is now, and needs no network. With a folder, every file in it must be one that was signed: other bytes, missing files and files that nobody signed are told by name. Exit 1 where no signature counts or a file differs.',
        arguments: [
            { name: 'model', description: 'MODEL@VERSION', required: true },
            { name: 'folder', description: 'Folder that holds the files of the version, and only those.' },
        ],
        inputs: [
            {
                name: 'output',
                description: 'File anywhere to write the bundle that counts to, for other tools.',
                type: 'text',
                placeholder: 'FILE',
            },
        ],
        outputs: [
            { name: 'verified', description: 'true or false.' },
            { name: 'signer', description: 'Name of the key, or address of the workflow, that signed last.' },
        ],
        examples: ['weighbridge verify fraud@1.4.0', 'weighbridge verify fraud@production models/fraud/out'],
    },
    run: async (inputs, host) => {
        const { model, version } = (0,model_version/* modelVersionOf */.J)(inputs, 'verify');
        const folder = inputs.text('folder');
        const files = folder === null ? null : await readFolder((0,external_node_path_.resolve)(host.folder, folder));
        const found = await (0,verify_version.verifyVersion)(host.surroundings, { model, version, files });
        const output = inputs.text('output');
        if (output !== null && found.bundle !== null && !inputs.boolean('dry-run')) {
            await (0,promises_.writeFile)((0,external_node_path_.resolve)(host.folder, output), `${JSON.stringify(found.bundle)}\n`);
        }
        const { signatures, differences, verified } = found;
        const lines = tell(model, found, folder);
        return {
            exitCode: verified ? 0 : 1,
            json: { model, version: found.version.version, verified, signatures, differences },
            text: lines.join('\n'),
            markdown: lines.map((line) => `- ${(0,escape_markdown/* escapeMarkdown */.FV)(line)}`).join('\n'),
            notices: found.notices,
            outputs: { verified: String(verified), signer: signatures.good.at(-1)?.signer.name ?? '' },
        };
    },
};
function tell(model, { version, signatures, differences }, folder) {
    const name = `${model} ${version.version}`;
    const lines = signatures.good.map(({ signer, time }) => `${name} is signed by ${signer.name} (${time})`);
    lines.push(...signatures.refused.map((reason) => `A signature of ${name} does not count: ${reason}`));
    if (lines.length === 0)
        lines.push(`${name} is not signed. Sign it with "weighbridge sign ${model}@${version.version}".`);
    if (differences === null)
        return lines;
    if (differences.length === 0)
        return [...lines, `All files of ${folder} are those of ${name}`];
    const more = differences.length - shownDifferences;
    lines.push(...differences.slice(0, shownDifferences).map((difference) => `In ${folder}: ${difference}`));
    return more > 0 ? [...lines, `And ${more} more`] : lines;
}
//# sourceMappingURL=verify.js.map

/***/ }),

/***/ 97195:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ modelVersionOf)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);

/** The argument MODEL@VERSION of a command. @throws host/input */
function modelVersionOf(inputs, command) {
    const [model = '', version = ''] = (inputs.text('model') ?? '').split(/@(.*)/s);
    if (model === '' || version === '') {
        const name = model === '' ? 'MODEL' : model;
        const reason = `a version is missing: write ${name}@VERSION, with a number, a stage or an alias, such as ${name}@production`;
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('host/input', { input: 'model', reason, command });
    }
    return { model, version };
}
//# sourceMappingURL=model-version.js.map

/***/ })

};
