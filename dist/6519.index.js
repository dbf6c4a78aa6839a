export const id = 6519;
export const ids = [6519];
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

/***/ 20022:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ isPresent),
/* harmony export */   p: () => (/* binding */ fetchVersion)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(35097);
/* harmony import */ var _stored_cold_bytes_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(59240);
/* harmony import */ var _find_stored_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(11170);
/* harmony import */ var _reading_in_parallel_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(66118);
/* harmony import */ var _progress_transfer_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(77943);
/* harmony import */ var _version_bytes_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(17005);
/* harmony import */ var _version_files_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(34393);







/** Files that are compared at once. */
const maxFilesAtOnce = 16;
/**
 * Brings the files of a version into a folder: verified, each into place atomically, several at once. What is there and
 * right is left alone; what a broken attempt has left is gone on with.
 * @throws as findStored, flow/nothing-selected, flow/tensors-not-selectable, flow/tensor-differs, flow/not-verified,
 * flow/bytes-cold, store/*, source/*
 */
async function fetchVersion(surroundings, request) {
    const kept = await (0,_find_stored_js__WEBPACK_IMPORTED_MODULE_0__/* .findKept */ .Qm)(surroundings, request);
    const about = { model: kept.model, version: kept.version.version };
    const selected = (0,_version_files_js__WEBPACK_IMPORTED_MODULE_1__/* .selectFiles */ .AL)(kept.files, request.only, about);
    const bytes = await (0,_version_bytes_js__WEBPACK_IMPORTED_MODULE_2__/* .bytesOf */ .$)(surroundings, kept, selected);
    const { notices } = bytes.store === null ? kept : (0,_find_stored_js__WEBPACK_IMPORTED_MODULE_0__/* .inStore */ .jw)(surroundings, kept);
    if (request.signed)
        await requireSignature(surroundings, about);
    // What a stage runs is kept hot: only for the others is it worth to ask for each object first.
    if (!kept.isPointed && bytes.store !== null)
        await (0,_stored_cold_bytes_js__WEBPACK_IMPORTED_MODULE_3__/* .requireReadable */ .CM)(bytes.store, selected, about);
    const folder = request.openFolder(about);
    const files = request.tensors === null
        ? await fetchFiles(surroundings, bytes, { selected, folder, dryRun: request.dryRun })
        : await fetchChosenTensors(surroundings, { ...kept, bytes }, { selected, folder, dryRun: request.dryRun, pattern: request.tensors });
    const { model, version } = kept;
    return { model, version, store: bytes.store?.address ?? null, folder: folder.path, files, notices };
}
/** The readers of model files are loaded with the first pattern: most pulls have none. */
async function fetchChosenTensors(...asked) {
    const { fetchTensors } = await __webpack_require__.e(/* import() */ 9590).then(__webpack_require__.bind(__webpack_require__, 49590));
    return fetchTensors(...asked);
}
/** Every file that is fetched is compared with the ledger, and this compares the signatures with it. @throws flow/not-verified */
async function requireSignature(surroundings, about) {
    const { verifyVersion } = await __webpack_require__.e(/* import() */ 6882).then(__webpack_require__.bind(__webpack_require__, 6882));
    const { verified, signatures } = await verifyVersion(surroundings, { ...about, files: null });
    if (verified)
        return;
    const reason = signatures.refused.length === 0 ? ': there is none' : `: ${signatures.refused.join('; ')}`;
    throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_4__/* .weighbridgeError */ .q)('flow/not-verified', { ...about, reason });
}
async function fetchFiles(surroundings, bytes, { selected, folder, dryRun }) {
    const looked = await (0,_reading_in_parallel_js__WEBPACK_IMPORTED_MODULE_5__/* .inParallel */ .H)(selected, maxFilesAtOnce, async (file) => ({
        file,
        isPresent: await isPresent(folder, file),
    }));
    const missing = looked.filter((each) => !each.isPresent).map(({ file }) => file);
    const sizeBytes = missing.reduce((sum, file) => sum + file.sizeBytes, 0);
    const told = (0,_progress_transfer_js__WEBPACK_IMPORTED_MODULE_6__/* .openTransfer */ .ij)(surroundings, { title: 'Fetching', files: missing.length, sizeBytes });
    if (!dryRun)
        await (0,_reading_in_parallel_js__WEBPACK_IMPORTED_MODULE_5__/* .inParallel */ .H)(missing, bytes.filesAtOnce, async (file) => {
            await bytes.bring(file, folder, told);
            told.endFile();
        });
    const outcome = dryRun ? 'missing' : 'fetched';
    return looked.map(({ file, isPresent }) => ({ ...file, outcome: isPresent ? 'present' : outcome, tensors: null }));
}
/** Whether a folder has a file already, byte for byte. */
async function isPresent(folder, { name, sizeBytes, digest }) {
    return (await folder.sizeOf(name)) === sizeBytes && (await folder.digestOf(name)) === digest;
}
//# sourceMappingURL=fetch-version.js.map

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

/***/ }),

/***/ 67130:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ processes)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(48161);



/** The processes of this machine. */
const processes = {
    own: process.pid,
    space: spaceOfIds(),
    isAlive(id) {
        try {
            // Signal 0 is sent to nobody: it only asks.
            process.kill(id, 0);
            return true;
        }
        catch (cause) {
            const code = cause instanceof Error ? Reflect.get(cause, 'code') : null;
            return code !== 'ESRCH';
        }
    },
};
/**
 * Where an id means one process: on Linux the PID namespace of this start of the kernel, since containers of one host, and
 * those of one name, have ids of their own; on other systems the machine, by its name and its network cards. Where a
 * system does not say it, this process is alone in its space.
 */
function spaceOfIds() {
    const parts = [(0,node_os__WEBPACK_IMPORTED_MODULE_2__.hostname)(), ...(process.platform === 'linux' ? namespaceParts() : networkCards())];
    return parts.length === 1 ? (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)() : parts.join(' ');
}
function namespaceParts() {
    try {
        return [(0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)('/proc/sys/kernel/random/boot_id', 'utf8').trim(), (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readlinkSync)('/proc/self/ns/pid')];
    }
    catch (cause) {
        // Some sandboxes show no /proc; anything else is a bug.
        if (!(cause instanceof Error) || !('code' in cause))
            throw cause;
        return [];
    }
}
function networkCards() {
    const cards = Object.values((0,node_os__WEBPACK_IMPORTED_MODULE_2__.networkInterfaces)()).flatMap((each) => each ?? []);
    return [...new Set(cards.filter(({ internal }) => !internal).map(({ mac }) => mac))].sort();
}
//# sourceMappingURL=processes.js.map

/***/ }),

/***/ 99405:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  S: () => (/* binding */ openLocalFolder)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 15 modules
var error = __webpack_require__(35097);
// EXTERNAL MODULE: ./packages/stores/build/durable-files.js
var durable_files = __webpack_require__(75806);
// EXTERNAL MODULE: ./packages/stores/build/file-source.js
var file_source = __webpack_require__(56391);
// EXTERNAL MODULE: ./packages/core/build/digest.js
var digest = __webpack_require__(70120);
;// CONCATENATED MODULE: ./packages/stores/build/hash-file.js



/** 1 MiB: larger buffers hash no faster, smaller ones cost system calls. */
const chunkBytes = 1024 * 1024;
/** SHA-256 of a file in one pass, with one buffer whatever its size. @throws store/io */
async function hashFile(path) {
    const source = await (0,file_source/* openFileSource */.Sd)(path);
    try {
        const hash = (0,external_node_crypto_.createHash)('sha256');
        const buffer = new Uint8Array(chunkBytes);
        let sizeBytes = 0;
        for (let filled = -1; filled !== 0; sizeBytes += filled) {
            filled = await source.readInto(buffer, sizeBytes);
            hash.update(buffer.subarray(0, filled));
        }
        return { digest: (0,digest/* formatDigest */.MO)(hash.digest()), sizeBytes };
    }
    finally {
        await source.close();
    }
}
//# sourceMappingURL=hash-file.js.map
// EXTERNAL MODULE: ./packages/stores/build/io-errors.js
var io_errors = __webpack_require__(28971);
;// CONCATENATED MODULE: ./packages/stores/build/reading/partial-files.js





/** Who writes a file touches it each minute: whoever has not done so for this long has ended, or was stopped. */
const desertedMs = 15 * 60_000;
const suffix = '.partial';
/** What a file system answers for what is gone meanwhile, or belongs to somebody else: then there is nothing to go on with. */
const notOursCodes = ['ENOENT', 'EPERM', 'EACCES'];
/** What it answers where a copy does not fit. */
const fullCodes = ['ENOSPC', 'EDQUOT', 'EFBIG'];
/** What an unfinished file is called: like no other one before or after, with whoever writes it in its name. */
function partialName(target, known, { own, space }) {
    return `${stemOf(target, known)}${spaceTag(space)}-${own}-${(0,external_node_crypto_.randomBytes)(4).toString('hex')}${suffix}`;
}
/**
 * Puts the longest of what others have left of a file into the place of one's own, and removes the rest. What a process
 * has left that surely ended is taken as it is. What merely was not written to for long is copied, since whoever was
 * stopped may write to it once more; where there is no room for that, the file is begun anew. What cannot be taken counts
 * as nothing, and what is longer than the file is none of it.
 */
async function claimPartial(target, known, own, claimant) {
    let isTaken = false;
    for (const left of await findDeserted(target, known, claimant)) {
        if (isTaken || left.sizeBytes > known.sizeBytes)
            await removeLeft(left);
        else
            isTaken = left.hasEnded ? await take(left, own) : await copy(left, own);
    }
}
/** Removes what others have left of a file, where they are surely or by all signs gone. */
async function removeDeserted(target, known, claimant) {
    for (const left of await findDeserted(target, known, claimant))
        await removeLeft(left);
}
/** Another process that claims at the same time is faster, or it is not: one rename succeeds. */
async function take({ path }, own) {
    const taken = await (0,io_errors/* unlessErrno */.DB)(notOursCodes, async () => {
        // At once young: a rename leaves the time alone, and by it others elsewhere tell what is deserted.
        await (0,promises_.utimes)(path, new Date(), new Date());
        await (0,promises_.rename)(path, own);
        return true;
    });
    return taken ?? false;
}
async function copy(left, own) {
    const copied = await (0,io_errors/* unlessErrno */.DB)([...notOursCodes, ...fullCodes], async () => {
        await (0,promises_.copyFile)(left.path, own, promises_.constants.COPYFILE_FICLONE);
        return true;
    });
    await removeLeft(left);
    return copied ?? false;
}
async function removeLeft({ path }) {
    await (0,io_errors/* unlessErrno */.DB)(notOursCodes, () => (0,durable_files/* removeFile */.nM)(path));
}
/** The longest first. */
async function findDeserted(target, known, claimant) {
    const [folder, stem] = [(0,external_node_path_.dirname)(target), stemOf(target, known)];
    const found = [];
    for (const name of (await (0,io_errors/* unlessErrno */.DB)(notOursCodes, () => (0,promises_.readdir)(folder))) ?? []) {
        if (!name.startsWith(stem) || !name.endsWith(suffix))
            continue;
        const path = (0,external_node_path_.join)(folder, name);
        const status = await (0,io_errors/* unlessErrno */.DB)(notOursCodes, () => (0,promises_.lstat)(path));
        // A second name of the same file may be anything of its owner's.
        if (status?.isFile() !== true || status.uid !== claimant.uid || status.nlink !== 1)
            continue;
        if ((status.mode & 0o600) !== 0o600 || claimant.isInUse(path))
            continue;
        const writer = writerOf(name.slice(stem.length, -suffix.length), claimant.processes);
        if (writer === 'ended' || (writer === 'unknown' && Date.now() - status.mtimeMs > desertedMs))
            found.push({ path, sizeBytes: status.size, hasEnded: writer === 'ended' });
    }
    return found.sort((left, right) => right.sizeBytes - left.sizeBytes);
}
/** What a file is called by whoever writes it: so much of the names of target and digest as no other file has. */
function stemOf(target, { digest }) {
    const name = (0,external_node_crypto_.createHash)('sha256')
        .update(`following ${digest} ${(0,external_node_path_.basename)(target)}`)
        .digest('hex')
        .slice(0, 16);
    return `.weighbridge-${name}-`;
}
function spaceTag(space) {
    return (0,external_node_crypto_.createHash)('sha256').update(space).digest('hex').slice(0, 16);
}
/** What became of the process that a name has, which is another one than this, or this one that is done with the file. */
function writerOf(tag, { own, space, isAlive }) {
    const [, where, id] = /^([0-9a-f]{16})-(\d{1,10})-[0-9a-f]{8}$/.exec(tag) ?? [];
    if (where !== spaceTag(space))
        return 'unknown';
    return Number(id) === own || !isAlive(Number(id)) ? 'ended' : 'alive';
}
//# sourceMappingURL=partial-files.js.map
;// CONCATENATED MODULE: ./packages/stores/build/reading/resume-file.js







const writtenMode = 0o644;
/** How often an unfinished file is touched, so that nobody takes it for deserted while it waits or is compared. */
const touchMs = 60_000;
/** After these the same command goes on where this one was. */
const passingCodes = ['store/unreachable', 'store/denied', 'source/unread'];
/** What this process writes now. */
const inUse = new Set();
/**
 * Writes a file whose pieces follow on what an earlier, broken attempt has left of it, and gives it its name when all
 * of them came. Nothing is compared here: the pieces are to end with an error when the whole is wrong. What came before
 * a failure that may pass is kept for the next attempt. Two writers never have one file.
 * @throws as the pieces, and what the system answers; store/io when the unfinished file was taken away meanwhile
 */
async function resumeFile(target, { known, processes }, pieces) {
    const folder = (0,external_node_path_.dirname)(target);
    await (0,durable_files/* makeFolder */.fc)(folder);
    const partial = (0,external_node_path_.join)(folder, partialName(target, known, processes));
    inUse.add(partial);
    try {
        const claimant = { processes, uid: await makeEmpty(partial), isInUse: (path) => inUse.has(path) };
        await claimPartial(target, known, partial, claimant);
        await writeFollowing(partial, target, pieces);
        await removeDeserted(target, known, claimant);
    }
    catch (cause) {
        const passes = cause instanceof error/* WeighbridgeError */.kj && passingCodes.includes(cause.code);
        if (!passes)
            await (0,durable_files/* removeFile */.nM)(partial);
        throw cause;
    }
    finally {
        inUse.delete(partial);
    }
    await (0,durable_files/* syncFolder */.Yw)(folder);
}
/** Answers who owns what this process makes there. */
async function makeEmpty(path) {
    const file = await (0,promises_.open)(path, 'wx', 0o600);
    try {
        return (await file.stat()).uid;
    }
    finally {
        await file.close();
    }
}
async function writeFollowing(partial, target, pieces) {
    const { O_RDWR, O_CREAT, O_NOFOLLOW } = promises_.constants;
    // A copy that failed took the empty file with it.
    const file = await (0,promises_.open)(partial, O_RDWR | O_CREAT | (O_NOFOLLOW ?? 0), 0o600);
    const touching = keepTouching(file);
    try {
        const left = await leftOf(file, partial);
        let offset = left.sizeBytes;
        for await (const piece of pieces(left)) {
            touching.check();
            await (0,durable_files/* writeAll */.f4)(file, piece, offset);
            offset += piece.length;
        }
        await file.chmod(writtenMode);
        await file.sync();
        await requireOurs(file, partial);
    }
    finally {
        touching.end();
        await file.close();
    }
    await (0,durable_files/* replaceFile */.fR)(partial, target);
}
/** Someone for whom this process was stopped too long may have taken the file over. */
async function requireOurs(file, path) {
    const [ours, there] = await Promise.all([
        file.stat({ bigint: true }),
        (0,io_errors/* unlessErrno */.DB)(['ENOENT'], () => (0,promises_.lstat)(path, { bigint: true })),
    ]);
    if (there?.ino === ours.ino && there.dev === ours.dev)
        return;
    const reason = 'another process took the unfinished file over; run it again';
    throw (0,error/* weighbridgeError */.q)('store/io', { action: 'place', path, reason });
}
/** `check` throws what a touch met. */
function keepTouching(file) {
    let failure = null;
    const timer = setInterval(() => {
        const now = new Date();
        file.utimes(now, now).catch((cause) => {
            failure ??= cause instanceof Error ? cause : new TypeError(String(cause));
        });
    }, touchMs);
    timer.unref();
    return {
        check() {
            if (failure !== null)
                throw failure;
        },
        end: () => clearInterval(timer),
    };
}
async function leftOf(file, path) {
    const { size: sizeBytes } = await file.stat();
    return {
        name: (0,external_node_path_.basename)(path),
        sizeBytes,
        async read(offset, lengthBytes) {
            const bytes = new Uint8Array(lengthBytes);
            return bytes.subarray(0, await (0,file_source/* fillFrom */.e_)(file, bytes, offset));
        },
    };
}
//# sourceMappingURL=resume-file.js.map
;// CONCATENATED MODULE: ./packages/stores/build/reading/open-local-folder.js










const open_local_folder_writtenMode = 0o644;
/** Opens a folder that files are brought into; it is made by the first write. */
function openLocalFolder(path, processes) {
    const root = (0,external_node_path_.resolve)(path);
    /** The folder itself may be a link, since its owner named it; nothing below it may. */
    async function place(name) {
        const words = name.split('/');
        (0,error/* invariant */.V1)(!words.some((word) => word === '' || word === '.' || word === '..'), 'a name would leave its folder');
        let at = root;
        for (const word of words.slice(0, -1)) {
            at = (0,external_node_path_.join)(at, word);
            const status = await look(at);
            if (status === null || status.isDirectory())
                continue;
            const reason = status.isSymbolicLink() ? 'it is a symbolic link' : 'it is no folder';
            throw (0,error/* weighbridgeError */.q)('store/io', { action: 'write below', path: at, reason });
        }
        return (0,external_node_path_.join)(root, name);
    }
    async function sizeOf(name) {
        const target = await place(name);
        const status = await look(target);
        return status?.isFile() === true ? status.size : null;
    }
    return {
        path: root,
        place,
        sizeOf,
        digestOf: async (name) => (await hashFile(await place(name))).digest,
        open: async (name) => ((await sizeOf(name)) === null ? null : (0,file_source/* openFileSource */.Sd)(await place(name), name)),
        async write(name, pieces) {
            const target = await place(name);
            const folder = (0,external_node_path_.dirname)(target);
            await (0,io_errors/* explainIo */.W)('write', target, async () => {
                await (0,durable_files/* makeFolder */.fc)(folder);
                const partial = (0,external_node_path_.join)(folder, `.weighbridge-${(0,external_node_crypto_.randomUUID)()}.partial`);
                try {
                    await writePieces(partial, pieces);
                    await (0,durable_files/* replaceFile */.fR)(partial, target);
                }
                catch (cause) {
                    await (0,durable_files/* removeFile */.nM)(partial);
                    throw cause;
                }
                await (0,durable_files/* syncFolder */.Yw)(folder);
            });
        },
        async resume(name, known, pieces) {
            const target = await place(name);
            await (0,io_errors/* explainIo */.W)('write', target, () => resumeFile(target, { known, processes }, pieces));
        },
    };
}
/** What lies at a path, or null. Without waiting: of each file that is fetched this is asked, and known in a moment. */
function look(path) {
    return (0,io_errors/* explainIo */.W)('look at', path, async () => (0,external_node_fs_.lstatSync)(path, { throwIfNoEntry: false }) ?? null);
}
async function writePieces(path, pieces) {
    const file = await (0,promises_.open)(path, 'wx', 0o600);
    try {
        let offset = 0;
        for await (const piece of pieces) {
            await (0,durable_files/* writeAll */.f4)(file, piece, offset);
            offset += piece.length;
        }
        await file.chmod(open_local_folder_writtenMode);
        await file.sync();
    }
    finally {
        await file.close();
    }
}
//# sourceMappingURL=open-local-folder.js.map

/***/ })

};
