export const id = 9590;
export const ids = [9590];
export const modules = {

/***/ 49590:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  fetchTensors: () => (/* binding */ fetchTensors)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/core/build/digest.js
var build_digest = __webpack_require__(70120);
;// CONCATENATED MODULE: ./packages/formats/build/safetensors/format-header.js

/** Readers map the file: data that begins at a multiple of 8 can be used where it lies. */
const alignment = 8;
/**
 * The first bytes of a safetensors file that holds these tensors one behind the other, in the order given; `lengthBytes`
 * is that of each tensor's bytes. Inverse of readSafetensorsHeader but for the order.
 */
function formatSafetensorsHeader(tensors, metadata) {
    // Written member by member: a tensor may be called like a member of Object.prototype.
    const members = [];
    if (Object.keys(metadata).length > 0)
        members.push(`"__metadata__":${JSON.stringify(metadata)}`);
    let position = 0;
    for (const { name, dtype, shape, lengthBytes } of tensors) {
        const data_offsets = [position, position + lengthBytes];
        members.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets })}`);
        position += lengthBytes;
    }
    const text = (0,build_digest/* utf8 */.As)(`{${members.join(',')}}`);
    const paddedBytes = Math.ceil(text.length / alignment) * alignment;
    const bytes = new Uint8Array(alignment + paddedBytes).fill(0x20);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(paddedBytes), true);
    bytes.set(text, alignment);
    return bytes;
}
//# sourceMappingURL=format-header.js.map
// EXTERNAL MODULE: ./packages/formats/build/safetensors/read-header.js + 1 modules
var read_header = __webpack_require__(63658);
// EXTERNAL MODULE: ./packages/formats/build/tensor-digests.js
var tensor_digests = __webpack_require__(48072);
// EXTERNAL MODULE: ./packages/manifest/build/glob.js
var glob = __webpack_require__(12284);
// EXTERNAL MODULE: ./packages/flows/build/registry/read-snapshot.js
var read_snapshot = __webpack_require__(50773);
// EXTERNAL MODULE: ./packages/flows/build/progress/transfer.js
var transfer = __webpack_require__(77943);
// EXTERNAL MODULE: ./packages/flows/build/fetch/version-files.js
var version_files = __webpack_require__(34393);
;// CONCATENATED MODULE: ./packages/flows/build/fetch/fetch-tensors.js






/** As much as a segment of a store: no segment is read twice. */
const pieceBytes = 16 * 1024 * 1024;
/**
 * Writes, for each safetensors file that has tensors whose name matches, a safetensors file `<name>.selected.safetensors`
 * with these and no others. Only their segments are read, and each tensor is compared with the digest, dtype and shape
 * that were registered. @throws flow/tensors-not-selectable, flow/nothing-selected, flow/tensor-differs, store/*
 */
async function fetchTensors(surroundings, found, { selected, folder, dryRun, pattern }) {
    const snapshot = await (0,read_snapshot/* readSnapshot */.R)(surroundings, found.version);
    const fetched = [];
    for (const wanted of wantedTensors(found, { snapshot, selected, pattern })) {
        const source = await found.bytes.open(wanted.file);
        try {
            fetched.push(await takeOut(source, wanted, { folder, dryRun, surroundings }));
        }
        finally {
            await source.close();
        }
    }
    return fetched;
}
function wantedTensors({ model, version }, asked) {
    const about = { model, version: version.version };
    const candidates = asked.selected.flatMap((file) => {
        const recorded = asked.snapshot.artifacts.find(({ sha256, header }) => sha256 === file.digest && header !== null);
        // The index of a sharded model tells of tensors that lie in other files.
        const holds = recorded?.header?.format === 'safetensors' && !file.name.endsWith('.json');
        return recorded !== undefined && holds ? [{ file, recorded }] : [];
    });
    if (candidates.length === 0) {
        throw (0,error/* weighbridgeError */.q)('flow/tensors-not-selectable', {
            ...about,
            known: (0,version_files/* listNames */.Zv)(asked.selected.map(({ name }) => name)),
        });
    }
    const wanted = candidates
        .map(({ file, recorded }) => ({ file, recorded, names: matching(recorded, asked.pattern) }))
        .filter(({ names }) => names.size > 0);
    if (wanted.length > 0)
        return wanted;
    const known = (0,version_files/* listNames */.Zv)(candidates.flatMap(({ recorded }) => namesOf(recorded)));
    throw (0,error/* weighbridgeError */.q)('flow/nothing-selected', { ...about, pattern: asked.pattern, what: 'tensor', known });
}
const namesOf = ({ header }) => (header?.tensors ?? []).map(([name]) => name);
function matching(recorded, pattern) {
    return new Set(namesOf(recorded).filter((name) => (0,glob/* matchGlob */.sB)(pattern, name)));
}
async function takeOut(source, { file, recorded, names }, how) {
    const tensors = await locateTensors(source, { file, recorded, names });
    const lengths = tensors.map(({ startByte, endByte }) => endByte - startByte);
    const header = formatSafetensorsHeader(tensors.map((tensor, index) => ({ ...tensor, lengthBytes: lengths[index] ?? 0 })), textsOf(recorded.header?.attributes ?? {}));
    const name = `${file.name.replace(/\.safetensors$/, '')}.selected.safetensors`;
    const { newHash } = how.surroundings;
    const sizeBytes = header.length + lengths.reduce((sum, length) => sum + length, 0);
    const expected = { name, sizeBytes, header, digests: recorded.tensors };
    const present = await holdsTensors(how.folder, expected, newHash);
    const whole = newHash();
    if (!present && !how.dryRun) {
        const told = (0,transfer/* openTransfer */.ij)(how.surroundings, { title: `Fetching ${name}`, sizeBytes });
        await how.folder.write(name, hashed(piecesOf(source, { path: file.path, header, tensors, newHash, told }), whole));
    }
    const isWritten = !present && !how.dryRun;
    const digest = isWritten ? (0,build_digest/* formatDigest */.MO)(whole.digest()) : present ? await how.folder.digestOf(name) : file.digest;
    const outcome = present ? 'present' : how.dryRun ? 'missing' : 'fetched';
    const { path, address } = file;
    return { path, name, sizeBytes, digest, address, outcome, tensors: tensors.map((tensor) => tensor.name) };
}
/** Where the tensors lie in the stored file, in the order of their bytes. @throws flow/tensor-differs */
async function locateTensors(source, { file, recorded, names }) {
    const stored = new Map((await (0,read_header/* readSafetensorsHeader */.DS)(source)).tensors.map((tensor) => [tensor.name, tensor]));
    const located = (recorded.header?.tensors ?? [])
        .filter(([name]) => names.has(name))
        .map(([name, dtype, shape]) => {
        const refuse = (reason) => (0,error/* weighbridgeError */.q)('flow/tensor-differs', { tensor: JSON.stringify(name), path: file.path, reason });
        const tensor = stored.get(name);
        const digest = Object.hasOwn(recorded.tensors, name) ? recorded.tensors[name] : undefined;
        if (digest === undefined)
            throw refuse('the record has no digest of it');
        if (tensor === undefined || tensor.location === null)
            throw refuse('the header does not name it');
        if (tensor.dtype !== dtype || tensor.shape.join() !== shape.join())
            throw refuse('its dtype or shape is another');
        const { startByte, endByte } = tensor.location;
        return { name, dtype, shape, startByte, endByte, digest };
    });
    return located.sort((left, right) => left.startByte - right.startByte);
}
/** The file piece by piece; ends with an error before its last piece when a tensor is not what was registered. */
async function* piecesOf(source, wanted) {
    yield wanted.header;
    wanted.told.addBytes(wanted.header.length);
    for (const { name, startByte, endByte, digest } of wanted.tensors) {
        const hash = wanted.newHash();
        for (let position = startByte; position < endByte; position += pieceBytes) {
            const bytes = await source.read(position, Math.min(pieceBytes, endByte - position));
            hash.update(bytes);
            yield bytes;
            wanted.told.addBytes(bytes.length);
        }
        const actual = (0,build_digest/* formatDigest */.MO)(hash.digest());
        if (actual === digest)
            continue;
        const reason = `its bytes are ${actual} and should be ${digest}`;
        throw (0,error/* weighbridgeError */.q)('flow/tensor-differs', { tensor: JSON.stringify(name), path: wanted.path, reason });
    }
}
async function* hashed(pieces, hash) {
    for await (const piece of pieces) {
        hash.update(piece);
        yield piece;
    }
}
/** Whether a folder has the selection already: the same header, and each tensor by its registered digest. */
async function holdsTensors(folder, expected, newHash) {
    if ((await folder.sizeOf(expected.name)) !== expected.sizeBytes)
        return false;
    const source = await folder.open(expected.name);
    if (source === null)
        return false;
    try {
        const start = await source.read(0, expected.header.length);
        if (!start.every((byte, index) => byte === expected.header[index]))
            return false;
        const header = await (0,read_header/* readSafetensorsHeader */.DS)(source);
        const digests = await (0,tensor_digests/* digestTensors */.d)(header, async () => ({ ...source, close: async () => { } }), newHash);
        return [...digests].every(([name, digest]) => expected.digests[name] === digest);
    }
    finally {
        await source.close();
    }
}
function textsOf(attributes) {
    return Object.fromEntries(Object.entries(attributes).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])));
}
//# sourceMappingURL=fetch-tensors.js.map

/***/ })

};
