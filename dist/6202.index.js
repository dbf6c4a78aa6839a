export const id = 6202;
export const ids = [6202];
export const modules = {

/***/ 66202:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ingestSource: () => (/* binding */ ingestSource)
});

// EXTERNAL MODULE: ./packages/core/build/digest.js
var build_digest = __webpack_require__(70120);
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/storage/build/cut.js
var cut = __webpack_require__(98352);
// EXTERNAL MODULE: ./packages/storage/build/object-keys.js
var object_keys = __webpack_require__(98254);
// EXTERNAL MODULE: ./packages/stores/build/hashing/hash-lane.js
var hash_lane = __webpack_require__(46733);
;// CONCATENATED MODULE: ./packages/stores/build/hashing/file-hasher.js

/**
 * Hashes in this thread, or in those of a pool: two, and a third when there are tensors to be hashed besides the pieces.
 * Close it when the last digest is there.
 */
function openFileHasher(options) {
    const open = () => options.threads?.borrow() ?? (0,hash_lane/* openInlineLane */.O)();
    const lanes = { file: open(), pieces: open(), tensors: options.hasTensors ? open() : (0,hash_lane/* openInlineLane */.O)() };
    return {
        ...lanes,
        async close() {
            await Promise.all(Object.values(lanes).map((lane) => lane.close()));
        },
    };
}
//# sourceMappingURL=file-hasher.js.map
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./packages/storage/build/pack.js
var pack = __webpack_require__(85647);
// EXTERNAL MODULE: ./packages/stores/build/reading/read-as-it-lies.js
var read_as_it_lies = __webpack_require__(18529);
;// CONCATENATED MODULE: ./packages/stores/build/place-object.js




/** For larger objects, packs among them, a question costs less than sending what is there already. */
const askFirstBytes = pack/* packLimits */.Az.minBytes;
/** How often a name may be taken and freed again under one writer before it gives up. */
const maxPlaceTries = 5;
/**
 * Sees to it that a bucket holds an object. Other bytes under the key are kept in quarantine and replaced: always where
 * present objects are compared, else where their size shows it.
 */
async function placeObject(keeper, object) {
    const { bucket } = keeper;
    const { key, body, sizeBytes, sha256 } = object;
    let distrusts = keeper.comparesPresent || object.accepts !== undefined;
    if (!distrusts && sizeBytes > askFirstBytes) {
        const held = await bucket.describe(key);
        if (held?.sizeBytes === sizeBytes)
            return 'present';
        distrusts = held !== null;
    }
    if (object.liesCompressed !== undefined) {
        // Readers take the object as it is before its compressed form: what lies there has to be right.
        const isBare = keeper.comparesPresent ? (await bucket.describe(key)) === null : !distrusts;
        if (isBare && (await object.liesCompressed()))
            return 'present';
    }
    for (let attempt = 0; attempt < maxPlaceTries; attempt++) {
        if ((await bucket.create(key, body, { sha256 })) === 'created')
            return 'created';
        if (!distrusts)
            return 'present';
        const held = await (0,read_as_it_lies/* readAsItLies */.Z)(bucket, key);
        if (held === null)
            continue;
        if (isJoined(body, held.bytes) || (await object.accepts?.(held.bytes)) === true)
            return 'present';
        await keeper.copy(key, (0,object_keys/* quarantineKey */.KU)(object.about, (0,external_node_crypto_.randomUUID)()));
        if ((await bucket.replace(key, joined(body, sizeBytes), held.revision)) !== null)
            return 'healed';
    }
    const path = `${bucket.address}/${key}`;
    throw (0,error/* weighbridgeError */.q)('store/io', { action: 'write', path, reason: 'its name came and went' });
}
function isJoined(body, whole) {
    let offset = 0;
    for (const piece of body) {
        if (Buffer.compare(piece, whole.subarray(offset, offset + piece.length)) !== 0)
            return false;
        offset += piece.length;
    }
    return offset === whole.length;
}
function joined(body, sizeBytes) {
    const [first] = body;
    return body.length === 1 && first !== undefined ? first : Buffer.concat(body, sizeBytes);
}
//# sourceMappingURL=place-object.js.map
// EXTERNAL MODULE: ./packages/stores/build/transfer/in-flight.js
var in_flight = __webpack_require__(94803);
// EXTERNAL MODULE: ./packages/storage/build/recipe.js
var build_recipe = __webpack_require__(38844);
// EXTERNAL MODULE: ./packages/stores/build/collection/pins.js
var pins = __webpack_require__(66190);
// EXTERNAL MODULE: ./packages/stores/build/reading/stored-file.js
var stored_file = __webpack_require__(41676);
// EXTERNAL MODULE: ./packages/stores/build/reading/stream-file.js
var stream_file = __webpack_require__(69905);
;// CONCATENATED MODULE: ./packages/stores/build/ingest/commit-recipe.js







/** Codes that say of a recipe that is there that no file comes of it. */
const uselessCodes = ['store/missing', 'store/corrupt', 'store/recipe-malformed'];
/**
 * Writes the recipe of a file whose bytes are stored. Another recipe that is there already is as good when it can be
 * read and its objects are there, and where present objects are compared when its file comes out right; else it is set aside and replaced.
 */
async function commitRecipe(keeper, means, recipe) {
    const { digest } = recipe;
    const { bucket } = keeper;
    const key = (0,object_keys/* recipeKey */.Kf)(digest);
    const body = (0,build_digest/* utf8 */.As)((0,build_recipe/* formatRecipe */.IT)(recipe));
    async function accepts(present) {
        try {
            const file = (0,stored_file/* fileOfRecipe */.ac)(present, { digest, path: `${bucket.address}/${key}` });
            if (keeper.comparesPresent)
                await (0,stream_file/* streamFile */.P)(file, { bucket, means });
            else
                return (await (0,pins/* findMissing */.y7)(bucket, new Set(file.segments.map(({ object }) => object)))) === null;
            return true;
        }
        catch (cause) {
            if (cause instanceof error/* WeighbridgeError */.kj && uselessCodes.includes(cause.code))
                return false;
            throw cause;
        }
    }
    const sha256 = (0,external_node_crypto_.createHash)('sha256').update(body).digest();
    return placeObject(keeper, { key, about: digest, body: [body], sizeBytes: body.length, sha256, accepts });
}
//# sourceMappingURL=commit-recipe.js.map
// EXTERNAL MODULE: ./packages/stores/build/reading/segment-reader.js
var segment_reader = __webpack_require__(25749);
;// CONCATENATED MODULE: ./packages/stores/build/ingest/like-pieces.js




/** More files than that are no help: what they share with a new one, the first few share, too. */
const maxLike = 16;
/** Codes of files that cannot be used: they save nothing, and they stop nothing. */
const like_pieces_uselessCodes = [
    'store/missing',
    'store/archived',
    'store/corrupt',
    'store/recipe-malformed',
    'store/recipe-newer',
];
/** Looks at the recipes of files; those that are missing or damaged count as none. */
async function openLikePieces(bucket, like) {
    const claims = new Map();
    const byPack = new Map();
    for (const digest of like.slice(0, maxLike)) {
        const file = await unlessUseless(() => (0,stored_file/* findFile */.qE)(bucket, digest));
        for (const segment of file?.segments ?? []) {
            if (segment.digest === null || claims.has(segment.digest))
                continue;
            if (segment.isWholeObject && !(0,pack/* isPacked */.lS)(segment))
                continue;
            claims.set(segment.digest, segment);
            if (segment.isWholeObject)
                continue;
            const ofPack = byPack.get(segment.object) ?? [];
            ofPack.push(segment);
            byPack.set(segment.object, ofPack);
        }
    }
    const proven = new Map();
    return {
        async find(digest) {
            const claim = claims.get(digest);
            if (claim === undefined)
                return null;
            if (claim.isWholeObject)
                return 'object';
            const proof = proven.get(claim.object) ?? provePack(bucket, byPack.get(claim.object) ?? []);
            proven.set(claim.object, proof);
            return (await proof).has(digest) ? { pack: claim.object, offset: claim.objectOffset } : null;
        },
    };
}
/** Which pieces a pack really holds where the recipes say so. */
async function provePack(bucket, segments) {
    const reader = (0,segment_reader/* openSegmentReader */.b)(bucket);
    const held = new Set();
    for (const segment of segments) {
        const bytes = await unlessUseless(() => reader.readVerified(segment));
        if (bytes !== null && segment.digest !== null)
            held.add(segment.digest);
    }
    return held;
}
async function unlessUseless(run) {
    try {
        return await run();
    }
    catch (cause) {
        if (cause instanceof error/* WeighbridgeError */.kj && like_pieces_uselessCodes.includes(cause.code))
            return null;
        throw cause;
    }
}
//# sourceMappingURL=like-pieces.js.map
// EXTERNAL MODULE: ./packages/storage/build/chunk.js
var chunk = __webpack_require__(64653);
// EXTERNAL MODULE: ./packages/stores/build/transfer/batch-neighbours.js
var batch_neighbours = __webpack_require__(31368);
;// CONCATENATED MODULE: ./packages/stores/build/ingest/read-source.js

/** How much a source that makes a new buffer for each read is asked for at once. */
const chunkBytes = 1024 * 1024;
/** Fills a buffer from an offset of a source. @throws store/source-changed when the source ends before that */
async function readSource(source, target, offset) {
    if (source.readInto !== undefined) {
        const filled = await source.readInto(target, offset);
        if (filled < target.length)
            throw changed(source, offset + filled);
        return;
    }
    for (let start = 0; start < target.length; start += chunkBytes) {
        const lengthBytes = Math.min(chunkBytes, target.length - start);
        const bytes = await source.read(offset + start, lengthBytes);
        if (bytes.length !== lengthBytes)
            throw changed(source, offset + start + bytes.length);
        target.set(bytes, start);
    }
}
/** @throws store/source-changed when there are bytes behind the end that the source had when it was opened */
async function refuseGrowth(source) {
    const beyond = (await source.readInto?.(new Uint8Array(1), source.sizeBytes)) ?? 0;
    if (beyond > 0)
        throw changed(source, source.sizeBytes + beyond);
}
function changed(source, actualBytes) {
    return (0,error/* weighbridgeError */.q)('store/source-changed', {
        source: source.name,
        expectedBytes: source.sizeBytes,
        actualBytes,
    });
}
//# sourceMappingURL=read-source.js.map
;// CONCATENATED MODULE: ./packages/stores/build/ingest/read-batches.js



/**
 * Reads a source once, forwards, into one buffer after the other, and finds the pieces of what is to be cut by its
 * content. @throws store/source-changed when the source ends before its size
 */
async function* readBatches(source, stretches, buffers) {
    let known = [];
    for (const stretch of stretches) {
        if (!stretch.byContent) {
            known.push(stretch);
            continue;
        }
        yield* readKnown(source, known, buffers);
        known = [];
        yield* readUnknown(source, stretch, buffers);
    }
    yield* readKnown(source, known, buffers);
}
async function* readKnown(source, pieces, buffers) {
    if (pieces.length === 0)
        return;
    for (const batch of (0,batch_neighbours/* batchNeighbours */.L)(pieces, cut/* cutLimits */.p.maxSegmentBytes)) {
        const loan = await borrowFilled(buffers, batch.lengthBytes, (bytes) => readSource(source, bytes, batch.offset));
        yield { batch, loan, bytes: loan.bytes };
    }
}
/** A chunk that goes on behind a buffer begins the next one, so that buffers do not show in the cut. */
async function* readUnknown(source, stretch, buffers) {
    const end = stretch.offset + stretch.lengthBytes;
    let carried = new Uint8Array(0);
    for (let offset = stretch.offset; offset < end;) {
        const loan = await borrowFilled(buffers, Math.min(cut/* cutLimits */.p.maxSegmentBytes, end - offset), (bytes) => {
            bytes.set(carried);
            return readSource(source, bytes.subarray(carried.length), offset + carried.length);
        });
        const parts = chunksIn(loan.bytes, { offset, isEnd: offset + loan.bytes.length === end });
        const lengthBytes = parts.reduce((sum, part) => sum + part.lengthBytes, 0);
        carried = loan.bytes.slice(lengthBytes);
        yield { batch: { offset, lengthBytes, parts }, loan, bytes: loan.bytes.subarray(0, lengthBytes) };
        offset += lengthBytes;
    }
}
function chunksIn(bytes, { offset, isEnd }) {
    const pieces = [];
    for (let start = 0; start < bytes.length;) {
        const end = (0,chunk/* endOfChunk */.E)(bytes, { start, isEnd, limits: chunk/* chunkLimits */.S });
        if (end === null)
            break;
        pieces.push({ offset: offset + start, lengthBytes: end - start, byContent: true });
        start = end;
    }
    return pieces;
}
async function borrowFilled(buffers, lengthBytes, fill) {
    const loan = await buffers.borrow(lengthBytes);
    try {
        await fill(loan.bytes);
        return loan;
    }
    catch (cause) {
        loan.release();
        throw cause;
    }
}
//# sourceMappingURL=read-batches.js.map
// EXTERNAL MODULE: ./packages/stores/build/buffers.js
var buffers = __webpack_require__(17124);
;// CONCATENATED MODULE: ./packages/stores/build/ingest/pack-writer.js




/** While so many packs are being sent, no further one is filled. */
const maxSending = 2;
/** @param store stores an object under its digest */
function openPackWriter(store) {
    const sending = (0,in_flight/* openInFlight */.A)();
    let open = newPack();
    async function close() {
        const pack = open;
        open = newPack();
        const hash = (0,external_node_crypto_.createHash)('sha256');
        for (const part of pack.parts)
            hash.update(part);
        const sha256 = hash.digest();
        pack.digest = (0,build_digest/* formatDigest */.MO)(sha256);
        await sending.below(maxSending);
        const parts = pack.parts.splice(0);
        sending.add(store(parts, sha256, pack.sizeBytes));
    }
    return {
        async add(piece, { sha256, byContent }) {
            if (!(0,pack/* fitsPack */.Up)(open.sizeBytes, piece.length))
                await close();
            const place = { pack: open, offset: open.sizeBytes };
            open.parts.push(new Uint8Array(piece));
            open.sizeBytes += piece.length;
            open.pieces++;
            if ((0,pack/* endsPack */.UE)(open.sizeBytes, sha256, { byContent }))
                await close();
            return place;
        },
        async finish() {
            if (open.pieces > 0)
                await close();
            await sending.below(1);
        },
        settled: () => sending.settled(),
    };
}
function newPack() {
    return { parts: [], sizeBytes: 0, pieces: 0, digest: null };
}
//# sourceMappingURL=pack-writer.js.map
;// CONCATENATED MODULE: ./packages/stores/build/ingest/segment-writer.js






/** Objects of one file that are sent at once. */
const maxUploads = 8;
/** Nothing written yet. */
function openSegmentWriter({ keeper, watch, findCompressed }, like) {
    const uploads = (0,buffers/* openBudget */.ak)(maxUploads);
    const placed = [];
    const known = new Map();
    let storedBytes = 0;
    let healed = false;
    let inOrder = Promise.resolve();
    async function storeObject(body, sha256, sizeBytes) {
        const digest = (0,build_digest/* formatDigest */.MO)(sha256);
        const liesCompressed = () => findCompressed(digest);
        await uploads.take(1);
        try {
            const object = { key: (0,object_keys/* objectKey */.T5)(digest), about: digest, body, sizeBytes, sha256, liesCompressed };
            const outcome = await placeObject(keeper, object);
            if (outcome !== 'present')
                storedBytes += sizeBytes;
            healed ||= outcome === 'healed';
            await watch.placed(digest, outcome);
        }
        finally {
            uploads.give(1);
        }
    }
    const packs = openPackWriter(storeObject);
    /** Where a new small piece goes; null when it is to be an object. */
    async function placeSmall(piece, bytes, sha256) {
        const found = await like.find((0,build_digest/* formatDigest */.MO)(sha256));
        if (found === 'object')
            return null;
        if (found === null)
            return packs.add(bytes, { sha256, byContent: piece.byContent ?? false });
        await watch.shares(found.pack);
        return found;
    }
    return {
        async write(pieces, read, digests) {
            const objects = (0,in_flight/* openInFlight */.A)();
            const before = inOrder;
            const placing = (async () => {
                const [found] = await Promise.all([digests, before]);
                for (const [index, piece] of pieces.entries()) {
                    const sha256 = found[index];
                    (0,error/* invariant */.V1)(sha256 !== undefined, 'a piece has no digest');
                    const digest = (0,build_digest/* formatDigest */.MO)(sha256);
                    const bytes = read(piece);
                    const again = known.get(digest);
                    const at = again?.at ?? (again === undefined && (0,pack/* isPacked */.lS)(piece) ? await placeSmall(piece, bytes, sha256) : null);
                    const segment = { digest, lengthBytes: bytes.length, at };
                    if (again === undefined) {
                        known.set(digest, segment);
                        if (at === null)
                            objects.add(storeObject([bytes], sha256, bytes.length));
                    }
                    placed.push(segment);
                }
            })();
            inOrder = placing;
            try {
                await placing;
                await objects.below(1);
            }
            finally {
                await objects.settled();
            }
        },
        async finish() {
            await packs.finish();
            return { segments: placed.map(toSegment), storedBytes, healed };
        },
        settled: () => packs.settled(),
    };
}
/** A pack of one piece is an object that is named by that piece. */
function toSegment({ digest, lengthBytes, at }) {
    if (at === null)
        return { digest, lengthBytes, packed: null };
    const { pack, offset } = at;
    if (typeof pack === 'string')
        return { digest, lengthBytes, packed: { pack, offset } };
    (0,error/* invariant */.V1)(pack.digest !== null, 'a pack was never stored');
    return { digest, lengthBytes, packed: pack.pieces === 1 ? null : { pack: pack.digest, offset } };
}
//# sourceMappingURL=segment-writer.js.map
// EXTERNAL MODULE: ./packages/formats/build/gguf/read-header.js + 3 modules
var read_header = __webpack_require__(97025);
// EXTERNAL MODULE: ./packages/formats/build/safetensors/read-header.js + 1 modules
var safetensors_read_header = __webpack_require__(63658);
// EXTERNAL MODULE: ./packages/formats/build/torch/zip-directory.js + 1 modules
var zip_directory = __webpack_require__(14428);
// EXTERNAL MODULE: ./packages/formats/build/onnx/looks-like-onnx.js
var looks_like_onnx = __webpack_require__(82333);
// EXTERNAL MODULE: ./packages/formats/build/byte-window.js
var byte_window = __webpack_require__(27900);
// EXTERNAL MODULE: ./packages/formats/build/tensor-digests.js
var tensor_digests = __webpack_require__(48072);
// EXTERNAL MODULE: ./packages/formats/build/read-header.js + 20 modules
var build_read_header = __webpack_require__(83998);
;// CONCATENATED MODULE: ./packages/stores/build/ingest/tensor-plan.js




/** Formats whose tensors lie as they are in the file. A pickle has to be run through to learn where they are. */
const cutFormats = ['safetensors', 'gguf', 'pytorch-zip', 'onnx'];
const looks = [read_header/* looksLikeGguf */.h2, safetensors_read_header/* looksLikeSafetensors */.NY, zip_directory/* looksLikeZip */.fw, looks_like_onnx/* looksLikeOnnx */.p];
/**
 * What the header of a source means for its storage. A header that nobody has read is read here, for the cut alone; a
 * file that only looks like a model is cut like any other.
 * @throws formats/truncated, formats/too-complex for a given header that cannot be that of the source
 */
async function planTensors(source, given) {
    const header = given === undefined ? await lookForHeader(source) : given;
    if (header === null)
        return { spans: [], ranges: [] };
    const file = (0,byte_window/* sourceFile */.sm)(source);
    const spans = cutFormats.includes(header.format)
        ? header.tensors.flatMap(({ location, shape }) => location?.file === file ? [{ ...location, isTable: isTable(shape) }] : [])
        : [];
    return { spans, ranges: given === undefined ? [] : (0,tensor_digests/* tensorRangesIn */.n)(header, source, file) };
}
/** The layers of transformers that widen have up to four times as many rows as columns; vocabularies have more. */
const minTableRatio = 6;
/** Many more rows than columns: embeddings and what maps to a vocabulary, which grow when tokens are added. */
function isTable([rows, columns, ...rest]) {
    return rows !== undefined && columns !== undefined && rest.length === 0 && rows >= minTableRatio * columns;
}
async function lookForHeader(source) {
    if (source.sizeBytes <= cut/* cutLimits */.p.wholeFileBytes)
        return null;
    const firstBytes = await source.read(0, build_read_header/* magicBytes */.Hc);
    if (!looks.some((looksLike) => looksLike(firstBytes)))
        return null;
    try {
        return await (0,build_read_header/* readHeader */.ay)(source, { sha256, openBeside: async () => null });
    }
    catch (cause) {
        if (cause instanceof error/* WeighbridgeError */.kj && cause.code.startsWith('formats/'))
            return null;
        throw cause;
    }
}
function sha256(bytes) {
    return (0,external_node_crypto_.createHash)('sha256').update(bytes).digest();
}
//# sourceMappingURL=tensor-plan.js.map
// EXTERNAL MODULE: ./packages/formats/build/code-points.js
var code_points = __webpack_require__(60226);
;// CONCATENATED MODULE: ./packages/stores/build/ingest/tensor-streams.js



/** @param ranges sorted by their first byte, as tensorRangesIn gives them */
function openTensorStreams(ranges, pieces) {
    const found = new Map();
    const pieceEnds = ranges.length === 0 ? new Map() : endsByStart(pieces);
    const whole = new Map();
    const waiting = [];
    let streams = 0;
    let open = [];
    let next = 0;
    const tell = ({ names }, sha256) => names.forEach((name) => found.set(name, (0,build_digest/* formatDigest */.MO)(sha256)));
    for (const range of ranges) {
        if (range.startByte === range.endByte)
            tell(range, (0,external_node_crypto_.createHash)('sha256').digest());
        else if (pieceEnds.get(range.startByte) === range.endByte)
            whole.set(range.startByte, range);
        else
            waiting.push(range);
    }
    function stepsOf(batch, { range, stream }) {
        const end = batch.offset + batch.lengthBytes;
        return {
            stream,
            start: Math.max(range.startByte - batch.offset, 0),
            end: Math.min(range.endByte, end) - batch.offset,
            last: range.endByte <= end,
        };
    }
    return {
        hasTensors: waiting.length > 0,
        next(batch) {
            const end = batch.offset + batch.lengthBytes;
            const ofPieces = batch.parts.map(({ offset, lengthBytes }) => {
                const start = offset - batch.offset;
                return { stream: streams++, start, end: start + lengthBytes, last: true };
            });
            for (let range = waiting[next]; range !== undefined && range.startByte < end; range = waiting[++next]) {
                open.push({ range, stream: streams++ });
            }
            const ofTensors = open.map((each) => stepsOf(batch, each));
            const ended = open.filter(({ range }) => range.endByte <= end);
            open = open.filter(({ range }) => range.endByte > end);
            return {
                pieces: ofPieces,
                tensors: ofTensors,
                found(pieces, tensors) {
                    (0,error/* invariant */.V1)(pieces.length === batch.parts.length && tensors.length === ended.length, 'digests were lost');
                    for (const [index, { offset }] of batch.parts.entries()) {
                        const range = whole.get(offset);
                        if (range !== undefined)
                            tell(range, pieces[index] ?? new Uint8Array(0));
                    }
                    for (const [index, { range }] of ended.entries())
                        tell(range, tensors[index] ?? new Uint8Array(0));
                },
            };
        },
        digests: () => new Map([...found].sort(([left], [right]) => (0,code_points/* compareCodePoints */.O)(left, right))),
    };
}
function endsByStart(pieces) {
    return new Map(pieces.map(({ offset, lengthBytes }) => [offset, offset + lengthBytes]));
}
//# sourceMappingURL=tensor-streams.js.map
;// CONCATENATED MODULE: ./packages/stores/build/ingest/ingest-source.js













/**
 * Reads a source once, forwards: from the same buffers come the digest of the file, those of its pieces and tensors, and
 * what is sent. Header and end of a model file are read once more, to know where its tensors are.
 * @throws as Store.ingest
 */
async function ingestSource(place, source, options) {
    const expected = options.expected === undefined ? null : (0,build_digest/* parseDigest */.m)(options.expected);
    const { spans, ranges } = await planTensors(source, options.header);
    const stretches = (0,cut/* planCut */.G)(source.sizeBytes, spans);
    if (stretches.length > cut/* cutLimits */.p.maxPieces) {
        const limitBytes = cut/* cutLimits */.p.maxPieces * cut/* cutLimits */.p.maxSegmentBytes;
        throw (0,error/* weighbridgeError */.q)('store/too-large', { source: source.name, sizeBytes: source.sizeBytes, limitBytes });
    }
    const tensors = openTensorStreams(ranges, stretches.filter(({ byContent }) => !byContent));
    const [only] = stretches;
    if (stretches.length === 1 && only?.byContent === false) {
        return ingestObject(place, source, { piece: only, tensors, expected });
    }
    return ingestPieces(place, source, { stretches, tensors, expected, like: options.like ?? [] });
}
/** A file of one piece is one object: it is compared with what was expected before it is sent. */
async function ingestObject(place, source, { piece, tensors, expected }) {
    const { keeper, means } = place;
    const { sizeBytes } = source;
    const loan = await means.buffers.borrow(sizeBytes);
    try {
        await readSource(source, loan.bytes, 0);
        await refuseGrowth(source);
        const steps = tensors.next({ offset: 0, lengthBytes: sizeBytes, parts: [piece] });
        const digests = await (0,hash_lane/* openInlineLane */.O)().run(loan.bytes, steps.pieces);
        steps.found(digests, await (0,hash_lane/* openInlineLane */.O)().run(loan.bytes, steps.tensors));
        const [sha256 = new Uint8Array(0)] = digests;
        const digest = (0,build_digest/* formatDigest */.MO)(sha256);
        refuseOther(source, digest, expected);
        const watch = await place.watch.begin();
        const liesCompressed = () => place.findCompressed(digest);
        const object = { key: (0,object_keys/* objectKey */.T5)(digest), about: digest, body: [loan.bytes], sizeBytes, sha256, liesCompressed };
        const outcome = await placeObject(keeper, object);
        return {
            digest,
            sizeBytes,
            segments: [{ digest, lengthBytes: sizeBytes, packed: null }],
            storedBytes: outcome === 'present' ? 0 : sizeBytes,
            tensors: tensors.digests(),
            async commit() {
                await watch.commitObject(digest, outcome);
                return outcome === 'present' ? 'present' : 'stored';
            },
        };
    }
    finally {
        loan.release();
    }
}
async function ingestPieces(place, source, plan) {
    const { keeper, means } = place;
    const watch = await place.watch.begin();
    await means.cutFiles.take(1);
    const { digest, written } = await movePieces(place, source, { ...plan, watch }).finally(() => means.cutFiles.give(1));
    refuseOther(source, digest, plan.expected);
    const { sizeBytes } = source;
    const { segments, storedBytes, healed } = written;
    let isSent = healed || storedBytes > 0;
    return {
        digest,
        sizeBytes,
        segments,
        storedBytes,
        tensors: plan.tensors.digests(),
        async commit() {
            const recipe = { digest, sizeBytes, segments };
            const outcome = await watch.commit(recipe, () => commitRecipe(keeper, means, recipe));
            // A recipe that was there may have lacked what was sent now.
            const isNew = outcome !== 'present' || isSent;
            isSent = false;
            return isNew ? 'stored' : 'present';
        },
    };
}
/** Buffers are filled one after the other; each is hashed and sent while the next ones are read. */
async function movePieces({ keeper, means, findCompressed }, source, { stretches, tensors, watch, like }) {
    const writer = openSegmentWriter({ keeper, watch, findCompressed }, await openLikePieces(keeper.bucket, like));
    const hasher = openFileHasher({
        threads: source.sizeBytes >= means.threadedBytes ? means.threads : null,
        hasTensors: tensors.hasTensors,
    });
    const inFlight = (0,in_flight/* openInFlight */.A)();
    let sha256 = null;
    /** Begins at once, so that the buffers are hashed in order. */
    async function move(batch, bytes) {
        const end = batch.offset + batch.lengthBytes;
        const steps = tensors.next(batch);
        const whole = [{ stream: 0, start: 0, end: bytes.length, last: end === source.sizeBytes }];
        const hashing = Promise.all([
            hasher.pieces.run(bytes, steps.pieces),
            hasher.tensors.run(bytes, steps.tensors),
            hasher.file.run(bytes, whole),
        ]);
        const digests = hashing.then(([ofPieces, ofTensors, [ofFile]]) => {
            steps.found(ofPieces, ofTensors);
            sha256 = ofFile ?? sha256;
            return ofPieces;
        });
        await writer.write(batch.parts, (piece) => viewOf(piece, batch, bytes), digests);
    }
    try {
        for await (const { batch, loan, bytes } of readBatches(source, stretches, means.buffers)) {
            inFlight.add(move(batch, bytes).finally(() => loan.release()));
        }
        await refuseGrowth(source);
        await inFlight.below(1);
        const written = await writer.finish();
        (0,error/* invariant */.V1)(sha256 !== null, 'a file was read and has no digest');
        return { digest: (0,build_digest/* formatDigest */.MO)(sha256), written };
    }
    finally {
        await inFlight.settled();
        await writer.settled();
        await hasher.close();
    }
}
function viewOf(piece, batch, bytes) {
    const start = piece.offset - batch.offset;
    return bytes.subarray(start, start + piece.lengthBytes);
}
function refuseOther(source, actual, expected) {
    if (expected === null || actual === expected)
        return;
    throw (0,error/* weighbridgeError */.q)('store/digest-mismatch', { source: source.name, expected, actual });
}
//# sourceMappingURL=ingest-source.js.map

/***/ })

};
