export const id = 6882;
export const ids = [6882];
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

/***/ })

};
