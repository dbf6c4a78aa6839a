export const id = 4163;
export const ids = [4163];
export const modules = {

/***/ 45179:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ openCommitted),
/* harmony export */   c: () => (/* binding */ requireCommitted)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49302);
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

/***/ 89068:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ findContent)
/* harmony export */ });
/* harmony import */ var _weighbridge_manifest__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(56311);
/* harmony import */ var _artifacts_lfs_pointer_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(73631);
/* harmony import */ var _governing_governance_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(61012);
/* harmony import */ var _reading_files_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(78584);
/* harmony import */ var _reading_in_parallel_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(66118);
/* harmony import */ var _registry_named_content_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(71771);
/* harmony import */ var _registry_no_artifacts_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(54601);
/* harmony import */ var _registry_read_snapshot_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(50773);
/* harmony import */ var _find_stored_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(11170);
/* harmony import */ var _version_files_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(34393);










/** Each is a few requests to git. */
const opensAtOnce = 8;
/**
 * The version that is asked for with the files that it consists of: its artifacts; or, where it has none, the files that
 * its manifest named at its commit, such as prompts and the configuration of a retrieval, by their digests on record.
 * @throws as findKept, flow/no-artifacts where there are neither, flow/commit-missing
 */
async function findContent(surroundings, asked) {
    const kept = await (0,_find_stored_js__WEBPACK_IMPORTED_MODULE_0__/* .findKept */ .Qm)(surroundings, asked);
    if (kept.files.length > 0)
        return kept;
    const files = await filesAtItsCommit(surroundings, kept);
    if (files.length === 0)
        throw (0,_registry_no_artifacts_js__WEBPACK_IMPORTED_MODULE_1__/* .noArtifacts */ .r)(kept.model, kept.version);
    return { ...kept, files };
}
async function filesAtItsCommit(surroundings, { model, version }) {
    const content = (0,_registry_named_content_js__WEBPACK_IMPORTED_MODULE_2__/* .contentOf */ .$)(await (0,_registry_read_snapshot_js__WEBPACK_IMPORTED_MODULE_3__/* .readSnapshot */ .R)(surroundings, version));
    if (content.length === 0 || version.commit === null)
        return [];
    const files = await (0,_reading_files_js__WEBPACK_IMPORTED_MODULE_4__/* .openCommitFiles */ .th)(surroundings.repository, version.commit);
    const { models } = await (0,_governing_governance_js__WEBPACK_IMPORTED_MODULE_5__/* .readGovernedFiles */ .sC)(files);
    const manifest = models.find(({ manifest: { name } }) => name === model)?.manifestPath;
    if (manifest === undefined)
        return [];
    const placed = await (0,_reading_in_parallel_js__WEBPACK_IMPORTED_MODULE_6__/* .inParallel */ .H)(content, opensAtOnce, async ({ path: written, digest }) => {
        const path = (0,_weighbridge_manifest__WEBPACK_IMPORTED_MODULE_7__/* .resolveManifestPath */ .N)(manifest, written);
        return { path, digest, sizeBytes: await sizeOf(files, path), address: null };
    });
    return (0,_version_files_js__WEBPACK_IMPORTED_MODULE_8__/* .namedFiles */ .VI)(placed, { model, version: version.version });
}
/** Of what Git LFS keeps, the size of the whole. What is not there is told by whoever brings it. */
async function sizeOf(files, path) {
    const source = await files.open(path);
    if (source === null)
        return 0;
    try {
        const { sizeBytes } = source;
        const pointer = sizeBytes > _artifacts_lfs_pointer_js__WEBPACK_IMPORTED_MODULE_9__/* .maxPointerBytes */ .d ? null : (0,_artifacts_lfs_pointer_js__WEBPACK_IMPORTED_MODULE_9__/* .parseLfsPointer */ .y)(await source.read(0, sizeBytes));
        return pointer?.sizeBytes ?? sizeBytes;
    }
    finally {
        await source.close();
    }
}
//# sourceMappingURL=find-content.js.map

/***/ }),

/***/ 11170:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FC: () => (/* binding */ findStored),
/* harmony export */   Qm: () => (/* binding */ findKept),
/* harmony export */   jw: () => (/* binding */ inStore)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49302);
/* harmony import */ var _registry_lost_ledger_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(15206);
/* harmony import */ var _registry_no_artifacts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(54601);
/* harmony import */ var _retention_require_bytes_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(66240);
/* harmony import */ var _registry_find_registered_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(11536);
/* harmony import */ var _version_files_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(34393);
/* harmony import */ var _registry_version_artifacts_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(45016);







/**
 * The version that is asked for, from the ledger alone, and the store to read it from.
 * @throws flow/no-ledger, flow/ledger-missing, flow/not-registered, flow/unknown-version, flow/not-stored,
 * flow/no-artifacts, flow/bytes-released, flow/no-store-to-read, flow/path-leaves-folder
 */
async function findStored(surroundings, asked) {
    return inStore(surroundings, await findKept(surroundings, asked));
}
/** The same with its store. @throws flow/not-stored, flow/no-artifacts, flow/no-store-to-read */
function inStore({ store }, kept) {
    const { model, version, notices } = kept;
    const about = { model, version: version.version };
    if (kept.files.length === 0)
        throw (0,_registry_no_artifacts_js__WEBPACK_IMPORTED_MODULE_0__/* .noArtifacts */ .r)(model, version);
    if (version.store === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .weighbridgeError */ .q)('flow/not-stored', about);
    if (store === null)
        throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .weighbridgeError */ .q)('flow/no-store-to-read', { what: `the files of ${model} ${about.version}` });
    return { ...kept, store, notices: [...notices, ...movedStore(version.store, store, about)] };
}
/**
 * The version that is asked for, from the ledger alone, wherever its bytes are.
 * @throws flow/no-ledger, flow/ledger-missing, flow/not-registered, flow/unknown-version, flow/bytes-released,
 * flow/path-leaves-folder
 */
async function findKept(surroundings, asked) {
    await requireLedger(surroundings, asked);
    const { catalogue, version } = await (0,_registry_find_registered_js__WEBPACK_IMPORTED_MODULE_2__/* .findRegistered */ .E)(surroundings, asked);
    (0,_retention_require_bytes_js__WEBPACK_IMPORTED_MODULE_3__/* .requireBytes */ .V)(catalogue.model, version);
    const files = (0,_version_files_js__WEBPACK_IMPORTED_MODULE_4__/* .filesOfVersion */ .pt)(catalogue.model, await (0,_registry_version_artifacts_js__WEBPACK_IMPORTED_MODULE_5__/* .wholeVersion */ .gJ)(surroundings.ledger, version));
    const pointers = [...Object.values(catalogue.stages), ...Object.values(catalogue.aliases)];
    const isPointed = pointers.includes(version.version);
    return { model: catalogue.model, version, files, isPointed, notices: standingOf(catalogue, version) };
}
/** @throws flow/no-ledger, flow/ledger-missing */
async function requireLedger(surroundings, asked) {
    if ((await surroundings.ledger.head()).size > 0)
        return;
    await (0,_registry_lost_ledger_js__WEBPACK_IMPORTED_MODULE_6__/* .requireNoLostLedger */ .e)(surroundings);
    throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .weighbridgeError */ .q)('flow/no-ledger', { model: asked.model, version: asked.version });
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
/* harmony import */ var _stored_moved_store_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(36313);
/* harmony import */ var _find_stored_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(11170);



/** Small files wait for requests, and the store's buffers bound what large ones hold. */
const storedAtOnce = 16;
/**
 * The bytes of the selected files of a version: of its store; or, where it was registered by reference, of the pinned
 * addresses of its files, and of its commit for those that have none.
 * @throws flow/no-store-to-read, flow/not-in-git, flow/commit-missing
 */
async function bytesOf(surroundings, kept, selected) {
    if (!isByReference(kept))
        return storedBytes((0,_find_stored_js__WEBPACK_IMPORTED_MODULE_0__/* .inStore */ .jw)(surroundings, kept));
    const inGit = selected.filter(({ address }) => address === null);
    await (0,_committed_files_js__WEBPACK_IMPORTED_MODULE_1__/* .requireCommitted */ .c)(surroundings, kept, inGit);
    // What asks services is loaded where there are any to ask.
    const { referencedBytes } = await __webpack_require__.e(/* import() */ 2118).then(__webpack_require__.bind(__webpack_require__, 12118));
    return referencedBytes(surroundings, kept);
}
/** Whether no store has the files of a version: services and git do. */
function isByReference({ version }) {
    return version.store === null;
}
function storedBytes({ store, model, version }) {
    const where = { model, version: version.version, store: version.store };
    return {
        store,
        filesAtOnce: storedAtOnce,
        open: async ({ path, digest }) => {
            const source = await (0,_stored_moved_store_js__WEBPACK_IMPORTED_MODULE_2__/* .readMoved */ .C)(store, where, () => store.open(digest));
            const read = (offset, lengthBytes) => source.read(offset, lengthBytes);
            return { name: path, sizeBytes: source.sizeBytes, read, close: () => source.close() };
        },
        bring: async ({ digest, sizeBytes, name }, folder, told) => (0,_stored_moved_store_js__WEBPACK_IMPORTED_MODULE_2__/* .readMoved */ .C)(store, where, async () => store.fetchTo(digest, await folder.place(name), { sizeBytes, onBytes: (bytes) => told.addBytes(bytes) })),
    };
}
//# sourceMappingURL=version-bytes.js.map

/***/ }),

/***/ 34393:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AL: () => (/* binding */ selectFiles),
/* harmony export */   VI: () => (/* binding */ namedFiles),
/* harmony export */   Zv: () => (/* binding */ listNames),
/* harmony export */   pt: () => (/* binding */ filesOfVersion)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(70120);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_evidence__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(63216);
/* harmony import */ var _weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(12284);



const maxShownNames = 20;
/** The artifacts of a version by name. @throws as namedFiles, core/digest */
function filesOfVersion(model, { version, artifacts }) {
    const placed = artifacts.map(({ path, size, sha256, address = null }) => ({
        path,
        sizeBytes: size,
        digest: (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .parseDigest */ .m)(`sha256:${sha256}`),
        address,
    }));
    return namedFiles(placed, { model, version });
}
/**
 * Files of a version by name. The ledger may hold whatever its writers put there: names that would leave a folder,
 * or that could not all be written into one, are refused. @throws flow/path-leaves-folder
 */
function namedFiles(placed, about) {
    const refuse = (path, reason) => (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .weighbridgeError */ .q)('flow/path-leaves-folder', { path: JSON.stringify(path), ...about, reason });
    for (const { path } of placed) {
        const reason = faultOfPath(path);
        if (reason !== null)
            throw refuse(path, reason);
    }
    const root = (0,_weighbridge_evidence__WEBPACK_IMPORTED_MODULE_2__/* .modelFolder */ .Ch)(placed.map(({ path }) => path));
    const files = placed.map((file) => ({ ...file, name: file.path.slice(root.length) }));
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
    throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .weighbridgeError */ .q)('flow/nothing-selected', { pattern, what: 'file', known, ...about });
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
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(49302);
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
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49302);

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

/***/ 71771:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ contentOf)
/* harmony export */ });
/** What a version without artifacts consists of, in the terms of its manifest. */
function contentOf({ prompts, retrieval, config, interface: face, code }) {
    const documents = [...(retrieval === null ? [] : [retrieval]), ...(face === null ? [] : [face])];
    const all = [...prompts, ...documents, ...config, ...code];
    return [...new Map(all.map(({ path, digest }) => [path, { path, digest }])).values()];
}
//# sourceMappingURL=named-content.js.map

/***/ }),

/***/ 54601:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ noArtifacts)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_lineage__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(40339);


/** Parts that a message names. */
const maxNamedParts = 10;
/** Says of a version that has no artifacts where what it is made of can be found. */
function noArtifacts(model, version) {
    const parts = (version.dependencies ?? []).flatMap(({ kind, ref, pin }) => {
        const name = kind === 'part' ? (0,_weighbridge_lineage__WEBPACK_IMPORTED_MODULE_0__/* .modelOfRef */ .SW)(ref) : null;
        return name === null || pin === null ? [] : [`${name}@${pin}`];
    });
    const more = parts.length > maxNamedParts ? ` and ${parts.length - maxNamedParts} more` : '';
    const named = parts.length === 0 ? '' : `; its parts are ${parts.slice(0, maxNamedParts).join(', ')}${more}`;
    const where = version.commit === null
        ? `no commit was recorded${named}`
        : `what its manifest names is at commit ${version.commit.slice(0, 12)}${named}`;
    return (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .weighbridgeError */ .q)('flow/no-artifacts', { model, version: version.version, where });
}
//# sourceMappingURL=no-artifacts.js.map

/***/ }),

/***/ 27332:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ notRegistered),
/* harmony export */   t: () => (/* binding */ unknownOrNotRegistered)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_manifest__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(82275);
/* harmony import */ var _governing_governance_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(61012);
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
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(49302);
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
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);

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

/***/ 36313:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ readMoved),
/* harmony export */   l: () => (/* binding */ isElsewhere)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);

/**
 * Reads from a store. Of bytes that it lacks and that were registered in another one it says so: the policy names
 * another store since. @throws flow/store-moved instead of store/missing
 */
async function readMoved({ address }, where, read) {
    try {
        return await read();
    }
    catch (cause) {
        throw isElsewhere(cause, address, where.store) ? storeMoved(cause, address, where) : cause;
    }
}
/** Whether an error says that a store lacks what was registered in another one. */
function isElsewhere(cause, address, registered) {
    const isMissing = cause instanceof _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .WeighbridgeError */ .kj && cause.code === 'store/missing';
    return isMissing && registered !== null && registered !== address;
}
function storeMoved(cause, address, { model, version, store }) {
    const digest = String(cause.fields['digest'] ?? '');
    const about = { model, version, registered: store ?? '', address, digest };
    return (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('flow/store-moved', about, { cause });
}
//# sourceMappingURL=moved-store.js.map

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
