export const id = 6978;
export const ids = [6978];
export const modules = {

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
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 15 modules
var error = __webpack_require__(35097);
// EXTERNAL MODULE: ./packages/flows/build/registry/read-snapshot.js
var read_snapshot = __webpack_require__(50773);
// EXTERNAL MODULE: ./packages/flows/build/fetch/fetch-version.js
var fetch_version = __webpack_require__(20022);
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
/** A tag may not have the `+` of build metadata (OCI distribution-spec). */
function tagOfVersion(version) {
    return version.replaceAll('+', '_');
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
 * written last, makes the version visible. Other images of the layout stay.
 * @throws as findStored, flow/oci-layout-unreadable, store/*, source/*
 */
async function exportOci(surroundings, request) {
    const { folder } = request;
    const found = await (0,find_stored/* findKept */.Qm)(surroundings, request);
    const { model, version, files } = found;
    const bytes = await (0,version_bytes/* bytesOf */.$)(surroundings, found, files);
    const { notices } = bytes.store === null ? found : (0,find_stored/* inStore */.jw)(surroundings, found);
    const before = await readIndex(folder);
    const packed = { model, version, files, snapshot: await (0,read_snapshot/* readSnapshot */.R)(surroundings, version) };
    const config = formatPackConfig(packed);
    const manifest = formatPackManifest(packed, referenceTo(surroundings, config));
    const about = { ...referenceTo(surroundings, manifest), name: tagOfVersion(version.version) };
    const present = await fetchBlobs(surroundings, { bytes, files }, request);
    if (!request.dryRun) {
        for (const text of [config, manifest]) {
            await writeText(folder, blobName(referenceTo(surroundings, text).digest), text);
        }
        await writeText(folder, 'oci-layout', '{"imageLayoutVersion":"1.0.0"}');
        await writeText(folder, 'index.json', formatLayoutIndex(before, about));
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
        description: 'The layers are the files themselves under their own digests, so that what a registry of images serves can be compared with the ledger; a version that was registered with "store: reference" is read from the addresses in its record. ORAS, crane, skopeo and the tools of ModelPack take the folder from there. Other images of the folder stay; running it again changes nothing.',
        arguments: [{ name: 'model', description: 'MODEL@VERSION', required: true }],
        inputs: [
            {
                name: 'oci',
                description: 'Folder for the image layout.',
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

/***/ })

};
