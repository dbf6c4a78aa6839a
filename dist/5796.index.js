export const id = 5796;
export const ids = [5796];
export const modules = {

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

/***/ 85796:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  storeRestoreCommand: () => (/* binding */ storeRestoreCommand)
});

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/flows/build/stored/describe-stored.js
var describe_stored = __webpack_require__(5949);
// EXTERNAL MODULE: ./packages/flows/build/fetch/find-stored.js
var find_stored = __webpack_require__(11170);
// EXTERNAL MODULE: ./packages/flows/build/events.js
var events = __webpack_require__(44531);
// EXTERNAL MODULE: ./packages/flows/build/format-count.js
var format_count = __webpack_require__(47371);
// EXTERNAL MODULE: ./packages/flows/build/reading/in-parallel.js
var in_parallel = __webpack_require__(66118);
// EXTERNAL MODULE: ./packages/flows/build/stored/cold-bytes.js
var cold_bytes = __webpack_require__(59240);
;// CONCATENATED MODULE: ./packages/flows/build/tiers/restore-version.js






const asksAtOnce = 16;
const dayMs = 24 * 60 * 60 * 1000;
const betweenLooksMs = 60_000;
/**
 * Asks for the archived objects of a version. They stay readable for so many days, also where the service restores for
 * good: no run of `store tier` moves them before. Asking again goes on where it was.
 * @throws as findStored, store/*
 */
async function restoreVersion(surroundings, request) {
    const found = await (0,find_stored/* findStored */.FC)(surroundings, request);
    const { store, files } = found;
    const { tiers } = store;
    if (tiers === null)
        return nothingCold(found);
    const distinct = new Map(files.map((file) => [file.digest, file]));
    const digests = [...distinct.keys()];
    const parts = await (0,cold_bytes/* lookAtObjects */.JG)(store, tiers, [...distinct.values()]);
    const cold = parts.filter(({ access }) => access !== 'readable');
    let waiting = cold;
    if (!request.dryRun) {
        const until = (0,events/* formatTime */.fU)(new Date(surroundings.clock.now().getTime() + request.days * dayMs));
        for (const digest of digests)
            await tiers.noteRestored(digest, until);
        // Those that are readable for a time only are asked for as well, to last as long as the others.
        const temporary = parts.filter(({ readableUntil }) => readableUntil !== null);
        await (0,in_parallel/* inParallel */.H)([...cold, ...temporary], asksAtOnce, ({ object }) => tiers.restore(object, request));
        waiting = await stillCold(surroundings, { tiers, cold, pause: request.pause });
    }
    const sumOf = (some) => ({
        objects: some.length,
        sizeBytes: some.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    });
    return {
        model: found.model,
        version: found.version.version,
        readable: sumOf(parts.filter(({ access }) => access === 'readable')),
        cold: sumOf(cold),
        waiting: waiting.length,
        wait: (0,cold_bytes/* waitOf */.pE)(tiers, cold, request.speed),
        notices: found.notices,
    };
}
/** Without storage classes all can be read as it lies. */
async function nothingCold({ model, version, store, files, notices }) {
    const layouts = await (0,in_parallel/* inParallel */.H)(files, asksAtOnce, (file) => (0,describe_stored/* describeStored */.D)(store, file));
    const objects = new Set(layouts.flatMap(({ layout }) => (layout?.segments ?? []).map(({ object }) => object)));
    const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
    const text = `${store.address} has no storage classes: nothing in it can be in cold storage.`;
    return {
        model,
        version: version.version,
        readable: { objects: objects.size, sizeBytes },
        cold: { objects: 0, sizeBytes: 0 },
        waiting: 0,
        wait: '',
        notices: [...notices, { level: 'notice', text }],
    };
}
async function stillCold(surroundings, { tiers, cold, pause }) {
    let left = cold;
    for (;;) {
        const looked = await (0,in_parallel/* inParallel */.H)(left, asksAtOnce, async (part) => ({ part, now: await tiers.look(part.object) }));
        left = looked.filter(({ now }) => now !== null && now.access !== 'readable').map(({ part }) => part);
        if (left.length === 0 || pause === null)
            return left;
        surroundings.progress(`Restoring: ${cold.length - left.length} of ${(0,format_count/* formatCount */.B)(cold.length, 'object')} can be read`);
        await pause(betweenLooksMs);
    }
}
//# sourceMappingURL=restore-version.js.map
// EXTERNAL MODULE: ./packages/flows/build/plan.js
var plan = __webpack_require__(77669);
// EXTERNAL MODULE: ./packages/host/build/model-version.js
var model_version = __webpack_require__(97195);
;// CONCATENATED MODULE: ./packages/host/build/commands/store-restore.js




const maxDays = 365;
const speeds = ['fast', 'standard', 'cheap'];
const storeRestoreCommand = {
    spec: {
        name: 'store restore',
        summary: 'Make a version readable that is in cold storage',
        description: 'Asks the store for the archived objects of a version, and says how long that takes and what can be read already. Asking again changes nothing. They stay readable for the given days; "store tier" moves none of them before.',
        arguments: [
            { name: 'model', description: 'MODEL@VERSION, MODEL@STAGE, MODEL@ALIAS or MODEL@sha256:…', required: true },
        ],
        inputs: [
            { name: 'days', description: 'How long they stay readable.', type: 'integer', default: '7', placeholder: 'N' },
            {
                name: 'speed',
                description: 'fast, standard or cheap, as far as the service and the class have it.',
                type: 'text',
                default: 'standard',
                placeholder: 'SPEED',
            },
            {
                name: 'wait',
                description: 'End when all can be read. A job of GitHub Actions ends after six hours: run it again then.',
                type: 'boolean',
                default: 'false',
            },
        ],
        outputs: [{ name: 'waiting', description: 'How many objects cannot be read yet.' }],
        examples: [
            'weighbridge store restore fraud@1.4.0 --wait',
            'weighbridge store restore fraud@1.4.0 --days 30 --speed cheap',
        ],
    },
    run: async (inputs, host) => {
        const dryRun = inputs.boolean('dry-run');
        const request = { ...(0,model_version/* modelVersionOf */.J)(inputs, 'store restore'), ...optionsOf(inputs), dryRun };
        const wait = inputs.boolean('wait') && !dryRun ? promises_.setTimeout : null;
        const restore = await restoreVersion(host.surroundings, { ...request, pause: wait });
        const { model, version, readable, cold, waiting } = restore;
        const count = ({ objects, sizeBytes }) => `${(0,format_count/* formatCount */.B)(objects, 'object')}, ${(0,plan/* formatSize */.X)(sizeBytes)}`;
        const asked = cold.objects === 0
            ? 'Nothing is in cold storage.'
            : `In cold storage: ${count(cold)}; a restore takes up to ${restore.wait}.`;
        const left = dryRun || cold.objects === 0
            ? []
            : [waiting === 0 ? 'All can be read now.' : `Asked for; not readable yet: ${(0,format_count/* formatCount */.B)(waiting, 'object')}.`];
        const text = [`${model} ${version}: ${count(readable)} can be read. ${asked}`, ...left].join('\n');
        return {
            exitCode: 0,
            json: {
                dry_run: dryRun,
                model,
                version,
                readable: { objects: readable.objects, bytes: readable.sizeBytes },
                cold: { objects: cold.objects, bytes: cold.sizeBytes },
                waiting,
                wait: cold.objects === 0 ? null : restore.wait,
            },
            text,
            markdown: text,
            notices: restore.notices,
            outputs: { waiting: String(waiting) },
        };
    },
};
/** @throws host/input */
function optionsOf(inputs) {
    const refuse = (input, reason) => (0,error/* weighbridgeError */.q)('host/input', { input, reason, command: 'store restore' });
    const days = inputs.integer('days') ?? 7;
    if (!Number.isSafeInteger(days) || days < 1 || days > maxDays)
        throw refuse('days', `write a number from 1 to ${maxDays}`);
    const speed = inputs.text('speed') ?? 'standard';
    if (!speeds.includes(speed))
        throw refuse('speed', `write one of ${speeds.join(', ')}`);
    return { days, speed: speed };
}
//# sourceMappingURL=store-restore.js.map

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
