export const id = 640;
export const ids = [640,2118];
export const modules = {

/***/ 45179:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ openCommitted),
/* harmony export */   c: () => (/* binding */ requireCommitted)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(35097);
/* harmony import */ var _reading_files_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(78584);


/**
 * Looks whether the commit of a version has files that neither a store nor a service keeps, before anything is brought.
 * @throws flow/not-in-git, flow/commit-missing
 */
async function requireCommitted(surroundings, kept, files) {
    const [first] = files;
    if (first === undefined)
        return;
    const { commit, name } = await filesOf(surroundings, kept, first);
    const paths = files.map(({ path }) => path);
    const there = await surroundings.repository.objectsAt(commit, paths);
    const absent = files.find(({ path }) => !there.has(path));
    if (absent !== undefined)
        throw notInGit(kept, absent, `commit ${name} does not have it`);
}
/**
 * A file as the commit of a version has it: data of git, not yet compared with its digest. The caller closes it.
 * @throws flow/not-in-git where git has none of its size, such as a pointer of Git LFS; flow/commit-missing
 */
async function openCommitted(surroundings, kept, file) {
    const { files, name } = await filesOf(surroundings, kept, file);
    const source = await files.open(file.path);
    if (source === null)
        throw notInGit(kept, file, `commit ${name} does not have it`);
    if (source.sizeBytes === file.sizeBytes)
        return source;
    await source.close();
    const because = `commit ${name} has ${source.sizeBytes} bytes of it instead of ${file.sizeBytes}, as for a file in Git LFS`;
    throw notInGit(kept, file, because);
}
/** The commit is fetched where the clone does not have it. */
async function filesOf({ repository }, kept, file) {
    const { commit } = kept.version;
    if (commit === null)
        throw notInGit(kept, file, 'no commit was recorded');
    const files = await (0,_reading_files_js__WEBPACK_IMPORTED_MODULE_0__/* .openCommitFiles */ .th)(repository, commit);
    return { files, commit, name: files.name };
}
function notInGit({ model, version: { version } }, { path }, because) {
    return (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .weighbridgeError */ .q)('flow/not-in-git', { path, model, version, because });
}
//# sourceMappingURL=committed-files.js.map

/***/ }),

/***/ 11170:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FC: () => (/* binding */ findStored),
/* harmony export */   Qm: () => (/* binding */ findKept),
/* harmony export */   jw: () => (/* binding */ inStore)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35097);
/* harmony import */ var _registry_lost_ledger_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(15206);
/* harmony import */ var _retention_require_bytes_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(66240);
/* harmony import */ var _registry_find_registered_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(11536);
/* harmony import */ var _version_files_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(34393);
/* harmony import */ var _registry_version_artifacts_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(45016);






/**
 * The version that is asked for, from the ledger alone, and the store to read it from.
 * @throws flow/no-ledger, flow/ledger-missing, flow/not-registered, flow/unknown-version, flow/not-stored,
 * flow/bytes-released, flow/no-store-to-read, flow/path-leaves-folder
 */
async function findStored(surroundings, asked) {
    return inStore(surroundings, await findKept(surroundings, asked));
}
/** The same with its store. @throws flow/not-stored, flow/no-store-to-read */
function inStore({ store }, kept) {
    const { model, version, notices } = kept;
    const about = { model, version: version.version };
    if (version.store === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/not-stored', about);
    if (store === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/no-store-to-read', { what: `the files of ${model} ${about.version}` });
    return { ...kept, store, notices: [...notices, ...movedStore(version.store, store, about)] };
}
/**
 * The version that is asked for, from the ledger alone, wherever its bytes are.
 * @throws flow/no-ledger, flow/ledger-missing, flow/not-registered, flow/unknown-version, flow/bytes-released,
 * flow/path-leaves-folder
 */
async function findKept(surroundings, asked) {
    await requireLedger(surroundings, asked);
    const { catalogue, version } = await (0,_registry_find_registered_js__WEBPACK_IMPORTED_MODULE_1__/* .findRegistered */ .E)(surroundings, asked);
    (0,_retention_require_bytes_js__WEBPACK_IMPORTED_MODULE_2__/* .requireBytes */ .V)(catalogue.model, version);
    const files = (0,_version_files_js__WEBPACK_IMPORTED_MODULE_3__/* .filesOfVersion */ .pt)(catalogue.model, await (0,_registry_version_artifacts_js__WEBPACK_IMPORTED_MODULE_4__/* .wholeVersion */ .gJ)(surroundings.ledger, version));
    const pointers = [...Object.values(catalogue.stages), ...Object.values(catalogue.aliases)];
    const isPointed = pointers.includes(version.version);
    return { model: catalogue.model, version, files, isPointed, notices: standingOf(catalogue, version) };
}
/** @throws flow/no-ledger, flow/ledger-missing */
async function requireLedger(surroundings, asked) {
    if ((await surroundings.ledger.head()).size > 0)
        return;
    await (0,_registry_lost_ledger_js__WEBPACK_IMPORTED_MODULE_5__/* .requireNoLostLedger */ .e)(surroundings);
    throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/no-ledger', { model: asked.model, version: asked.version });
}
function standingOf(catalogue, version) {
    const name = `${catalogue.model} ${version.version}`;
    const notices = [];
    if (catalogue.deprecated)
        notices.push({ level: 'warning', text: `The model ${catalogue.model} is deprecated.` });
    if (version.deprecated)
        notices.push({ level: 'warning', text: `${name} is deprecated.` });
    if (version.archived)
        notices.push({ level: 'notice', text: `${name} is archived.` });
    for (const freeze of catalogue.frozen.filter(({ identity }) => identity === version.identity)) {
        const why = freeze.justification === null ? '' : `: ${freeze.justification}`;
        notices.push({ level: 'warning', text: `${name} is frozen since ${freeze.since}${why}` });
    }
    return notices;
}
function movedStore(registered, { address }, { model, version }) {
    if (registered === address)
        return [];
    const text = `${model} ${version} was registered in ${registered}; it is read from ${address}, which weighbridge.yaml names now.`;
    return [{ level: 'notice', text }];
}
//# sourceMappingURL=find-stored.js.map

/***/ }),

/***/ 12118:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ findRecorded),
/* harmony export */   referencedBytes: () => (/* binding */ referencedBytes)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(35097);
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

/***/ 17005:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ bytesOf),
/* harmony export */   B: () => (/* binding */ isByReference)
/* harmony export */ });
/* harmony import */ var _committed_files_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45179);
/* harmony import */ var _find_stored_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(11170);


/** Small files wait for requests, and the store's buffers bound what large ones hold. */
const storedAtOnce = 16;
/**
 * The bytes of the selected files of a version: of its store; or, where it was registered by reference, of the pinned
 * addresses of its files, and of its commit for those that have none.
 * @throws flow/not-stored, flow/no-store-to-read, flow/not-in-git, flow/commit-missing
 */
async function bytesOf(surroundings, kept, selected) {
    if (!isByReference(kept))
        return storedBytes((0,_find_stored_js__WEBPACK_IMPORTED_MODULE_0__/* .inStore */ .jw)(surroundings, kept).store);
    const inGit = selected.filter(({ address }) => address === null);
    await (0,_committed_files_js__WEBPACK_IMPORTED_MODULE_1__/* .requireCommitted */ .c)(surroundings, kept, inGit);
    // What asks services is loaded where there are any to ask.
    const { referencedBytes } = await __webpack_require__.e(/* import() */ 2118).then(__webpack_require__.bind(__webpack_require__, 12118));
    return referencedBytes(surroundings, kept);
}
/** Whether no store has the files of a version: services and git do. */
function isByReference({ version, files }) {
    return version.store === null && files.length > 0;
}
function storedBytes(store) {
    return {
        store,
        filesAtOnce: storedAtOnce,
        open: async ({ path, digest }) => {
            const source = await store.open(digest);
            const read = (offset, lengthBytes) => source.read(offset, lengthBytes);
            return { name: path, sizeBytes: source.sizeBytes, read, close: () => source.close() };
        },
        bring: async ({ digest, sizeBytes, name }, folder, told) => store.fetchTo(digest, await folder.place(name), { sizeBytes, onBytes: (bytes) => told.addBytes(bytes) }),
    };
}
//# sourceMappingURL=version-bytes.js.map

/***/ }),

/***/ 34393:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AL: () => (/* binding */ selectFiles),
/* harmony export */   Zv: () => (/* binding */ listNames),
/* harmony export */   pt: () => (/* binding */ filesOfVersion)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35097);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70120);
/* harmony import */ var _weighbridge_evidence__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(63216);
/* harmony import */ var _weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(12284);



const maxShownNames = 20;
/**
 * The files of a version by name. The ledger may hold whatever its writers put there: names that would leave a folder,
 * or that could not all be written into one, are refused. @throws flow/path-leaves-folder, core/digest
 */
function filesOfVersion(model, version) {
    const refuse = (path, reason) => (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/path-leaves-folder', {
        path: JSON.stringify(path),
        model,
        version: version.version,
        reason,
    });
    for (const { path } of version.artifacts) {
        const reason = faultOfPath(path);
        if (reason !== null)
            throw refuse(path, reason);
    }
    const root = (0,_weighbridge_evidence__WEBPACK_IMPORTED_MODULE_1__/* .modelFolder */ .Ch)(version.artifacts.map(({ path }) => path));
    const files = version.artifacts.map(({ path, size, sha256, address = null }) => ({
        path,
        name: path.slice(root.length),
        sizeBytes: size,
        digest: (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .parseDigest */ .m)(`sha256:${sha256}`),
        address,
    }));
    const names = new Set();
    for (const { path, name } of files) {
        if (names.has(name))
            throw refuse(path, 'two files have that name');
        names.add(name);
    }
    const folders = new Set(files.flatMap(({ name }) => foldersAbove(name)));
    const clash = files.find(({ name }) => folders.has(name));
    if (clash !== undefined)
        throw refuse(clash.path, 'another file has it as a folder');
    return files;
}
/** Those whose name or path a pattern matches. @throws flow/nothing-selected */
function selectFiles(files, pattern, about) {
    if (pattern === null)
        return files;
    const selected = files.filter(({ name, path }) => (0,_weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__/* .matchGlob */ .sB)(pattern, name) || (0,_weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__/* .matchGlob */ .sB)(pattern, path));
    if (selected.length > 0)
        return selected;
    const known = listNames(files.map(({ name }) => name));
    throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/nothing-selected', { pattern, what: 'file', known, ...about });
}
/** The first of many names, for a message. */
function listNames(names) {
    const more = names.length - maxShownNames;
    const shown = names.slice(0, maxShownNames).join(', ');
    return names.length === 0 ? 'none' : more > 0 ? `${shown} and ${more} more` : shown;
}
/** Why a path cannot be written on every system without leaving its folder, or null. */
function faultOfPath(path) {
    if (/[\\:\p{Cc}]/u.test(path))
        return 'it has a backslash, a colon or a control character';
    const words = path.split('/');
    if (words.some((word) => word === '' || word === '.' || word === '..'))
        return 'it has an empty part, "." or ".."';
    return words.some((word) => word.toLowerCase() === '.git') ? 'git would take it for its own' : null;
}
function foldersAbove(name) {
    const words = name.split('/');
    return words.slice(1).map((_, index) => words.slice(0, index + 1).join('/'));
}
//# sourceMappingURL=version-files.js.map

/***/ }),

/***/ 67466:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ measureSource),
/* harmony export */   T: () => (/* binding */ findSource)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35097);
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

/***/ 11536:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ findRegistered),
/* harmony export */   R: () => (/* binding */ newestVersion)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73699);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(35097);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(55334);
/* harmony import */ var _history_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(63518);
/* harmony import */ var _not_registered_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(27332);



/**
 * The version that is asked for, as findVersion takes it; null for the newest release.
 * @throws core/model-name, flow/unknown-model, flow/unknown-version, flow/not-registered, flow/ledger-missing
 */
async function findRegistered(surroundings, asked) {
    const model = (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .parseModelName */ .s)(asked.model);
    const catalogue = await surroundings.ledger.catalogue(model);
    if (catalogue === null)
        throw await (0,_not_registered_js__WEBPACK_IMPORTED_MODULE_1__/* .unknownOrNotRegistered */ .t)(surroundings, model);
    const wanted = asked.version ?? newestVersion(catalogue);
    if (wanted === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .weighbridgeError */ .q)('flow/not-registered', { model });
    return { catalogue, version: (0,_history_js__WEBPACK_IMPORTED_MODULE_3__/* .findVersion */ .Am)(model, catalogue, wanted) };
}
/** The highest release that is not given up; a candidate where there is none; null where all are given up. */
function newestVersion({ versions }) {
    const kept = versions.filter(({ deprecated }) => !deprecated);
    const finals = kept.filter(({ version }) => !(0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_4__/* .isPrerelease */ .V1)(version));
    const ordered = (finals.length > 0 ? finals : kept).toSorted((left, right) => (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_4__/* .compareVersions */ .Zy)(right.version, left.version));
    return ordered[0]?.version ?? null;
}
//# sourceMappingURL=find-registered.js.map

/***/ }),

/***/ 15206:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ findLostLedger),
/* harmony export */   e: () => (/* binding */ requireNoLostLedger)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(30882);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(35097);

/** What to say of a ledger that is not there and must have been; null when nothing speaks of one. */
async function findLostLedger({ repository, ledger, }) {
    if ((await ledger.lastSeen()) !== null)
        return 'this clone saw it';
    // Tags of other tools and of people, who ask for a registration by them, say nothing of a ledger.
    const told = (await repository.tags()).find((tag) => tag.isOurs && (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .parseTag */ .ED)(tag.name) !== null);
    return told === undefined ? null : `the tag ${told.name} was made after an entry of it`;
}
/** A second ledger would forget all that the first one said. @throws flow/ledger-missing */
async function requireNoLostLedger(surroundings) {
    const because = await findLostLedger(surroundings);
    if (because !== null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .weighbridgeError */ .q)('flow/ledger-missing', { because });
}
//# sourceMappingURL=lost-ledger.js.map

/***/ }),

/***/ 27332:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ notRegistered),
/* harmony export */   t: () => (/* binding */ unknownOrNotRegistered)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35097);
/* harmony import */ var _weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(82275);
/* harmony import */ var _governing_governance_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(85708);
/* harmony import */ var _governing_unknown_model_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1416);
/* harmony import */ var _reading_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(78584);
/* harmony import */ var _lost_ledger_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(15206);






/**
 * Why the ledger knows nothing of a model that has a manifest: the ledger itself is gone, or no version of it was
 * registered yet.
 */
async function notRegistered(surroundings, model) {
    return (await ledgerMissing(surroundings)) ?? (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/not-registered', { model });
}
/** The same of a name that somebody typed: it may be that of another model, registered or with a manifest. */
async function unknownOrNotRegistered(surroundings, typed) {
    const missing = await ledgerMissing(surroundings);
    if (missing !== null)
        return missing;
    const { models } = await (0,_governing_governance_js__WEBPACK_IMPORTED_MODULE_1__/* .readGovernedFiles */ .sC)((0,_reading_files_js__WEBPACK_IMPORTED_MODULE_2__/* .filesOfWorkTree */ .UH)(surroundings.workTree));
    const known = new Set([
        ...(await surroundings.ledger.models()),
        ...models.map(({ manifest }) => manifest.name),
    ]);
    const isTypo = !known.has(typed) && (0,_weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__/* .closestWord */ .En)(typed, [...known]) !== null;
    return isTypo ? (0,_governing_unknown_model_js__WEBPACK_IMPORTED_MODULE_4__/* .unknownModel */ .w)(typed, [...known]) : (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/not-registered', { model: typed });
}
async function ledgerMissing(surroundings) {
    if ((await surroundings.ledger.models()).length > 0)
        return null;
    const because = await (0,_lost_ledger_js__WEBPACK_IMPORTED_MODULE_5__/* .findLostLedger */ .R)(surroundings);
    return because === null ? null : (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/ledger-missing', { because });
}
//# sourceMappingURL=not-registered.js.map

/***/ }),

/***/ 59240:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CM: () => (/* binding */ requireReadable),
/* harmony export */   JG: () => (/* binding */ lookAtObjects),
/* harmony export */   LK: () => (/* binding */ filesOfEntry),
/* harmony export */   pE: () => (/* binding */ waitOf),
/* harmony export */   w1: () => (/* binding */ findCold)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(70120);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(35097);
/* harmony import */ var _weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1042);
/* harmony import */ var _describe_stored_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5949);
/* harmony import */ var _reading_in_parallel_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(66118);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(77669);





const questionsAtOnce = 16;
/** The files of a version as the ledger has them. */
function filesOfEntry({ artifacts }) {
    return artifacts.map(({ sha256, size }) => ({ digest: (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .parseDigest */ .m)(`sha256:${sha256}`), sizeBytes: size }));
}
/** Every object of some files, each once, with its class. What the store does not hold is left out. */
async function lookAtObjects(store, tiers, files) {
    const told = await (0,_reading_in_parallel_js__WEBPACK_IMPORTED_MODULE_1__/* .inParallel */ .H)(files, questionsAtOnce, (file) => (0,_describe_stored_js__WEBPACK_IMPORTED_MODULE_2__/* .describeStored */ .D)(store, file));
    const objects = told.flatMap(({ layout }) => (layout?.segments ?? []).map(({ object }) => object));
    return [...(await tiers.lookAtAll(objects))].map(([object, found]) => ({ ...found, object }));
}
/** How long a restore of objects takes at most, in words. */
function waitOf(tiers, parts, speed) {
    const waitMs = Math.max(0, ...parts.map(({ storageClass }) => tiers.restoreMs(storageClass, speed)));
    return waitMs === 0 ? 'some hours' : (0,_weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__/* .formatDuration */ .a)(waitMs);
}
/** What of some files cannot be read now; null when all can. Nothing is asked where nothing is ever archived. */
async function findCold(store, files) {
    const { tiers } = store;
    if (tiers === null || tiers.archives.length === 0 || files.length === 0)
        return null;
    const parts = await lookAtObjects(store, tiers, files);
    const cold = parts.filter(({ access }) => access !== 'readable');
    if (cold.length === 0)
        return null;
    const sizeOf = (some) => (0,_plan_js__WEBPACK_IMPORTED_MODULE_4__/* .formatSize */ .X)(some.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
    return {
        size: sizeOf(cold),
        of: sizeOf(parts),
        classes: [...new Set(cold.map(({ storageClass }) => storageClass))].join(', '),
        wait: waitOf(tiers, cold, 'standard'),
        isAsked: cold.every(({ access }) => access === 'restoring'),
    };
}
/** Nothing is begun with files of which a part cannot be read now. @throws flow/bytes-cold */
async function requireReadable(store, files, about) {
    const cold = await findCold(store, files);
    if (cold === null)
        return;
    const { isAsked, ...told } = cold;
    const asked = isAsked ? 'was asked for already and takes' : 'takes';
    throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_5__/* .weighbridgeError */ .q)('flow/bytes-cold', { ...about, ...told, asked });
}
//# sourceMappingURL=cold-bytes.js.map

/***/ }),

/***/ 5949:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ describeStored)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35097);

/**
 * How a store holds a file of the ledger. One that is a single compressed object tells its size itself, which cannot be
 * read while it is in an archive or when it is damaged: it is that object, with the size that the ledger has.
 * @throws store/recipe-malformed, store/recipe-newer
 */
async function describeStored(store, { digest, sizeBytes }) {
    try {
        return { layout: await store.describe(digest), fault: null };
    }
    catch (cause) {
        const isOfObject = cause instanceof _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .WeighbridgeError */ .kj && ['store/archived', 'store/corrupt'].includes(cause.code);
        if (!isOfObject)
            throw cause;
        const segments = [{ offset: 0, lengthBytes: sizeBytes, object: digest, objectOffset: 0 }];
        return { layout: { sizeBytes, segments }, fault: cause };
    }
}
//# sourceMappingURL=describe-stored.js.map

/***/ }),

/***/ 70640:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  storeUrlCommand: () => (/* binding */ storeUrlCommand)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 15 modules
var error = __webpack_require__(35097);
// EXTERNAL MODULE: ./packages/manifest/build/reference/file-address.js
var file_address = __webpack_require__(81103);
// EXTERNAL MODULE: ./packages/flows/build/reading/in-parallel.js
var in_parallel = __webpack_require__(66118);
// EXTERNAL MODULE: ./packages/flows/build/referenced/measure-remote.js
var measure_remote = __webpack_require__(70169);
// EXTERNAL MODULE: ./packages/flows/build/stored/cold-bytes.js
var cold_bytes = __webpack_require__(59240);
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
    const kept = await (0,find_stored/* findKept */.Qm)(surroundings, asked);
    const selected = (0,version_files/* selectFiles */.AL)(kept.files, asked.only, { model: kept.model, version: kept.version.version });
    return (0,version_bytes/* isByReference */.B)(kept)
        ? presignReferenced(surroundings, kept, { selected, ...asked })
        : presignStored((0,find_stored/* inStore */.jw)(surroundings, kept), { selected, ...asked });
}
async function presignStored({ model, version, store, isPointed, notices }, { selected, expiresInSeconds }) {
    // An address of what is archived is of no use to whoever gets it.
    if (!isPointed)
        await (0,cold_bytes/* requireReadable */.CM)(store, selected, { model, version: version.version });
    const files = [];
    for (const file of selected) {
        const parts = await store.presign(file.digest, { expiresInSeconds });
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

/***/ }),

/***/ 97195:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ modelVersionOf)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35097);

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
