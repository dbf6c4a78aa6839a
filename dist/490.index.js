export const id = 490;
export const ids = [490];
export const modules = {

/***/ 80490:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  r: () => (/* binding */ emulatorOf),
  openBucket: () => (/* binding */ openBucket)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/storage/build/object-keys.js
var object_keys = __webpack_require__(98254);
// EXTERNAL MODULE: ./packages/stores/build/azure/azure-client.js + 16 modules
var azure_client = __webpack_require__(30888);
// EXTERNAL MODULE: ./packages/stores/build/azure/azure-permissions.js
var azure_permissions = __webpack_require__(14717);
// EXTERNAL MODULE: ./packages/stores/build/azure/read-blobs.js + 1 modules
var read_blobs = __webpack_require__(88416);
;// CONCATENATED MODULE: ./packages/stores/build/azure/azure-tiers.js



const hourMs = 60 * 60 * 1000;
/** https://learn.microsoft.com/azure/storage/blobs/archive-rehydrate-overview#rehydration-priority */
const rehydrations = {
    fast: { priority: 'High', ms: hourMs },
    standard: { priority: 'Standard', ms: 15 * hourMs },
    cheap: { priority: 'Standard', ms: 15 * hourMs },
};
const archive = 'Archive';
/**
 * Access tiers of Azure Blob Storage. Setting one changes neither the bytes nor their ETag, so that there is nothing that
 * it could overwrite and no condition on it. What was archived is rehydrated into the hot tier and stays there. Rights:
 * those of the role Storage Blob Data Contributor.
 */
function openAzureTiers(client) {
    const look = async (key) => {
        const found = await (0,read_blobs/* lookAtBlob */.sB)(client, key);
        if (found === null)
            return null;
        const isPending = found.headers['x-ms-archive-status'] !== undefined;
        const access = found.facts.storageClass !== archive ? 'readable' : isPending ? 'restoring' : 'archived';
        return { ...found.facts, access, readableUntil: null };
    };
    return {
        archives: [archive],
        restoreMs: (storageClass, speed) => (storageClass === archive ? rehydrations[speed].ms : 0),
        look,
        async move({ key, storageClass: from }, to) {
            // From there it would be a restore, which whoever moves may not have meant.
            if (from === archive)
                return 'archived';
            return setTier(client, key, { tier: to, priority: null });
        },
        async restore(key, { speed }) {
            const found = await look(key);
            if (found === null)
                return 'missing';
            if (found.access !== 'archived')
                return found.access;
            const set = await setTier(client, key, { tier: 'Hot', priority: rehydrations[speed].priority });
            return set === 'changed' ? 'missing' : 'restoring';
        },
    };
}
/** https://learn.microsoft.com/rest/api/storageservices/set-blob-tier */
async function setTier(client, key, { tier, priority }) {
    try {
        const { status } = await client.askBlob(key, {
            action: `move to ${tier}`,
            permission: azure_permissions/* permissions */.P.write,
            method: 'PUT',
            query: { comp: 'tier' },
            headers: { 'x-ms-access-tier': tier, ...(priority === null ? {} : { 'x-ms-rehydrate-priority': priority }) },
            maxAnswerBytes: read_blobs/* maxDocumentBytes */.VR,
            outcomes: [200, 202, 404],
        });
        return status === 404 ? 'changed' : 'moved';
    }
    catch (cause) {
        if (cause instanceof error/* WeighbridgeError */.kj && cause.code === 'store/archived')
            return 'archived';
        throw cause;
    }
}
//# sourceMappingURL=azure-tiers.js.map
// EXTERNAL MODULE: ./packages/stores/build/azure/presign-blob.js
var presign_blob = __webpack_require__(8803);
;// CONCATENATED MODULE: ./packages/stores/build/azure/open-azure-bucket.js








/**
 * A container of Azure Blob Storage, or of Azurite, as a bucket. Each object is one block blob that one request writes,
 * with an MD5 that the service compares; the SHA-256 is compared before, kept beside the bytes, and compared again by who
 * reads them whole. Bodies go from the caller's memory to the socket without a copy. Nothing is loaded, read or asked before the first call.
 *
 * That there is a blob already can be the answer to our own earlier try: `create` answers `present`, `replace` looks
 * whether the document is the one it wrote. Rights: those of the role Storage Blob Data Contributor on the container.
 */
function openAzureBucket(options) {
    const client = (0,azure_client/* azureClient */.v)(options);
    const presigner = (0,presign_blob/* openPresigner */.w)(client);
    return {
        address: client.shown,
        classes: openAzureTiers(client),
        describe: async (key) => (0,read_blobs/* describeBlob */.fs)(client, checkObjectKey(key)),
        async create(key, body, { sha256 }) {
            checkObjectKey(key);
            const digests = digestsOf(body);
            if (Buffer.compare(digests.sha256, sha256) !== 0)
                throw wrongDigest(client, key);
            const { status } = await putBlob(client, key, { body, digests, expected: null });
            return status === 201 ? 'created' : 'present';
        },
        async replace(key, body, expected) {
            checkObjectKey(key);
            const answer = await putBlob(client, key, { body: [body], digests: digestsOf([body]), expected });
            if (answer.status === 201)
                return (0,read_blobs/* revisionOf */.DT)(client, key, answer);
            return answer.repeated ? revisionIfOurs(client, key, body) : null;
        },
        read: async (key, range, into) => (0,read_blobs/* readBlob */.gm)(client, checkObjectKey(key), range, { into }),
        list: (prefix) => (0,read_blobs/* listBlobs */.t3)(client, prefix),
        async remove(key, { expected, isAllowed } = {}) {
            const { status } = await client.askBlob(checkObjectKey(key), {
                action: 'remove',
                permission: azure_permissions/* permissions */.P.remove,
                method: 'DELETE',
                ...(expected === undefined ? {} : { headers: { 'if-match': `"${expected.revision}"` } }),
                ...(isAllowed === undefined ? {} : { isAllowed }),
                maxAnswerBytes: read_blobs/* maxDocumentBytes */.VR,
                outcomes: [202, 404, 412],
            });
            if (status !== 412)
                return 'removed';
            // What is not there has no ETag to match, and may have been removed by a try whose answer was lost.
            return expected !== undefined && (await (0,read_blobs/* describeBlob */.fs)(client, key)) === null ? 'removed' : 'kept';
        },
        async presign(key, { expiresInSeconds }) {
            const lastsMs = expiresInSeconds * 1000;
            (0,error/* invariant */.V1)(lastsMs > 0 && lastsMs <= presign_blob/* maxAccessMs */.j, 'a presigned address lasts too long');
            return presigner.presign(checkObjectKey(key), lastsMs);
        },
    };
}
/** https://learn.microsoft.com/rest/api/storageservices/put-blob */
function putBlob(client, key, { body, digests, expected }) {
    const condition = expected === null ? { 'if-none-match': '*' } : { 'if-match': `"${expected}"` };
    return client.askBlob(key, {
        action: 'write',
        permission: azure_permissions/* permissions */.P.write,
        method: 'PUT',
        headers: {
            'x-ms-blob-type': 'BlockBlob',
            'content-type': 'application/octet-stream',
            'content-md5': digests.md5.toString('base64'),
            [read_blobs/* digestHeader */.yO]: digests.sha256.toString('hex'),
            ...condition,
        },
        body,
        maxAnswerBytes: read_blobs/* maxDocumentBytes */.VR,
        // 404: there is nothing to match any more.
        outcomes: expected === null ? [201, 409, 412] : [201, 404, 412],
    });
}
/** Both in one pass over the memory. */
function digestsOf(body) {
    const [md5, sha256] = [(0,external_node_crypto_.createHash)('md5'), (0,external_node_crypto_.createHash)('sha256')];
    for (const piece of body) {
        md5.update(piece);
        sha256.update(piece);
    }
    return { md5: md5.digest(), sha256: sha256.digest() };
}
function wrongDigest({ shown }, key) {
    const reason = 'wrong checksum: the bytes are not those of the digest';
    return (0,error/* weighbridgeError */.q)('store/io', { action: 'write', path: `${shown}/${key}`, reason });
}
/** The revision of what is there if it is, byte for byte, what an earlier try of ours may have written; else null. */
async function revisionIfOurs(client, key, body) {
    const current = await (0,read_blobs/* readBlob */.gm)(client, key);
    return current !== null && Buffer.compare(current.bytes, body) === 0 ? current.revision : null;
}
/** @throws core/invariant for what is no key */
function checkObjectKey(key) {
    (0,error/* invariant */.V1)((0,object_keys/* isObjectKey */.Px)(key), 'an object was to have an illegal key');
    return key;
}
//# sourceMappingURL=open-azure-bucket.js.map
// EXTERNAL MODULE: ./packages/stores/build/s3/read-objects.js + 1 modules
var read_objects = __webpack_require__(5732);
;// CONCATENATED MODULE: ./packages/stores/build/s3/put-object.js


/**
 * Writes to a bucket. A body goes with its SHA-256 as the checksum that S3 compares and keeps, in a header that is
 * signed. To sign the body as well says the same again, and has a server hash each byte once more: whoever has answered
 * a checksum compares it, and gets bodies without a signature of their own from then on, where nobody on the way could
 * change them. All others get signed ones: those that answer no checksum, or that refuse what is not signed, as a policy
 * of a bucket can demand. Bytes that were taken without either are written once more, signed.
 */
function openS3Writer(client, { conditional }) {
    /** Null as long as nothing is known. */
    let compares = client.isPrivate ? null : false;
    function put(key, { body, sha256, expected }, signedBody) {
        const condition = expected === null ? { 'if-none-match': '*' } : { 'if-match': expected };
        return client.askObject(key, {
            action: 'write',
            permission: 's3:PutObject',
            method: 'PUT',
            headers: {
                'x-amz-sdk-checksum-algorithm': 'SHA256',
                'x-amz-checksum-sha256': checksumOf(sha256),
                ...(conditional ? condition : {}),
            },
            body,
            signedBody,
            maxAnswerBytes: read_objects/* maxDocumentBytes */.VR,
            // 404: there is nothing to match any more.
            outcomes: expected === null ? [200, 412] : [200, 404, 412],
        });
    }
    /** Null when it was refused, which can be because it is not signed. */
    async function tryUnsigned(key, written) {
        try {
            return await put(key, written, 'unsigned');
        }
        catch (cause) {
            if (cause instanceof error/* WeighbridgeError */.kj && cause.code !== 'store/unreachable')
                return null;
            throw cause;
        }
    }
    async function putUnsigned(key, written) {
        const answer = await tryUnsigned(key, written);
        if (answer !== null && (answer.status !== 200 || isCompared(answer, written)))
            return answer;
        compares = false;
        const expected = answer === null ? written.expected : (0,read_objects/* revisionOf */.DT)(client, key, answer);
        const again = await putSigned(key, { ...written, expected });
        // What was to be new and was removed between the two is still to be written.
        const isGone = again.status === 404 && written.expected === null;
        // The first try may have been carried out.
        return { ...(isGone ? await putSigned(key, written) : again), repeated: true };
    }
    async function putSigned(key, written) {
        const answer = await put(key, written, written.sha256);
        if (answer.status === 200)
            compares ??= isCompared(answer, written);
        return answer;
    }
    return (key, written) => (compares === true ? putUnsigned(key, written) : putSigned(key, written));
}
function isCompared({ headers }, { sha256 }) {
    return headers['x-amz-checksum-sha256'] === checksumOf(sha256);
}
function checksumOf(sha256) {
    return Buffer.from(sha256).toString('base64');
}
//# sourceMappingURL=put-object.js.map
;// CONCATENATED MODULE: ./packages/stores/build/s3/remove-object.js

/**
 * Removes objects, under a condition where one is given. A removal that is tried again could hit what was stored in
 * between, so that each try looks once more. `If-Match` goes along where the server takes it (general purpose buckets
 * since 2025), and guards against other bytes alone: those that were stored again have the ETag that they had, and only
 * the time when they were written tells them apart.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html
 */
function openS3Remover(client, { conditional }) {
    let sendsMatch = conditional;
    return async (key, { expected, isAllowed }) => {
        let found = 'same';
        const stillHolds = async () => {
            if (expected !== undefined)
                found = await compare(client, key, expected);
            return found === 'same';
        };
        const remove = (match) => client.askObject(key, {
            action: 'remove',
            permission: 's3:DeleteObject',
            method: 'DELETE',
            ...(match === null ? {} : { headers: { 'if-match': match } }),
            stillHolds,
            ...(isAllowed === undefined ? {} : { isAllowed }),
            maxAnswerBytes: read_objects/* maxDocumentBytes */.VR,
            outcomes: match === null ? [200, 204, 404, 412] : [200, 204, 404, 412, 501],
        });
        let answer = await remove(sendsMatch && expected !== undefined ? `"${bareTag(expected.revision)}"` : null);
        if (answer.status === 501) {
            sendsMatch = false;
            answer = await remove(null);
        }
        if (found === 'gone')
            return 'removed';
        return answer.status === 412 ? 'kept' : 'removed';
    };
}
async function compare(client, key, expected) {
    const facts = await (0,read_objects/* describeObject */.v8)(client, key);
    if (facts === null)
        return 'gone';
    const isSame = bareTag(facts.revision) === bareTag(expected.revision) && facts.storedAt === expected.storedAt;
    return isSame ? 'same' : 'other';
}
/** Without its quotes: some servers put them into one answer and not into another. */
function bareTag(tag) {
    return tag.replaceAll('"', '');
}
//# sourceMappingURL=remove-object.js.map
// EXTERNAL MODULE: ./packages/stores/build/s3/s3-client.js + 5 modules
var s3_client = __webpack_require__(26137);
// EXTERNAL MODULE: ./packages/core/build/digest.js
var digest = __webpack_require__(70120);
// EXTERNAL MODULE: ./packages/stores/build/http/escape-uri.js
var escape_uri = __webpack_require__(5150);
// EXTERNAL MODULE: ./packages/stores/build/s3/s3-refusal.js
var s3_refusal = __webpack_require__(75963);
;// CONCATENATED MODULE: ./packages/stores/build/s3/s3-classes.js





const minuteMs = 60_000;
const s3_classes_hourMs = 60 * minuteMs;
/**
 * How long retrievals take at most by their tier
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html).
 */
const retrievals = {
    GLACIER: {
        fast: { tier: 'Expedited', ms: 5 * minuteMs },
        standard: { tier: 'Standard', ms: 5 * s3_classes_hourMs },
        cheap: { tier: 'Bulk', ms: 12 * s3_classes_hourMs },
    },
    // There is nothing faster than Standard.
    DEEP_ARCHIVE: {
        fast: { tier: 'Standard', ms: 12 * s3_classes_hourMs },
        standard: { tier: 'Standard', ms: 12 * s3_classes_hourMs },
        cheap: { tier: 'Bulk', ms: 48 * s3_classes_hourMs },
    },
};
/** Has archive tiers of its own, in a bucket where somebody switched them on; the class does not tell. */
const otherArchive = 'INTELLIGENT_TIERING';
/** Retrievals from those. */
const otherTiers = { fast: 'Standard', standard: 'Standard', cheap: 'Bulk' };
/**
 * Storage classes of S3. An object is moved by a copy onto itself, which S3 makes in one step under the condition that the
 * source has the ETag that was seen: readers see the old one or the new one. Permissions: s3:GetObject and s3:PutObject,
 * as for writing, and s3:RestoreObject for restores.
 */
function openS3Classes(client, { bucket, now }) {
    const seen = new Set();
    async function look(key) {
        const head = await (0,read_objects/* findHead */.mW)(client, key);
        return head === null ? null : classedOf((0,read_objects/* factsOf */.xS)(client, key, head), head);
    }
    /** A server that knows no classes may take the header and keep nothing of it. */
    async function checkKept(key, storageClass) {
        if (seen.has(storageClass))
            return;
        const moved = await look(key);
        if (moved !== null && moved.storageClass !== storageClass)
            throw classNotKept(client, key, storageClass);
        seen.add(storageClass);
    }
    return {
        archives: [...Object.keys(retrievals), otherArchive],
        restoreMs: (storageClass, speed) => retrievals[storageClass]?.[speed].ms ?? 0,
        look,
        async move(object, storageClass) {
            const outcome = await copyOntoItself(client, { bucket, object, storageClass });
            if (outcome === 'moved')
                await checkKept(object.key, storageClass);
            return outcome;
        },
        async restore(key, { days, speed }) {
            const found = await look(key);
            if (found === null)
                return 'missing';
            if (found.access === 'restoring')
                return 'restoring';
            const ends = found.readableUntil;
            const isLong = ends === null || Date.parse(ends) >= now().getTime() + days * 24 * s3_classes_hourMs;
            if (found.access === 'readable' && isLong)
                return 'readable';
            return askRestore(client, found, { days, speed });
        },
    };
}
function classedOf(facts, { headers }) {
    const restore = [headers['x-amz-restore'] ?? ''].flat().join(',');
    const isArchived = retrievals[facts.storageClass ?? ''] !== undefined || headers['x-amz-archive-status'] !== undefined;
    const expiry = Date.parse(/expiry-date="([^"]*)"/.exec(restore)?.[1] ?? '');
    const isRestored = restore.includes('ongoing-request="false"');
    const access = !isArchived || isRestored ? 'readable' : restore.includes('ongoing-request="true"') ? 'restoring' : 'archived';
    const readableUntil = isRestored && !Number.isNaN(expiry) ? new Date(expiry).toISOString() : null;
    return { ...facts, storageClass: facts.storageClass ?? read_objects/* usualClass */.DA, access, readableUntil };
}
/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html; objects have far less than the 5 GiB that it takes. */
async function copyOntoItself(client, { bucket, object, storageClass }) {
    const name = `${bucket}/${client.address.prefix}${object.key}`;
    try {
        const { status } = await client.askObject(object.key, {
            action: `move to ${storageClass}`,
            permission: 's3:PutObject',
            method: 'PUT',
            headers: {
                'x-amz-copy-source': `/${name.split('/').map(escape_uri/* escapeUri */.o).join('/')}`,
                'x-amz-copy-source-if-match': object.revision,
                'x-amz-storage-class': storageClass,
                'x-amz-metadata-directive': 'COPY',
            },
            maxAnswerBytes: read_objects/* maxDocumentBytes */.VR,
            outcomes: [200, 404, 412],
            // A copy that fails on the way ends with 200 and an error all the same.
            check: (answer) => (answer.status === 200 && !isCopied(answer) ? (0,s3_refusal/* nameOf */.Vb)((0,s3_refusal/* readRefusal */.ni)(answer)) : null),
        });
        return status === 200 ? 'moved' : 'changed';
    }
    catch (cause) {
        if (cause instanceof error/* WeighbridgeError */.kj && cause.code === 'store/archived')
            return 'archived';
        throw cause;
    }
}
function isCopied({ bytes }) {
    return Buffer.from(bytes).toString('latin1').includes('<CopyObjectResult');
}
/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html */
async function askRestore(client, { key, storageClass }, { days, speed }) {
    const retrieval = retrievals[storageClass]?.[speed].tier;
    // What Intelligent-Tiering archived comes back for good.
    const lasts = retrieval === undefined ? '' : `<Days>${days}</Days>`;
    const tier = `<GlacierJobParameters><Tier>${retrieval ?? otherTiers[speed]}</Tier></GlacierJobParameters>`;
    const body = (0,digest/* utf8 */.As)(`<RestoreRequest xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${lasts}${tier}</RestoreRequest>`);
    const { status } = await client.askObject(key, {
        action: 'restore',
        permission: 's3:RestoreObject',
        method: 'POST',
        query: { restore: '' },
        headers: { 'content-type': 'application/xml' },
        body: [body],
        signedBody: (0,external_node_crypto_.createHash)('sha256').update(body).digest(),
        maxAnswerBytes: read_objects/* maxDocumentBytes */.VR,
        outcomes: [200, 202, 404, 409],
        check: (answer) => {
            const refusal = (0,s3_refusal/* readRefusal */.ni)(answer);
            return answer.status === 409 && refusal.code !== 'RestoreAlreadyInProgress' ? (0,s3_refusal/* nameOf */.Vb)(refusal) : null;
        },
    });
    if (status === 404)
        return 'missing';
    return status === 200 ? 'readable' : 'restoring';
}
function classNotKept({ address }, key, storageClass) {
    return (0,error/* weighbridgeError */.q)('store/misconfigured', {
        action: `move to ${storageClass}`,
        path: `${address.shown}/${key}`,
        reason: `the server does not keep that storage class`,
        remedy: 'Remove "tiers" from weighbridge.yaml, or name classes that this server has.',
    });
}
//# sourceMappingURL=s3-classes.js.map
;// CONCATENATED MODULE: ./packages/stores/build/s3/open-s3-bucket.js








/** Signature V4 allows no more. */
const maxPresignSeconds = 7 * 24 * 60 * 60;
/**
 * S3, or a compatible server, as a bucket. The SDK finds credentials; bodies go from the caller's memory to the socket
 * without a copy, with their SHA-256 as the checksum that S3 keeps or in the signature, so that the server refuses what
 * arrives otherwise. Nothing is loaded or asked before the first call.
 *
 * A 412 to a write that was tried before can be the answer to our own earlier try: `create` answers `present`,
 * `replace` looks whether the document is the one it wrote. Permissions: s3:GetObject, s3:PutObject, s3:DeleteObject on
 * the objects and s3:ListBucket on the bucket.
 * @throws store/misconfigured for an endpoint that is no address
 */
function openS3Bucket(options) {
    const client = (0,s3_client/* openS3Client */.Y)(options);
    const conditional = options.conditionalWrites ?? true;
    const remove = openS3Remover(client, { conditional });
    const put = openS3Writer(client, { conditional });
    return {
        address: client.address.shown,
        classes: openS3Classes(client, { bucket: options.bucket, now: options.now ?? (() => new Date()) }),
        describe: async (key) => (0,read_objects/* describeObject */.v8)(client, open_s3_bucket_checkObjectKey(key)),
        async create(key, body, { sha256 }) {
            open_s3_bucket_checkObjectKey(key);
            if (!conditional && (await (0,read_objects/* describeObject */.v8)(client, key)) !== null)
                return 'present';
            const { status } = await put(key, { body, sha256, expected: null });
            return status === 412 ? 'present' : 'created';
        },
        async replace(key, body, expected) {
            open_s3_bucket_checkObjectKey(key);
            if (!conditional && ((await (0,read_objects/* describeObject */.v8)(client, key))?.revision ?? null) !== expected)
                return null;
            const sha256 = (0,external_node_crypto_.createHash)('sha256').update(body).digest();
            const answer = await put(key, { body: [body], sha256, expected });
            if (answer.status === 200)
                return (0,read_objects/* revisionOf */.DT)(client, key, answer);
            return answer.repeated ? open_s3_bucket_revisionIfOurs(client, key, body) : null;
        },
        read: async (key, range, into) => (0,read_objects/* readObject */.Ag)(client, open_s3_bucket_checkObjectKey(key), range, { into }),
        list: (prefix) => (0,read_objects/* listObjects */.L)(client, prefix),
        remove: async (key, condition = {}) => remove(open_s3_bucket_checkObjectKey(key), condition),
        async presign(key, { expiresInSeconds }) {
            (0,error/* invariant */.V1)(expiresInSeconds > 0 && expiresInSeconds <= maxPresignSeconds, 'a presigned address lasts too long');
            open_s3_bucket_checkObjectKey(key);
            const session = await client.session();
            return session.presign(client.address.objectUrl(session.region, key), expiresInSeconds);
        },
    };
}
/** The revision of what is there if it is, byte for byte, what an earlier try of ours may have written; else null. */
async function open_s3_bucket_revisionIfOurs(client, key, body) {
    const current = await (0,read_objects/* readObject */.Ag)(client, key);
    return current !== null && Buffer.compare(current.bytes, body) === 0 ? current.revision : null;
}
/** @throws core/invariant for what is no key */
function open_s3_bucket_checkObjectKey(key) {
    (0,error/* invariant */.V1)((0,object_keys/* isObjectKey */.Px)(key), 'an object was to have an illegal key');
    return key;
}
//# sourceMappingURL=open-s3-bucket.js.map
// EXTERNAL MODULE: ./packages/stores/build/gcs/crc32c.js
var crc32c = __webpack_require__(21859);
// EXTERNAL MODULE: ./packages/stores/build/gcs/gcs-objects.js
var gcs_objects = __webpack_require__(17857);
// EXTERNAL MODULE: ./packages/stores/build/gcs/read-objects.js
var gcs_read_objects = __webpack_require__(34034);
;// CONCATENATED MODULE: ./packages/stores/build/gcs/gcs-classes.js



/** A rewrite copies a gigabyte at a time or more, and objects have 16 MiB: more calls than this go round in a circle. */
const maxCalls = 1000;
/**
 * Storage classes of Cloud Storage. An object is moved by a rewrite onto itself under the condition that both sides have
 * the generation that was seen. Every class is read at once, so that nothing is ever restored; the colder ones charge for
 * it. Permissions: storage.objects.get, create and delete, as for replacing a document.
 */
function openGcsClasses(client) {
    return {
        archives: [],
        restoreMs: () => 0,
        async look(key) {
            const facts = await (0,gcs_read_objects/* describeObject */.v8)(client, key);
            return facts === null
                ? null
                : { ...facts, storageClass: facts.storageClass ?? '', access: 'readable', readableUntil: null };
        },
        move: (object, storageClass) => rewrite(client, object, storageClass),
        restore: async (key) => ((await (0,gcs_read_objects/* describeObject */.v8)(client, key)) === null ? 'missing' : 'readable'),
    };
}
/** https://cloud.google.com/storage/docs/json_api/v1/objects/rewrite */
async function rewrite(client, { key, revision }, storageClass) {
    let token = null;
    for (let call = 0; call < maxCalls; call++) {
        const { status, bytes } = await client.rewrite(key, {
            action: `move to ${storageClass}`,
            permission: 'storage.objects.create',
            method: 'POST',
            query: {
                ifGenerationMatch: revision,
                ifSourceGenerationMatch: revision,
                fields: 'done,rewriteToken,resource(storageClass)',
                ...(token === null ? {} : { rewriteToken: token }),
            },
            headers: { 'content-type': 'application/json' },
            body: [(0,digest/* utf8 */.As)(JSON.stringify({ storageClass }))],
            maxAnswerBytes: gcs_read_objects/* maxDocumentBytes */.VR,
            outcomes: [200, 404, 412],
            check: (answer) => answer.status === 200 && (0,gcs_objects/* parseRewrite */.Oo)(answer.bytes) === null ? 'the answer is not what was asked for' : null,
        });
        // After a try whose answer was lost, the generation may be another one because it was moved: the next run sees that.
        if (status !== 200)
            return 'changed';
        const answered = (0,gcs_objects/* parseRewrite */.Oo)(bytes);
        (0,error/* invariant */.V1)(answered !== null, 'a rewrite was taken that had not been read');
        if ('storageClass' in answered) {
            if (answered.storageClass !== storageClass)
                throw gcs_classes_classNotKept(client, key, storageClass);
            return 'moved';
        }
        token = answered.token;
    }
    const path = `${client.address.shown}/${key}`;
    throw (0,error/* weighbridgeError */.q)('store/io', { action: `move to ${storageClass}`, path, reason: 'the rewrite does not end' });
}
function gcs_classes_classNotKept({ address }, key, storageClass) {
    return (0,error/* weighbridgeError */.q)('store/misconfigured', {
        action: `move to ${storageClass}`,
        path: `${address.shown}/${key}`,
        reason: 'the server does not keep that storage class',
        remedy: 'Remove "tiers" from weighbridge.yaml, or name classes that this bucket has. With Autoclass it has none to name.',
    });
}
//# sourceMappingURL=gcs-classes.js.map
// EXTERNAL MODULE: ./packages/stores/build/gcs/gcs-client.js + 2 modules
var gcs_client = __webpack_require__(43813);
;// CONCATENATED MODULE: ./packages/stores/build/gcs/multipart-body.js

/**
 * multipart/related (RFC 2387), as uploads with `uploadType=multipart` are sent
 * (https://cloud.google.com/storage/docs/uploading-objects#rest-upload-objects). The boundary is random: no bytes that were made before hold it.
 */
function multipartBody(metadata, bytes) {
    const boundary = (0,external_node_crypto_.randomUUID)();
    const head = [
        `--${boundary}`,
        'content-type: application/json; charset=UTF-8',
        '',
        JSON.stringify(metadata),
        `--${boundary}`,
        'content-type: application/octet-stream',
        '',
        '',
    ].join('\r\n');
    return {
        contentType: `multipart/related; boundary=${boundary}`,
        pieces: [Buffer.from(head), ...bytes, Buffer.from(`\r\n--${boundary}--\r\n`)],
    };
}
//# sourceMappingURL=multipart-body.js.map
// EXTERNAL MODULE: ./packages/stores/build/gcs/presign-object.js + 1 modules
var presign_object = __webpack_require__(56143);
;// CONCATENATED MODULE: ./packages/stores/build/gcs/open-gcs-bucket.js










/** Signatures of version 4 are good for no longer. */
const open_gcs_bucket_maxPresignSeconds = 7 * 24 * 60 * 60;
/**
 * Google Cloud Storage as a bucket, over its JSON API. Bodies go from the caller's memory to the socket without a copy.
 * The service knows no SHA-256: the digest is compared here before anything is sent, and the CRC-32C of the same bytes
 * is told with them, which the service compares with what arrived and keeps. Nothing is loaded or asked before the first
 * call.
 *
 * Every write has the generation that it replaces as its condition, so that it can be tried again. A 412 to a write that
 * was tried before can be the answer to our own earlier try: `create` answers `present`, `replace` looks whether the
 * document is the one it wrote. Permissions: storage.objects.get, create, delete and list, which are in
 * roles/storage.objectUser.
 * @throws store/misconfigured for an endpoint that is no address
 */
function openGcsBucket(options) {
    const client = (0,gcs_client/* openGcsClient */.n)(options);
    const now = options.now ?? (() => new Date());
    return {
        address: client.address.shown,
        classes: openGcsClasses(client),
        describe: async (key) => (0,gcs_read_objects/* describeObject */.v8)(client, open_gcs_bucket_checkObjectKey(key)),
        async create(key, body, { sha256 }) {
            open_gcs_bucket_checkObjectKey(key);
            checkDigest(client, key, { body, sha256 });
            const { status } = await upload(client, key, { body, expected: null });
            return status === 412 ? 'present' : 'created';
        },
        async replace(key, body, expected) {
            const answer = await upload(client, open_gcs_bucket_checkObjectKey(key), { body: [body], expected });
            if (answer.status === 200)
                return (0,gcs_objects/* parseGeneration */.ux)(answer.bytes);
            return answer.repeated ? open_gcs_bucket_revisionIfOurs(client, key, body) : null;
        },
        read: async (key, range, into) => (0,gcs_read_objects/* readObject */.Ag)(client, open_gcs_bucket_checkObjectKey(key), range, { into }),
        list: (prefix) => (0,gcs_read_objects/* listObjects */.L)(client, prefix),
        async remove(key, { expected, isAllowed } = {}) {
            const { status } = await client.askObject(open_gcs_bucket_checkObjectKey(key), {
                action: 'remove',
                permission: 'storage.objects.delete',
                method: 'DELETE',
                ...(expected === undefined ? {} : { query: { ifGenerationMatch: expected.revision } }),
                ...(isAllowed === undefined ? {} : { isAllowed }),
                maxAnswerBytes: gcs_read_objects/* maxDocumentBytes */.VR,
                outcomes: [200, 204, 404, 412],
            });
            if (status !== 412)
                return 'removed';
            // What is not there has no generation to match, and may have been removed by a try whose answer was lost.
            return expected !== undefined && (await (0,gcs_read_objects/* describeObject */.v8)(client, key)) === null ? 'removed' : 'kept';
        },
        async presign(key, { expiresInSeconds }) {
            (0,error/* invariant */.V1)(expiresInSeconds > 0 && expiresInSeconds <= open_gcs_bucket_maxPresignSeconds, 'a presigned address lasts too long');
            open_gcs_bucket_checkObjectKey(key);
            return (0,presign_object/* presignObject */.I)(client, key, { expiresInSeconds, now: now(), generation: null });
        },
    };
}
function upload(client, key, { body, expected }) {
    const metadata = { name: client.address.prefix + key, crc32c: (0,crc32c/* crc32c */.d)(body) };
    const { contentType, pieces } = multipartBody(metadata, body);
    return client.upload(key, {
        action: 'write',
        permission: 'storage.objects.create',
        method: 'POST',
        query: { uploadType: 'multipart', ifGenerationMatch: expected ?? '0', fields: 'generation' },
        headers: { 'content-type': contentType },
        body: pieces,
        maxAnswerBytes: gcs_read_objects/* maxDocumentBytes */.VR,
        outcomes: [200, 412],
        check: ({ status, bytes }) => status === 200 && (0,gcs_objects/* parseGeneration */.ux)(bytes) === null ? 'the service named no generation' : null,
    });
}
/** @throws store/io for bytes that are not those of the digest */
function checkDigest({ address }, key, { body, sha256 }) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    for (const piece of body)
        hash.update(piece);
    if (Buffer.compare(hash.digest(), sha256) === 0)
        return;
    throw (0,error/* weighbridgeError */.q)('store/io', { action: 'write', path: `${address.shown}/${key}`, reason: 'wrong checksum' });
}
/** The revision of what is there if it is, byte for byte, what an earlier try of ours may have written; else null. */
async function open_gcs_bucket_revisionIfOurs(client, key, body) {
    const current = await (0,gcs_read_objects/* readObject */.Ag)(client, key);
    return current !== null && Buffer.compare(current.bytes, body) === 0 ? current.revision : null;
}
/** @throws core/invariant for what is no key */
function open_gcs_bucket_checkObjectKey(key) {
    (0,error/* invariant */.V1)((0,object_keys/* isObjectKey */.Px)(key), 'an object was to have an illegal key');
    return key;
}
//# sourceMappingURL=open-gcs-bucket.js.map
// EXTERNAL MODULE: ./packages/host/build/proxy.js
var proxy = __webpack_require__(97679);
;// CONCATENATED MODULE: ./packages/host/build/open-bucket.js


/**
 * The bucket that a policy names, as the environment reaches it: its credentials are found as the service's own tools
 * find them, its requests go through the proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name. Nothing is loaded or asked
 * before the first use. @throws store/misconfigured for an endpoint that is no address
 */
function openBucket(policy, environment) {
    switch (policy.type) {
        case 's3':
            return openS3(policy, environment);
        case 'gcs':
            return openGcs(policy, environment);
        case 'azure':
            return openAzure(policy, environment);
    }
}
function openAzure({ account, container, prefix, endpoint }, environment) {
    return openAzureBucket({
        account,
        container,
        ...(prefix === null ? {} : { prefix }),
        ...(endpoint === null ? {} : { endpoint }),
        environment,
        proxy: (0,proxy/* proxyOf */.O)(environment),
    });
}
function openS3(policy, environment) {
    const { bucket, prefix, region, endpoint, pathStyle, profile, conditionalWrites } = policy;
    return openS3Bucket({
        bucket,
        ...(prefix === null ? {} : { prefix }),
        ...(region === null ? {} : { region }),
        ...(endpoint === null ? {} : { endpoint }),
        ...(pathStyle === null ? {} : { pathStyle }),
        ...(profile === null ? {} : { profile }),
        conditionalWrites,
        environment,
        proxy: (0,proxy/* proxyOf */.O)(environment),
    });
}
function openGcs(policy, environment) {
    const { bucket, prefix } = policy;
    const endpoint = policy.endpoint ?? emulatorOf(environment['STORAGE_EMULATOR_HOST']);
    const universeDomain = environment['GOOGLE_CLOUD_UNIVERSE_DOMAIN'];
    return openGcsBucket({
        bucket,
        ...(prefix === null ? {} : { prefix }),
        ...(endpoint === null ? {} : { endpoint }),
        ...(universeDomain === undefined || universeDomain === '' ? {} : { universeDomain }),
        proxy: (0,proxy/* proxyOf */.O)(environment),
    });
}
/** The address of an emulator, as the libraries of Google read it: with a scheme, or a host alone. */
function emulatorOf(host) {
    const named = host?.trim() ?? '';
    if (named === '')
        return null;
    return named.includes('://') ? named : `http://${named}`;
}
//# sourceMappingURL=open-bucket.js.map

/***/ }),

/***/ 30888:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  v: () => (/* binding */ azureClient)
});

// EXTERNAL MODULE: ./packages/stores/build/http/agents.js + 4 modules
var agents = __webpack_require__(89228);
// EXTERNAL MODULE: ./packages/stores/build/http/ask.js + 1 modules
var ask = __webpack_require__(77063);
// EXTERNAL MODULE: ./packages/stores/build/http/endpoint.js
var endpoint = __webpack_require__(48959);
// EXTERNAL MODULE: ./packages/stores/build/http/escape-uri.js
var escape_uri = __webpack_require__(5150);
;// CONCATENATED MODULE: ./packages/stores/build/azure/azure-address.js


/** `az://account/container/prefix`, for people and the ledger. */
function shownAddress({ account, container, prefix }) {
    return ['az:/', account, container, ...wordsOf(prefix)].join('/');
}
/**
 * The addresses of a container and its blobs
 * (https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata).
 * @throws store/misconfigured for an endpoint that is no address
 */
function azureAddress(place) {
    const { account, container } = place;
    const prefix = wordsOf(place.prefix)
        .map((word) => `${word}/`)
        .join('');
    const text = place.endpoint ?? `https://${account}.blob.core.windows.net`;
    const example = 'https://acme.blob.core.windows.net';
    const base = (0,endpoint/* parseEndpoint */.B)(text, { ...place, shown: shownAddress(place), example });
    const addressOf = (path) => {
        const url = new URL(base);
        url.pathname = `${base.pathname.replace(/\/+$/, '')}/${path.split('/').map(escape_uri/* escapeUri */.o).join('/')}`;
        return url;
    };
    return {
        prefix,
        serviceUrl: addressOf(''),
        containerUrl: addressOf(container),
        blobUrl: (key) => addressOf(`${container}/${prefix}${key}`),
        signedName: (key) => `/blob/${account}/${container}/${prefix}${key}`,
    };
}
function wordsOf(prefix) {
    const name = (prefix ?? '').replaceAll(/^\/+|\/+$/g, '');
    return name === '' ? [] : name.split('/');
}
//# sourceMappingURL=azure-address.js.map
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/stores/build/http/private-channel.js
var private_channel = __webpack_require__(33497);
;// CONCATENATED MODULE: ./packages/stores/build/azure/blob-hosts.js

/** Blob endpoints of Azure's clouds, private and zoned ones too: learn.microsoft.com/azure/storage/common/storage-account-overview. */
const hostsOfAzure = /\.(?:core\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)|storage\.azure\.net)$/;
/** Whether a host may learn who asks: it is Azure's, or this machine. A policy can name any other, and everyone can edit it. */
function isTrusted({ hostname }) {
    return hostsOfAzure.test(hostname) || (0,private_channel/* isLoopback */.U)(hostname);
}
/**
 * The account whose blob endpoint this is: the first label of Azure's hosts, without the mark of a secondary one, and the
 * first part of the path on this machine, as emulators have it. Null for any other host, which says nothing.
 */
function accountOf({ hostname, pathname }) {
    if (hostsOfAzure.test(hostname))
        return /^([a-z0-9]{3,24})(?:-secondary)?\./.exec(hostname)?.[1] ?? null;
    return (0,private_channel/* isLoopback */.U)(hostname) ? (/^\/([a-z0-9]{3,24})(?:\/|$)/.exec(pathname)?.[1] ?? null) : null;
}
//# sourceMappingURL=blob-hosts.js.map
;// CONCATENATED MODULE: ./packages/stores/build/azure/connection-string.js

/** The account of emulators, whose key everybody knows (https://learn.microsoft.com/azure/storage/common/storage-use-azurite). */
const emulator = {
    account: 'devstoreaccount1',
    key: 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
    endpoint: 'http://127.0.0.1:10000/devstoreaccount1',
};
/**
 * Reads a connection string (https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string);
 * null for what is none, or has neither a key nor a signature.
 */
function parseConnectionString(text) {
    const pairs = text.split(';').map((each) => /^([A-Za-z]+)=(.+)$/.exec(each.trim()));
    const settings = new Map(pairs.map((pair) => [pair?.[1]?.toLowerCase() ?? '', pair?.[2] ?? '']));
    if (settings.get('usedevelopmentstorage') === 'true')
        return { ...emulator, sas: null, isContradictory: false };
    const blobEndpoint = settings.get('blobendpoint') ?? '';
    const shown = URL.canParse(blobEndpoint) ? accountOf(new URL(blobEndpoint)) : null;
    const named = settings.get('accountname') ?? null;
    const account = named ?? shown;
    const key = settings.get('accountkey') ?? null;
    const sas = settings.get('sharedaccesssignature') ?? null;
    if (sas === null && (account === null || key === null))
        return null;
    const isContradictory = named !== null && shown !== null && named !== shown;
    const endpoint = settings.get('blobendpoint') ?? endpointOf(account, settings);
    return { account, key, sas, endpoint, isContradictory };
}
function endpointOf(account, settings) {
    const suffix = settings.get('endpointsuffix');
    if (account === null || suffix === undefined)
        return null;
    return `${settings.get('defaultendpointsprotocol') ?? 'https'}://${account}.blob.${suffix}`;
}
//# sourceMappingURL=connection-string.js.map
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
;// CONCATENATED MODULE: ./packages/stores/build/azure/how-to-sign-in.js
/** The end of remedies for whoever is not known to Azure. */
const howToSignIn = 'in GitHub Actions give the job "permissions: id-token: write" and set AZURE_CLIENT_ID and AZURE_TENANT_ID, or run azure/login before this step; elsewhere run "az login", or set AZURE_STORAGE_CONNECTION_STRING.';
//# sourceMappingURL=how-to-sign-in.js.map
;// CONCATENATED MODULE: ./packages/stores/build/azure/entra/ask-identity.js



/** A token with all that stands around it has a few KiB. */
const maxAnswerBytes = 256 * 1024;
const passingStatuses = [404, 408, 410, 429, 500, 502, 503, 504];
/**
 * Asks for a document and answers its fields. Of what is refused only codes are told: the sentences quote identifiers
 * and assertions. @throws store/denied, store/io, and store/unreachable when all tries were used up
 */
async function askIdentity({ service, headers = {}, form, remedyOf, ...asked }, means) {
    const sender = (0,ask/* senderOf */.V)(means, await (0,agents/* openAgents */.J)(asked.url, means.proxy));
    const operation = { action: 'sign in to', path: means.shown };
    const nameOf = ({ status, code }) => `${service} answered ${code ?? status}`;
    const check = ({ bytes }) => (parsed(bytes) === null ? `${service} answered no document` : null);
    const body = form === undefined ? {} : { body: [new TextEncoder().encode(new URLSearchParams(form).toString())] };
    const all = form === undefined ? headers : { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await (0,ask/* ask */.k)(sender, { ...asked, ...body, maxAnswerBytes, outcomes: [200], check }, {
        operation,
        sign: async () => ({ accept: 'application/json', ...all }),
        read: readRefusal,
        deniesBucket: () => false,
        remedyOf: ({ status }) => (passingStatuses.includes(status) ? 'wait' : 'none'),
        nameOf,
        errorOf: (refusal) => (0,error/* weighbridgeError */.q)('store/denied', {
            ...operation,
            reason: nameOf(refusal),
            remedy: remedyOf(refusal.code),
        }),
        correctClock: () => false,
        refresh: async () => { },
    });
    return parsed(answer.bytes) ?? {};
}
/** A refusal of Entra ID has `AADSTS` and a number in its description (https://learn.microsoft.com/entra/identity-platform/reference-error-codes). */
function readRefusal({ status, bytes }) {
    const { error, error_description: description } = parsed(bytes) ?? {};
    const code = /\bAADSTS\d{4,10}\b/.exec(typeof description === 'string' ? description : '')?.[0];
    const name = typeof error === 'string' && /^[a-z_]{1,64}$/.test(error) ? error : null;
    return { status, code: code ?? name };
}
function parsed(bytes) {
    try {
        const document = JSON.parse(Buffer.from(bytes).toString('utf8'));
        return document !== null && typeof document === 'object' ? { ...document } : null;
    }
    catch {
        // No JSON: a page of something in between.
        return null;
    }
}
//# sourceMappingURL=ask-identity.js.map
;// CONCATENATED MODULE: ./packages/stores/build/azure/entra/actions-token.js


/** Whether the job may ask GitHub for tokens that say which job it is: `permissions: id-token: write`. */
function hasActionsToken({ environment }) {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = environment;
    return (url ?? '') !== '' && (token ?? '') !== '' && URL.canParse(url ?? '');
}
/**
 * A token of the job, made for an audience
 * (https://docs.github.com/actions/security-for-github-actions/security-hardening-your-deployments/about-security-hardening-with-openid-connect).
 * It is good for a few minutes: a new one is asked for each time. @throws store/denied, store/io, store/unreachable
 */
async function requestActionsToken(audience, means) {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: address = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer = '' } = means.environment;
    const url = new URL(address);
    url.searchParams.set('audience', audience);
    const service = 'the token service of GitHub Actions';
    const headers = { authorization: `Bearer ${bearer}` };
    const remedyOf = () => 'Give the job "permissions: id-token: write", and run this step in the job that has it.';
    const { value } = await askIdentity({ service, method: 'GET', url, headers, remedyOf }, means);
    if (typeof value === 'string' && value !== '')
        return value;
    const reason = `${service} answered no token`;
    throw (0,error/* weighbridgeError */.q)('store/io', { action: 'sign in to', path: means.shown, reason });
}
//# sourceMappingURL=actions-token.js.map
;// CONCATENATED MODULE: ./packages/stores/build/azure/entra/authority.js


/** By the end of the account's host name; https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud */
const clouds = [
    {
        suffix: '.usgovcloudapi.net',
        host: 'https://login.microsoftonline.us',
        audience: 'api://AzureADTokenExchangeUSGov',
    },
    {
        suffix: '.chinacloudapi.cn',
        host: 'https://login.partner.microsoftonline.cn',
        audience: 'api://AzureADTokenExchangeChina',
    },
];
const publicCloud = { host: 'https://login.microsoftonline.com', audience: 'api://AzureADTokenExchange' };
/**
 * The authority of an account: what AZURE_AUTHORITY_HOST names, else that of the cloud in which the account is.
 * @throws store/misconfigured for an authority that is no https address
 */
function authorityOf(blobEndpoint, { environment, shown }) {
    const { host, audience } = clouds.find(({ suffix }) => blobEndpoint.hostname.endsWith(suffix)) ?? publicCloud;
    const given = environment['AZURE_AUTHORITY_HOST'] ?? '';
    const text = given === '' ? host : given.includes('://') ? given : `https://${given}`;
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url !== null && (0,private_channel/* isPrivate */.G)(url))
        return { url, audience };
    throw (0,error/* weighbridgeError */.q)('store/misconfigured', {
        action: 'sign in to',
        path: shown,
        reason: 'AZURE_AUTHORITY_HOST is no https address',
        remedy: `Unset it, or write it like ${host}.`,
    });
}
//# sourceMappingURL=authority.js.map
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
;// CONCATENATED MODULE: ./packages/stores/build/azure/entra/access-token.js
/** What the tokens are for, in every cloud. */
const storageResource = 'https://storage.azure.com';
/**
 * A token is renewed so long before it ends, so that it does not end under a request; a short-lived one at half of its
 * time, so that not every request asks for another.
 */
const marginMs = 5 * 60_000;
/** @param now the time of this machine, which also dated `expiresAtMs` */
function openTokenCache(source, now) {
    let asking = null;
    let held = null;
    async function request() {
        try {
            const { token, expiresAtMs } = await source();
            const margin = Math.min(marginMs, (expiresAtMs - now().getTime()) / 2);
            held = { token, renewAtMs: expiresAtMs - margin };
            return held;
        }
        finally {
            // What failed is asked again by the next request.
            asking = null;
        }
    }
    return {
        async current() {
            if (held !== null && held.renewAtMs > now().getTime())
                return held.token;
            asking ??= request();
            return (await asking).token;
        },
        drop(token) {
            if (held?.token === token)
                held = null;
        },
    };
}
//# sourceMappingURL=access-token.js.map
;// CONCATENATED MODULE: ./packages/stores/build/azure/entra/read-token.js

/**
 * Reads what services answer that issue tokens: `access_token` with the time that it is good for, in seconds, or the
 * time at which it ends. @throws store/io for a document without them
 */
function readToken(document, { service, means }) {
    const { access_token: token, expires_in: lasts, expires_on: ends } = document;
    const nowMs = means.now().getTime();
    const expiresAtMs = isNumber(lasts) ? nowMs + Number(lasts) * 1000 : isNumber(ends) ? Number(ends) * 1000 : null;
    if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) && expiresAtMs !== null)
        return { token, expiresAtMs };
    const reason = `${service} answered no token`;
    throw (0,error/* weighbridgeError */.q)('store/io', { action: 'sign in to', path: means.shown, reason });
}
/** As a number, or as the digits of one: services differ. */
function isNumber(value) {
    return (typeof value === 'number' && value >= 0) || (typeof value === 'string' && /^\d{1,12}$/.test(value));
}
//# sourceMappingURL=read-token.js.map
;// CONCATENATED MODULE: ./packages/stores/build/azure/entra/az-login.js




const timeoutMs = 60_000;
const maxOutputBytes = 1024 * 1024;
/**
 * A token of whoever has run `az login`, which the action azure/login does too; null where the Azure CLI is not there,
 * or nobody has. What it prints is told nowhere.
 */
async function requestCliToken(means) {
    const tenant = means.environment['AZURE_TENANT_ID'] ?? '';
    const ofTenant = /^[\w.-]{1,256}$/.test(tenant) ? ['--tenant', tenant] : [];
    const command = ['account', 'get-access-token', '--resource', storageResource, '--output', 'json', ...ofTenant];
    const printed = await runAz(command, means.environment);
    if (printed === null)
        return null;
    const document = tokenIn(printed);
    return document === null ? null : readToken(document, { service: 'the Azure CLI', means });
}
function runAz(command, environment) {
    return new Promise((resolve) => {
        // A batch file on Windows, which only a shell runs; nothing in the command needs quotes.
        const shell = process.platform === 'win32';
        // That shell looks for programs in the folder where it is, first: not in one that a repository has filled.
        const cwd = (0,external_node_os_.homedir)();
        const options = { cwd, timeout: timeoutMs, maxBuffer: maxOutputBytes, shell, windowsHide: true };
        (0,external_node_child_process_.execFile)('az', command, { ...options, env: { ...environment } }, (error, printed) => {
            resolve(error === null ? printed : null);
        });
    });
}
/** In the words of Entra ID; null for what is none, such as what an old release prints, which tells local time alone. */
function tokenIn(printed) {
    try {
        const document = JSON.parse(printed);
        if (document === null || typeof document !== 'object' || !('expires_on' in document))
            return null;
        return { access_token: Reflect.get(document, 'accessToken'), expires_on: document.expires_on };
    }
    catch {
        // A warning, or a page of help: nobody is signed in.
        return null;
    }
}
//# sourceMappingURL=az-login.js.map
;// CONCATENATED MODULE: ./packages/stores/build/azure/entra/entra-token.js



/**
 * Exchanges a secret or a token of another issuer for a token for Azure Storage
 * (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).
 * @throws store/denied with the code of Entra ID, store/unreachable
 */
async function exchangeForToken({ authority, tenantId, clientId }, proof, means) {
    const url = new URL(authority.url);
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`;
    const shared = { grant_type: 'client_credentials', client_id: clientId, scope: `${storageResource}/.default` };
    const form = proof.kind === 'secret' ? { ...shared, client_secret: proof.secret } : { ...shared, ...asserted(proof) };
    const remedyOf = (code) => remedyOfExchange(code, { proof, authority });
    const service = 'Entra ID';
    const document = await askIdentity({ service, method: 'POST', url, form, remedyOf }, means);
    return readToken(document, { service, means });
}
function asserted({ token }) {
    const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    return { client_assertion_type: type, client_assertion: token };
}
const noTenant = 'Check AZURE_TENANT_ID: there is no such tenant in this cloud.';
/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const remedies = new Map([
    ['AADSTS90002', noTenant],
    ['AADSTS900023', noTenant],
    ['AADSTS700016', 'Check AZURE_CLIENT_ID and AZURE_TENANT_ID: the tenant has no such application.'],
    ['AADSTS7000215', 'Check AZURE_CLIENT_SECRET: it has to be the value of the secret, not its ID.'],
    ['AADSTS7000222', 'Make a new secret for the application, or use federated credentials, which do not expire.'],
]);
function remedyOfExchange(code, { proof, authority }) {
    const known = remedies.get(code);
    if (known !== undefined)
        return known;
    if (proof.kind === 'secret')
        return 'Check AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_CLIENT_SECRET.';
    return federation(proof.token, authority);
}
function federation(token, { audience }) {
    const { iss, sub } = claimsOf(token);
    const who = iss === null || sub === null ? 'this token' : `issuer "${iss}" and subject "${sub}"`;
    return `Add a federated credential for ${who}, with audience "${audience}", to the application or identity that AZURE_CLIENT_ID names, and check AZURE_TENANT_ID.`;
}
/** Who a token says it is of: names, not proof. What does not look like a name is not told. */
function claimsOf(token) {
    const nameIn = (claims, claim) => {
        const value = claims !== null && typeof claims === 'object' ? Reflect.get(claims, claim) : null;
        return typeof value === 'string' && /^[\w.:/@*-]{1,256}$/.test(value) ? value : null;
    };
    try {
        const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
        return { iss: nameIn(claims, 'iss'), sub: nameIn(claims, 'sub') };
    }
    catch {
        // No token of that form: Entra ID has refused it for that, too.
        return { iss: null, sub: null };
    }
}
//# sourceMappingURL=entra-token.js.map
// EXTERNAL MODULE: ./packages/stores/build/http/exchange.js
var exchange = __webpack_require__(51883);
;// CONCATENATED MODULE: ./packages/stores/build/azure/entra/managed-identity.js






const service = 'the managed identity';
const remedyOf = () => `Assign a managed identity to this machine (AZURE_CLIENT_ID names one of several), or say who asks in another way: ${howToSignIn}`;
/** Whether App Service, Functions or Container Apps say where their managed identity is asked. */
function hasHostedIdentity({ environment }) {
    const { IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: header } = environment;
    return URL.canParse(endpoint ?? '') && (header ?? '') !== '';
}
/** A token of it (https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference). @throws store/denied, store/unreachable */
async function requestHostedToken(means) {
    const { IDENTITY_ENDPOINT: endpoint = '', IDENTITY_HEADER: header = '' } = means.environment;
    const url = withQuery(new URL(endpoint), '2019-08-01', means);
    const headers = { 'x-identity-header': header };
    return readToken(await askIdentity({ service, method: 'GET', url, headers, remedyOf }, directly(means)), {
        service,
        means,
    });
}
/** How long a machine outside of Azure is waited for, where nothing answers. */
const lookMs = 1000;
const maxLookBytes = 64 * 1024;
/** Whether the metadata service of an Azure machine is there: it answers at once, if only with a refusal. */
async function hasMachineIdentity(means) {
    const url = metadataUrl(means);
    const bounds = { idleMs: lookMs, totalMs: lookMs, maxAnswerBytes: maxLookBytes };
    const question = { method: 'GET', url, headers: {}, body: [] };
    return (await (0,exchange/* exchange */.c)(question, await (0,agents/* openAgents */.J)(url, {}), bounds)).kind === 'answer';
}
/** A token of the machine (https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token). @throws store/denied, store/unreachable */
async function requestMachineToken(means) {
    const url = withQuery(metadataUrl(means), '2018-02-01', means);
    const headers = { metadata: 'true' };
    return readToken(await askIdentity({ service, method: 'GET', url, headers, remedyOf }, directly(means)), {
        service,
        means,
    });
}
/** The same variable as that of the Azure SDKs moves it elsewhere. */
function metadataUrl({ environment }) {
    const host = environment['AZURE_POD_IDENTITY_AUTHORITY_HOST'] ?? '';
    return new URL('/metadata/identity/oauth2/token', URL.canParse(host) ? host : 'http://169.254.169.254');
}
function withQuery(url, version, { environment }) {
    const clientId = environment['AZURE_CLIENT_ID'] ?? '';
    url.searchParams.set('api-version', version);
    url.searchParams.set('resource', storageResource);
    if (clientId !== '')
        url.searchParams.set('client_id', clientId);
    return url;
}
/** Neither is ever behind a web proxy. */
function directly(means) {
    return { ...means, proxy: {} };
}
//# sourceMappingURL=managed-identity.js.map
;// CONCATENATED MODULE: ./packages/stores/build/azure/entra/find-token-source.js








/**
 * Finds who signs in to Entra ID. What was set on purpose comes first: a secret, a federated token in a file, the token
 * of a GitHub Actions job, the managed identity of App Service or Container Apps, whoever has run `az login`; the managed
 * identity of the machine, which whoever is on it has, comes last.
 * @throws store/denied where nobody is found, store/misconfigured for an authority that is none
 */
async function findTokenSource(blobEndpoint, means) {
    const application = applicationOf(blobEndpoint, means);
    const ofApplication = application === null ? null : sourceOf(application, means);
    if (ofApplication !== null)
        return ofApplication;
    if (hasHostedIdentity(means))
        return () => requestHostedToken(means);
    const ofCli = await cliSource(means);
    if (ofCli !== null)
        return ofCli;
    if (await hasMachineIdentity(means))
        return () => requestMachineToken(means);
    throw nobody(means, application !== null);
}
function applicationOf(blobEndpoint, means) {
    const { AZURE_TENANT_ID: tenantId = '', AZURE_CLIENT_ID: clientId = '' } = means.environment;
    if (tenantId === '' || clientId === '')
        return null;
    return { authority: authorityOf(blobEndpoint, means), tenantId, clientId };
}
/** Null where nothing proves to be the application. */
function sourceOf(application, means) {
    const { AZURE_CLIENT_SECRET: secret = '', AZURE_FEDERATED_TOKEN_FILE: file = '' } = means.environment;
    if (secret !== '')
        return () => exchangeForToken(application, { kind: 'secret', secret }, means);
    const assertion = (token) => exchangeForToken(application, { kind: 'assertion', token }, means);
    if (file !== '')
        return async () => assertion(await readTokenFile(file, means));
    if (!hasActionsToken(means))
        return null;
    return async () => assertion(await requestActionsToken(application.authority.audience, means));
}
/** Whoever keeps the file renews it, so that it is read anew each time. */
async function readTokenFile(path, { shown }) {
    try {
        return (await (0,promises_.readFile)(path, 'utf8')).trim();
    }
    catch (cause) {
        const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
        throw (0,error/* weighbridgeError */.q)('store/denied', {
            action: 'sign in to',
            path: shown,
            reason: `the file that AZURE_FEDERATED_TOKEN_FILE names cannot be read (${code})`,
            remedy: 'Look who writes that file: in Kubernetes the webhook of workload identity does, for labelled pods.',
        });
    }
}
/** The first token is asked for here, since nothing else says whether somebody is signed in. */
async function cliSource(means) {
    const first = await requestCliToken(means);
    if (first === null)
        return null;
    let unused = first;
    return async () => {
        const token = unused ?? (await requestCliToken(means));
        unused = null;
        if (token === null)
            throw nobody(means, false);
        return token;
    };
}
function nobody({ shown, environment }, hasApplication) {
    const inJob = environment['GITHUB_ACTIONS'] === 'true' && hasApplication;
    return (0,error/* weighbridgeError */.q)('store/denied', {
        action: 'sign in to',
        path: shown,
        reason: inJob
            ? 'AZURE_CLIENT_ID and AZURE_TENANT_ID are set, but the job may not ask for a token'
            : 'no Azure credentials were found',
        remedy: `Say who asks: ${howToSignIn}`,
    });
}
//# sourceMappingURL=find-token-source.js.map
;// CONCATENATED MODULE: ./packages/stores/build/azure/azure-credentials.js



/**
 * AZURE_STORAGE_CONNECTION_STRING; null where it is not set.
 * @throws store/misconfigured for what is none, or is of another account
 */
function readConnectionString(environment, meant) {
    const text = environment['AZURE_STORAGE_CONNECTION_STRING']?.trim() ?? '';
    if (text === '')
        return null;
    const connection = parseConnectionString(text);
    if (connection === null)
        throw malformed('AZURE_STORAGE_CONNECTION_STRING', meant);
    if (connection.isContradictory)
        throw contradictory(meant);
    ofAccount(connection.account, 'AZURE_STORAGE_CONNECTION_STRING', meant);
    return connection;
}
/**
 * The credentials of an environment: a connection string, a key, a signature, else whoever signs in to Entra ID.
 * @throws store/misconfigured for what is malformed or is of another account, store/denied where there are none
 */
async function findAzureCredentials(connection, blobEndpoint, { account, isForeign, means }) {
    const meant = { account, shown: means.shown };
    const named = (names) => firstOf(means.environment, names);
    const key = connection?.key ?? named(keyNames);
    const sas = connection?.sas ?? named(['AZURE_STORAGE_SAS_TOKEN']);
    const isStorage = key !== null || sas !== null;
    if (isStorage && connection === null) {
        ofAccount(named(accountNames), 'AZURE_STORAGE_ACCOUNT', meant);
    }
    // Whoever holds a signature may use it: it goes to no account but the one that the environment says it is of.
    const owner = connection?.account ?? named(accountNames);
    if (isForeign && sas !== null && key === null && owner !== account)
        throw ofNoAccount(meant);
    if (key !== null)
        return { kind: 'key', key: readKey(key, meant) };
    if (sas !== null)
        return { kind: 'sas', parameters: readSas(sas, meant) };
    return { kind: 'token', source: await findTokenSource(blobEndpoint, means) };
}
/** The names of the Azure CLI, and of the libraries that DVC and fsspec use. */
const keyNames = ['AZURE_STORAGE_KEY', 'AZURE_STORAGE_ACCOUNT_KEY'];
const accountNames = ['AZURE_STORAGE_ACCOUNT', 'AZURE_STORAGE_ACCOUNT_NAME'];
function firstOf(environment, names) {
    return names.map((name) => environment[name]?.trim() ?? '').find((value) => value !== '') ?? null;
}
/** @throws store/misconfigured for anything but the base64 of a key */
function readKey(text, meant) {
    const key = Buffer.from(text, 'base64');
    if (key.length < 16 || key.toString('base64') !== text)
        throw malformed('the account key', meant);
    return key;
}
/** @throws store/misconfigured for what has no signature */
function readSas(text, meant) {
    // A plus sign is one: some tools print signatures without escapes.
    const parameters = new URLSearchParams(text.replace(/^\?/, '').replaceAll('+', '%2B'));
    if (!parameters.has('sig') || !parameters.has('sv'))
        throw malformed('AZURE_STORAGE_SAS_TOKEN', meant);
    return parameters;
}
function ofAccount(named, variable, { account, shown }) {
    if (named === null || named === account)
        return;
    throw (0,error/* weighbridgeError */.q)('store/misconfigured', {
        action: 'open',
        path: shown,
        reason: `${variable} is of another account`,
        remedy: `Set the credentials of the account "${account}", or unset them and sign in with Entra ID.`,
    });
}
function contradictory({ account, shown }) {
    return (0,error/* weighbridgeError */.q)('store/misconfigured', {
        action: 'open',
        path: shown,
        reason: 'AZURE_STORAGE_CONNECTION_STRING contradicts itself: AccountName and BlobEndpoint are of different accounts',
        remedy: `Copy it again from "Access keys" of the account "${account}", or correct one of the two.`,
    });
}
function ofNoAccount({ account, shown }) {
    return (0,error/* weighbridgeError */.q)('store/misconfigured', {
        action: 'open',
        path: shown,
        reason: 'nothing says which account the shared access signature is of, and a reference does not choose where it is sent',
        remedy: `Set AZURE_STORAGE_ACCOUNT to "${account}" if it is of that account, or sign in with Entra ID.`,
    });
}
function malformed(what, { shown }) {
    return (0,error/* weighbridgeError */.q)('store/misconfigured', {
        action: 'open',
        path: shown,
        reason: `${what} is not of the form that Azure gives it`,
        remedy: 'Copy it again from "Access keys" or "Shared access signature" of the account, without quotes around it.',
    });
}
//# sourceMappingURL=azure-credentials.js.map
;// CONCATENATED MODULE: ./packages/stores/build/azure/azure-refusal.js


const maxDocumentLength = 16_384;
const codePattern = /^[A-Za-z0-9]{1,64}$/;
/** Reads the code of an error: its sentences quote what was signed. */
function azure_refusal_readRefusal({ status, headers, bytes }) {
    const header = headers['x-ms-error-code'];
    const document = Buffer.from(bytes.subarray(0, maxDocumentLength)).toString('latin1');
    const written = typeof header === 'string' ? header : /<Code>([^<]*)<\/Code>/.exec(document)?.[1];
    const code = written !== undefined && codePattern.test(written) ? written : null;
    // What Azurite calls it.
    const isChecksum = code === 'InvalidOperation' && document.includes('Provided contentMD5');
    return { status, code: isChecksum ? 'Md5Mismatch' : code };
}
/** The codes that make an outcome of a status: with any other one it is a refusal. */
const outcomeCodes = {
    404: 'BlobNotFound',
    409: 'BlobAlreadyExists',
    412: 'ConditionNotMet',
    416: 'InvalidRange',
};
/** Whether a status that can be an outcome is none: the container is missing, or somebody holds the blob. */
function deniesOutcome({ status, code }) {
    return status >= 300 && outcomeCodes[status] !== code;
}
const azure_refusal_passingStatuses = [408, 429, 500, 502, 503, 504];
const checksumCodes = ['Md5Mismatch', 'InvalidMd5', 'Crc64Mismatch'];
/** Which of the remedies a refusal has (https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes). */
function azure_refusal_remedyOf({ status, code }, by) {
    if (code !== null && checksumCodes.includes(code))
        return 'send-again';
    if (status === 401)
        return 'refresh';
    // The answer to a HEAD does not say why: a clock that is off shows in its date.
    if (code === 'AuthenticationFailed')
        return by === 'token' ? 'refresh' : 'correct-clock';
    return azure_refusal_passingStatuses.includes(status) ? 'wait' : 'none';
}
/** What a refusal is called in a message. */
function nameOf({ status, code }) {
    return code === null ? `the service answered ${status}` : `the service answered ${status} ${code}`;
}
/** The error of the catalogue for a refusal that nothing here can mend. */
function refusedError(operation, refusal) {
    const { action, path } = operation;
    const { status, code } = refusal;
    const reason = nameOf(refusal);
    const denied = (remedy) => (0,error/* weighbridgeError */.q)('store/denied', { action, path, reason, remedy });
    if (code !== null && checksumCodes.includes(code)) {
        return (0,error/* weighbridgeError */.q)('store/io', { action, path, reason: `wrong checksum, ${reason}` });
    }
    const missing = missingPlace(operation, refusal);
    if (missing !== null)
        return (0,error/* weighbridgeError */.q)('store/misconfigured', { action, path, ...missing });
    if (code === 'BlobArchived' || code === 'BlobBeingRehydrated')
        return (0,error/* weighbridgeError */.q)(operation.isForeign ? 'source/archived' : 'store/archived', { action, path });
    const special = code === null ? undefined : azure_refusal_remedies[code];
    if (special !== undefined)
        return denied(special(operation));
    if (status === 407)
        return denied('Put the name and the password that the proxy asks for into HTTPS_PROXY.');
    if (status === 401 || status === 403)
        return denied(permissionRemedy(operation));
    return (0,error/* weighbridgeError */.q)('store/io', { action, path, reason });
}
function missingPlace({ account, container, isForeign }, refusal) {
    const { status, code } = refusal;
    if (code === 'ContainerNotFound' || code === 'ContainerBeingDeleted') {
        const what = code === 'ContainerNotFound' ? 'there is no container' : 'somebody is deleting the container';
        const create = `az storage container create --auth-mode login --account-name ${account} --name ${container}`;
        return {
            reason: `${what} "${container}" in the account "${account}"`,
            remedy: isForeign
                ? 'Correct the container in the reference, az://container@account/blob.'
                : `Create it with "${create}", or correct store.container in weighbridge.yaml.`,
        };
    }
    if (status !== 404)
        return null;
    return {
        reason: `${nameOf(refusal)}, which is no answer of that container`,
        remedy: isForeign
            ? 'Correct the account in the reference, az://container@account/blob (and BlobEndpoint in AZURE_STORAGE_CONNECTION_STRING, where that is set).'
            : 'Correct store.account (and store.endpoint, which names the blob endpoint) in weighbridge.yaml.',
    };
}
const sasRemedy = ({ permission, isForeign }) => `Make a new shared access signature for blobs of this container with the permissions ${isForeign ? 'r and l' : 'r, w, d and l'} (here ${permission.letter} was asked for), for https and for this address.`;
/** What lies behind a code that is not the lack of a role. */
const azure_refusal_remedies = {
    AccountIsDisabled: () => 'Enable the storage account again.',
    AuthenticationFailed: ({ by }) => by === 'key'
        ? 'Check the account key, and set the clock of this machine: the service refuses requests that are more than 15 minutes off.'
        : by === 'sas'
            ? 'Make a new shared access signature: this one has ended, has not begun, or was altered.'
            : `Sign in again: ${howToSignIn}`,
    InvalidAuthenticationInfo: ({ by }) => by === 'token'
        ? 'Sign in to the tenant that the storage account belongs to (AZURE_TENANT_ID): the service does not take this token.'
        : `Renew the credentials: ${howToSignIn}`,
    NoAuthenticationInformation: () => `Say who asks: ${howToSignIn}`,
    KeyBasedAuthenticationNotPermitted: () => `The account takes no keys. Unset AZURE_STORAGE_CONNECTION_STRING and AZURE_STORAGE_KEY, and sign in: ${howToSignIn}`,
    AuthorizationFailure: (operation) => operation.by === 'sas'
        ? sasRemedy(operation)
        : `Let this machine in under "Networking" of the account "${operation.account}": its firewall keeps out what it does not know. If it does know it: ${permissionRemedy(operation)}`,
    AuthorizationSourceIPMismatch: sasRemedy,
    AuthorizationProtocolMismatch: sasRemedy,
    AuthorizationServiceMismatch: sasRemedy,
    AuthorizationResourceTypeMismatch: sasRemedy,
    BlobImmutableDueToPolicy: () => 'Wait until the immutability policy or the legal hold of the container ends, or let its owner lift it.',
    LeaseIdMissing: () => 'Somebody holds a lease on this blob: let them release it, or run "az storage blob lease break".',
    SnapshotsPresent: () => 'Delete the snapshots of this blob first: "az storage blob delete --delete-snapshots only".',
};
function permissionRemedy(operation) {
    const { by, permission, account, container } = operation;
    if (by === 'sas')
        return sasRemedy(operation);
    if (by === 'key')
        return 'Check the account key: one that is right may do everything.';
    const scope = permission.role === 'Storage Blob Delegator' ? '' : ` or on its container "${container}"`;
    return `Assign the role "${permission.role}", which has ${permission.action}, to whoever signs in, on the storage account "${account}"${scope}; a new assignment takes some minutes.`;
}
//# sourceMappingURL=azure-refusal.js.map
// EXTERNAL MODULE: ./packages/stores/build/azure/shared-access.js
var shared_access = __webpack_require__(43889);
// EXTERNAL MODULE: ./packages/stores/build/azure/shared-key.js
var shared_key = __webpack_require__(63288);
;// CONCATENATED MODULE: ./packages/stores/build/azure/azure-session.js






/** The service takes a quarter of an hour; a clock this close is never what it complains about. */
const minOffsetMs = 60_000;
/** @throws store/misconfigured where what says who asks could be read on the way */
function openAzureSession(credentials, options) {
    const { account, blobEndpoint, now } = options;
    if (credentials.kind !== 'key' && !(0,private_channel/* isPrivate */.G)(blobEndpoint))
        throw readable(options);
    if (credentials.kind !== 'key' && !isTrusted(blobEndpoint))
        throw foreign(options);
    const tokens = credentials.kind === 'token' ? openTokenCache(credentials.source, now) : null;
    let offsetMs = 0;
    const theirNow = () => new Date(now().getTime() + offsetMs);
    return {
        credentials,
        locate(url) {
            const located = new URL(url);
            if (credentials.kind !== 'sas')
                return located;
            for (const [name, value] of credentials.parameters)
                located.searchParams.append(name, value);
            return located;
        },
        async sign(request) {
            const dated = { ...request.headers, 'x-ms-version': shared_access/* serviceVersion */.C6, 'x-ms-date': theirNow().toUTCString() };
            if (tokens !== null)
                return { ...dated, authorization: `Bearer ${await tokens.current()}` };
            if (credentials.kind !== 'key')
                return dated;
            return {
                ...dated,
                authorization: (0,shared_key/* signWithKey */.Ft)({ ...request, headers: dated }, { account, key: credentials.key }),
            };
        },
        now: theirNow,
        correctClock(date) {
            const theirMs = Date.parse(date ?? '');
            const corrected = theirMs - now().getTime();
            if (Number.isNaN(corrected) || Math.abs(corrected - offsetMs) < minOffsetMs)
                return false;
            offsetMs = corrected;
            return true;
        },
        refresh: ({ authorization = '' }) => tokens?.drop(authorization.replace(/^Bearer /, '')),
    };
}
function foreign({ shown, blobEndpoint: { hostname }, isForeign }) {
    return (0,error/* weighbridgeError */.q)('store/misconfigured', {
        action: 'open',
        path: shown,
        reason: `a token or a signature would be sent to ${hostname}, which is none of Azure's hosts`,
        remedy: `Correct ${endpointSetting(isForeign)}, or sign in with the key of the account, which is never sent.`,
    });
}
function readable({ shown, isForeign }) {
    return (0,error/* weighbridgeError */.q)('store/misconfigured', {
        action: 'open',
        path: shown,
        reason: 'a token or a signature would be sent without encryption',
        remedy: `Write an https address as ${endpointSetting(isForeign)}.`,
    });
}
/** Where somebody wrote the endpoint. */
function endpointSetting(isForeign) {
    return isForeign ? 'BlobEndpoint in AZURE_STORAGE_CONNECTION_STRING' : 'store.endpoint in weighbridge.yaml';
}
//# sourceMappingURL=azure-session.js.map
;// CONCATENATED MODULE: ./packages/stores/build/azure/azure-client.js






/** A client that is opened with its first request, and anew where opening failed: credentials can come. */
function azureClient(options) {
    const shown = shownAddress(options);
    let opening = null;
    async function open() {
        try {
            return await (opening ??= openAzure(options));
        }
        catch (cause) {
            opening = null;
            throw cause;
        }
    }
    return {
        shown,
        open,
        async askBlob(key, asked) {
            const { address, ask } = await open();
            return ask(address.blobUrl(key), `${shown}/${key}`, asked);
        },
    };
}
async function openAzure(options) {
    const { account, environment, proxy = {}, now = () => new Date(), isForeign = false } = options;
    const shown = shownAddress(options);
    const connection = readConnectionString(environment, { account, shown });
    const told = connection?.endpoint ?? null;
    const endpointSetting = 'BlobEndpoint in AZURE_STORAGE_CONNECTION_STRING';
    const named = options.endpoint !== undefined || told === null ? {} : { endpoint: told, endpointSetting };
    const address = azureAddress({ ...options, ...named });
    const blobEndpoint = address.serviceUrl;
    const means = { ...options, shown, environment, proxy, now };
    const credentials = await findAzureCredentials(connection, blobEndpoint, { account, isForeign, means });
    const session = openAzureSession(credentials, { account, shown, blobEndpoint, isForeign, now });
    const sender = (0,ask/* senderOf */.V)(options, await (0,agents/* openAgents */.J)(blobEndpoint, proxy));
    return {
        address,
        session,
        ask: (url, path, asked) => {
            const { account, container } = options;
            const { action, permission } = asked;
            const operation = { action, path, account, container, permission, by: credentials.kind, isForeign };
            return askAzure({ sender, session }, { ...asked, url }, operation);
        },
    };
}
/** Sends a request until it has an outcome, and mends the clock and the token once each on the way. */
function askAzure({ sender, session }, request, operation) {
    const { method, headers = {}, body = [], query = {} } = request;
    const url = session.locate(request.url);
    for (const [name, value] of Object.entries(query))
        url.searchParams.set(name, value);
    const bodyBytes = body.reduce((sum, piece) => sum + piece.length, 0);
    let signed = {};
    return (0,ask/* ask */.k)(sender, { ...request, url }, {
        operation,
        async sign() {
            signed = await session.sign({ method, url, headers, bodyBytes });
            return signed;
        },
        read: azure_refusal_readRefusal,
        deniesBucket: deniesOutcome,
        remedyOf: (refusal) => azure_refusal_remedyOf(refusal, operation.by),
        nameOf: nameOf,
        errorOf: (refusal) => refusedError(operation, refusal),
        correctClock: (date) => session.correctClock(date),
        refresh: async () => session.refresh(signed),
    });
}
//# sourceMappingURL=azure-client.js.map

/***/ }),

/***/ 14717:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ permissions)
/* harmony export */ });
const blobs = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';
const reader = 'Storage Blob Data Reader';
const contributor = 'Storage Blob Data Contributor';
/** https://learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory#permissions-for-blob-service-operations */
const permissions = {
    read: { action: `${blobs}/read`, role: reader, letter: 'r' },
    list: { action: `${blobs}/read`, role: reader, letter: 'l' },
    write: { action: `${blobs}/write`, role: contributor, letter: 'w' },
    remove: { action: `${blobs}/delete`, role: contributor, letter: 'd' },
    delegate: {
        action: 'Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action',
        role: 'Storage Blob Delegator',
        letter: 'r',
    },
};
//# sourceMappingURL=azure-permissions.js.map

/***/ }),

/***/ 8803:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ maxAccessMs),
/* harmony export */   w: () => (/* binding */ openPresigner)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(49302);
/* harmony import */ var _azure_permissions_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(14717);
/* harmony import */ var _shared_access_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(43889);



const dayMs = 24 * 60 * 60 * 1000;
/** No key of a delegation lasts longer. */
const maxAccessMs = 7 * dayMs;
/** A key begins a little earlier, for clocks that are not quite those of the service. */
const earlierMs = 5 * 60_000;
/** A key is made for longer than was asked, so that it serves for the next addresses too. */
const reserveMs = 60 * 60_000;
const maxKeyBytes = 64 * 1024;
/** Signs by the account's key, else by a key of a delegation, which needs a right of its own. */
function openPresigner(client) {
    let delegation = null;
    async function delegationUntil(opened, untilMs) {
        const known = delegation === null ? null : await delegation;
        if (known !== null && Date.parse(known.expiry) >= untilMs)
            return known;
        delegation = requestDelegation(opened, client.shown, untilMs);
        try {
            return await delegation;
        }
        catch (cause) {
            delegation = null;
            throw cause;
        }
    }
    return {
        async presign(key, expiresInMs, version = null) {
            const opened = await client.open();
            const { address, session } = opened;
            const { credentials } = session;
            if (credentials.kind === 'sas')
                return null;
            const url = address.blobUrl(key);
            const nowMs = session.now().getTime();
            const expiresAt = new Date(Math.min(nowMs + expiresInMs, nowMs - earlierMs + maxAccessMs));
            const access = { signedName: address.signedName(key), version, expiresAt, httpsOnly: url.protocol === 'https:' };
            const parameters = credentials.kind === 'key'
                ? (0,_shared_access_js__WEBPACK_IMPORTED_MODULE_0__/* .serviceAccess */ .kW)(access, credentials.key)
                : (0,_shared_access_js__WEBPACK_IMPORTED_MODULE_0__/* .delegatedAccess */ .QV)(access, await delegationUntil(opened, expiresAt.getTime()));
            if (version !== null)
                url.searchParams.set('versionid', version);
            for (const [name, value] of Object.entries(parameters))
                url.searchParams.set(name, value);
            return url.href;
        },
    };
}
async function requestDelegation({ address, session, ask }, shown, untilMs) {
    const startMs = session.now().getTime() - earlierMs;
    const expiry = new Date(Math.min(untilMs + reserveMs, startMs + maxAccessMs));
    const times = `<Start>${(0,_shared_access_js__WEBPACK_IMPORTED_MODULE_0__/* .secondsOf */ .TM)(new Date(startMs))}</Start><Expiry>${(0,_shared_access_js__WEBPACK_IMPORTED_MODULE_0__/* .secondsOf */ .TM)(expiry)}</Expiry>`;
    const { bytes } = await ask(address.serviceUrl, shown, {
        action: 'make a key for addresses of',
        permission: _azure_permissions_js__WEBPACK_IMPORTED_MODULE_1__/* .permissions */ .P.delegate,
        method: 'POST',
        query: { restype: 'service', comp: 'userdelegationkey' },
        headers: { 'content-type': 'application/xml' },
        body: [new TextEncoder().encode(`<?xml version="1.0" encoding="utf-8"?><KeyInfo>${times}</KeyInfo>`)],
        maxAnswerBytes: maxKeyBytes,
        outcomes: [200],
        check: (answer) => (parseDelegation(answer.bytes) === null ? 'the answer is no key' : null),
    });
    const key = parseDelegation(bytes);
    if (key !== null)
        return key;
    throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_2__/* .weighbridgeError */ .q)('store/io', { action: 'read a key of', path: shown, reason: 'the answer is no key' });
}
/** Names and times stand in it as they are, without escapes. */
function parseDelegation(bytes) {
    const text = Buffer.from(bytes).toString('utf8');
    const find = (name) => new RegExp(`<${name}>([^<&]{1,256})</${name}>`).exec(text)?.[1] ?? '';
    const key = {
        objectId: find('SignedOid'),
        tenantId: find('SignedTid'),
        start: find('SignedStart'),
        expiry: find('SignedExpiry'),
        service: find('SignedService'),
        version: find('SignedVersion'),
        value: Buffer.from(find('Value'), 'base64'),
    };
    return Object.values(key).every(({ length }) => length > 0) ? key : null;
}
//# sourceMappingURL=presign-blob.js.map

/***/ }),

/***/ 88416:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  fs: () => (/* binding */ describeBlob),
  yO: () => (/* binding */ digestHeader),
  t3: () => (/* binding */ listBlobs),
  Ty: () => (/* binding */ listForeign),
  sB: () => (/* binding */ lookAtBlob),
  VR: () => (/* binding */ maxDocumentBytes),
  MP: () => (/* binding */ ofVersion),
  gm: () => (/* binding */ read_blobs_readBlob),
  DT: () => (/* binding */ revisionOf)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/storage/build/object-keys.js
var object_keys = __webpack_require__(98254);
// EXTERNAL MODULE: ./packages/stores/build/http/stored-at.js
var stored_at = __webpack_require__(31687);
;// CONCATENATED MODULE: ./packages/stores/build/azure/azure-listing.js

/**
 * Reads the answer to List Blobs (https://learn.microsoft.com/rest/api/storageservices/list-blobs); null for what is
 * none, such as a page that broke off. The folders of an account with a hierarchical namespace are no blobs.
 */
async function parseBlobPage(bytes) {
    const { parseXML } = await __webpack_require__.e(/* import() */ 4274).then(__webpack_require__.t.bind(__webpack_require__, 94274, 19));
    const results = parsed(parseXML, Buffer.from(bytes).toString('utf8'));
    if (results === null)
        return null;
    const listed = mapOf(results['Blobs'])['Blob'] ?? [];
    const written = (Array.isArray(listed) ? listed : [listed]).map(mapOf);
    const blobs = written
        .filter((each) => textOf(mapOf(each['Properties'])['ResourceType']) !== 'directory')
        .map(readBlob);
    if (blobs.includes(null))
        return null;
    return { blobs: blobs.filter((each) => each !== null), next: textOf(results['NextMarker']) || null };
}
function parsed(parseXML, text) {
    try {
        const document = mapOf(parseXML(text.replace(/^\uFEFF/, '')));
        return 'EnumerationResults' in document ? mapOf(document['EnumerationResults']) : null;
    }
    catch {
        // No XML: what was sent is no listing, whatever is wrong with it.
        return null;
    }
}
function readBlob(written) {
    const properties = mapOf(written['Properties']);
    const [name, size] = [textOf(written['Name']), textOf(properties['Content-Length'])];
    const storedAt = (0,stored_at/* storedAtOf */.Y)(textOf(properties['Last-Modified']));
    const revision = bareTag(textOf(properties['Etag']));
    if (name === '' || revision === '' || !/^\d{1,15}$/.test(size) || storedAt === null)
        return null;
    return { name, sizeBytes: Number(size), storedAt, revision, storageClass: textOf(properties['AccessTier']) || 'Hot' };
}
/** An ETag as listings have it: without the quotes that headers put around it. */
function bareTag(tag) {
    return tag.replace(/^"(.*)"$/, '$1');
}
function textOf(value) {
    return typeof value === 'string' ? value : '';
}
function mapOf(value) {
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {};
}
//# sourceMappingURL=azure-listing.js.map
// EXTERNAL MODULE: ./packages/stores/build/azure/azure-permissions.js
var azure_permissions = __webpack_require__(14717);
;// CONCATENATED MODULE: ./packages/stores/build/azure/read-blobs.js






/** Objects have at most 16 MiB by design; what is larger was not written by us. */
const maxObjectBytes = 64 * 1024 * 1024;
/** Five thousand names of 1024 characters with all that stands around them. */
const maxListingBytes = 32 * 1024 * 1024;
/** An error, or nothing. */
const maxDocumentBytes = 64 * 1024;
/** Blobs keep the digest that they were written with under this name: the service itself knows MD5 alone. */
const digestHeader = 'x-ms-meta-sha256';
/** @throws as AzureClient.askBlob */
async function describeBlob(client, key) {
    return (await lookAtBlob(client, key))?.facts ?? null;
}
/** The same with the headers that say more. @throws as AzureClient.askBlob */
async function lookAtBlob(client, key) {
    const answer = await client.askBlob(key, {
        action: 'look for',
        permission: azure_permissions/* permissions */.P.read,
        method: 'HEAD',
        maxAnswerBytes: maxDocumentBytes,
        outcomes: [200, 404],
    });
    if (answer.status === 404)
        return null;
    const { 'content-length': length, 'last-modified': modified, 'x-ms-access-tier': tier } = answer.headers;
    const storedAt = (0,stored_at/* storedAtOf */.Y)(modified ?? '');
    if (length === undefined || storedAt === null)
        throw unnamed(client, key, 'the service named no size or no time');
    // What has no tier is of a kind that has none, and is read like what is hot.
    const storageClass = typeof tier === 'string' ? tier : 'Hot';
    const facts = { key, sizeBytes: Number(length), storedAt, revision: revisionOf(client, key, answer), storageClass };
    return { facts, headers: answer.headers };
}
/**
 * The whole blob, compared with the digest that is kept with it, or a part, of which there is none; null when there is
 * no blob. @throws core/invariant for a range outside of the blob, and as AzureClient.askBlob
 */
async function read_blobs_readBlob(client, key, range, { version = null, into } = {}) {
    if (range?.lengthBytes === 0) {
        // HTTP has no empty ranges.
        const facts = await describeBlob(client, key);
        return facts === null ? null : { bytes: new Uint8Array(0), revision: facts.revision };
    }
    const asked = range === undefined ? wholeBlob : partOf(range, into);
    const answer = await client.askBlob(key, { ...asked, ...ofVersion(version) });
    if (answer.status === 404)
        return null;
    const isInside = answer.status !== 416 && (range === undefined || answer.bytes.length === range.lengthBytes);
    (0,error/* invariant */.V1)(isInside, 'a range lies outside its object');
    return { bytes: answer.bytes, revision: revisionOf(client, key, answer) };
}
/** What a request adds that means one version of a blob. */
function ofVersion(version) {
    return version === null ? {} : { query: { versionid: version } };
}
const reading = {
    action: 'read',
    permission: azure_permissions/* permissions */.P.read,
    method: 'GET',
    maxAnswerBytes: maxObjectBytes,
};
const wholeBlob = {
    ...reading,
    outcomes: [200, 404],
    check: (answer) => (answer.status === 200 ? doubtOfBytes(answer) : null),
};
function partOf({ offset, lengthBytes }, into) {
    const headers = { 'x-ms-range': `bytes=${offset}-${offset + lengthBytes - 1}` };
    return { ...reading, headers, into, outcomes: [206, 404, 416] };
}
/** What somebody else has put there has no digest. */
function doubtOfBytes({ headers, bytes }) {
    const kept = headers[digestHeader];
    if (typeof kept !== 'string')
        return null;
    const actual = (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex');
    return actual === kept ? null : 'the bytes are not those of the digest that is kept with them';
}
/** Objects in the order of their keys; what is no key was put there by somebody else. @throws as AzureClient.askBlob */
async function* listBlobs(client, prefix) {
    for await (const blob of listForeign(client, prefix))
        if ((0,object_keys/* isObjectKey */.Px)(blob.key))
            yield blob;
}
/** The same with whatever names there are. @throws as AzureClient.askBlob */
async function* listForeign(client, prefix) {
    let marker = null;
    do {
        const { page, before } = await readPage(client, prefix, marker);
        for (const { name, ...facts } of page.blobs) {
            if (name.startsWith(before + prefix))
                yield { ...facts, key: name.slice(before.length) };
        }
        marker = page.next;
    } while (marker !== null);
}
async function readPage(client, prefix, marker) {
    const { address, ask } = await client.open();
    const pages = [];
    const check = async ({ bytes }) => {
        const page = await parseBlobPage(bytes);
        if (page === null || (page.next !== null && page.next === marker))
            return 'the answer is no listing';
        pages.push(page);
        return null;
    };
    const which = { prefix: address.prefix + prefix, ...(marker === null ? {} : { marker }) };
    await ask(address.containerUrl, `${client.shown}/${prefix}`, {
        action: 'list',
        permission: azure_permissions/* permissions */.P.list,
        method: 'GET',
        query: { restype: 'container', comp: 'list', ...which },
        maxAnswerBytes: maxListingBytes,
        outcomes: [200],
        check,
    });
    const [page] = pages;
    (0,error/* invariant */.V1)(page !== undefined, 'a listing was taken that had not been read');
    return { page, before: address.prefix };
}
/** The ETag. @throws store/io when the service names none */
function revisionOf(client, key, { headers }) {
    if (headers.etag !== undefined)
        return bareTag(headers.etag);
    throw unnamed(client, key, 'the service named no ETag');
}
function unnamed({ shown }, key, reason) {
    return (0,error/* weighbridgeError */.q)('store/io', { action: 'read', path: `${shown}/${key}`, reason });
}
//# sourceMappingURL=read-blobs.js.map

/***/ }),

/***/ 43889:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C6: () => (/* binding */ serviceVersion),
/* harmony export */   QV: () => (/* binding */ delegatedAccess),
/* harmony export */   TM: () => (/* binding */ secondsOf),
/* harmony export */   kW: () => (/* binding */ serviceAccess)
/* harmony export */ });
/* harmony import */ var _shared_key_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(63288);

/** The version of the service that requests and signatures are made for. */
const serviceVersion = '2021-12-02';
const oneBlob = 'b';
const oneVersion = 'bv';
const mayRead = 'r';
/** Parameters of a service SAS (https://learn.microsoft.com/rest/api/storageservices/create-service-sas). */
function serviceAccess(access, key) {
    return signed(access, key, { fields: [''], parameters: {} });
}
/** Parameters of a user delegation SAS (https://learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas). */
function delegatedAccess(access, key) {
    const { objectId, tenantId, start, expiry, service, version } = key;
    return signed(access, key.value, {
        // After them: who is authorized by proxy, who is not, and the correlation of audits. None is given.
        fields: [objectId, tenantId, start, expiry, service, version, '', '', ''],
        parameters: { skoid: objectId, sktid: tenantId, skt: start, ske: expiry, sks: service, skv: version },
    });
}
function signed(access, key, { fields, parameters }) {
    const protocol = access.httpsOnly ? 'https' : 'https,http';
    const expiry = secondsOf(access.expiresAt);
    const start = '';
    const anyAddress = '';
    const resource = access.version === null ? oneBlob : oneVersion;
    const before = [mayRead, start, expiry, access.signedName, ...fields, anyAddress, protocol, serviceVersion, resource];
    // After the version, encryption scope and five headers of the answer: as they are.
    const text = [...before, access.version ?? '', ...Array.from({ length: 6 }, () => '')].join('\n');
    const shared = { sv: serviceVersion, spr: protocol, se: expiry, sr: resource, sp: mayRead };
    return { ...shared, ...parameters, sig: (0,_shared_key_js__WEBPACK_IMPORTED_MODULE_0__/* .hmac */ .w8)(key, text) };
}
/** ISO 8601 in whole seconds, UTC. */
function secondsOf(date) {
    return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
//# sourceMappingURL=shared-access.js.map

/***/ }),

/***/ 63288:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ft: () => (/* binding */ signWithKey),
/* harmony export */   w8: () => (/* binding */ hmac)
/* harmony export */ });
/* unused harmony export stringToSign */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);

/** In the order in which they are signed; the length comes third, and stands for nothing when it is 0. */
const signedHeaders = [
    'content-encoding',
    'content-language',
    'content-length',
    'content-md5',
    'content-type',
    'date',
    'if-modified-since',
    'if-match',
    'if-none-match',
    'if-unmodified-since',
    'range',
];
/** The value of `Authorization` (https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key). */
function signWithKey(request, { account, key }) {
    return `SharedKey ${account}:${hmac(key, stringToSign(request, account))}`;
}
/** What is signed of a request to the Blob service. */
function stringToSign({ method, url, headers, bodyBytes }, account) {
    const all = bodyBytes === 0 ? headers : { ...headers, 'content-length': String(bodyBytes) };
    const own = Object.keys(headers)
        .filter((name) => name.startsWith('x-ms-'))
        .sort()
        .map((name) => `${name}:${headers[name]}`);
    const lines = [method, ...signedHeaders.map((name) => all[name] ?? ''), ...own];
    return [...lines, `/${account}${url.pathname}`, ...parametersOf(url)].join('\n');
}
/** `name:value`, or `name:value,value` where a name comes twice. */
function parametersOf({ searchParams }) {
    const names = [...new Set(searchParams.keys())].sort();
    return names.map((name) => `${name.toLowerCase()}:${searchParams.getAll(name).sort().join(',')}`);
}
/** HMAC-SHA-256, as base64. */
function hmac(key, text) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHmac)('sha256', key).update(text, 'utf8').digest('base64');
}
//# sourceMappingURL=shared-key.js.map

/***/ }),

/***/ 21859:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ crc32c)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48161);

/** CRC-32C, the polynomial of Castagnoli, with its bits reversed (RFC 3720, 12.1). */
const polynomial = 0x82f63b78;
const slices = 8;
const readsWords = (0,node_os__WEBPACK_IMPORTED_MODULE_0__.endianness)() === 'LE';
let tables = null;
/**
 * CRC-32C of pieces that lie one behind another, as Cloud Storage writes it: base64 of four bytes, the highest first.
 * Eight bytes at a time (Kounavis and Berry, "Novel Table Lookup-Based Algorithms for High-Performance CRC Generation",
 * 2008), which is faster than MD5 by OpenSSL, the other checksum that the service takes.
 */
function crc32c(body) {
    let state = -1;
    for (const piece of body)
        state = absorb(state, piece);
    const sum = Buffer.alloc(4);
    sum.writeInt32BE(~state);
    return sum.toString('base64');
}
function absorb(state, piece) {
    const start = Math.min(-piece.byteOffset & 3, piece.length);
    const words = readsWords ? Math.floor((piece.length - start) / slices) * 2 : 0;
    const end = start + words * 4;
    let crc = absorbBytes(state, piece.subarray(0, start));
    crc = absorbWords(crc, new Int32Array(piece.buffer, words === 0 ? 0 : piece.byteOffset + start, words));
    return absorbBytes(crc, piece.subarray(end));
}
function absorbBytes(state, bytes) {
    const [table] = (tables ??= makeTables());
    let crc = state;
    for (const byte of bytes)
        crc = lookUp(table, crc ^ byte) ^ (crc >>> 8);
    return crc;
}
/** Two words at a time, the lowest byte first. */
function absorbWords(state, words) {
    const [t0, t1, t2, t3, t4, t5, t6, t7] = (tables ??= makeTables());
    let crc = state;
    for (let at = 0; at < words.length; at += 2) {
        crc ^= words[at];
        const next = words[at + 1];
        crc =
            lookUp(t7, crc) ^
                lookUp(t6, crc >>> 8) ^
                lookUp(t5, crc >>> 16) ^
                lookUp(t4, crc >>> 24) ^
                lookUp(t3, next) ^
                lookUp(t2, next >>> 8) ^
                lookUp(t1, next >>> 16) ^
                lookUp(t0, next >>> 24);
    }
    return crc;
}
function lookUp(table, index) {
    return table[index & 0xff];
}
/** Table `n` has what a byte adds that is followed by `n` bytes of zero. */
function makeTables() {
    const first = Int32Array.from({ length: 256 }, (_, byte) => {
        let crc = byte;
        for (let bit = 0; bit < 8; bit++)
            crc = (crc & 1) === 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
        return crc;
    });
    const made = [first];
    while (made.length < slices) {
        made.push(made.at(-1).map((crc) => lookUp(first, crc) ^ (crc >>> 8)));
    }
    return made;
}
//# sourceMappingURL=crc32c.js.map

/***/ }),

/***/ 43813:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  n: () => (/* binding */ openGcsClient)
});

// EXTERNAL MODULE: ./packages/stores/build/http/agents.js + 4 modules
var agents = __webpack_require__(89228);
// EXTERNAL MODULE: ./packages/stores/build/http/ask.js + 1 modules
var ask = __webpack_require__(77063);
// EXTERNAL MODULE: ./packages/stores/build/http/endpoint.js
var http_endpoint = __webpack_require__(48959);
// EXTERNAL MODULE: ./packages/stores/build/http/escape-uri.js
var escape_uri = __webpack_require__(5150);
;// CONCATENATED MODULE: ./packages/stores/build/gcs/gcs-address.js


const usualUniverse = 'googleapis.com';
/**
 * The address of a bucket (https://cloud.google.com/storage/docs/json_api, https://cloud.google.com/storage/docs/request-endpoints).
 * @throws store/misconfigured for an endpoint that is no address
 */
function gcsAddress(place) {
    const { bucket, prefix: written, endpoint, universeDomain } = place;
    const name = (written ?? '').replaceAll(/^\/+|\/+$/g, '');
    const prefix = name === '' ? '' : `${name}/`;
    const shown = name === '' ? `gs://${bucket}` : `gs://${bucket}/${name}`;
    const universe = universeDomain ?? usualUniverse;
    const origin = endpoint === undefined
        ? new URL(`https://storage.${universe}/`)
        : (0,http_endpoint/* parseEndpoint */.B)(endpoint, { ...place, shown, example: 'http://127.0.0.1:4443' });
    const base = origin.pathname.replace(/\/+$/, '');
    const at = (path, query = '') => {
        const url = new URL(origin);
        url.pathname = `${base}${path}`;
        url.search = query;
        return url;
    };
    const inBucket = `/storage/v1/b/${(0,escape_uri/* escapeUri */.o)(bucket)}/o`;
    return {
        shown,
        prefix,
        origin,
        isTrusted: origin.protocol === 'https:' && origin.hostname.endsWith(`.${universe}`),
        objectUrl: (key) => at(`${inBucket}/${(0,escape_uri/* escapeUri */.o)(prefix + key)}`),
        rewriteUrl: (key) => {
            const object = `${inBucket}/${(0,escape_uri/* escapeUri */.o)(prefix + key)}`;
            return at(`${object}/rewriteTo/${inBucket.slice('/storage/v1/'.length)}/${(0,escape_uri/* escapeUri */.o)(prefix + key)}`);
        },
        mediaUrl: (key) => at(`/download${inBucket}/${(0,escape_uri/* escapeUri */.o)(prefix + key)}`, 'alt=media'),
        listUrl: () => at(inBucket),
        uploadUrl: () => at(`/upload${inBucket}`),
        plainUrl: (key) => at(`/${[bucket, ...`${prefix}${key}`.split('/')].map(escape_uri/* escapeUri */.o).join('/')}`),
    };
}
//# sourceMappingURL=gcs-address.js.map
;// CONCATENATED MODULE: ./packages/stores/build/gcs/gcs-credentials.js
/** Storage and the signing of addresses; what may be done is a matter of IAM. */
const scope = 'https://www.googleapis.com/auth/cloud-platform';
/**
 * Application Default Credentials as Google's own library finds them: the file that GOOGLE_APPLICATION_CREDENTIALS names
 * (a federation of workload identities, a service account, a person), that of gcloud, and the metadata server of a
 * machine (https://cloud.google.com/docs/authentication/application-default-credentials). Addresses are signed by the
 * key of the file, or without one by signBlob of IAM.
 */
async function findGcsCredentials({ proxy, universeDomain, timeoutMs, }) {
    const { GoogleAuth } = await __webpack_require__.e(/* import() */ 492).then(__webpack_require__.t.bind(__webpack_require__, 492, 19));
    const throughProxy = proxy.https ?? proxy.http;
    const noProxy = (proxy.none ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
    const search = () => new GoogleAuth({
        scopes: [scope],
        // Else the library runs gcloud and asks further services for a project, which no request here names.
        projectId: 'none',
        ...(universeDomain === null ? {} : { universeDomain }),
        clientOptions: {
            transporterOptions: {
                timeout: timeoutMs,
                noProxy,
                ...(throughProxy === undefined ? {} : { proxy: throughProxy }),
            },
        },
    });
    let found = search();
    let renewing = null;
    /** The library has no other way to forget a token. Requests that are refused at once are content with one search. */
    async function renew() {
        const next = search();
        try {
            await headersOf(await next.getClient());
            found = next;
        }
        finally {
            renewing = null;
        }
    }
    return {
        async headers({ forceRefresh = false } = {}) {
            if (forceRefresh)
                await (renewing ??= renew());
            return headersOf(await found.getClient());
        },
        async signer() {
            const auth = found;
            const { client_email: email } = await auth.getCredentials();
            if (email === undefined)
                return null;
            return { email, sign: async (text) => Buffer.from(await auth.sign(text), 'base64') };
        },
    };
}
async function headersOf(client) {
    return Object.fromEntries(await client.getRequestHeaders());
}
//# sourceMappingURL=gcs-credentials.js.map
// EXTERNAL MODULE: ./packages/stores/build/gcs/gcs-refusal.js
var gcs_refusal = __webpack_require__(66753);
;// CONCATENATED MODULE: ./packages/stores/build/gcs/gcs-client.js





/** @throws store/misconfigured for an endpoint that is no address */
function openGcsClient(options) {
    const address = gcsAddress(options);
    const signedIn = options.credentials !== undefined || address.isTrusted;
    let opening = null;
    let bucketSeen = false;
    /** What failed is tried again by the next call: credentials can come. */
    async function open() {
        try {
            return await (opening ??= openSender(options, address));
        }
        catch (cause) {
            opening = null;
            throw cause;
        }
    }
    async function send(url, name, { action, permission, query = {}, headers = {}, ...asked }) {
        const { sender, credentials } = await open();
        for (const [parameter, value] of Object.entries(query))
            url.searchParams.set(parameter, value);
        const operation = {
            action,
            permission,
            path: `${address.shown}/${name}`,
            bucket: options.bucket,
            signedIn,
            isForeign: options.isForeign ?? false,
        };
        const answer = await (0,ask/* ask */.k)(sender, { ...asked, url }, {
            operation,
            sign: async () => ({ ...headers, ...(await signIn(credentials, address.shown)) }),
            read: gcs_refusal/* readRefusal */.ni,
            deniesBucket: gcs_refusal/* isRefused */.H0,
            remedyOf: gcs_refusal/* remedyOf */.SM,
            nameOf: gcs_refusal/* nameOf */.Vb,
            errorOf: (refusal) => (0,gcs_refusal/* refusedError */.bG)(operation, refusal),
            // Tokens are good for an hour by the clock of the service, and say no time of ours.
            correctClock: () => false,
            refresh: async () => {
                await signIn(credentials, address.shown, { forceRefresh: true });
            },
        });
        bucketSeen ||= answer.status < 300;
        return { answer, operation };
    }
    async function sendAbout(url, key, asked) {
        const { answer, operation } = await send(url, key, asked);
        // The answer is the same for a missing bucket, but for a sentence: a listing has no other reason for it.
        if (answer.status === 404 && !bucketSeen)
            await lookForBucket(askBucket, key, operation);
        return answer;
    }
    const askBucket = async (prefix, asked) => (await send(address.listUrl(), prefix, asked)).answer;
    return {
        address,
        credentials: async () => (await open()).credentials,
        askBucket,
        upload: async (key, asked) => (await send(address.uploadUrl(), key, asked)).answer,
        rewrite: async (key, asked) => sendAbout(address.rewriteUrl(key), key, asked),
        askObject: async (key, asked) => sendAbout(address.objectUrl(key), key, asked),
        askBytes: async (key, asked) => sendAbout(address.mediaUrl(key), key, asked),
    };
}
async function lookForBucket(askBucket, key, operation) {
    const { action } = operation;
    const listing = { action, permission: 'storage.objects.list', method: 'GET', maxAnswerBytes: 65_536 };
    const query = { maxResults: '1', fields: 'kind' };
    const { status } = await askBucket(key, { ...listing, query, outcomes: [200, 404] });
    if (status === 404)
        throw (0,gcs_refusal/* missingBucket */.LF)(operation);
}
async function openSender(options, address) {
    const proxy = options.proxy ?? {};
    const sender = (0,ask/* senderOf */.V)(options, await (0,agents/* openAgents */.J)(address.origin, proxy));
    if (options.credentials !== undefined)
        return { sender, credentials: options.credentials };
    if (!address.isTrusted)
        return { sender, credentials: null };
    const universeDomain = options.universeDomain ?? null;
    return { sender, credentials: await findGcsCredentials({ proxy, universeDomain, timeoutMs: sender.idleMs }) };
}
async function signIn(credentials, shown, options = {}) {
    if (credentials === null)
        return {};
    try {
        return await credentials.headers(options);
    }
    catch (cause) {
        throw (0,gcs_refusal/* noCredentials */.gT)(shown, cause);
    }
}
//# sourceMappingURL=gcs-client.js.map

/***/ }),

/***/ 17857:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fr: () => (/* binding */ objectFields),
/* harmony export */   NL: () => (/* binding */ parsePage),
/* harmony export */   Oo: () => (/* binding */ parseRewrite),
/* harmony export */   lj: () => (/* binding */ parseObject),
/* harmony export */   ux: () => (/* binding */ parseGeneration)
/* harmony export */ });
/** The fields of an object that are read here, as the parameter `fields` names them. */
const objectFields = 'name,size,timeCreated,generation,storageClass';
/**
 * Reads the answer that describes an object (https://cloud.google.com/storage/docs/json_api/v1/objects#resource); null
 * for what does not.
 */
function parseObject(bytes) {
    return readObject(parseRecord(bytes) ?? {});
}
/** The generation that a write has made; null for an answer that names none. */
function parseGeneration(bytes) {
    return generationOf(parseRecord(bytes)?.['generation']);
}
/** Reads a page of a listing (https://cloud.google.com/storage/docs/json_api/v1/objects/list); null for what is none. */
function parsePage(bytes) {
    const page = parseRecord(bytes);
    const { items = [], nextPageToken: next = null } = page ?? {};
    if (page === null || !Array.isArray(items) || (next !== null && (typeof next !== 'string' || next === '')))
        return null;
    const objects = items.map((item) => readObject(isRecord(item) ? item : {}));
    return objects.includes(null) ? null : { objects: objects.filter((each) => each !== null), next };
}
/** How far a rewrite is: the class that the object has now, or what asks for the rest; null for what is no such answer. */
function parseRewrite(bytes) {
    const { done, rewriteToken, resource } = parseRecord(bytes) ?? {};
    if (done === true)
        return { storageClass: classOf(isRecord(resource) ? resource['storageClass'] : undefined) };
    return done === false && typeof rewriteToken === 'string' ? { token: rewriteToken } : null;
}
/** Emulators leave it out. */
function classOf(value) {
    return typeof value === 'string' && value !== '' ? value : 'STANDARD';
}
function readObject({ name, size, timeCreated, generation, storageClass }) {
    const createdMs = typeof timeCreated === 'string' ? Date.parse(timeCreated) : Number.NaN;
    const revision = generationOf(generation);
    const isSize = typeof size === 'string' && /^\d{1,15}$/.test(size);
    if (typeof name !== 'string' || !isSize || Number.isNaN(createdMs) || revision === null)
        return null;
    const storedAt = new Date(createdMs).toISOString();
    return { name, sizeBytes: Number(size), storedAt, revision, storageClass: classOf(storageClass) };
}
/** Numbers of 64 bits are texts. */
function generationOf(value) {
    return typeof value === 'string' && /^\d{1,20}$/.test(value) ? value : null;
}
function parseRecord(bytes) {
    try {
        const parsed = JSON.parse(Buffer.from(bytes).toString('utf8'));
        return isRecord(parsed) ? parsed : null;
    }
    catch {
        // No JSON: whatever it is, it describes nothing.
        return null;
    }
}
function isRecord(value) {
    return value !== null && typeof value === 'object' && !Array.isArray(value);
}
//# sourceMappingURL=gcs-objects.js.map

/***/ }),

/***/ 66753:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H0: () => (/* binding */ isRefused),
/* harmony export */   LF: () => (/* binding */ missingBucket),
/* harmony export */   SM: () => (/* binding */ remedyOf),
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   bG: () => (/* binding */ refusedError),
/* harmony export */   gT: () => (/* binding */ noCredentials),
/* harmony export */   ni: () => (/* binding */ readRefusal),
/* harmony export */   ro: () => (/* binding */ cannotSign)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);

const maxDocumentLength = 16_384;
/**
 * Reads an error document, or the line of text that a download answers instead of one: names alone, since its sentences
 * quote accounts and addresses.
 */
function readRefusal({ status, bytes }) {
    const text = status < 300 ? '' : Buffer.from(bytes.subarray(0, maxDocumentLength)).toString('latin1');
    return {
        status,
        reason: find(text, /"reason"\s*:\s*"([A-Za-z_]{1,64})"/),
        permission: find(text, /Permission '([a-z]{1,30}\.[A-Za-z]{1,30}\.[A-Za-z]{1,30})' denied/) ??
            find(text, /does not have ([a-z]{1,30}\.[A-Za-z]{1,30}\.[A-Za-z]{1,30}) access/),
        about: topicOf(status, text),
    };
}
function find(text, pattern) {
    return pattern.exec(text)?.[1] ?? null;
}
function topicOf(status, text) {
    if (status === 404)
        return /specified bucket does not exist/i.test(text) ? 'bucket' : null;
    if (status === 400 && /(?:crc32c|md5)[^{}]{0,200}match calculated/i.test(text))
        return 'checksum';
    if (status === 400 && /requester pays/i.test(text))
        return 'requester pays';
    return (status === 400 || status === 403) && /cloud ?kms/i.test(text) ? 'encryption key' : null;
}
/** What may work a moment later (https://cloud.google.com/storage/docs/retry-strategy). */
const passingStatuses = [408, 429, 500, 502, 503, 504];
const passingReasons = ['backendError', 'internalError', 'rateLimitExceeded', 'userRateLimitExceeded'];
const heldReasons = ['objectUnderActiveHold', 'retentionPolicyNotMet'];
const billingReasons = ['accountDisabled', 'UserProjectAccountProblem'];
const perimeterReasons = ['SECURITY_POLICY_VIOLATED', 'vpcServiceControls', 'orgPolicyConstraintFailed'];
/** Which of the remedies a refusal has. */
function remedyOf({ status, reason, about }) {
    if (status === 401)
        return 'refresh';
    if (about === 'checksum')
        return 'send-again';
    if (passingStatuses.includes(status))
        return 'wait';
    return reason !== null && passingReasons.includes(reason) ? 'wait' : 'none';
}
/** Whether a status that would be an outcome is none: the bucket is missing, or a rule of the organisation forbids it. */
function isRefused({ status, reason, about }) {
    return about === 'bucket' || (status === 412 && reason !== null && perimeterReasons.includes(reason));
}
/** What a refusal is called in a message. */
function nameOf({ status, reason }) {
    return reason === null ? `the service answered ${status}` : `the service answered ${status} ${reason}`;
}
/** The error of the catalogue for a refusal that nothing here can mend. */
function refusedError(operation, refusal) {
    const { action, path } = operation;
    const { status, about } = refusal;
    const reason = nameOf(refusal);
    if (about === 'bucket' || status === 404)
        return missingBucket(operation);
    if (about === 'requester pays') {
        return (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('store/misconfigured', {
            action,
            path,
            reason: 'whoever asks this bucket pays for it, and no project was named',
            remedy: 'Set GOOGLE_CLOUD_QUOTA_PROJECT to the project that pays.',
        });
    }
    const remedy = deniedRemedy(operation, refusal);
    if (remedy !== null)
        return (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('store/denied', { action, path, reason, remedy });
    const told = about === 'checksum' ? `wrong checksum, ${reason}` : reason;
    return (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('store/io', { action, path, reason: told });
}
/** The error for a bucket that is not there. */
function missingBucket({ action, path, bucket, isForeign }) {
    return (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('store/misconfigured', {
        action,
        path,
        reason: `there is no bucket "${bucket}"`,
        remedy: isForeign
            ? 'Correct the bucket in the reference.'
            : 'Create the bucket, or correct store.bucket (and store.endpoint) in weighbridge.yaml.',
    });
}
/** What mends a refusal that is about who asks or what is allowed; null for every other one. */
function deniedRemedy(operation, { status, reason, permission, about }) {
    const { bucket } = operation;
    const isOneOf = (reasons) => reason !== null && reasons.includes(reason);
    if (status === 407)
        return 'Put the name and the password that the proxy asks for into HTTPS_PROXY.';
    if (about === 'encryption key') {
        return `Allow the Cloud Storage service agent of the project cloudkms.cryptoKeyVersions.useToEncrypt and useToDecrypt on the key of the bucket "${bucket}" (roles/cloudkms.cryptoKeyEncrypterDecrypter), and look whether the key is enabled.`;
    }
    if (isOneOf(perimeterReasons))
        return `Ask for access to the bucket "${bucket}" from here: a rule of the organisation forbids it.`;
    if (status === 401)
        return operation.signedIn ? `Check who asks: ${howTo}` : notSignedIn(operation);
    if (status !== 403)
        return null;
    if (isOneOf(heldReasons))
        return 'Wait until the hold or the retention policy of the bucket lets the object go.';
    if (isOneOf(billingReasons))
        return `Look at the billing account of the project that owns the bucket "${bucket}".`;
    if (isOneOf(['insufficientPermissions']))
        return `Ask with the scope cloud-platform: ${howTo}`;
    return permissionRemedy(operation, permission);
}
function permissionRemedy(operation, told) {
    const { permission, bucket, signedIn, isForeign } = operation;
    if (!signedIn)
        return notSignedIn(operation);
    const missing = told ?? permission;
    const allow = `Allow whoever asks ${missing} on gs://${bucket}`;
    if (!missing.startsWith('storage.objects.'))
        return `${allow}.`;
    const roles = isForeign
        ? 'roles/storage.objectViewer has it'
        : 'roles/storage.objectUser has all that is needed, roles/storage.objectViewer what reading needs';
    return `${allow}: ${roles}. Without storage.objects.list the service answers 403 instead of 404 for an object that is not there.`;
}
function notSignedIn({ isForeign }) {
    const remove = isForeign ? 'Unset STORAGE_EMULATOR_HOST' : 'Remove store.endpoint (and STORAGE_EMULATOR_HOST)';
    return `Nothing was said of who asks, because the endpoint is no host of Google over https. ${remove}, or let everyone in there.`;
}
const howTo = 'in GitHub Actions give the job "permissions: id-token: write" and run google-github-actions/auth before this step; elsewhere set GOOGLE_APPLICATION_CREDENTIALS to a credential file, or run "gcloud auth application-default login".';
/** Of what looking for credentials threw, only names are told. */
function noCredentials(path, cause) {
    const message = cause instanceof Error ? cause.message : '';
    const absent = message.startsWith('Could not load the default credentials');
    return (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('store/denied', {
        action: 'sign in to',
        path,
        reason: absent
            ? 'no Google Cloud credentials were found'
            : `the credentials could not be had (${causeOf(cause)}); a clock that is off can be why`,
        remedy: `Say who asks: ${howTo}`,
    });
}
/** The error for an address that cannot be signed. */
function cannotSign(path, cause) {
    const remedy = 'Let a service account ask (google-github-actions/auth with service_account, or a key of one), and allow it iam.serviceAccounts.signBlob on itself: roles/iam.serviceAccountTokenCreator.';
    const reason = cause === null ? 'who asks is no service account' : `the signature could not be had (${causeOf(cause)})`;
    return (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('store/denied', { action: 'make an address for', path, reason, remedy });
}
/** Status and code of a failed request for a token, or the name of a system error. */
function causeOf(cause) {
    if (!isRecord(cause))
        return 'unknown';
    const response = isRecord(cause['response']) ? cause['response'] : {};
    const body = isRecord(response['data']) ? response['data'] : {};
    const known = [cause['status'], body['error'], cause['code']]
        .map((each) => (typeof each === 'number' ? String(each) : each))
        .filter((each) => typeof each === 'string' && /^[A-Za-z0-9_]{1,40}$/.test(each));
    return [...new Set(known)].join(' ') || 'unknown';
}
function isRecord(value) {
    return value !== null && typeof value === 'object';
}
//# sourceMappingURL=gcs-refusal.js.map

/***/ }),

/***/ 56143:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  I: () => (/* binding */ presignObject)
});

// EXTERNAL MODULE: ./packages/stores/build/gcs/gcs-refusal.js
var gcs_refusal = __webpack_require__(66753);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./packages/stores/build/http/escape-uri.js
var escape_uri = __webpack_require__(5150);
;// CONCATENATED MODULE: ./packages/stores/build/gcs/sign-url.js


const algorithm = 'GOOG4-RSA-SHA256';
/**
 * Prepares an address that is signed as version 4 says: the host is the one header, the bytes are not signed
 * (https://cloud.google.com/storage/docs/authentication/canonical-requests, https://cloud.google.com/storage/docs/authentication/signatures).
 */
function prepareSignedUrl({ url, expiresInSeconds, signer, now }) {
    const date = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
    const scope = `${date.slice(0, 8)}/auto/storage/goog4_request`;
    // In the order of their names, as the canonical request wants them.
    const query = [
        ['X-Goog-Algorithm', algorithm],
        ['X-Goog-Credential', `${signer}/${scope}`],
        ['X-Goog-Date', date],
        ['X-Goog-Expires', String(expiresInSeconds)],
        ['X-Goog-SignedHeaders', 'host'],
        ...url.searchParams,
    ]
        .sort(([left = ''], [right = '']) => (left < right ? -1 : 1))
        .map(([name = '', value = '']) => `${name}=${(0,escape_uri/* escapeUri */.o)(value)}`)
        .join('&');
    const canonical = ['GET', url.pathname, query, `host:${url.host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n');
    const digest = (0,external_node_crypto_.createHash)('sha256').update(canonical).digest('hex');
    return {
        stringToSign: [algorithm, date, scope, digest].join('\n'),
        withSignature: (signature) => `${url.origin}${url.pathname}?${query}&X-Goog-Signature=${Buffer.from(signature).toString('hex')}`,
    };
}
//# sourceMappingURL=sign-url.js.map
;// CONCATENATED MODULE: ./packages/stores/build/gcs/presign-object.js


/**
 * An address of an object, or of one generation of it. Whoever may ask without saying who they are needs no signature
 * either. @throws store/denied where nobody can sign
 */
async function presignObject(client, key, { expiresInSeconds, now, generation }) {
    const { address } = client;
    const url = address.plainUrl(key);
    if (generation !== null)
        url.searchParams.set('generation', generation);
    const credentials = await client.credentials();
    if (credentials === null)
        return url.href;
    const path = `${address.shown}/${key}`;
    const signer = await credentials.signer().catch((cause) => {
        throw (0,gcs_refusal/* noCredentials */.gT)(address.shown, cause);
    });
    if (signer === null)
        throw (0,gcs_refusal/* cannotSign */.ro)(path, null);
    const { stringToSign, withSignature } = prepareSignedUrl({ url, expiresInSeconds, signer: signer.email, now });
    const signature = await signer.sign(stringToSign).catch((cause) => {
        throw (0,gcs_refusal/* cannotSign */.ro)(path, cause);
    });
    return withSignature(signature);
}
//# sourceMappingURL=presign-object.js.map

/***/ }),

/***/ 34034:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ag: () => (/* binding */ readObject),
/* harmony export */   L: () => (/* binding */ listObjects),
/* harmony export */   Ty: () => (/* binding */ listForeign),
/* harmony export */   VR: () => (/* binding */ maxDocumentBytes),
/* harmony export */   v8: () => (/* binding */ describeObject)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49302);
/* harmony import */ var _weighbridge_storage__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(98254);
/* harmony import */ var _crc32c_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(21859);
/* harmony import */ var _gcs_objects_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(17857);




/** Objects have at most 16 MiB by design; what is larger was not written by us. */
const maxObjectBytes = 64 * 1024 * 1024;
/** A thousand names of 1024 characters, escaped, with all that stands around them. */
const maxListingBytes = 16 * 1024 * 1024;
/** What the service lets a page have. */
const pageLength = 1000;
/** An error, or what is said of one object. */
const maxDocumentBytes = 64 * 1024;
/** What the service knows of an object. @throws as askObject */
async function describeObject(client, key, generation = null) {
    const described = [];
    const { status } = await client.askObject(key, {
        action: 'look for',
        permission: 'storage.objects.get',
        method: 'GET',
        query: { fields: _gcs_objects_js__WEBPACK_IMPORTED_MODULE_0__/* .objectFields */ .Fr, ...ofGeneration(generation) },
        maxAnswerBytes: maxDocumentBytes,
        outcomes: [200, 404],
        check: (answer) => (answer.status === 200 ? keep(described, (0,_gcs_objects_js__WEBPACK_IMPORTED_MODULE_0__/* .parseObject */ .lj)(answer.bytes)) : null),
    });
    if (status === 404)
        return null;
    const { name: _name, ...facts } = checked(described);
    return { key, ...facts };
}
/**
 * The whole object, compared with the checksum that the service keeps of it, or a part, of which there is none; null
 * when there is no object. @throws core/invariant for a range outside of the object, and as askObject
 */
async function readObject(client, key, range, { generation = null, into } = {}) {
    if (range?.lengthBytes === 0) {
        // HTTP has no empty ranges.
        const facts = await describeObject(client, key, generation);
        return facts === null ? null : { bytes: new Uint8Array(0), revision: facts.revision };
    }
    const asked = range === undefined ? wholeObject : partOf(range, into);
    const answer = await client.askBytes(key, { ...asked, query: ofGeneration(generation) });
    if (answer.status === 404)
        return null;
    (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .invariant */ .V1)(answer.status !== 416, 'a range lies outside its object');
    // A server that knows no ranges sends the whole.
    const isWhole = range !== undefined && answer.status === 200;
    const bytes = isWhole ? answer.bytes.subarray(range.offset, range.offset + range.lengthBytes) : answer.bytes;
    (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .invariant */ .V1)(range === undefined || bytes.length === range.lengthBytes, 'a range lies outside its object');
    const revision = revisionOf(client, key, answer);
    return isWhole ? { bytes, revision, wholeBytes: answer.bytes.length } : { bytes, revision };
}
/** What a request adds that means one generation of an object. */
function ofGeneration(generation) {
    return generation === null ? {} : { generation };
}
const reading = {
    action: 'read',
    permission: 'storage.objects.get',
    method: 'GET',
    maxAnswerBytes: maxObjectBytes,
};
/**
 * What was uploaded as gzip is sent decompressed to whoever does not take gzip, and then ranges do not count
 * (https://cloud.google.com/storage/docs/transcoding). What is meant is the bytes that are kept.
 */
const asKept = { 'accept-encoding': 'gzip' };
const wholeObject = {
    ...reading,
    headers: asKept,
    outcomes: [200, 404],
    check: (answer) => (answer.status === 200 ? doubtOfBytes(answer) : null),
};
function partOf({ offset, lengthBytes }, into) {
    const headers = { ...asKept, range: `bytes=${offset}-${offset + lengthBytes - 1}` };
    return { ...reading, headers, into, outcomes: [200, 206, 404, 416] };
}
/** Every object has a CRC-32C; one that is absent is no reason to believe the bytes. */
function doubtOfBytes({ headers, bytes }) {
    const answered = [headers['x-goog-hash'] ?? ''].flat().join(',');
    const kept = /(?:^|,)\s*crc32c=([A-Za-z0-9+/]{6}==)/.exec(answered)?.[1];
    if (kept === undefined)
        return 'the service named no checksum of the bytes';
    return kept === (0,_crc32c_js__WEBPACK_IMPORTED_MODULE_2__/* .crc32c */ .d)([bytes]) ? null : 'the bytes are not those of the checksum that is kept with them';
}
/** @throws store/io when the service names no generation */
function revisionOf({ address }, key, { headers }) {
    const generation = headers['x-goog-generation'];
    if (typeof generation === 'string' && /^\d{1,20}$/.test(generation))
        return generation;
    const reason = 'the service named no generation';
    throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .weighbridgeError */ .q)('store/io', { action: 'read', path: `${address.shown}/${key}`, reason });
}
/** Objects in the order of their keys; what is no key was put there by somebody else. @throws as askBucket */
async function* listObjects(client, prefix) {
    for await (const object of listForeign(client, prefix))
        if ((0,_weighbridge_storage__WEBPACK_IMPORTED_MODULE_3__/* .isObjectKey */ .Px)(object.key))
            yield object;
}
/** The same with whatever keys there are. @throws as askBucket */
async function* listForeign(client, prefix) {
    const before = client.address.prefix;
    let token = null;
    do {
        const page = await readPage(client, prefix, token);
        for (const { name, ...facts } of page.objects) {
            if (name.startsWith(before + prefix))
                yield { key: name.slice(before.length), ...facts };
        }
        token = page.next;
    } while (token !== null);
}
async function readPage(client, prefix, token) {
    const pages = [];
    await client.askBucket(prefix, {
        action: 'list',
        permission: 'storage.objects.list',
        method: 'GET',
        query: {
            prefix: client.address.prefix + prefix,
            maxResults: String(pageLength),
            fields: `nextPageToken,items(${_gcs_objects_js__WEBPACK_IMPORTED_MODULE_0__/* .objectFields */ .Fr})`,
            ...(token === null ? {} : { pageToken: token }),
        },
        maxAnswerBytes: maxListingBytes,
        outcomes: [200],
        check: ({ bytes }) => {
            const page = (0,_gcs_objects_js__WEBPACK_IMPORTED_MODULE_0__/* .parsePage */ .NL)(bytes);
            return keep(pages, page?.next === token && token !== null ? null : page);
        },
    });
    return checked(pages);
}
/** Takes what was read, or says why there is a reason for doubt. */
function keep(taken, read) {
    if (read === null)
        return 'the answer is not what was asked for';
    taken.push(read);
    return null;
}
function checked([read]) {
    (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_1__/* .invariant */ .V1)(read !== undefined, 'an answer was taken that had not been read');
    return read;
}
//# sourceMappingURL=read-objects.js.map

/***/ }),

/***/ 89228:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  v: () => (/* binding */ goesDirectly),
  J: () => (/* binding */ openAgents)
});

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(37067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(44708);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(41692);
;// CONCATENATED MODULE: ./packages/stores/build/http/answer-head.js
/** Where the head of an answer ends, with the empty line; null when it has not come whole. */
function endOfHead(bytes) {
    const end = bytes.indexOf('\r\n\r\n');
    return end === -1 ? null : end + 4;
}
const statusLine = /^HTTP\/1\.1 ([2-5]\d\d) [\t\x20-\x7e\x80-\xff]*$/;
/** A field name is a token; its value has no control characters, and no line is folded (RFC 9112, 5). */
const fieldLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):([\t\x20-\x7e\x80-\xff]*)$/;
/** Whoever keeps a connection open for so long may close it a moment earlier than we think. */
const keptMarginMs = 1000;
/**
 * Reads the head of an answer (RFC 9112, 4 to 6), of which `bytes` is all up to the empty line. Null for whatever leaves
 * a doubt where its body ends, or is not written exactly as the standard has it: an interim answer, a length that is
 * missing, said twice, no number, or said beside chunks, HTTP/1.0, a stray line end.
 */
function parseAnswerHead(bytes) {
    const [first = '', ...lines] = bytes.toString('latin1', 0, bytes.length - 4).split('\r\n');
    const status = statusLine.exec(first)?.[1];
    if (status === undefined)
        return null;
    const headers = {};
    for (const line of lines) {
        const [, name = '', value = ''] = fieldLine.exec(line) ?? [];
        if (name === '')
            return null;
        const key = name.toLowerCase();
        headers[key] = Object.hasOwn(headers, key) ? `${headers[key]}, ${value.trim()}` : value.trim();
    }
    // Of these the length tells what another answer would have had.
    const lengthBytes = status === '204' || status === '304' ? undefined : lengthOf(headers);
    return lengthBytes === undefined ? null : { status: Number(status), headers, lengthBytes, keptMs: keptMsOf(headers) };
}
function lengthOf(headers) {
    const { 'content-length': length, 'transfer-encoding': encoding } = headers;
    if (length === undefined)
        return encoding?.toLowerCase() === 'chunked' ? null : undefined;
    return encoding === undefined && /^\d{1,15}$/.test(length) ? Number(length) : undefined;
}
function keptMsOf(headers) {
    const wishes = (headers['connection'] ?? '').toLowerCase().split(/[\t ,]+/);
    if (wishes.includes('close'))
        return 0;
    const seconds = /(?:^|[\t ,])timeout=(\d{1,6})(?:[\t ,]|$)/i.exec(headers['keep-alive'] ?? '')?.[1];
    return seconds === undefined ? null : Math.max(0, Number(seconds) * 1000 - keptMarginMs);
}
//# sourceMappingURL=answer-head.js.map
;// CONCATENATED MODULE: ./packages/stores/build/http/chunked-body.js
/** Of at most 4 GiB, and more digits than that nobody needs. */
const sizeLine = /^[0-9A-Fa-f]{1,8}$/;
const lineEnd = '\r\n';
/**
 * Joins the chunks of a body (RFC 9112, 7.1), of which `bytes` has the beginning. Null when it has not come whole;
 * 'unusual' for extensions of chunks, for fields behind the last one, and for what is not written exactly as the standard
 * has it: that leaves a doubt where the body ends.
 */
function joinChunks(bytes) {
    const chunks = [];
    for (let at = 0;;) {
        const endOfLine = bytes.indexOf(lineEnd, at);
        if (endOfLine === -1)
            return isBeginOfSize(bytes.toString('latin1', at)) ? null : 'unusual';
        const text = bytes.toString('latin1', at, endOfLine);
        if (!sizeLine.test(text))
            return 'unusual';
        const start = endOfLine + lineEnd.length;
        const end = start + Number.parseInt(text, 16);
        const behind = bytes.toString('latin1', end, end + lineEnd.length);
        if (!lineEnd.startsWith(behind))
            return 'unusual';
        if (behind !== lineEnd)
            return null;
        at = end + lineEnd.length;
        if (start === end)
            return { body: Buffer.concat(chunks), lengthBytes: at };
        chunks.push(bytes.subarray(start, end));
    }
}
/** Whether the line of a size can go on like that. */
function isBeginOfSize(text) {
    return /^(?:[0-9A-Fa-f]{1,8}\r?)?$/.test(text);
}
//# sourceMappingURL=chunked-body.js.map
// EXTERNAL MODULE: ./packages/stores/build/http/exchanged.js
var exchanged = __webpack_require__(39375);
;// CONCATENATED MODULE: ./packages/stores/build/http/direct-connection.js





/** As much as Node's own client takes. */
const maxHeadBytes = 16 * 1024;
/** Documents and refusals; a larger answer without a length is left to the usual client. */
const maxChunkedBytes = 64 * 1024;
/**
 * Connects to a server. Bytes go from the system to where they are wanted: the socket reads into the memory that the
 * state of the exchange names, which is that of the head until the head is whole, then exactly the room that the body
 * has left. More than was announced is never read as anything: it ends the connection.
 */
function openDirectConnection(url) {
    const headRoom = Buffer.allocUnsafeSlow(maxHeadBytes);
    let exchanging = null;
    let usableUntilMs = Number.POSITIVE_INFINITY;
    const room = () => (exchanging === null ? headRoom : exchanging.target.subarray(exchanging.filled));
    const socket = connect(url, { buffer: room, callback: (lengthBytes) => take(lengthBytes) });
    socket.on('timeout', () => broken(`nothing moved for ${(0,exchanged/* seconds */.Y)(exchanging?.bounds.idleMs ?? 0)}`));
    socket.on('error', (cause) => broken(brokenOff() ?? (0,exchanged/* reasonOf */.A)(cause)));
    socket.on('end', () => broken(brokenOff() ?? 'ECONNRESET'));
    socket.on('close', () => broken(brokenOff() ?? 'ECONNRESET'));
    function brokenOff() {
        return exchanging !== null && (exchanging.head !== null || exchanging.filled > 0) ? 'the answer broke off' : null;
    }
    function broken(reason) {
        end({ kind: 'broken', reason });
    }
    /** Nothing is read any more from here on, so that nothing touches memory that belongs to somebody else by then. */
    function end(exchanged) {
        usableUntilMs = 0;
        socket.destroy();
        exchanging?.settle(exchanged);
    }
    function take(lengthBytes) {
        if (exchanging === null) {
            end({ kind: 'broken', reason: 'bytes that nobody asked for' });
            return false;
        }
        exchanging.filled += lengthBytes;
        if (exchanging.head === null)
            takeHead(exchanging);
        else
            goOn(exchanging, exchanging.head);
        return usableUntilMs > 0;
    }
    function takeHead(now) {
        const headBytes = endOfHead(headRoom.subarray(0, now.filled));
        if (headBytes === null) {
            if (now.filled === maxHeadBytes)
                end({ kind: 'unusual' });
            return;
        }
        const head = parseAnswerHead(headRoom.subarray(0, headBytes));
        if (head === null)
            return end({ kind: 'unusual' });
        begin(now, head, headRoom.subarray(headBytes, now.filled));
    }
    function begin(now, head, early) {
        const { maxAnswerBytes: maxBytes, into } = now.bounds;
        now.head = head;
        if (head.lengthBytes === null) {
            if (maxBytes > maxChunkedBytes)
                return end({ kind: 'unusual' });
            // Sizes and line ends of chunks take less than what they hold, but for those of a few bytes.
            now.target = Buffer.allocUnsafeSlow(2 * maxChunkedBytes);
        }
        else {
            if (head.lengthBytes > maxBytes)
                return broken(`an answer of more than ${maxBytes} bytes`);
            if (early.length > head.lengthBytes)
                return broken('more bytes than were announced');
            const isGood = head.status === 200 || head.status === 206;
            now.target = isGood && into?.length === head.lengthBytes ? into : Buffer.allocUnsafeSlow(head.lengthBytes);
        }
        now.target.set(early);
        now.filled = early.length;
        goOn(now, head);
    }
    function goOn(now, head) {
        if (head.lengthBytes === null)
            joinIfWhole(now, head);
        else if (now.filled === head.lengthBytes)
            finish(now, head, now.target);
    }
    function joinIfWhole(now, head) {
        const { maxAnswerBytes: maxBytes } = now.bounds;
        const joined = joinChunks(Buffer.from(now.target.buffer, now.target.byteOffset, now.filled));
        if (joined === 'unusual')
            end({ kind: 'unusual' });
        else if (joined !== null && joined.lengthBytes < now.filled)
            broken('more bytes than were announced');
        else if ((joined?.body.length ?? 0) > maxBytes || (joined === null && now.filled === now.target.length))
            broken(`an answer of more than ${maxBytes} bytes`);
        else if (joined !== null)
            finish(now, head, joined.body);
    }
    function finish(now, { status, headers, keptMs }, bytes) {
        const answer = { kind: 'answer', status, headers, bytes };
        // The memory of the request belongs to its owner again from here on.
        if (!now.isSent)
            return end(answer);
        if (keptMs !== null)
            usableUntilMs = performance.now() + keptMs;
        now.settle(answer);
    }
    function send(now, pieces) {
        const last = pieces.length - 1;
        // Corked, so that the head leaves together with what follows it; alone it leaves sooner without.
        if (last > 0)
            socket.cork();
        for (const [index, piece] of pieces.entries()) {
            if (index < last)
                socket.write(piece);
            else
                socket.write(piece, () => {
                    now.isSent = true;
                });
        }
        if (last > 0)
            socket.uncork();
    }
    return {
        close: () => socket.destroy(),
        isUsable: () => exchanging === null && !socket.destroyed && performance.now() < usableUntilMs,
        ask: (pieces, bounds) => new Promise((resolve) => {
            const deadline = setTimeout(() => broken(`not done after ${(0,exchanged/* seconds */.Y)(bounds.totalMs)}`), bounds.totalMs);
            const settle = (exchanged) => {
                exchanging = null;
                clearTimeout(deadline);
                socket.setTimeout(0);
                // Idle connections do not keep the process alive.
                socket.unref();
                resolve(exchanged);
            };
            exchanging = { bounds, settle, isSent: false, head: null, target: headRoom, filled: 0 };
            socket.ref();
            socket.setTimeout(bounds.idleMs);
            send(exchanging, pieces);
        }),
    };
}
/** TLS with what Node's own client asks for: the certificates of the system and of NODE_EXTRA_CA_CERTS, and HTTP/1.1. */
function connect(url, onread) {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const isSecure = url.protocol === 'https:';
    const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
    const place = { host, port, noDelay: true, keepAlive: true, onread };
    if (!isSecure)
        return (0,external_node_net_.connect)(place);
    return (0,external_node_tls_.connect)({ ...place, ALPNProtocols: ['http/1.1'], ...((0,external_node_net_.isIP)(host) === 0 ? { servername: host } : {}) });
}
//# sourceMappingURL=direct-connection.js.map
;// CONCATENATED MODULE: ./packages/stores/build/http/direct-client.js


/** A server that answers so often, one after the other, what only the usual client reads, is left to that one. */
const maxUnusual = 3;
/**
 * A client for GET without a body and PUT with one, over connections of its own, which are kept. Node's own client
 * allocates and hands on 64 KiB at a time, which costs as much processor as all the rest of a large answer, and for a
 * small request does several times the work; this one knows only answers that say how long they are, or are short and in chunks,
 * and leaves every other to it. A PUT whose answer it could not read may have been carried out: it is `broken`, so that whoever tries again
 * knows that, and from then on the usual client is asked.
 */
function openDirectClient() {
    const kept = new Map();
    let unusual = 0;
    let putsUsually = false;
    /** The connection used last is the one least likely to have been closed meanwhile. */
    function connectionTo(url, idle) {
        for (let last = idle.pop(); last !== undefined; last = idle.pop()) {
            if (last.isUsable())
                return last;
            last.close();
        }
        return openDirectConnection(url);
    }
    return {
        async ask(question, bounds) {
            const { method, url, body } = question;
            const isKnown = body.length > 0 ? method === 'PUT' && !putsUsually : method === 'GET';
            if (unusual >= maxUnusual || !isKnown)
                return null;
            const head = formatRequestHead(question);
            const idle = kept.get(url.origin) ?? [];
            kept.set(url.origin, idle);
            const connection = connectionTo(url, idle);
            const exchanged = await connection.ask([head, ...body], bounds);
            if (connection.isUsable())
                idle.push(connection);
            else
                connection.close();
            unusual = exchanged.kind === 'unusual' ? unusual + 1 : 0;
            if (exchanged.kind !== 'unusual')
                return exchanged;
            if (method === 'GET')
                return null;
            putsUsually = true;
            return { kind: 'broken', reason: 'an unusual answer' };
        },
    };
}
/** @throws TypeError for what is no name or no value of a field, as Node's own client does */
function formatRequestHead({ method, url, headers, body }) {
    let head = `${method} ${url.pathname}${url.search} HTTP/1.1\r\n`;
    if (headers['host'] === undefined)
        head += `host: ${url.host}\r\n`;
    if (headers['connection'] === undefined)
        head += 'connection: keep-alive\r\n';
    for (const [name, value] of Object.entries(headers)) {
        (0,external_node_http_.validateHeaderName)(name);
        (0,external_node_http_.validateHeaderValue)(name, value);
        head += `${name}: ${value}\r\n`;
    }
    if (body.length > 0)
        head += `content-length: ${body.reduce((sum, piece) => sum + piece.length, 0)}\r\n`;
    return Buffer.from(`${head}\r\n`, 'latin1');
}
//# sourceMappingURL=direct-client.js.map
;// CONCATENATED MODULE: ./packages/stores/build/http/agents.js



/** The connection used last is the one least likely to have been closed meanwhile. */
const keeping = { keepAlive: true, scheduling: 'lifo' };
/**
 * Connections to one host, through the proxy where there is one for it. The clients of proxies are loaded only then.
 * Idle connections do not keep the process alive.
 */
async function openAgents(host, proxy) {
    const direct = { http: new external_node_http_.Agent(keeping), https: new external_node_https_.Agent(keeping), direct: openDirectClient() };
    if (goesDirectly(host, proxy.none ?? ''))
        return direct;
    return {
        direct: proxy.http === undefined && proxy.https === undefined ? direct.direct : null,
        http: proxy.http === undefined ? direct.http : await throughHttpProxy(proxy.http),
        https: proxy.https === undefined ? direct.https : await throughHttpsProxy(proxy.https),
    };
}
async function throughHttpProxy(address) {
    const { HttpProxyAgent } = await Promise.all(/* import() */[__webpack_require__.e(7171), __webpack_require__.e(1970)]).then(__webpack_require__.t.bind(__webpack_require__, 81970, 19));
    return new HttpProxyAgent(address, keeping);
}
async function throughHttpsProxy(address) {
    const { HttpsProxyAgent } = await Promise.all(/* import() */[__webpack_require__.e(7171), __webpack_require__.e(3669)]).then(__webpack_require__.t.bind(__webpack_require__, 3669, 19));
    return new HttpsProxyAgent(address, keeping);
}
/** Whether NO_PROXY names a host, as curl reads it. */
function goesDirectly(host, none) {
    const port = host.port === '' ? (host.protocol === 'https:' ? '443' : '80') : host.port;
    const name = host.hostname.replace(/^\[|\]$/g, '').toLowerCase();
    return none
        .split(/[\s,]+/)
        .filter((entry) => entry !== '')
        .some((entry) => {
        const [, pattern = '', wantedPort = port] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
        const domain = pattern.replace(/^\*?\./, '').replace(/^\[|\]$/g, '');
        return entry === '*' || (wantedPort === port && (name === domain || name.endsWith(`.${domain}`)));
    });
}
//# sourceMappingURL=agents.js.map

/***/ }),

/***/ 77063:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  k: () => (/* binding */ ask),
  V: () => (/* binding */ senderOf)
});

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/stores/build/http/exchange.js
var exchange = __webpack_require__(51883);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
;// CONCATENATED MODULE: ./packages/stores/build/http/retry.js

/** Some ten seconds in the mean, half a minute at most: what a throttled or restarted service needs. */
const usualRetries = {
    maxTries: 8,
    firstDelayMs: 100,
    maxDelayMs: 8000,
    random: Math.random,
    sleep: (ms) => (0,promises_.setTimeout)(ms),
};
/**
 * Tries until it is done or the bound is reached, with exponential backoff and full jitter
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). What `attempt` throws ends it.
 * @param attempt gets the number of the try, from 1.
 */
async function retrying(policy, attempt) {
    for (let number = 1;; number++) {
        const tried = await attempt(number);
        if (tried.kind === 'done')
            return tried;
        if (number >= policy.maxTries)
            return { kind: 'gave-up', reason: tried.reason, tries: number };
        await policy.sleep(delayMs(policy, number, tried.afterMs ?? 0));
    }
}
/** The jitter comes on top of what the service asked for, so that those who were refused together do not come together. */
function delayMs(policy, triesSoFar, askedMs) {
    const ceiling = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** (triesSoFar - 1));
    return Math.min(askedMs, policy.maxDelayMs) + policy.random() * ceiling;
}
/** Retry-After in milliseconds (RFC 9110, 10.2.3), as seconds only; 0 for everything else. */
function readRetryAfter(header) {
    return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : 0;
}
//# sourceMappingURL=retry.js.map
;// CONCATENATED MODULE: ./packages/stores/build/http/ask.js



const usualIdleMs = 30_000;
const usualTotalMs = 10 * 60_000;
/** A sender with the usual bounds where none are given. */
function senderOf({ retries, idleMs, totalMs }, agents) {
    return {
        agents,
        retries: retries ?? usualRetries,
        idleMs: idleMs ?? usualIdleMs,
        totalMs: totalMs ?? usualTotalMs,
    };
}
/** Damage on the way is seldom: what arrives wrong so often was wrong when it left. */
const maxWrong = 3;
/**
 * Sends a request until it has an outcome, and mends the clock and the credentials once each on the way.
 * @throws what the dialect makes of a refusal, store/io for answers that stay wrong, and store/unreachable when all
 * tries were used up
 */
async function ask(sender, asked, dialect) {
    const course = { corrected: false, refreshed: false, wrong: 0 };
    const retried = await retrying(sender.retries, (number) => attempt(sender, asked, { dialect, number, course }));
    if (retried.kind === 'done')
        return retried.outcome;
    const { action, path } = dialect.operation;
    throw (0,error/* weighbridgeError */.q)('store/unreachable', { action, path, reason: retried.reason, tries: retried.tries });
}
async function attempt({ agents, idleMs, totalMs }, { method, url, body = [], maxAnswerBytes, into, outcomes, check, stillHolds, isAllowed = () => true }, { dialect, number, course }) {
    const refused = { status: 412, headers: {}, bytes: new Uint8Array(0), repeated: number > 1 };
    if ((await stillHolds?.()) === false)
        return { kind: 'done', outcome: refused };
    const headers = await dialect.sign();
    const bounds = { idleMs, totalMs, maxAnswerBytes, into };
    if (!isAllowed())
        return { kind: 'done', outcome: refused };
    const exchanged = await (0,exchange/* exchange */.c)({ method, url, headers, body }, agents, bounds);
    if (exchanged.kind === 'broken')
        return { kind: 'again', reason: exchanged.reason };
    // What is done is no refusal, and to read every object as one would take longer than to sign for it.
    const refusal = exchanged.status < 300 && outcomes.includes(exchanged.status) ? null : dialect.read(exchanged);
    if (refusal === null || (outcomes.includes(exchanged.status) && !dialect.deniesBucket(refusal))) {
        const { status, headers: told, bytes } = exchanged;
        const answer = { status, headers: told, bytes, repeated: number > 1 };
        const doubt = (await check?.(answer)) ?? null;
        if (doubt === null)
            return { kind: 'done', outcome: answer };
        if (++course.wrong >= maxWrong)
            throw (0,error/* weighbridgeError */.q)('store/io', { ...dialect.operation, reason: doubt });
        return { kind: 'again', reason: doubt };
    }
    if (!(await mend(dialect, refusal, { course, date: exchanged.headers.date })))
        throw dialect.errorOf(refusal);
    return { kind: 'again', reason: dialect.nameOf(refusal), afterMs: readRetryAfter(exchanged.headers['retry-after']) };
}
/** Whether there is a reason to try again. */
async function mend(dialect, refusal, { course, date }) {
    switch (dialect.remedyOf(refusal)) {
        case 'wait':
            return true;
        case 'send-again':
            return ++course.wrong < maxWrong;
        case 'correct-clock': {
            if (course.corrected)
                return false;
            course.corrected = true;
            return dialect.correctClock(date);
        }
        case 'refresh': {
            if (course.refreshed)
                return false;
            course.refreshed = true;
            await dialect.refresh();
            return true;
        }
        case 'none':
            return false;
    }
}
//# sourceMappingURL=ask.js.map

/***/ }),

/***/ 48959:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ parseEndpoint)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);

/**
 * The address of a server that somebody names instead of the usual one.
 * @throws store/misconfigured for what is no http address, or has a user, a password or a query
 */
function parseEndpoint(text, { shown, example, endpointSetting = 'store.endpoint in weighbridge.yaml', }) {
    const url = URL.canParse(text) ? new URL(text) : null;
    const usable = url !== null && /^https?:$/.test(url.protocol) && `${url.username}${url.password}${url.search}` === '';
    if (usable)
        return url;
    throw (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('store/misconfigured', {
        action: 'open',
        path: shown,
        reason: 'its endpoint is no address of a server',
        remedy: `Write ${endpointSetting} like ${example}, without a key or a query.`,
    });
}
//# sourceMappingURL=endpoint.js.map

/***/ }),

/***/ 5150:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ escapeUri)
/* harmony export */ });
/** As signatures ask for it: everything but the unreserved characters of RFC 3986. */
function escapeUri(text) {
    return encodeURIComponent(text).replaceAll(/[!'()*]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`);
}
//# sourceMappingURL=escape-uri.js.map

/***/ }),

/***/ 51883:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ exchange)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(37067);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44708);
/* harmony import */ var _exchanged_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(39375);



/**
 * Sends a request and reads its answer whole. Never throws for what the other side does: an answer that breaks off, is
 * longer or shorter than it says, stalls or exceeds a bound is `broken`.
 */
async function exchange(question, agents, bounds) {
    const isDirect = bounds.into !== undefined || question.method === 'PUT';
    const direct = isDirect ? await agents.direct?.ask(question, bounds) : null;
    return direct ?? exchangeUsually(question, agents, bounds);
}
/** Through Node's own client, which knows all of HTTP/1. */
function exchangeUsually(question, agents, bounds) {
    return new Promise((resolve) => {
        const request = openRequest(question, agents, bounds.idleMs);
        const broken = (reason) => {
            settle({ kind: 'broken', reason });
            request.destroy();
        };
        const deadline = setTimeout(() => broken(`not done after ${(0,_exchanged_js__WEBPACK_IMPORTED_MODULE_2__/* .seconds */ .Y)(bounds.totalMs)}`), bounds.totalMs);
        const settle = (exchanged) => {
            over = true;
            clearTimeout(deadline);
            resolve(exchanged);
        };
        let answering = false;
        let over = false;
        request.on('timeout', () => broken(`nothing moved for ${(0,_exchanged_js__WEBPACK_IMPORTED_MODULE_2__/* .seconds */ .Y)(bounds.idleMs)}`));
        request.on('error', (cause) => {
            // A server that refuses a body closes the connection while we still send; what it answered counts.
            if (!answering)
                broken((0,_exchanged_js__WEBPACK_IMPORTED_MODULE_2__/* .reasonOf */ .A)(cause));
        });
        request.on('response', (response) => {
            answering = true;
            collect(response, bounds, { settle, broken, isOver: () => over });
        });
        send(request, question.body);
    });
}
function openRequest({ method, url, headers, body }, agents, timeout) {
    const length = body.reduce((sum, piece) => sum + piece.length, 0);
    const all = method === 'PUT' || length > 0 ? { ...headers, 'content-length': String(length) } : headers;
    const options = { method, headers: all, timeout };
    return url.protocol === 'https:'
        ? (0,node_https__WEBPACK_IMPORTED_MODULE_1__.request)(url, { ...options, agent: agents.https })
        : (0,node_http__WEBPACK_IMPORTED_MODULE_0__.request)(url, { ...options, agent: agents.http });
}
function send(request, body) {
    // Corked, so that the head leaves together with what follows it.
    request.cork();
    for (const piece of body)
        if (piece.length > 0)
            request.write(piece);
    request.end();
    request.uncork();
}
function collect(response, { maxAnswerBytes: maxBytes, into }, { settle, broken, isOver }) {
    const announced = announcedBytes(response);
    if (announced !== null && announced > maxBytes)
        return broken(`an answer of more than ${maxBytes} bytes`);
    const isGood = response.statusCode === 200 || response.statusCode === 206;
    const room = isGood && into?.length === announced ? into : undefined;
    const body = announced === null ? growing() : fixed(room ?? Buffer.allocUnsafeSlow(announced));
    response.on('data', (chunk) => {
        // What comes late must not touch memory that belongs to the next try, or to somebody else.
        if (isOver())
            return;
        if (body.sizeBytes() + chunk.length > maxBytes)
            broken(`an answer of more than ${maxBytes} bytes`);
        else
            body.add(chunk);
    });
    response.on('error', () => broken('the answer broke off'));
    response.on('close', () => {
        if (!response.complete)
            broken('the answer broke off');
    });
    response.on('end', () => {
        if (!response.complete)
            return broken('the answer broke off');
        settle({ kind: 'answer', status: response.statusCode ?? 0, headers: response.headers, bytes: body.whole() });
    });
}
/** The size of the body that follows; null where nothing says it, or where none follows. */
function announcedBytes(response) {
    const text = response.headers['content-length'];
    const bodiless = response.statusCode === 204 || response.statusCode === 304;
    const isHead = response.req.method === 'HEAD';
    return text === undefined || isHead || bodiless ? null : Number(text);
}
/** Room for all that was announced, so that nothing is joined afterwards. The parser lets no more than that through. */
function fixed(bytes) {
    let filled = 0;
    return {
        sizeBytes: () => filled,
        add: (chunk) => {
            bytes.set(chunk, filled);
            filled += chunk.length;
        },
        whole: () => bytes.subarray(0, filled),
    };
}
function growing() {
    const chunks = [];
    let sizeBytes = 0;
    return {
        sizeBytes: () => sizeBytes,
        add: (chunk) => {
            chunks.push(chunk);
            sizeBytes += chunk.length;
        },
        whole: () => Buffer.concat(chunks),
    };
}
//# sourceMappingURL=exchange.js.map

/***/ }),

/***/ 39375:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ reasonOf),
/* harmony export */   Y: () => (/* binding */ seconds)
/* harmony export */ });
/** The name of a system error such as ECONNRESET or CERT_HAS_EXPIRED: texts of errors can quote what was sent. */
function reasonOf(cause) {
    const code = 'code' in cause ? cause.code : undefined;
    return typeof code === 'string' && /^[A-Z0-9_]{1,64}$/.test(code) ? code : 'the connection failed';
}
/** How messages show a bound. */
function seconds(ms) {
    return `${ms / 1000} s`;
}
//# sourceMappingURL=exchanged.js.map

/***/ }),

/***/ 33497:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ isPrivate),
/* harmony export */   U: () => (/* binding */ isLoopback)
/* harmony export */ });
/** Whether nobody on the way can read or change what is sent there: https, or this machine. */
function isPrivate({ protocol, hostname }) {
    return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}
/** Whether a host is this machine, by its name alone. */
function isLoopback(hostname) {
    return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
//# sourceMappingURL=private-channel.js.map

/***/ }),

/***/ 31687:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ storedAtOf)
/* harmony export */ });
/** A date of a service as RFC 3339, in whole seconds: that is what the headers of an object have. Null for what is no time. */
function storedAtOf(text) {
    const ms = Date.parse(text);
    return Number.isNaN(ms) ? null : new Date(Math.floor(ms / 1000) * 1000).toISOString();
}
//# sourceMappingURL=stored-at.js.map

/***/ }),

/***/ 5732:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  v8: () => (/* binding */ describeObject),
  xS: () => (/* binding */ factsOf),
  mW: () => (/* binding */ findHead),
  Ty: () => (/* binding */ listForeign),
  L: () => (/* binding */ listObjects),
  VR: () => (/* binding */ maxDocumentBytes),
  MP: () => (/* binding */ ofVersion),
  Ag: () => (/* binding */ read_objects_readObject),
  DT: () => (/* binding */ revisionOf),
  DA: () => (/* binding */ usualClass)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
// EXTERNAL MODULE: ./packages/storage/build/object-keys.js
var object_keys = __webpack_require__(98254);
// EXTERNAL MODULE: ./packages/stores/build/http/stored-at.js
var stored_at = __webpack_require__(31687);
;// CONCATENATED MODULE: ./packages/stores/build/s3/s3-listing.js

/**
 * Reads the answer to ListObjectsV2 with encoding-type=url
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html); null for what is none, such as a page that
 * broke off.
 */
async function parseListing(bytes) {
    const { parseXML } = await __webpack_require__.e(/* import() */ 4274).then(__webpack_require__.t.bind(__webpack_require__, 94274, 19));
    const result = parsed(parseXML, Buffer.from(bytes).toString('utf8'));
    if (result === null)
        return null;
    const truncated = textOf(result['IsTruncated']) === 'true';
    const next = textOf(result['NextContinuationToken']);
    const contents = result['Contents'];
    const written = contents === undefined ? [] : Array.isArray(contents) ? contents : [contents];
    const objects = written.map((each) => readObject(isMap(each) ? each : {}));
    if (objects.includes(null) || (truncated && next === ''))
        return null;
    return { objects: objects.filter((each) => each !== null), next: truncated ? next : null };
}
function parsed(parseXML, text) {
    try {
        const document = parseXML(text);
        const result = isMap(document) ? document['ListBucketResult'] : undefined;
        return isMap(result) ? result : null;
    }
    catch {
        // No XML: what was sent is no listing, whatever is wrong with it.
        return null;
    }
}
function readObject(written) {
    const [key, size] = [textOf(written['Key']), textOf(written['Size'])];
    const storedAt = (0,stored_at/* storedAtOf */.Y)(textOf(written['LastModified']));
    if (key === '' || !/^\d{1,15}$/.test(size) || storedAt === null)
        return null;
    const storageClass = textOf(written['StorageClass']) || 'STANDARD';
    return { key: decodeKey(key), sizeBytes: Number(size), storedAt, revision: textOf(written['ETag']), storageClass };
}
function decodeKey(key) {
    try {
        return decodeURIComponent(key.replaceAll('+', ' '));
    }
    catch {
        // A server that ignores the encoding: then a percent sign is one.
        return key;
    }
}
function textOf(value) {
    return typeof value === 'string' ? value : '';
}
function isMap(value) {
    return value !== null && typeof value === 'object' && !Array.isArray(value);
}
//# sourceMappingURL=s3-listing.js.map
;// CONCATENATED MODULE: ./packages/stores/build/s3/read-objects.js





/** Objects have at most 16 MiB by design; what is larger was not written by us. */
const maxObjectBytes = 64 * 1024 * 1024;
/** A thousand keys of 1024 characters with all that stands around them. */
const maxListingBytes = 16 * 1024 * 1024;
/** An error, or nothing. */
const maxDocumentBytes = 64 * 1024;
/** The class of what S3 says nothing about. */
const usualClass = 'STANDARD';
/** What is known of an object without its bytes. @throws as askS3 */
async function describeObject(client, key) {
    const head = await findHead(client, key);
    return head === null ? null : factsOf(client, key, head);
}
/** HEAD, and what it leaves open; null when there is no object. @throws as askS3 */
async function findHead(client, key) {
    const looking = { action: 'look for', permission: 's3:GetObject', maxAnswerBytes: maxDocumentBytes };
    const head = (outcomes) => client.askObject(key, { ...looking, method: 'HEAD', outcomes });
    const first = await head([200, 301, 400, 403, 404]);
    if (first.status === 200)
        return first;
    if (first.status === 404 && client.bucketSeen())
        return null;
    // The answer to a HEAD cannot say why: a GET can, and mends the clock and the credentials on the way.
    const range = { range: 'bytes=0-0' };
    const asked = { ...looking, method: 'GET', headers: range, outcomes: [200, 206, 404, 416] };
    const got = await client.askObject(key, { ...asked, maxAnswerBytes: maxObjectBytes });
    if (got.status === 404)
        return null;
    const second = await head([200, 404]);
    return second.status === 404 ? null : second;
}
/**
 * The whole object, compared with the checksum that S3 keeps of it, or a part, of which there is none; null when there
 * is no object. @throws core/invariant for a range outside of the object, and as askS3
 * @param version the version to read; null for the newest
 */
async function read_objects_readObject(client, key, range, { version = null, into } = {}) {
    if (range?.lengthBytes === 0) {
        // HTTP has no empty ranges.
        const facts = await describeObject(client, key);
        return facts === null ? null : { bytes: new Uint8Array(0), revision: facts.revision };
    }
    const asked = range === undefined ? wholeObject : partOf(range, into);
    const answer = await client.askObject(key, version === null ? asked : { ...asked, ...ofVersion(version) });
    if (answer.status === 404)
        return null;
    (0,error/* invariant */.V1)(answer.status !== 416, 'a range lies outside its object');
    // A server that knows no ranges sends the whole.
    const isWhole = range !== undefined && answer.status === 200;
    const bytes = isWhole ? answer.bytes.subarray(range.offset, range.offset + range.lengthBytes) : answer.bytes;
    (0,error/* invariant */.V1)(range === undefined || bytes.length === range.lengthBytes, 'a range lies outside its object');
    const revision = revisionOf(client, key, answer);
    return isWhole ? { bytes, revision, wholeBytes: answer.bytes.length } : { bytes, revision };
}
/** What a request adds that means one version of an object. */
function ofVersion(version) {
    return version === null ? {} : { query: { versionId: version } };
}
const reading = { action: 'read', permission: 's3:GetObject', method: 'GET', maxAnswerBytes: maxObjectBytes };
const outcomesOfPart = [200, 206, 404, 416];
const wholeObject = {
    ...reading,
    headers: { 'x-amz-checksum-mode': 'ENABLED' },
    outcomes: [200, 404],
    check: (answer) => (answer.status === 200 ? doubtOfBytes(answer) : null),
};
function partOf({ offset, lengthBytes }, into) {
    const headers = { range: `bytes=${offset}-${offset + lengthBytes - 1}` };
    const { action, permission, method, maxAnswerBytes } = reading;
    return { action, permission, method, maxAnswerBytes, headers, into, outcomes: outcomesOfPart };
}
/** Objects in the order of their keys; what is no key was put there by somebody else. @throws as askS3 */
async function* listObjects(client, prefix) {
    for await (const object of listForeign(client, prefix))
        if ((0,object_keys/* isObjectKey */.Px)(object.key))
            yield object;
}
/** The same with whatever keys there are. @throws as askS3 */
async function* listForeign(client, prefix) {
    const before = client.address.prefix;
    let token = null;
    do {
        const page = await readPage(client, prefix, token);
        for (const object of page.objects) {
            if (object.key.startsWith(before + prefix))
                yield { ...object, key: object.key.slice(before.length) };
        }
        token = page.next;
    } while (token !== null);
}
async function readPage(client, prefix, token) {
    const pages = [];
    const check = async ({ bytes }) => {
        const page = await parseListing(bytes);
        if (page === null || (page.next !== null && page.next === token))
            return 'the answer is no listing';
        pages.push(page);
        return null;
    };
    const query = {
        'list-type': '2',
        'encoding-type': 'url',
        prefix: client.address.prefix + prefix,
        ...(token === null ? {} : { 'continuation-token': token }),
    };
    const listing = { action: 'list', permission: 's3:ListBucket', method: 'GET', outcomes: [200] };
    await client.askBucket(prefix, { ...listing, query, maxAnswerBytes: maxListingBytes, check });
    const [page] = pages;
    (0,error/* invariant */.V1)(page !== undefined, 'a listing was taken that had not been read');
    return page;
}
/** The ETag. @throws store/io when the service names none */
function revisionOf(client, key, { headers }) {
    if (headers.etag !== undefined)
        return headers.etag;
    throw unnamed(client, key, 'the service named no ETag');
}
/** What the answer to a HEAD says. @throws store/io when it leaves out what an object has */
function factsOf(client, key, answer) {
    const { 'content-length': length, 'last-modified': modified, 'x-amz-storage-class': kept } = answer.headers;
    const storedAt = (0,stored_at/* storedAtOf */.Y)(modified ?? '');
    if (length === undefined || storedAt === null)
        throw unnamed(client, key, 'the service named no size or no time');
    const storageClass = typeof kept === 'string' ? kept : usualClass;
    return { key, sizeBytes: Number(length), storedAt, revision: revisionOf(client, key, answer), storageClass };
}
function unnamed({ address }, key, reason) {
    return (0,error/* weighbridgeError */.q)('store/io', { action: 'read', path: `${address.shown}/${key}`, reason });
}
/** Servers that keep no checksum answer none, and a checksum of parts (`…-2`) is not that of the bytes. */
function doubtOfBytes({ headers, bytes }) {
    const answered = headers['x-amz-checksum-sha256'];
    if (typeof answered !== 'string' || answered.includes('-'))
        return null;
    const actual = (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('base64');
    return actual === answered ? null : 'the bytes are not those of the checksum that is kept with them';
}
//# sourceMappingURL=read-objects.js.map

/***/ }),

/***/ 26137:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Y: () => (/* binding */ openS3Client)
});

// EXTERNAL MODULE: ./packages/stores/build/http/agents.js + 4 modules
var http_agents = __webpack_require__(89228);
// EXTERNAL MODULE: ./packages/stores/build/http/ask.js + 1 modules
var ask = __webpack_require__(77063);
// EXTERNAL MODULE: ./packages/stores/build/http/private-channel.js
var private_channel = __webpack_require__(33497);
// EXTERNAL MODULE: ./packages/stores/build/http/endpoint.js
var endpoint = __webpack_require__(48959);
// EXTERNAL MODULE: ./packages/stores/build/http/escape-uri.js
var escape_uri = __webpack_require__(5150);
;// CONCATENATED MODULE: ./packages/stores/build/s3/s3-address.js


/**
 * The address of a bucket (https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html).
 * @throws store/misconfigured for an endpoint that is no address
 */
function s3Address(place) {
    const name = (place.prefix ?? '').replaceAll(/^\/+|\/+$/g, '');
    const prefix = name === '' ? '' : `${name}/`;
    const shown = name === '' ? `s3://${place.bucket}` : `s3://${place.bucket}/${name}`;
    const inPath = place.pathStyle ?? (place.endpoint !== undefined || place.bucket.includes('.'));
    const given = place.endpoint === undefined
        ? null
        : (0,endpoint/* parseEndpoint */.B)(place.endpoint, { ...place, shown, example: 'https://minio.acme.example' });
    const hosts = new Map();
    /** Of the server, without a slash at its end: the same for every object. */
    const hostOf = (region) => {
        const known = hosts.get(region);
        if (known !== undefined)
            return known;
        const url = given === null ? new URL(`https://s3.${region}.${domainOf(region)}/`) : new URL(given);
        if (!inPath)
            url.hostname = `${place.bucket}.${url.hostname}`;
        const host = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
        hosts.set(region, host);
        return host;
    };
    const addressOf = (region, parts) => {
        const path = (inPath ? [place.bucket, ...parts] : parts).map(escape_uri/* escapeUri */.o).join('/');
        return new URL(`${hostOf(region)}/${path}`);
    };
    return {
        shown,
        prefix,
        bucketUrl: (region) => addressOf(region, []),
        objectUrl: (region, key) => addressOf(region, `${prefix}${key}`.split('/')),
    };
}
/** China has a domain of its own; the other partitions that may be reached from outside have the usual one. */
function domainOf(region) {
    return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}
//# sourceMappingURL=s3-address.js.map
// EXTERNAL MODULE: ./packages/stores/build/s3/s3-refusal.js
var s3_refusal = __webpack_require__(75963);
;// CONCATENATED MODULE: ./packages/stores/build/s3/s3-requests.js


/**
 * Sends a request until it has an outcome, and mends the clock and the credentials once each on the way.
 * @param refused told of the refusal that is thrown
 * @throws store/denied, store/misconfigured, store/io, and store/unreachable when all tries were used up
 */
function askS3(sender, request, refused = () => { }) {
    const { session } = sender;
    const { operation, method, url, headers = {}, signedBody = 'empty' } = request;
    return (0,ask/* ask */.k)(sender, request, {
        operation,
        sign: () => session.sign({ method, url, headers }, signedBody),
        read: s3_refusal/* readRefusal */.ni,
        // Bytes that somebody stored say nothing of the bucket, whatever they look like.
        deniesBucket: ({ status, code }) => status === 404 && code === 'NoSuchBucket',
        remedyOf: s3_refusal/* remedyOf */.SM,
        nameOf: s3_refusal/* nameOf */.Vb,
        errorOf: (refusal) => {
            refused(refusal);
            return (0,s3_refusal/* refusedError */.bG)(operation, refusal);
        },
        correctClock: (date) => session.correctClock(date),
        refresh: () => session.refresh(),
    });
}
//# sourceMappingURL=s3-requests.js.map
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
;// CONCATENATED MODULE: ./packages/stores/build/s3/s3-credentials.js
/**
 * The keys that an environment holds, which the SDK's chain would answer too: it asks there first, unless AWS_PROFILE
 * names a profile. Null where it has to look further. To load the chain takes a tenth of the time that a short command
 * has, and in a CI job the keys are nearly always here.
 */
function keysInEnvironment(environment) {
    const { AWS_PROFILE: profile = '', AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '', AWS_SESSION_TOKEN: sessionToken = '', } = environment;
    if (profile !== '' || accessKeyId === '' || secretAccessKey === '')
        return null;
    return { accessKeyId, secretAccessKey, ...(sessionToken === '' ? {} : { sessionToken }) };
}
//# sourceMappingURL=s3-credentials.js.map
;// CONCATENATED MODULE: ./packages/stores/build/s3/sign-request.js


/**
 * Signs requests to S3 with Signature Version 4
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html): answers the headers with the time,
 * the token of a session and the signature. Every header is signed. The SDK's signer comes to the same signatures in 70
 * microseconds instead of 20, since it derives its key from the secret again for each request and copies the request.
 * The key of a day is kept here.
 */
function openRequestSigner() {
    let known = null;
    function keyOf({ secretAccessKey, region }, day) {
        const of = `${day} ${region} ${secretAccessKey}`;
        if (known?.of !== of)
            known = { of, key: deriveKey(secretAccessKey, [day, region, 's3', 'aws4_request']) };
        return known.key;
    }
    return ({ method, url, headers }, keys, at) => {
        const time = at.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
        const day = time.slice(0, 8);
        const { accessKeyId, sessionToken } = keys;
        const all = { ...headers, 'x-amz-date': time };
        if (sessionToken !== undefined)
            all['x-amz-security-token'] = sessionToken;
        const names = Object.keys(all).sort();
        let lines = '';
        for (const name of names)
            lines += `${name}:${trimmed(all[name] ?? '')}\n`;
        const signed = names.join(';');
        const canonical = `${method}\n${url.pathname}\n${queryOf(url)}\n${lines}\n${signed}\n${all['x-amz-content-sha256']}`;
        const scope = `${day}/${keys.region}/s3/aws4_request`;
        const hashed = (0,external_node_crypto_.createHash)('sha256').update(canonical).digest('hex');
        const toSign = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hashed}`;
        const signature = (0,external_node_crypto_.createHmac)('sha256', keyOf(keys, day)).update(toSign).digest('hex');
        all['authorization'] =
            `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
        return all;
    };
}
function deriveKey(secret, parts) {
    return parts.reduce(hmac, Buffer.from(`AWS4${secret}`));
}
function hmac(key, text) {
    return (0,external_node_crypto_.createHmac)('sha256', key).update(text).digest();
}
const blanks = /\s/;
/** Without blanks around, and each run of blanks as one. */
function trimmed(value) {
    return blanks.test(value) ? value.trim().replaceAll(/\s+/g, ' ') : value;
}
/** Names and values as RFC 3986 writes them, sorted; a name without a value has an empty one. */
function queryOf({ search, searchParams }) {
    if (search === '')
        return '';
    const pairs = [...searchParams].map(([name, value]) => [(0,escape_uri/* escapeUri */.o)(name), (0,escape_uri/* escapeUri */.o)(value)]);
    return pairs
        .sort(([left, ofLeft], [right, ofRight]) => compare(left, right) || compare(ofLeft, ofRight))
        .map(([name, value]) => `${name}=${value}`)
        .join('&');
}
function compare(left, right) {
    return left < right ? -1 : left > right ? 1 : 0;
}
//# sourceMappingURL=sign-request.js.map
;// CONCATENATED MODULE: ./packages/stores/build/s3/s3-session.js





const emptySha256 = (0,external_node_crypto_.createHash)('sha256').digest('hex');
const unsignedBody = 'UNSIGNED-PAYLOAD';
/** Clocks this close are never what a service complains about. */
const minOffsetMs = 1000;
/**
 * Takes the keys of the environment, else loads the SDK's chain of credentials (profile and SSO, web identity, container,
 * instance), and its way of finding the region where none is given. Nothing of it is loaded before the first request, and
 * its signer before the first presigned address.
 * @throws store/misconfigured without a region
 */
async function openS3Session(options) {
    const region = options.region ?? (await findRegion(options));
    const source = options.credentials ?? (await credentialChain(options));
    const find = async (forceRefresh) => {
        try {
            return await source({ forceRefresh });
        }
        catch (cause) {
            throw (0,s3_refusal/* noCredentials */.gT)(options, cause);
        }
    };
    const signRequest = openRequestSigner();
    let offsetMs = 0;
    const signingDate = () => new Date(options.now().getTime() + offsetMs);
    return {
        region,
        async sign({ method, url, headers }, body) {
            const keys = await find(false);
            const hashed = { ...headers, host: url.host, 'x-amz-content-sha256': contentOf(body) };
            return signRequest({ method, url, headers: hashed }, { ...keys, region }, signingDate());
        },
        async presign(url, expiresInSeconds) {
            const signer = await openPresigner(region, () => find(false));
            // Nobody knows the bytes yet that an address will give.
            const headers = { host: url.host, 'x-amz-content-sha256': unsignedBody };
            const { query = {} } = await signer.presign(requestOf('GET', url, headers), {
                expiresIn: expiresInSeconds,
                signingDate: signingDate(),
            });
            const presigned = new URL(url);
            for (const [name, value] of Object.entries(query))
                presigned.searchParams.set(name, String(value));
            return presigned.href;
        },
        correctClock(date) {
            const theirMs = Date.parse(date ?? '');
            const corrected = theirMs - options.now().getTime();
            if (Number.isNaN(corrected) || Math.abs(corrected - offsetMs) < minOffsetMs)
                return false;
            offsetMs = corrected;
            return true;
        },
        refresh: async () => {
            await find(true);
        },
    };
}
function contentOf(body) {
    if (body === 'unsigned')
        return unsignedBody;
    return body === 'empty' ? emptySha256 : Buffer.from(body).toString('hex');
}
async function openPresigner(region, credentials) {
    const [{ SignatureV4 }, { Hash }] = await Promise.all([Promise.all(/* import() */[__webpack_require__.e(7291), __webpack_require__.e(2430), __webpack_require__.e(5118)]).then(__webpack_require__.t.bind(__webpack_require__, 75118, 19)), Promise.all(/* import() */[__webpack_require__.e(7291), __webpack_require__.e(2430)]).then(__webpack_require__.t.bind(__webpack_require__, 92430, 19))]);
    class Sha256 extends Hash {
        constructor(secret) {
            super('sha256', secret);
        }
    }
    return new SignatureV4({ service: 's3', region, credentials, sha256: Sha256, uriEscapePath: false });
}
function requestOf(method, url, headers) {
    const query = Object.fromEntries(url.searchParams);
    return { method, protocol: url.protocol, hostname: url.hostname, path: url.pathname, query, headers };
}
async function findRegion({ address, profile, environment, fallbackRegion }) {
    // Where the SDK looks first, too.
    const { AWS_REGION: named = '' } = environment;
    if (named !== '')
        return named;
    const { loadConfig, NODE_REGION_CONFIG_OPTIONS } = await __webpack_require__.e(/* import() */ 7291).then(__webpack_require__.t.bind(__webpack_require__, 47291, 19));
    // The SDK's own default is an error, which could not say what to write where.
    const selectors = { ...NODE_REGION_CONFIG_OPTIONS, default: () => fallbackRegion ?? '' };
    const region = await loadConfig(selectors, profile === null ? {} : { profile })();
    if (region !== '')
        return region;
    throw (0,error/* weighbridgeError */.q)('store/misconfigured', {
        action: 'open',
        path: address,
        reason: 'nothing says in which region it is',
        remedy: 'Write store.region in weighbridge.yaml, or set AWS_REGION.',
    });
}
async function credentialChain({ profile, environment, agents }) {
    const keys = profile === null ? keysInEnvironment(environment) : null;
    if (keys !== null)
        return async () => keys;
    const { defaultProvider } = await Promise.all(/* import() */[__webpack_require__.e(7291), __webpack_require__.e(2430), __webpack_require__.e(5118), __webpack_require__.e(5861)]).then(__webpack_require__.t.bind(__webpack_require__, 5861, 19));
    // The requests that exchange a token for a role go through the same proxy.
    const requestHandler = { httpAgent: agents.http, httpsAgent: agents.https };
    return defaultProvider({ ...(profile === null ? {} : { profile }), clientConfig: { requestHandler } });
}
//# sourceMappingURL=s3-session.js.map
;// CONCATENATED MODULE: ./packages/stores/build/s3/s3-client.js







/** Where servers are asked that have no regions; of AWS, any region gives the shape of an address. */
const usualRegion = 'us-east-1';
/** @throws store/misconfigured for an endpoint that is no address */
function openS3Client(options) {
    const { bucket, isForeign = false } = options;
    const address = s3Address(options);
    let region = options.region ?? null;
    let opening = null;
    let bucketSeen = false;
    /** What failed is tried again by the next call: credentials can come. */
    async function open() {
        try {
            return await (opening ??= openSender({ ...options, ...(region === null ? {} : { region }) }, address));
        }
        catch (cause) {
            opening = null;
            throw cause;
        }
    }
    /** A bucket of somebody else that is in another region is asked there, once. */
    async function asking(requestOf) {
        const sender = await open();
        const named = [];
        try {
            return await askS3(sender, requestOf(sender), (refusal) => named.push(...(0,s3_refusal/* regionNamed */.ce)(refusal)));
        }
        catch (cause) {
            const [other] = named;
            if (!isForeign || other === undefined || other === sender.session.region)
                throw cause;
            // Somebody else may have found it out meanwhile.
            if (region !== other) {
                region = other;
                opening = null;
            }
        }
        const there = await open();
        return askS3(there, requestOf(there));
    }
    async function seen(requestOf) {
        const answer = await asking(requestOf);
        bucketSeen ||= answer.status < 300;
        return answer;
    }
    return {
        address,
        session: async () => (await open()).session,
        async askObject(key, asked) {
            const { action, permission, query } = asked;
            const resource = `${bucket}/${address.prefix}*`;
            const operation = { action, permission, path: `${address.shown}/${key}`, bucket, resource, isForeign };
            return seen(({ session }) => {
                const url = address.objectUrl(session.region, key);
                if (query !== undefined)
                    addQuery(url, query);
                return { ...asked, operation, url };
            });
        },
        async askBucket(prefix, asked) {
            const { action, permission, query } = asked;
            const path = `${address.shown}/${prefix}`;
            const operation = { action, permission, path, bucket, resource: bucket, isForeign };
            return seen(({ session }) => {
                const url = address.bucketUrl(session.region);
                addQuery(url, query);
                return { ...asked, operation, url };
            });
        },
        bucketSeen: () => bucketSeen,
        isPrivate: isPrivateWay(address.bucketUrl(options.region ?? usualRegion), options.proxy ?? {}),
    };
}
function addQuery(url, query) {
    for (const [name, value] of Object.entries(query))
        url.searchParams.set(name, value);
}
/** A proxy of plain http sees and can change what goes through it; one of https cannot. */
function isPrivateWay(url, { http, none = '' }) {
    return (0,private_channel/* isPrivate */.G)(url) && (url.protocol === 'https:' || http === undefined || (0,http_agents/* goesDirectly */.v)(url, none));
}
async function openSender(options, address) {
    const { isForeign = false } = options;
    const agents = await (0,http_agents/* openAgents */.J)(address.bucketUrl(options.region ?? usualRegion), options.proxy ?? {});
    const session = await openS3Session({
        address: address.shown,
        region: options.region ?? null,
        // Where a bucket of somebody else is, the service says wherever it is asked.
        fallbackRegion: options.endpoint === undefined && !isForeign ? null : usualRegion,
        isForeign,
        profile: options.profile ?? null,
        credentials: options.credentials ?? null,
        environment: options.environment ?? {},
        agents,
        now: options.now ?? (() => new Date()),
    });
    return { ...(0,ask/* senderOf */.V)(options, agents), session };
}
//# sourceMappingURL=s3-client.js.map

/***/ }),

/***/ 75963:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   SM: () => (/* binding */ remedyOf),
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   bG: () => (/* binding */ refusedError),
/* harmony export */   ce: () => (/* binding */ regionNamed),
/* harmony export */   gT: () => (/* binding */ noCredentials),
/* harmony export */   ni: () => (/* binding */ readRefusal)
/* harmony export */ });
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);

const maxDocumentLength = 16_384;
/** Reads an error document: names alone, since its sentences quote keys, tokens and what was signed. */
function readRefusal(answer) {
    const document = Buffer.from(answer.bytes.subarray(0, maxDocumentLength)).toString('latin1');
    const header = answer.headers['x-amz-bucket-region'];
    const region = typeof header === 'string' ? header : find(document, /<Region>([^<]*)<\/Region>/);
    return {
        status: answer.status,
        code: find(document, /<Code>([A-Za-z0-9.]{1,64})<\/Code>/),
        region: region !== null && /^[a-z0-9-]{1,40}$/.test(region) ? region : null,
        permission: find(document, /\bperform: ((?:s3|s3express|kms):[A-Za-z]{1,64})\b/),
    };
}
function find(text, pattern) {
    return pattern.exec(text)?.[1] ?? null;
}
/** What may work a moment later (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html). */
const passingCodes = [
    'ConditionalRequestConflict',
    'InternalError',
    'OperationAborted',
    'RequestTimeout',
    'ServiceUnavailable',
    'SlowDown',
    'TemporaryRedirect',
    'Throttling',
    'ThrottlingException',
    'TooManyRequests',
];
const passingStatuses = [307, 408, 429, 500, 502, 503, 504];
const skewCodes = ['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture'];
const expiredCodes = ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'];
const checksumCodes = ['BadDigest', 'InvalidDigest', 'XAmzContentSHA256Mismatch', 'XAmzContentChecksumMismatch'];
const regionCodes = ['PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException'];
const archiveCodes = ['InvalidObjectState', 'ObjectNotInActiveTierError'];
const classCodes = ['InvalidStorageClass', 'StorageClassNotSupported'];
const keyCodes = ['InvalidAccessKeyId', 'InvalidToken', 'SignatureDoesNotMatch', 'InvalidClientTokenId'];
/** The region that a refusal sends to; empty for one that has another reason. */
function regionNamed({ status, code, region }) {
    return isElsewhere(status, code) && region !== null ? [region] : [];
}
function isElsewhere(status, code) {
    return status === 301 || (code !== null && regionCodes.includes(code));
}
/** Which of the remedies a refusal has. */
function remedyOf({ status, code }) {
    if (code !== null && skewCodes.includes(code))
        return 'correct-clock';
    if (code !== null && expiredCodes.includes(code))
        return 'refresh';
    if (code !== null && checksumCodes.includes(code))
        return 'send-again';
    if (code !== null && passingCodes.includes(code))
        return 'wait';
    return passingStatuses.includes(status) && code !== 'NotImplemented' ? 'wait' : 'none';
}
/** What a refusal is called in a message. */
function nameOf({ status, code }) {
    return code === null ? `the service answered ${status}` : `the service answered ${status} ${code}`;
}
/** The error of the catalogue for a refusal that nothing here can mend. */
function refusedError(operation, refusal) {
    const { action, path, bucket, isForeign } = operation;
    const howTo = howToSignIn(isForeign);
    const { status, code, region } = refusal;
    const reason = nameOf(refusal);
    const denied = (remedy) => (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('store/denied', { action, path, reason, remedy });
    const misconfigured = (reason, remedy) => (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('store/misconfigured', { action, path, reason, remedy });
    if (code === 'NoSuchBucket') {
        return misconfigured(`there is no bucket "${bucket}"`, isForeign
            ? 'Correct the bucket in the reference.'
            : 'Create the bucket, or correct store.bucket (and store.region, store.endpoint) in weighbridge.yaml.');
    }
    if (isElsewhere(status, code)) {
        return misconfigured(region === null ? 'the bucket is in another region' : `the bucket is in the region ${region}`, isForeign
            ? `Set AWS_REGION to ${region === null ? 'the region of the bucket' : `"${region}"`}.`
            : region === null
                ? 'Write the region of the bucket as store.region in weighbridge.yaml.'
                : `Write "region: ${region}" under store in weighbridge.yaml.`);
    }
    if (code !== null && archiveCodes.includes(code))
        return (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)(isForeign ? 'source/archived' : 'store/archived', { action, path });
    if (code !== null && classCodes.includes(code)) {
        return misconfigured('the server does not know that storage class', 'Name classes that this server has under "tiers" in weighbridge.yaml, or remove "tiers".');
    }
    if (code === 'NotImplemented' || status === 501) {
        return misconfigured('the server has no conditional writes', 'Update the server, or write "conditional_writes: false" under store in weighbridge.yaml, which is safe only as long as one process at a time writes.');
    }
    if (code !== null && skewCodes.includes(code)) {
        return denied('Set the clock of this machine; S3 refuses requests that are more than 15 minutes off.');
    }
    if (code !== null && expiredCodes.includes(code))
        return denied(`Renew the credentials, which have expired: ${howTo}`);
    if (code !== null && keyCodes.includes(code))
        return denied(`Check the access key and its secret: ${howTo}`);
    if (code !== null && checksumCodes.includes(code)) {
        return (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('store/io', { action, path, reason: `wrong checksum, ${reason}` });
    }
    if (status === 407)
        return denied('Put the name and the password that the proxy asks for into HTTPS_PROXY.');
    if (status === 401 || status === 403)
        return denied(permissionRemedy(operation, refusal));
    return (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('store/io', { action, path, reason });
}
function permissionRemedy({ permission, resource, bucket }, refusal) {
    const missing = refusal.permission ?? permission;
    if (missing.startsWith('kms:'))
        return `Allow ${missing} on the key that encrypts the bucket "${bucket}".`;
    const allow = `Allow ${missing} on arn:aws:s3:::${resource}`;
    if (missing === 's3:ListBucket')
        return `${allow}.`;
    const listing = `s3:ListBucket on arn:aws:s3:::${bucket}`;
    return `${allow}, and ${listing}: without the latter S3 answers 403 instead of 404 for an object that is not there.`;
}
function howToSignIn(isForeign) {
    const profile = isForeign ? 'set AWS_PROFILE' : 'write store.profile in weighbridge.yaml';
    return `in GitHub Actions give the job "permissions: id-token: write" and run aws-actions/configure-aws-credentials before this step; elsewhere set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or ${profile} and run "aws sso login".`;
}
/** Of what the chain of credentials threw, only the name of the error is told. */
function noCredentials({ address: path, isForeign }, cause) {
    const name = cause instanceof Error && /^[A-Za-z0-9]{1,64}$/.test(cause.name) ? cause.name : 'unknown';
    const absent = name === 'CredentialsProviderError';
    return (0,_weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .weighbridgeError */ .q)('store/denied', {
        action: 'sign in to',
        path,
        reason: absent ? 'no AWS credentials were found' : `the credentials could not be had (${name})`,
        remedy: `Say who asks: ${howToSignIn(isForeign)}`,
    });
}
//# sourceMappingURL=s3-refusal.js.map

/***/ })

};
