export const id = 7922;
export const ids = [7922];
export const modules = {

/***/ 57922:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   signStatement: () => (/* binding */ signStatement)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);

const tries = 2;
/** The port's `sign`: see KeylessSigner. @throws evidence/keyless */
async function signStatement(payload, payloadType, services) {
    const { bundleToJSON } = await __webpack_require__.e(/* import() */ 1040).then(__webpack_require__.t.bind(__webpack_require__, 61040, 19));
    const { DSSEBundleBuilder, FulcioSigner, RekorWitness, TSAWitness } = await Promise.all(/* import() */[__webpack_require__.e(1040), __webpack_require__.e(7171), __webpack_require__.e(4463), __webpack_require__.e(5179)]).then(__webpack_require__.t.bind(__webpack_require__, 15179, 19));
    const limits = { timeout: services.timeoutMs, retry: tries };
    const { fulcioUrl, rekorUrl, timestampUrl } = services;
    const builder = new DSSEBundleBuilder({
        signer: new FulcioSigner({
            identityProvider: { getToken: services.identityToken },
            fulcioBaseURL: fulcioUrl,
            ...limits,
        }),
        witnesses: [
            ...(rekorUrl === null ? [] : [new RekorWitness({ rekorBaseURL: rekorUrl, entryType: 'dsse', ...limits })]),
            ...(timestampUrl === null ? [] : [new TSAWitness({ tsaBaseURL: timestampUrl, ...limits })]),
        ],
    });
    let bundle;
    try {
        bundle = await builder.create({ data: Buffer.from(payload), type: payloadType });
    }
    catch (cause) {
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('evidence/keyless', { reason: reasonOf(cause), address: fulcioUrl }, { cause });
    }
    return JSON.parse(JSON.stringify(bundleToJSON(bundle)));
}
/** Codes of @sigstore/sign are safe to show; messages may quote an answer. */
function reasonOf(cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    return /^[A-Z_]{1,64}$/.test(code) ? code.toLowerCase().replaceAll('_', ' ') : 'no answer that can be used';
}
//# sourceMappingURL=sign-statement.js.map

/***/ })

};
