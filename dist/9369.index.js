export const id = 9369;
export const ids = [9369];
export const modules = {

/***/ 39369:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   setAside: () => (/* binding */ setAside)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(70120);
/* harmony import */ var _weighbridge_storage__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(98254);
/* harmony import */ var _reading_read_as_it_lies_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(18529);
/* harmony import */ var _reading_read_object_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(85532);
/* harmony import */ var _reading_segment_reader_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(25749);
/* harmony import */ var _reading_stored_file_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(41676);
/* harmony import */ var _find_recipe_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(79592);








/**
 * Sets aside what of a file is damaged, and nothing else: objects whose bytes are wrong, and the recipe where it cannot
 * be read, or where all that it names is right and another file comes of it. A recipe whose objects are gone stays, since
 * it alone knows what else is of the file. One that an earlier release set aside is put back.
 * @returns keys of what was set aside, by the digest that it was under; of what another process was faster with, none
 * @throws store/archived, store/recipe-newer, and as Bucket
 */
async function setAside(keeper, digest) {
    const { bucket } = keeper;
    const placed = new Map();
    const note = (about, aside) => {
        if (aside !== null)
            placed.set(about, aside);
    };
    const file = await findOrPutBack(bucket, digest);
    if (file === 'recipe')
        note(digest, await moveRecipe(keeper, digest));
    if (file === 'object')
        note(digest, await moveObject(keeper, digest));
    if (file === null || typeof file === 'string')
        return placed;
    const { damaged, isOther } = await examine(bucket, file);
    for (const object of damaged)
        note(object, await moveObject(keeper, object));
    if (isOther)
        note(digest, await moveRecipe(keeper, digest));
    return placed;
}
/** How a bucket holds a file, or which of the two that could tell is damaged; null when there is neither. */
async function findOrPutBack(bucket, digest) {
    try {
        const found = await (0,_reading_stored_file_js__WEBPACK_IMPORTED_MODULE_1__/* .findFile */ .qE)(bucket, digest);
        if (found !== null)
            return found;
        return (await putBack(bucket, digest)) ? await (0,_reading_stored_file_js__WEBPACK_IMPORTED_MODULE_1__/* .findFile */ .qE)(bucket, digest) : null;
    }
    catch (cause) {
        if (!(cause instanceof _weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .WeighbridgeError */ .kj))
            throw cause;
        if (cause.code === 'store/recipe-malformed')
            return 'recipe';
        if (cause.code === 'store/corrupt')
            return 'object';
        throw cause;
    }
}
async function putBack(bucket, digest) {
    const { recipes } = await (0,_find_recipe_js__WEBPACK_IMPORTED_MODULE_3__/* .findSetAside */ ._)(bucket, digest);
    const [first] = recipes;
    if (first === undefined)
        return false;
    const sha256 = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(first.bytes).digest();
    await bucket.create((0,_weighbridge_storage__WEBPACK_IMPORTED_MODULE_4__/* .recipeKey */ .Kf)(digest), [first.bytes], { sha256 });
    return true;
}
/** Reads a file to its end. `isOther`: every piece is what it should be, and the whole is not. */
async function examine(bucket, { digest, segments }) {
    const damaged = new Set();
    const reader = (0,_reading_segment_reader_js__WEBPACK_IMPORTED_MODULE_5__/* .openSegmentReader */ .b)(bucket);
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    let isWhole = true;
    for (const segment of segments) {
        if (damaged.has(segment.object))
            continue;
        const read = await readFaulty(() => reader.readVerified(segment));
        if (read === 'damaged')
            damaged.add(segment.object);
        if (read instanceof Uint8Array)
            hash.update(read);
        else
            isWhole = false;
    }
    const isOther = isWhole && (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_6__/* .formatDigest */ .MO)(hash.digest()) !== digest;
    // A large object of an early release has no pieces with digests of their own.
    const [first] = segments;
    if (isOther && first?.object === digest)
        return { damaged: new Set([digest]), isOther: false };
    return { damaged, isOther };
}
/** What is missing or archived is not known to be damaged. */
async function readFaulty(read) {
    try {
        return await read();
    }
    catch (cause) {
        if (!(cause instanceof _weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .WeighbridgeError */ .kj))
            throw cause;
        if (cause.code === 'store/corrupt' || (0,_reading_read_as_it_lies_js__WEBPACK_IMPORTED_MODULE_7__/* .isUnreadable */ .G)(cause))
            return 'damaged';
        if (cause.code === 'store/missing' || cause.code === 'store/archived')
            return 'unknown';
        throw cause;
    }
}
/** What readers read: the object, and only where there is none its compressed form. */
async function moveObject(keeper, object) {
    return move(keeper, await (0,_reading_read_object_js__WEBPACK_IMPORTED_MODULE_8__/* .describeHeld */ .T0)(keeper.bucket, object), object);
}
async function moveRecipe(keeper, digest) {
    return move(keeper, await keeper.bucket.describe((0,_weighbridge_storage__WEBPACK_IMPORTED_MODULE_4__/* .recipeKey */ .Kf)(digest)), digest);
}
/** Null when it is gone, which is all that was wanted: another process has set it aside, or replaced it. */
async function move({ bucket, copy }, expected, about) {
    if (expected === null)
        return null;
    const { key } = expected;
    const aside = (0,_weighbridge_storage__WEBPACK_IMPORTED_MODULE_4__/* .quarantineKey */ .KU)(about, (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)());
    try {
        await copy(key, aside);
    }
    catch (cause) {
        if ((await bucket.describe(key)) === null)
            return null;
        throw cause;
    }
    return (await bucket.remove(key, { expected })) === 'removed' ? aside : null;
}
//# sourceMappingURL=set-aside.js.map

/***/ })

};
