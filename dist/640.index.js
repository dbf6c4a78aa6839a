export const id = 640;
export const ids = [640,2118];
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

/***/ }),

/***/ 70640:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  storeUrlCommand: () => (/* binding */ storeUrlCommand)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/manifest/build/reference/file-address.js
var file_address = __webpack_require__(81103);
// EXTERNAL MODULE: ./packages/flows/build/reading/in-parallel.js
var in_parallel = __webpack_require__(66118);
// EXTERNAL MODULE: ./packages/flows/build/referenced/measure-remote.js
var measure_remote = __webpack_require__(70169);
// EXTERNAL MODULE: ./packages/flows/build/stored/cold-bytes.js
var cold_bytes = __webpack_require__(59240);
// EXTERNAL MODULE: ./packages/flows/build/stored/moved-store.js
var moved_store = __webpack_require__(36313);
// EXTERNAL MODULE: ./packages/flows/build/fetch/find-content.js
var find_content = __webpack_require__(89068);
// EXTERNAL MODULE: ./packages/flows/build/fetch/find-stored.js
var find_stored = __webpack_require__(11170);
// EXTERNAL MODULE: ./packages/flows/build/fetch/referenced-bytes.js
var referenced_bytes = __webpack_require__(12118);
// EXTERNAL MODULE: ./packages/flows/build/fetch/version-bytes.js
var version_bytes = __webpack_require__(17005);
// EXTERNAL MODULE: ./packages/flows/build/fetch/version-files.js
var version_files = __webpack_require__(34393);
;// CONCATENATED MODULE: ./packages/flows/build/fetch/presign-files.js











/** Each is two small requests. */
const looksAtOnce = 8;
/**
 * Addresses that let their holder read files of a version without credentials, for a time: of its store, or of the
 * buckets that its manifest referred to, whose objects are looked at before, and their first byte read. They are secrets for that long: whoever
 * shows them shows them to nobody else.
 * @throws as findStored, flow/nothing-selected, flow/bytes-cold, flow/no-addresses, store/missing, store/compressed, source/*
 */
async function presignFiles(surroundings, asked) {
    const kept = await (0,find_content/* findContent */.N)(surroundings, asked);
    const selected = (0,version_files/* selectFiles */.AL)(kept.files, asked.only, { model: kept.model, version: kept.version.version });
    return (0,version_bytes/* isByReference */.B)(kept)
        ? presignReferenced(surroundings, kept, { selected, ...asked })
        : presignStored((0,find_stored/* inStore */.jw)(surroundings, kept), { selected, ...asked });
}
async function presignStored({ model, version, store, isPointed, notices }, { selected, expiresInSeconds }) {
    const where = { model, version: version.version, store: version.store };
    // An address of what is archived is of no use to whoever gets it.
    if (!isPointed)
        await (0,cold_bytes/* requireReadable */.CM)(store, selected, { model, version: version.version });
    const files = [];
    for (const file of selected) {
        const parts = await (0,moved_store/* readMoved */.C)(store, where, () => store.presign(file.digest, { expiresInSeconds }));
        if (parts === null)
            throw (0,error/* weighbridgeError */.q)('flow/no-addresses', { address: store.address });
        files.push({ ...file, parts });
    }
    return { model, version, notices, files };
}
async function presignReferenced(surroundings, { model, version, notices }, { selected, expiresInSeconds }) {
    const files = await (0,in_parallel/* inParallel */.H)(selected, looksAtOnce, async (file) => {
        if (file.address === null)
            throw (0,error/* weighbridgeError */.q)('flow/no-addresses', { address: `git, which has ${file.name},` });
        const { address, sizeBytes } = await (0,referenced_bytes/* findRecorded */.O)(surroundings, file);
        const url = (await surroundings.remote?.presign?.(address, { expiresInSeconds })) ?? null;
        if (url === null)
            throw (0,error/* weighbridgeError */.q)('flow/no-addresses', { address: (0,file_address/* formatAddress */.M)(address) });
        await requireByte(surroundings, { path: file.path, file: { address, sizeBytes, sha256: null } });
        return { ...file, parts: [{ url, offset: 0, lengthBytes: sizeBytes }] };
    });
    return { model, version, files, notices: [...notices, ...movingNotices(selected)] };
}
/**
 * Whoever signs an address lends its own right to read, and what is in an archive is described like everything else: only
 * reading tells that an address is of use. @throws source/archived, source/gone, source/unread, store/*
 */
async function requireByte(surroundings, placed) {
    const source = await (0,measure_remote/* openRemote */.d3)(surroundings, placed);
    try {
        await source.read(0, Math.min(1, source.sizeBytes));
    }
    finally {
        await source.close();
    }
}
/** Nothing holds a reader to what was looked at now. */
function movingNotices(selected) {
    const moving = selected.filter(({ address }) => {
        const read = address === null ? null : (0,file_address/* readAddress */.z)(address);
        return read !== null && 'version' in read && read.version === null;
    });
    return moving.map(({ name, address }) => ({
        level: 'notice',
        text: `${name}: the bucket of ${address} keeps no versions; let whoever reads it compare the SHA-256.`,
    }));
}
//# sourceMappingURL=presign-files.js.map
// EXTERNAL MODULE: ./packages/flows/build/format-count.js
var format_count = __webpack_require__(47371);
// EXTERNAL MODULE: ./packages/host/build/model-version.js
var model_version = __webpack_require__(97195);
;// CONCATENATED MODULE: ./packages/host/build/commands/store-url.js



const maxSeconds = 7 * 24 * 3600;
const storeUrlCommand = {
    spec: {
        name: 'store url',
        summary: 'Make addresses that let others read files of a version for a time',
        description: 'Presigned addresses of an object store. A file that is one object has one address; a file in pieces has a list in order, each with the range of bytes to ask for: their bytes one behind the other are the file. Of a version that was registered with "store: reference" they are those of the objects at S3, Cloud Storage or Azure that its record names. Whoever has an address can read until it expires, so they go to standard output only.',
        arguments: [
            { name: 'model', description: 'MODEL@VERSION', required: true },
            { name: 'path', description: 'File of the version, or a pattern; all files when not given.' },
        ],
        inputs: [
            {
                name: 'expires',
                description: 'Seconds until the addresses end, at most a week.',
                type: 'integer',
                default: '3600',
                placeholder: 'SECONDS',
            },
        ],
        outputs: [],
        examples: ['weighbridge store url fraud@production model.safetensors --expires 600'],
    },
    run: async (inputs, host) => {
        const expiresInSeconds = secondsOf(inputs);
        const asked = { ...(0,model_version/* modelVersionOf */.J)(inputs, 'store url'), only: inputs.text('path'), expiresInSeconds };
        const { model, version, files, notices } = await presignFiles(host.surroundings, asked);
        const told = files.map(({ name, sizeBytes, digest, parts }) => ({
            name,
            size: sizeBytes,
            sha256: digest,
            parts: parts.map(({ url, offset, lengthBytes }) => ({ url, offset, length: lengthBytes })),
        }));
        const lines = told.flatMap(({ name, parts }) => [
            `${name}:`,
            ...parts.map(({ url, offset, length }) => `  bytes=${offset}-${offset + length - 1} ${url}`),
        ]);
        return {
            exitCode: 0,
            json: { model, version: version.version, expires_in: expiresInSeconds, files: told },
            text: lines.join('\n'),
            markdown: `Addresses of ${(0,format_count/* formatCount */.B)(files.length, 'file')} of ${model} ${version.version} were made; they are not shown here.`,
            notices,
            outputs: {},
        };
    },
};
/** @throws host/input */
function secondsOf(inputs) {
    const seconds = inputs.integer('expires') ?? 3600;
    if (Number.isSafeInteger(seconds) && seconds >= 1 && seconds <= maxSeconds)
        return seconds;
    const reason = `write a number of seconds from 1 to ${maxSeconds}`;
    throw (0,error/* weighbridgeError */.q)('host/input', { input: 'expires', reason, command: 'store url' });
}
//# sourceMappingURL=store-url.js.map

/***/ })

};
