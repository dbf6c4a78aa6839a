export const id = 6978;
export const ids = [6978];
export const modules = {

/***/ 20022:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ isPresent),
/* harmony export */   p: () => (/* binding */ fetchVersion)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(49302);
/* harmony import */ var _stored_cold_bytes_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(59240);
/* harmony import */ var _find_content_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89068);
/* harmony import */ var _find_stored_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(11170);
/* harmony import */ var _reading_in_parallel_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(66118);
/* harmony import */ var _progress_transfer_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(77943);
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
    const kept = await (0,_find_content_js__WEBPACK_IMPORTED_MODULE_0__/* .findContent */ .N)(surroundings, request);
    const about = { model: kept.model, version: kept.version.version };
    const selected = (0,_version_files_js__WEBPACK_IMPORTED_MODULE_1__/* .selectFiles */ .AL)(kept.files, request.only, about);
    const bytes = await (0,_version_bytes_js__WEBPACK_IMPORTED_MODULE_2__/* .bytesOf */ .$)(surroundings, kept, selected);
    const { notices } = bytes.store === null ? kept : (0,_find_stored_js__WEBPACK_IMPORTED_MODULE_3__/* .inStore */ .jw)(surroundings, kept);
    if (request.signed)
        await requireSignature(surroundings, about);
    // What a stage runs is kept hot: only for the others is it worth to ask for each object first.
    if (!kept.isPointed && bytes.store !== null)
        await (0,_stored_cold_bytes_js__WEBPACK_IMPORTED_MODULE_4__/* .requireReadable */ .CM)(bytes.store, selected, about);
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
    throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_5__/* .weighbridgeError */ .q)('flow/not-verified', { ...about, reason });
}
async function fetchFiles(surroundings, bytes, { selected, folder, dryRun }) {
    const looked = await (0,_reading_in_parallel_js__WEBPACK_IMPORTED_MODULE_6__/* .inParallel */ .H)(selected, maxFilesAtOnce, async (file) => ({
        file,
        isPresent: await isPresent(folder, file),
    }));
    const missing = looked.filter((each) => !each.isPresent).map(({ file }) => file);
    const sizeBytes = missing.reduce((sum, file) => sum + file.sizeBytes, 0);
    const told = (0,_progress_transfer_js__WEBPACK_IMPORTED_MODULE_7__/* .openTransfer */ .ij)(surroundings, { title: 'Fetching', files: missing.length, sizeBytes });
    if (!dryRun)
        await (0,_reading_in_parallel_js__WEBPACK_IMPORTED_MODULE_6__/* .inParallel */ .H)(missing, bytes.filesAtOnce, async (file) => {
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

/***/ 6978:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  exportCommand: () => (/* binding */ exportCommand)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./packages/core/build/digest.js
var build_digest = __webpack_require__(70120);
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/flows/build/registry/read-snapshot.js
var read_snapshot = __webpack_require__(50773);
// EXTERNAL MODULE: ./packages/flows/build/fetch/fetch-version.js
var fetch_version = __webpack_require__(20022);
// EXTERNAL MODULE: ./packages/flows/build/fetch/find-content.js
var find_content = __webpack_require__(89068);
// EXTERNAL MODULE: ./packages/flows/build/fetch/find-stored.js
var find_stored = __webpack_require__(11170);
// EXTERNAL MODULE: ./packages/flows/build/reading/in-parallel.js
var in_parallel = __webpack_require__(66118);
// EXTERNAL MODULE: ./packages/core/build/json.js + 1 modules
var json = __webpack_require__(24755);
;// CONCATENATED MODULE: ./packages/flows/build/fetch/model-pack.js

/** Media types of the CNCF ModelPack specification 0.0.x (model-spec, docs/spec.md) and of OCI image-spec 1.1. */
const mediaTypes = {
    manifest: 'application/vnd.oci.image.manifest.v1+json',
    artifact: 'application/vnd.cncf.model.manifest.v1+json',
    config: 'application/vnd.cncf.model.config.v1+json',
    weight: 'application/vnd.cncf.model.weight.v1.raw',
    weightConfig: 'application/vnd.cncf.model.weight.config.v1.raw',
    doc: 'application/vnd.cncf.model.doc.v1.raw',
    code: 'application/vnd.cncf.model.code.v1.raw',
};
/** Where the specification has the path of a layer's file. */
const filePathAnnotation = 'org.cncf.model.filepath';
/** The configuration of a pack as canonical JSON: what the record says of the model, and nothing that it does not. */
function formatPackConfig({ model, version, snapshot, files }) {
    const { description } = snapshot.documentation;
    const licenses = textsOf(snapshot.metadata['license']);
    const format = [...new Set(snapshot.artifacts.flatMap(({ header }) => (header === null ? [] : [header.format])))];
    return (0,json/* canonicalJson */.d)({
        descriptor: {
            name: model,
            version: version.version,
            createdAt: version.registeredAt,
            ...(description === null ? {} : { description }),
            ...(version.commit === null ? {} : { revision: version.commit }),
            ...(licenses.length === 0 ? {} : { licenses }),
        },
        config: format.length === 1 ? { format: format[0] ?? '' } : {},
        // Layers are the files themselves, so that their digests are those of the files.
        modelfs: { type: 'layers', diffIds: files.map(({ digest }) => digest) },
    });
}
/** The manifest of a pack as canonical JSON. */
function formatPackManifest(packed, config) {
    const { files, model, version } = packed;
    return (0,json/* canonicalJson */.d)({
        schemaVersion: 2,
        mediaType: mediaTypes.manifest,
        artifactType: mediaTypes.artifact,
        config: { mediaType: mediaTypes.config, digest: config.digest, size: config.sizeBytes },
        layers: files.map((file) => ({
            mediaType: layerType(packed, file),
            digest: file.digest,
            size: file.sizeBytes,
            annotations: { [filePathAnnotation]: file.name, 'org.opencontainers.image.title': file.name },
        })),
        annotations: {
            'org.opencontainers.image.created': version.registeredAt,
            'org.opencontainers.image.title': model,
            'org.opencontainers.image.version': version.version,
        },
    });
}
/**
 * What a version is called in a layout, such as `fraud-1.4.0`. Names of models have no dot, so that no two versions share
 * one. It is a tag as well, which may not have the `+` of build metadata (OCI distribution-spec).
 */
function nameInLayout(model, version) {
    return `${model}-${version.replaceAll('+', '_')}`;
}
/** The index of a layout with one more manifest; one with the same name before is replaced, others stay. */
function formatLayoutIndex(present, added) {
    const nameOf = ({ annotations }) => typeof annotations === 'object' && annotations !== null && !Array.isArray(annotations)
        ? annotations[refName]
        : undefined;
    const manifest = {
        mediaType: mediaTypes.manifest,
        artifactType: mediaTypes.artifact,
        digest: added.digest,
        size: added.sizeBytes,
        annotations: { [refName]: added.name },
    };
    const manifests = [...present.filter((each) => nameOf(each) !== added.name), manifest];
    return (0,json/* canonicalJson */.d)({ schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests });
}
const refName = 'org.opencontainers.image.ref.name';
function layerType({ snapshot }, { digest, name }) {
    const recorded = snapshot.artifacts.find(({ sha256 }) => sha256 === digest);
    if (recorded?.header !== null && recorded !== undefined && !name.endsWith('.json'))
        return mediaTypes.weight;
    if (/(?:^|\/)(?:README|LICEN[CS]E|NOTICE)[^/]*$|\.md$/i.test(name))
        return mediaTypes.doc;
    if (/\.(?:py|js|ts|sh|ipynb)$/.test(name))
        return mediaTypes.code;
    return /\.(?:json|ya?ml|txt|toml|model|jinja)$/.test(name) ? mediaTypes.weightConfig : mediaTypes.weight;
}
function textsOf(value) {
    return typeof value === 'string' ? [value] : [];
}
//# sourceMappingURL=model-pack.js.map
// EXTERNAL MODULE: ./packages/flows/build/progress/transfer.js
var transfer = __webpack_require__(77943);
// EXTERNAL MODULE: ./packages/flows/build/fetch/version-bytes.js
var version_bytes = __webpack_require__(17005);
;// CONCATENATED MODULE: ./packages/flows/build/fetch/export-oci.js









/** Each of them is large, or one of few. */
const maxFilesAtOnce = 4;
/** An index that names more than this is none of a layout that people keep. */
const maxIndexBytes = 4 * 1024 * 1024;
/**
 * Writes a version as an OCI image layout (image-spec 1.1) with the manifest and configuration of CNCF ModelPack. Its
 * layers are the files as they are, fetched from the store, or from where services keep them, and verified; the index,
 * written last, makes the version visible. Other images of the layout stay, those that earlier releases called by their
 * version alone as well.
 * @throws as findStored, flow/oci-layout-unreadable, store/*, source/*
 */
async function exportOci(surroundings, request) {
    const { folder } = request;
    const found = await (0,find_content/* findContent */.N)(surroundings, request);
    const { model, version, files } = found;
    const bytes = await (0,version_bytes/* bytesOf */.$)(surroundings, found, files);
    const { notices } = bytes.store === null ? found : (0,find_stored/* inStore */.jw)(surroundings, found);
    await readIndex(folder);
    const packed = { model, version, files, snapshot: await (0,read_snapshot/* readSnapshot */.R)(surroundings, version) };
    const config = formatPackConfig(packed);
    const manifest = formatPackManifest(packed, referenceTo(surroundings, config));
    const about = { ...referenceTo(surroundings, manifest), name: nameInLayout(model, version.version) };
    const present = await fetchBlobs(surroundings, { bytes, files }, request);
    if (!request.dryRun) {
        for (const text of [config, manifest]) {
            await writeText(folder, blobName(referenceTo(surroundings, text).digest), text);
        }
        await writeText(folder, 'oci-layout', '{"imageLayoutVersion":"1.0.0"}');
        // As it is now: another export may have ended while files were fetched.
        await writeText(folder, 'index.json', formatLayoutIndex(await readIndex(folder), about));
    }
    const layers = files.map(({ name, digest, sizeBytes }) => ({ name, digest, sizeBytes }));
    return {
        model,
        version,
        notices,
        folder: folder.path,
        tag: about.name,
        manifest: about.digest,
        layers,
        present,
    };
}
/** Fetches what is missing, each blob once; answers how many were there. */
async function fetchBlobs(surroundings, { bytes, files }, { folder, dryRun }) {
    const distinct = [...new Map(files.map((file) => [file.digest, file])).values()];
    const sizeBytes = distinct.reduce((sum, file) => sum + file.sizeBytes, 0);
    const told = (0,transfer/* openTransfer */.ij)(surroundings, { title: 'Exporting', files: distinct.length, sizeBytes });
    const outcomes = await (0,in_parallel/* inParallel */.H)(distinct, maxFilesAtOnce, async (file) => {
        const name = blobName(file.digest);
        const there = await (0,fetch_version/* isPresent */.W)(folder, { ...file, name });
        if (!there && !dryRun)
            await bytes.bring({ ...file, name }, folder, told);
        told.endFile();
        return there;
    });
    return outcomes.filter((there) => there).length;
}
function blobName(digest) {
    return `blobs/sha256/${(0,build_digest/* digestHex */.sU)(digest)}`;
}
function referenceTo({ sha256 }, text) {
    const bytes = (0,build_digest/* utf8 */.As)(text);
    return { digest: (0,build_digest/* digestBytes */.QN)(sha256, bytes), sizeBytes: bytes.length };
}
async function writeText(folder, name, text) {
    await folder.write(name, (async function* () {
        yield (0,build_digest/* utf8 */.As)(text);
    })());
}
/** Manifests of the layout that is there; none for a new folder. @throws flow/oci-layout-unreadable */
async function readIndex(folder) {
    const source = await folder.open('index.json');
    if (source === null)
        return [];
    const refuse = (reason) => (0,error/* weighbridgeError */.q)('flow/oci-layout-unreadable', { path: `${folder.path}/index.json`, reason });
    try {
        if (source.sizeBytes > maxIndexBytes)
            throw refuse(`it has ${source.sizeBytes} bytes`);
        const value = parseJson(await source.read(0, source.sizeBytes));
        const manifests = isObject(value) && value['schemaVersion'] === 2 ? value['manifests'] : undefined;
        if (!Array.isArray(manifests) || !manifests.every(isObject))
            throw refuse('it lists no manifests');
        return manifests;
    }
    finally {
        await source.close();
    }
}
function parseJson(bytes) {
    try {
        return JSON.parse((0,build_digest/* parseUtf8 */.zK)(bytes));
    }
    catch {
        // The caller says of it what it says of every other value that is no index.
        return null;
    }
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
//# sourceMappingURL=export-oci.js.map
// EXTERNAL MODULE: ./packages/flows/build/format-count.js
var format_count = __webpack_require__(47371);
// EXTERNAL MODULE: ./packages/flows/build/plan.js
var plan = __webpack_require__(77669);
// EXTERNAL MODULE: ./packages/stores/build/reading/open-local-folder.js + 3 modules
var open_local_folder = __webpack_require__(99405);
// EXTERNAL MODULE: ./packages/host/build/model-version.js
var model_version = __webpack_require__(97195);
// EXTERNAL MODULE: ./packages/host/build/processes.js
var processes = __webpack_require__(67130);
;// CONCATENATED MODULE: ./packages/host/build/commands/export.js






const exportCommand = {
    spec: {
        name: 'export',
        summary: 'Write a version as an OCI image layout (CNCF ModelPack)',
        description: 'The layers are the files themselves under their own digests, so that what a registry of images serves can be compared with the ledger; a version that was registered with "store: reference" is read from the addresses in its record. ORAS, crane, skopeo and the tools of ModelPack take the folder from there. The image is called MODEL-VERSION in the folder; other images stay, and running it again changes nothing.',
        arguments: [{ name: 'model', description: 'MODEL@VERSION', required: true }],
        inputs: [
            {
                name: 'oci',
                description: 'Folder anywhere for the image layout.',
                type: 'text',
                required: true,
                placeholder: 'DIR',
            },
        ],
        outputs: [
            { name: 'manifest', description: 'Digest of the image manifest.' },
            { name: 'tag', description: 'Name of the image in the layout.' },
        ],
        examples: ['weighbridge export fraud@1.4.0 --oci ./fraud-oci'],
    },
    run: async (inputs, host) => {
        const asked = (0,model_version/* modelVersionOf */.J)(inputs, 'export');
        const folder = inputs.text('oci');
        if (folder === null) {
            throw (0,error/* weighbridgeError */.q)('host/input', { input: 'oci', reason: 'name a folder', command: 'export' });
        }
        const dryRun = inputs.boolean('dry-run');
        const exported = await exportOci(host.surroundings, {
            ...asked,
            folder: (0,open_local_folder/* openLocalFolder */.S)((0,external_node_path_.resolve)(host.folder, folder), processes/* processes */.u),
            dryRun,
        });
        const { model, version, tag, manifest, present } = exported;
        const layers = exported.layers.map(({ name, digest, sizeBytes }) => ({ name, digest, size: sizeBytes }));
        const sizeBytes = layers.reduce((sum, { size }) => sum + size, 0);
        const text = `${dryRun ? 'Would write' : 'Wrote'} ${model} ${version.version} to ${exported.folder} as ${tag} (${manifest}): ${(0,format_count/* formatCount */.B)(layers.length, 'layer')}, ${(0,plan/* formatSize */.X)(sizeBytes)}, ${present} present`;
        return {
            exitCode: 0,
            json: {
                model,
                version: version.version,
                folder: exported.folder,
                tag,
                manifest,
                layers,
                present,
                dry_run: dryRun,
            },
            text,
            markdown: text,
            notices: exported.notices,
            outputs: { manifest, tag },
        };
    },
};
//# sourceMappingURL=export.js.map

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
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
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
