export const id = 2118;
export const ids = [2118];
export const modules = {

/***/ 12118:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ findRecorded),
/* harmony export */   referencedBytes: () => (/* binding */ referencedBytes)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(70120);
/* harmony import */ var _weighbridge_manifest__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(81103);
/* harmony import */ var _referenced_check_source_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(67466);
/* harmony import */ var _referenced_measure_remote_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(70169);
/* harmony import */ var _referenced_read_ahead_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(31964);
/* harmony import */ var _committed_files_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45179);






/** Each has pieces of its own in memory, 40 MiB at most. */
const referencedAtOnce = 4;
/** How many bytes of a file that is fetched are written at once. */
const pieceBytes = 1024 * 1024;
/** The files of a version that services keep at pinned addresses, and git those that have none. */
function referencedBytes(surroundings, kept) {
    const open = async (file) => {
        if (file.address === null)
            return (0,_committed_files_js__WEBPACK_IMPORTED_MODULE_0__/* .openCommitted */ .D)(surroundings, kept, file);
        return (0,_referenced_measure_remote_js__WEBPACK_IMPORTED_MODULE_1__/* .openRemote */ .d3)(surroundings, { path: file.path, file: await findRecorded(surroundings, file) });
    };
    return {
        store: null,
        filesAtOnce: referencedAtOnce,
        open,
        async bring(file, folder, told) {
            const source = await open(file);
            try {
                await bringResuming(surroundings, { file, source, folder, told });
            }
            finally {
                await source.close();
            }
        },
    };
}
/**
 * Goes on where a broken attempt was. When the whole is none of the digest then, what was left is what was wrong, such as
 * after a power cut, or the object was written over meanwhile: the file is begun anew, once.
 */
async function bringResuming(surroundings, { file, source, folder, told }) {
    let resumed = 0;
    const attempt = (bytes) => folder.resume(file.name, file, (left) => {
        resumed = left.sizeBytes;
        return verifiedPieces(surroundings, { ...file, left, source: (0,_referenced_read_ahead_js__WEBPACK_IMPORTED_MODULE_2__/* .readAhead */ .E)(source), told: bytes });
    });
    try {
        await attempt(told);
    }
    catch (error) {
        if (!(error instanceof _weighbridge_core__WEBPACK_IMPORTED_MODULE_3__/* .WeighbridgeError */ .kj) || error.code !== 'source/changed' || resumed === 0)
            throw error;
        // All of its bytes were told already.
        await attempt({ addBytes: () => { } });
    }
}
/** What lies at the address of a file now, if it is what was recorded. @throws source/* */
async function findRecorded(surroundings, file) {
    const { path, sizeBytes: size, digest: sha256 } = file;
    const source = { reference: path, address: file.address ?? '' };
    if ((0,_weighbridge_manifest__WEBPACK_IMPORTED_MODULE_4__/* .readAddress */ .z)(source.address) === null)
        throw notFetchable(file);
    return (0,_referenced_check_source_js__WEBPACK_IMPORTED_MODULE_5__/* .findSource */ .T)(surroundings, { size, sha256, source });
}
/** The ledger may hold whatever its writers put there. */
function notFetchable({ path, address }) {
    const because = `the ledger has ${JSON.stringify(address)} as its address, which is none`;
    return (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_3__/* .weighbridgeError */ .q)('source/unread', { reference: path, because, remedy: 'Register the version again.' });
}
/**
 * The bytes in order that follow on what is left of an earlier attempt; ends with an error when all together are others
 * than those of the digest.
 */
async function* verifiedPieces({ newHash }, { left, source, digest, path, address, told, }) {
    const hash = newHash();
    for await (const bytes of piecesOf(left, 0)) {
        hash.update(bytes);
        told.addBytes(bytes.length);
    }
    for await (const bytes of piecesOf(source, left.sizeBytes)) {
        hash.update(bytes);
        told.addBytes(bytes.length);
        yield bytes;
    }
    const actual = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_6__/* .formatDigest */ .MO)(hash.digest());
    if (actual === digest)
        return;
    throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_3__/* .weighbridgeError */ .q)('source/changed', {
        address: address ?? path,
        what: `its bytes are ${actual} and should be ${digest}`,
    });
}
async function* piecesOf(source, from) {
    for (let offset = from; offset < source.sizeBytes; offset += pieceBytes) {
        yield await source.read(offset, Math.min(pieceBytes, source.sizeBytes - offset));
    }
}
//# sourceMappingURL=referenced-bytes.js.map

/***/ }),

/***/ 67466:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ measureSource),
/* harmony export */   T: () => (/* binding */ findSource)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(81103);
/* harmony import */ var _dvc_dvc_source_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(18199);
/* harmony import */ var _measure_remote_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(70169);




/**
 * What lies at the pinned address of a file now: its size and digest as they were, and its header read anew. The bytes
 * are read to their end only where the service does not say their SHA-256, or all of them on request.
 * @throws source/gone, source/changed, source/unread, store/*, formats/*
 */
async function measureSource(surroundings, file, { beside, bytes }) {
    const placed = await Promise.all([file, ...beside.filter((each) => each.source !== null && each !== file)].map(async (each) => ({
        path: each.path,
        // Neighbours are only opened by what needs them.
        file: each === file ? await findSource(surroundings, each) : expected(each),
    })));
    const [own] = placed;
    if (own === undefined)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('core/invariant', { reason: 'a file was not among its neighbours' });
    const named = nameOf(file);
    // What DVC calls it is only compared by reading it.
    const looked = bytes === 'all' || named !== null ? { ...own, file: { ...own.file, sha256: null } } : own;
    const reading = { beside: placed, bytes: 'needed', staging: null, ...(named === null ? {} : { named }) };
    const measured = await (0,_measure_remote_js__WEBPACK_IMPORTED_MODULE_1__/* .measureRemote */ .Th)(surroundings, looked, reading);
    if (measured.sha256 !== file.sha256)
        throw changed(file, `its SHA-256 is ${measured.sha256}`);
    return measured;
}
function nameOf({ source }) {
    const from = source === null ? null : (0,_dvc_dvc_source_js__WEBPACK_IMPORTED_MODULE_2__/* .parseDvcSource */ .Qi)(source);
    const parts = source === null || from === null ? null : (0,_dvc_dvc_source_js__WEBPACK_IMPORTED_MODULE_2__/* .partsOfAddress */ .Yj)(source);
    return from === null || parts === null ? null : { ...parts, record: from.record };
}
/** The object at the address of an artifact, if it is of the size and digest that were recorded. */
async function findSource({ remote }, file) {
    const { address, sizeBytes } = expected(file);
    const text = file.source?.address ?? '';
    const listing = await remote?.list(address);
    if (listing === undefined || listing.kind === 'unread') {
        const { because, remedy } = listing ?? { because: 'nobody is asked offline', remedy: 'Run it without --offline.' };
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('source/unread', { reference: text, because, remedy });
    }
    const [found] = listing.kind === 'files' ? listing.files : [];
    if (found === undefined)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('source/gone', { address: text });
    if (found.sizeBytes !== sizeBytes)
        throw changed(file, `it has ${found.sizeBytes} bytes instead of ${sizeBytes}`);
    if (found.sha256 !== null && found.sha256 !== file.sha256)
        throw changed(file, `its SHA-256 is ${found.sha256}`);
    return { address, sizeBytes, sha256: found.sha256 };
}
function expected({ size, sha256, source }) {
    const address = source === null ? null : (0,_weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__/* .readAddress */ .z)(source.address);
    if (address === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('core/invariant', { reason: 'a file without a source was to be found' });
    return { address, sizeBytes: size, sha256 };
}
function changed({ source }, what) {
    return (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('source/changed', { address: source?.address ?? '', what });
}
//# sourceMappingURL=check-source.js.map

/***/ })

};
