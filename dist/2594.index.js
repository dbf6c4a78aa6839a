export const id = 2594;
export const ids = [2594];
export const modules = {

/***/ 52594:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  arrangeObjects: () => (/* binding */ arrangeObjects)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./packages/core/build/digest.js
var digest = __webpack_require__(70120);
// EXTERNAL MODULE: ./packages/storage/build/object-keys.js
var object_keys = __webpack_require__(98254);
// EXTERNAL MODULE: ./packages/storage/build/compressed-object.js
var compressed_object = __webpack_require__(80111);
// EXTERNAL MODULE: ./packages/storage/build/byte-planes.js
var byte_planes = __webpack_require__(58658);
// EXTERNAL MODULE: ./packages/stores/build/collection/elapsed.js
var elapsed = __webpack_require__(14936);
// EXTERNAL MODULE: ./packages/stores/build/collection/control.js
var control = __webpack_require__(95241);
// EXTERNAL MODULE: ./packages/stores/build/reading/stored-file.js
var stored_file = __webpack_require__(41676);
// EXTERNAL MODULE: ./packages/stores/build/compression/deflating.js
var deflating = __webpack_require__(54074);
// EXTERNAL MODULE: ./packages/stores/build/compression/list-digests.js
var list_digests = __webpack_require__(70824);
// EXTERNAL MODULE: ./packages/stores/build/compression/read-form.js
var read_form = __webpack_require__(2391);
// EXTERNAL MODULE: ./packages/stores/build/collection/lease.js
var lease = __webpack_require__(88306);
;// CONCATENATED MODULE: ./packages/stores/build/compression/removing.js


const removalsAtOnce = 16;
/**
 * Removes keys whose bytes another key holds, as the only one who removes anything from the bucket: it has the lease that
 * a collection that deletes has, so that no twin goes meanwhile. The lease names no keys, since no bytes vanish: no writer
 * waits for it. What a collection had condemned is suspended in the document of the lease itself, and waits on when the
 * lease ends, whoever ends it.
 * @returns the keys that are gone; none while another process removes, since the next run finds them again
 * @throws store/control-malformed
 */
async function removeSuperfluous(bucket, superfluous, means) {
    if (superfluous.length === 0)
        return [];
    const nowMs = await (0,control/* readBucketClock */.fE)(bucket);
    const lease = await takeOver(bucket, nowMs, means);
    if (lease === null)
        return [];
    try {
        return await removeUnder(lease, bucket, { superfluous, nowMs });
    }
    finally {
        await lease.end();
    }
}
/** The lease, unless another process has it that is not silent for too long. */
async function takeOver(bucket, nowMs, means) {
    const { condemned, revision: before, storedMs } = await (0,control/* readDatedControl */.qu)(bucket, { writes: true });
    if (condemned?.phase === 'deleting' && nowMs < storedMs + condemned.leaseMs)
        return null;
    const idle = condemned ?? (0,control/* idleDocument */.Oh)();
    const revision = before ?? (await (0,control/* writeControl */.hk)(bucket, idle, null));
    if (revision === null)
        return null;
    // Of a collection that died while it was deleting nothing waits for the end of a grace: the next one condemns anew.
    const waits = idle.phase === 'condemned' ? { suspended: suspend(idle, storedMs - nowMs) } : {};
    return (0,lease/* takeLease */._)(bucket, { condemned: { ...idle, ...waits, keys: [] }, revision }, means);
}
function suspend({ id, graceMs, keys }, agedMs) {
    return { id, graceMs: Math.max(0, graceMs + agedMs), keys };
}
async function removeUnder(lease, bucket, { superfluous, nowMs }) {
    const removed = [];
    for (let start = 0; start < superfluous.length; start += removalsAtOnce) {
        if (!(await lease.renew()) || !lease.holds())
            return removed;
        const some = superfluous.slice(start, start + removalsAtOnce);
        const found = await Promise.all(some.map((each) => findReady(bucket, each, nowMs)));
        if (!lease.holds())
            return removed;
        const ready = found.filter((facts) => facts !== null);
        const became = await Promise.all(ready.map((expected) => bucket.remove(expected.key, { expected, isAllowed: lease.holds })));
        removed.push(...ready.filter((_, index) => became[index] === 'removed').map(({ key }) => key));
    }
    return removed;
}
/** The key as it is now, when it may go. */
async function findReady(bucket, { key, twin, minAgeMs }, nowMs) {
    const [facts, other] = [await bucket.describe(key), await bucket.describe(twin)];
    return facts !== null && other !== null && nowMs - Date.parse(facts.storedAt) >= minAgeMs ? facts : null;
}
//# sourceMappingURL=removing.js.map
;// CONCATENATED MODULE: ./packages/stores/build/compression/tally.js
/** Begins with what was known before. */
function openTally(known) {
    const sum = { compressed: 0, from: 0, to: 0, expanded: 0, grown: 0, hopeless: 0, mended: 0, ...known };
    const damaged = [];
    return {
        add({ object, expands }, moved) {
            if (moved === 'damaged')
                damaged.push(object);
            else if (moved === 'hopeless')
                sum.hopeless++;
            else if (moved === 'archived')
                sum.archived++;
            else if (typeof moved !== 'string') {
                sum[expands ? 'expanded' : 'compressed']++;
                sum[expands ? 'grown' : 'from'] += moved.plainBytes;
                if (!expands)
                    sum.to += moved.storedBytes;
            }
        },
        wait: (forms) => void (sum.waiting += forms),
        mend: (forms) => void (sum.mended += forms),
        total: () => ({
            compressed: { objects: sum.compressed, plainBytes: sum.from, storedBytes: sum.to },
            expanded: { objects: sum.expanded, plainBytes: sum.grown },
            incompressible: sum.hopeless,
            damaged,
            mended: sum.mended,
            waiting: sum.waiting,
            archived: sum.archived,
        }),
    };
}
//# sourceMappingURL=tally.js.map
;// CONCATENATED MODULE: ./packages/stores/build/compression/arrange-objects.js











/** Objects in memory at once, each twice at most: as it is and compressed. */
const objectsAtOnce = 2;
/** After so many objects the superfluous ones go, so that a run that is killed has achieved something. */
const objectsOfStep = 256;
const nothing = new Uint8Array(0);
/**
 * Sees to it that objects lie compressed or as they are. The new form is written, read back and compared before the old
 * one goes, which happens under the lease of collections; readers look for both. What is in an archive stays there as it
 * is. A form that is damaged is written anew from the other one where that is right. Killed at any moment, the next run
 * goes on. @throws store/recipe-malformed, store/control-malformed
 */
async function arrangeObjects(bucket, arrangement) {
    const { tasks, archived, waiting } = await planArrangement(bucket, arrangement);
    if (arrangement.dryRun === true)
        return foresee(tasks, { archived, waiting });
    const means = { leaseMs: control/* usualLeaseMs */.rx, monotonicMs: (0,elapsed/* openElapsedClock */.$)(), ...arrangement.means };
    const tally = openTally({ archived, waiting });
    arrangement.progress?.begin(tasks.length, tasks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
    /** Does some tasks; answers those of them whose damaged compressed form is gone, and can be written anew. */
    async function arrangeSome(some, told) {
        const superfluous = [];
        const damagedTwins = [];
        await eachAtOnce(some, async (task) => {
            const moved = await (task.expands ? expand(bucket, task.object) : compress(bucket, task.object));
            if (moved === 'damaged-twin')
                damagedTwins.push(task);
            superfluous.push(...superfluousAfter(task, moved, arrangement.unregisteredMs));
            tally.add(task, moved);
            told(task);
        });
        const removed = new Set(await removeSuperfluous(bucket, superfluous, means));
        tally.wait(superfluous.length - removed.size);
        return damagedTwins.filter(({ object }) => removed.has((0,object_keys/* compressedKey */.Zj)(object)));
    }
    for (let start = 0; start < tasks.length; start += objectsOfStep) {
        const some = tasks.slice(start, start + objectsOfStep);
        const mended = await arrangeSome(some, ({ sizeBytes }) => arrangement.progress?.done(sizeBytes));
        tally.mend(mended.length);
        await arrangeSome(mended, () => { });
    }
    return tally.total();
}
/** The form that is not needed any more. One that is archived or damaged is no use beside one that is right. */
function superfluousAfter({ object, expands }, moved, unregisteredMs) {
    const [asIs, packed] = [(0,object_keys/* objectKey */.T5)(object), (0,object_keys/* compressedKey */.Zj)(object)];
    if (moved === 'archived-twin' || moved === 'damaged-twin')
        return [{ key: packed, twin: asIs, minAgeMs: 0 }];
    if (typeof moved === 'string')
        return [];
    return [expands ? { key: packed, twin: asIs, minAgeMs: 0 } : { key: asIs, twin: packed, minAgeMs: unregisteredMs }];
}
/** What a dry run says; how much smaller objects become is known only by compressing them. */
function foresee(tasks, known) {
    const tally = openTally(known);
    for (const task of tasks)
        tally.add(task, { plainBytes: task.sizeBytes, storedBytes: task.sizeBytes });
    return tally.total();
}
/** What there is to do, from the listings: nothing is asked of objects that lie as they should. */
async function planArrangement(bucket, { plain, compressed, unregisteredMs, dryRun = false }) {
    const wanted = [...compressed];
    const shrunk = await (0,list_digests/* listDigests */.SL)(bucket, 'compressed/');
    const tasks = [];
    const counted = { archived: 0, waiting: 0 };
    if (wanted.length === 0 && shrunk.size === 0)
        return { tasks, ...counted };
    const hot = await objectsOfFiles(bucket, plain);
    for (const [object, { sizeBytes }] of shrunk)
        if (hot.has(object))
            tasks.push({ object, expands: true, sizeBytes });
    const cold = await objectsOfFiles(bucket, wanted);
    const hopeless = await (0,list_digests/* listDigests */.SL)(bucket, 'incompressible/');
    const nowMs = dryRun ? Date.now() : await (0,control/* readBucketClock */.fE)(bucket);
    for (const [object, facts] of await (0,list_digests/* listDigests */.SL)(bucket, 'sha256/')) {
        // An early release wrote larger ones, which are read in parts.
        const fits = facts.sizeBytes <= compressed_object/* compressionLimits */.TR.maxBytes;
        if (!cold.has(object) || hot.has(object) || hopeless.has(object) || !fits)
            continue;
        if (isArchive(bucket, facts))
            counted.archived++;
        else if (shrunk.has(object) && nowMs - Date.parse(facts.storedAt) < unregisteredMs)
            counted.waiting++;
        else
            tasks.push({ object, expands: false, sizeBytes: facts.sizeBytes });
    }
    return { tasks, ...counted };
}
function isArchive({ classes }, { storageClass }) {
    return storageClass !== undefined && (classes?.restoreMs(storageClass, 'standard') ?? 0) > 0;
}
/** Writes the compressed form of an object that lies as it is, and finds it right. */
async function compress(bucket, object) {
    const plain = await (0,read_form/* readPlain */.rM)(bucket, object);
    if (plain === null)
        return 'nothing';
    if (plain === 'archived')
        return 'archived';
    let packed = await (0,read_form/* readPacked */.dW)(bucket, object);
    if (plain === 'damaged') {
        return packed instanceof Uint8Array ? sizesOf(bucket, object, packed) : 'damaged';
    }
    if (packed === null) {
        const written = await (0,compressed_object/* compressObject */.QY)(plain, { digest: object, width: (0,byte_planes/* guessElementWidth */.I4)(plain), deflate: deflating/* deflate */.K });
        await write(bucket, written === null ? (0,object_keys/* incompressibleKey */.F6)(object) : (0,object_keys/* compressedKey */.Zj)(object), written ?? nothing);
        if (written === null)
            return 'hopeless';
        packed = await (0,read_form/* readPacked */.dW)(bucket, object);
    }
    if (packed === 'archived')
        return 'archived-twin';
    if (packed === 'damaged')
        return 'damaged-twin';
    return packed === null ? 'nothing' : sizesOf(bucket, object, packed);
}
async function sizesOf(bucket, object, plain) {
    const held = await bucket.describe((0,object_keys/* compressedKey */.Zj)(object));
    return held === null ? 'nothing' : { plainBytes: plain.length, storedBytes: held.sizeBytes };
}
/** Writes an object as it is, and finds it right. One that lies there already and is damaged is overwritten. */
async function expand(bucket, object) {
    const plain = await (0,read_form/* readPlain */.rM)(bucket, object);
    // Somebody stored it anew.
    if (plain instanceof Uint8Array)
        return { plainBytes: plain.length, storedBytes: plain.length };
    if (plain === 'archived')
        return 'archived';
    const bytes = await (0,read_form/* readPacked */.dW)(bucket, object);
    if (!(bytes instanceof Uint8Array))
        return bytes ?? plain ?? 'nothing';
    const key = (0,object_keys/* objectKey */.T5)(object);
    const damaged = plain === null ? null : await bucket.describe(key);
    if (damaged === null)
        await write(bucket, key, bytes);
    else
        await bucket.replace(key, bytes, damaged.revision);
    const back = await (0,read_form/* readPlain */.rM)(bucket, object);
    if (!(back instanceof Uint8Array))
        return back ?? 'nothing';
    return { plainBytes: bytes.length, storedBytes: bytes.length };
}
async function write(bucket, key, bytes) {
    await bucket.create(key, [bytes], { sha256: (0,external_node_crypto_.createHash)('sha256').update(bytes).digest() });
}
async function objectsOfFiles(bucket, files) {
    const objects = new Set();
    await eachAtOnce([...files].map(digest/* parseDigest */.m), async (digest) => {
        for (const object of await (0,stored_file/* findObjects */.Qe)(bucket, digest))
            objects.add(object);
    });
    return objects;
}
/** When one fails, no further one is begun, and those that run have ended before this throws. */
async function eachAtOnce(items, run) {
    const rest = items.values();
    let hasFailed = false;
    const lanes = Array.from({ length: objectsAtOnce }, async () => {
        for (const item of rest) {
            if (hasFailed)
                return;
            await run(item).catch((cause) => {
                hasFailed = true;
                throw cause;
            });
        }
    });
    const ended = await Promise.allSettled(lanes);
    for (const lane of ended)
        if (lane.status === 'rejected')
            throw lane.reason;
}
//# sourceMappingURL=arrange-objects.js.map

/***/ })

};
