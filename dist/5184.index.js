export const id = 5184;
export const ids = [5184];
export const modules = {

/***/ 35184:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  verifyBundle: () => (/* binding */ verifyBundle)
});

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: ./node_modules/@sigstore/bundle/dist/index.js
var dist = __webpack_require__(61040);
// EXTERNAL MODULE: ./node_modules/@sigstore/core/dist/index.js
var core_dist = __webpack_require__(83917);
// EXTERNAL MODULE: ./node_modules/@sigstore/verify/dist/index.js
var verify_dist = __webpack_require__(54187);
;// CONCATENATED MODULE: ./packages/sigstore/build/certificate-claims.js
/** Extensions of Fulcio certificates below 1.3.6.1.4.1.57264.1 (github.com/sigstore/fulcio, docs/oid-info.md). */
const extension = {
    issuer: 8,
    signer: 9,
    repository: 12,
    commit: 13,
    ref: 14,
    event: 20,
    run: 21,
};
const fulcioArc = [1, 3, 6, 1, 4, 1, 57264, 1];
const utf8StringTag = 0x0c;
const maxClaimBytes = 2048;
/** What a verified certificate says of its run; null when it is not the certificate of a workflow. */
function claimsOf(signer) {
    const { identity } = signer;
    const subject = identity?.subjectAlternativeName;
    if (identity === undefined || subject === undefined || subject === '')
        return null;
    const said = (number) => {
        const own = (identity.oids ?? []).filter((one) => isArc(one.oid?.id ?? [], number));
        const [only] = own;
        return only === undefined || own.length > 1 ? null : readUtf8String(only.value);
    };
    const built = said(extension.signer);
    // The two name the same workflow; a certificate where they differ is not one that Fulcio makes for GitHub.
    if (built !== null && built !== subject)
        return null;
    return {
        subject,
        issuer: said(extension.issuer),
        repository: said(extension.repository),
        ref: said(extension.ref),
        commit: said(extension.commit),
        event: said(extension.event),
        run: said(extension.run),
    };
}
function isArc(id, number) {
    const wanted = [...fulcioArc, number];
    return id.length === wanted.length && wanted.every((part, index) => id[index] === part);
}
/** DER of a UTF8String (X.690 8.23), with lengths in up to two bytes. */
function readUtf8String(der) {
    if (der[0] !== utf8StringTag)
        return null;
    const first = der[1] ?? 0;
    const lengthBytes = first < 0x80 ? 0 : first - 0x80;
    if (lengthBytes > 2)
        return null;
    let length = first < 0x80 ? first : 0;
    for (let at = 0; at < lengthBytes; at++)
        length = length * 256 + (der[2 + at] ?? 0);
    const content = der.subarray(2 + lengthBytes);
    if (content.length !== length || length > maxClaimBytes)
        return null;
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(content);
    }
    catch {
        // A name that is no text names nobody.
        return null;
    }
}
//# sourceMappingURL=certificate-claims.js.map
;// CONCATENATED MODULE: ./packages/sigstore/build/checkpoint.js
const signatureLines = /^(?:\u2014 [A-Za-z0-9][A-Za-z0-9./:_-]{0,255} [A-Za-z0-9+/]+={0,2}\n)+$/;
const maxCheckpointLength = 16_384;
/**
 * Why a log entry's proof is not what its checkpoint says; null when it is. The library compares the entry with the
 * checkpoint; this compares what the bundle says beside it, and lets only plain names reach the library, which matches
 * them as patterns.
 */
function refuseProof(entry) {
    const proof = entry.inclusionProof;
    if (proof === undefined)
        return null;
    const text = proof.checkpoint?.envelope ?? '';
    const end = text.indexOf('\n\n');
    if (end < 0 || text.length > maxCheckpointLength)
        return 'the checkpoint of its log is malformed';
    const [origin = '', size = '', root = ''] = text.slice(0, end).split('\n');
    const lines = text.slice(end + 2);
    if (!signatureLines.test(lines) || !lines.split('\n').every(isCanonical)) {
        return 'the checkpoint of its log is malformed';
    }
    const signed = lines.split('\n').some((line) => line.split(' ')[1] === origin.split(' ')[0]);
    if (!signed)
        return 'the log did not sign its checkpoint';
    const same = proof.treeSize === size && Buffer.from(proof.rootHash).toString('base64') === root;
    return same ? null : 'its proof and its checkpoint are of two trees';
}
/** Base64 has one spelling of a signature; another would be bytes that nothing signs. */
function isCanonical(line) {
    const signature = line.split(' ')[2] ?? '';
    return Buffer.from(signature, 'base64').toString('base64') === signature;
}
//# sourceMappingURL=checkpoint.js.map
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
;// CONCATENATED MODULE: ./packages/sigstore/build/logged-certificate.js

/**
 * Why the certificate of a bundle is not the one that its log entries are about; null when it is. The library compares
 * signature and payload with the entry; the entry's own certificate says who signed.
 */
function refuseCertificate(bundle) {
    const raw = leafOf(bundle);
    if (raw === null || !isSoundDer(raw))
        return 'its certificate is malformed';
    const { tlogEntries } = bundle.verificationMaterial;
    return tlogEntries.every((entry) => names(entry, raw)) ? null : 'its log entry names another certificate';
}
function leafOf({ verificationMaterial }) {
    const { content } = verificationMaterial;
    if (content.$case === 'certificate')
        return Buffer.from(content.certificate.rawBytes);
    if (content.$case === 'publicKey')
        return null;
    const first = content.x509CertificateChain.certificates[0];
    return first === undefined ? null : Buffer.from(first.rawBytes);
}
/** DER has one spelling; OpenSSL reads it more strictly than the library does. */
function isSoundDer(raw) {
    try {
        return new external_node_crypto_.X509Certificate(raw).raw.equals(raw);
    }
    catch {
        // What OpenSSL does not read is no certificate.
        return false;
    }
}
/** Entries of every kind hold the certificate as base64, of DER or of PEM, at a place of their own. */
function names(entry, raw) {
    const texts = [];
    const visit = (value) => {
        if (typeof value === 'string')
            texts.push(value);
        else if (typeof value === 'object' && value !== null)
            for (const item of Object.values(value))
                visit(item);
    };
    visit(JSON.parse(entry.canonicalizedBody.toString('utf8')));
    return texts.some((text) => derOf(Buffer.from(text, 'base64')).equals(raw));
}
function derOf(bytes) {
    const pem = /^-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/=\n]+)-----END CERTIFICATE-----\n*$/.exec(bytes.toString('latin1'));
    return pem === null ? bytes : Buffer.from(pem[1] ?? '', 'base64');
}
//# sourceMappingURL=logged-certificate.js.map
// EXTERNAL MODULE: ./node_modules/@sigstore/protobuf-specs/dist/index.js
var protobuf_specs_dist = __webpack_require__(19654);
// EXTERNAL MODULE: ./node_modules/@sigstore/tuf/seeds.json
var seeds = __webpack_require__(8032);
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var error = __webpack_require__(49302);
;// CONCATENATED MODULE: ./packages/sigstore/build/trusted-roots.js



const publicGood = 'https://tuf-repo-cdn.sigstore.dev';
const maxRoots = 16;
/** The trusted roots that a bundle may fit. @throws evidence/trusted-root */
function readTrustedRoots(text) {
    if (text === null)
        return [protobuf_specs_dist.TrustedRoot.fromJSON(JSON.parse(publicGoodRoot()))];
    const documents = isOneDocument(text) ? [text] : text.split('\n').filter((line) => line.trim() !== '');
    if (documents.length === 0 || documents.length > maxRoots) {
        throw unusable(`it holds ${documents.length} roots, and 1 to ${maxRoots} are read`);
    }
    return documents.map(readRoot);
}
function publicGoodRoot() {
    return Buffer.from(seeds[publicGood].targets['trusted_root.json'], 'base64').toString('utf8');
}
function isOneDocument(text) {
    try {
        JSON.parse(text);
        return true;
    }
    catch {
        // Then it is lines of documents, or nothing that readRoot takes.
        return false;
    }
}
function readRoot(text) {
    let root;
    try {
        root = protobuf_specs_dist.TrustedRoot.fromJSON(JSON.parse(text));
    }
    catch (cause) {
        throw (0,error/* weighbridgeError */.q)('evidence/trusted-root', { path: 'of the policy', reason: 'it is no trusted_root.json of Sigstore' }, { cause });
    }
    if (root.certificateAuthorities.length === 0)
        throw unusable('it names no certificate authority');
    if (root.tlogs.length + root.timestampAuthorities.length === 0) {
        throw unusable('it names neither a log nor a timestamp authority, so no time could be trusted');
    }
    return root;
}
function unusable(reason) {
    return (0,error/* weighbridgeError */.q)('evidence/trusted-root', { path: 'of the policy', reason });
}
//# sourceMappingURL=trusted-roots.js.map
;// CONCATENATED MODULE: ./packages/sigstore/build/verify-bundle.js








const mediaTypes = [
    dist.BUNDLE_V01_MEDIA_TYPE,
    dist.BUNDLE_V02_MEDIA_TYPE,
    dist.BUNDLE_V03_LEGACY_MEDIA_TYPE,
    dist.BUNDLE_V03_MEDIA_TYPE,
];
/** Each costs a signature; honest bundles have one. */
const maxTimes = 8;
/** The port's `verify`: see BundleVerifier. @throws evidence/trusted-root */
function verifyBundle(value, trustedRoot) {
    const roots = readTrustedRoots(trustedRoot);
    const parsed = parseBundle(value);
    if ('fault' in parsed)
        return parsed;
    const bundle = parsed.value;
    let fault = 'nobody vouches for it';
    for (const root of roots) {
        const signer = verifyAgainst(bundle, root);
        if ('fault' in signer)
            fault = signer.fault;
        else
            return describe(bundle, signer.value);
    }
    return { fault };
}
/**
 * Only what is written as the format writes it: members that nobody knows, and other spellings of the same bytes, would
 * be outside of everything that is signed.
 */
function parseBundle(value) {
    try {
        const plain = JSON.parse(JSON.stringify(value));
        const bundle = (0,dist.bundleFromJSON)(plain);
        const written = JSON.parse(JSON.stringify((0,dist.bundleToJSON)(bundle)));
        if (!(0,external_node_util_.isDeepStrictEqual)(written, withoutDefaults(plain, written))) {
            return { fault: 'it holds members that a Sigstore bundle does not have, or spells them otherwise' };
        }
        const { content, verificationMaterial } = bundle;
        if (!mediaTypes.includes(bundle.mediaType))
            return { fault: 'it is a bundle of a version that is not known' };
        if (content.$case !== 'dsseEnvelope')
            return { fault: 'it signs a file and no statement' };
        if (verificationMaterial.content.$case === 'publicKey')
            return { fault: 'it names a key and no certificate' };
        const [signature, ...more] = content.dsseEnvelope.signatures;
        if (signature === undefined || more.length > 0)
            return { fault: 'it must have one signature' };
        if (signature.keyid !== '')
            return { fault: 'its signature names a key, and a certificate has none' };
        const times = verificationMaterial.timestampVerificationData?.rfc3161Timestamps.length ?? 0;
        if (times + verificationMaterial.tlogEntries.length > maxTimes)
            return { fault: 'it has too many log entries' };
        const refused = verificationMaterial.tlogEntries.map(refuseProof).find((fault) => fault !== null);
        const fault = refused ?? refuseCertificate(bundle);
        return fault === null ? { value: bundle } : { fault };
    }
    catch {
        // The library's message may quote what others wrote; that it is no bundle is all there is to say.
        return { fault: 'it is no Sigstore bundle' };
    }
}
/** Protobuf's JSON may write a default or leave it out; both say the same. */
function withoutDefaults(value, like) {
    if (Array.isArray(value)) {
        return value.map((item, index) => withoutDefaults(item, Array.isArray(like) ? like[index] : undefined));
    }
    if (typeof value !== 'object' || value === null)
        return value;
    const shape = (typeof like === 'object' && like !== null ? like : {});
    const own = value;
    const keys = new Set([...Object.keys(own), ...Object.keys(shape)]);
    const members = [...keys].flatMap((key) => {
        if (!Object.hasOwn(own, key))
            return isDefault(shape[key]) ? [[key, shape[key]]] : [];
        if (!Object.hasOwn(shape, key))
            return isDefault(own[key]) ? [] : [[key, own[key]]];
        return [[key, withoutDefaults(own[key], shape[key])]];
    });
    return Object.fromEntries(members);
}
function isDefault(value) {
    return value === '' || value === '0' || (Array.isArray(value) && value.length === 0);
}
/** As many proofs as the root can give: where it has logs, a log entry; where it has transparency logs, their promise. */
function verifyAgainst(bundle, root) {
    try {
        const verifier = new verify_dist/* Verifier */.BL((0,verify_dist/* toTrustMaterial */.jO)(root), {
            ctlogThreshold: root.ctlogs.length > 0 ? 1 : 0,
            tlogThreshold: root.tlogs.length > 0 ? 1 : 0,
            timestampThreshold: 1,
        });
        return { value: verifier.verify((0,verify_dist/* toSignedEntity */.DC)(bundle)) };
    }
    catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : '';
        return { fault: faults[code] ?? 'it cannot be verified' };
    }
}
/** Codes of @sigstore/verify, as clauses. */
const faults = {
    CERTIFICATE_ERROR: 'its certificate is from nobody that is trusted, or was not valid when it signed',
    SIGNATURE_ERROR: 'its signature is bad',
    TIMESTAMP_ERROR: 'nobody that is trusted says when it was signed',
    TLOG_BODY_ERROR: 'its log entry is about something else',
    TLOG_ERROR: 'it is in no log that is trusted',
    TLOG_INCLUSION_PROOF_ERROR: 'its proof of the log is bad',
    TLOG_INCLUSION_PROMISE_ERROR: 'its promise of the log is bad',
    TLOG_MISSING_INCLUSION_ERROR: 'it has no proof of a log',
};
function describe(bundle, signer) {
    const claims = claimsOf(signer);
    const time = signedAt(bundle);
    if (bundle.content.$case !== 'dsseEnvelope' || claims === null || time === null) {
        return { fault: 'its certificate names no workflow' };
    }
    const { payload, payloadType } = bundle.content.dsseEnvelope;
    return { value: { payloadType, payload: new Uint8Array(payload), claims, time } };
}
/** The earliest time that was verified: of log entries with a promise, and of timestamp authorities. */
function signedAt({ verificationMaterial }) {
    const logged = verificationMaterial.tlogEntries.flatMap((entry) => entry.inclusionPromise === undefined ? [] : [Number(entry.integratedTime) * 1000]);
    const stamped = (verificationMaterial.timestampVerificationData?.rfc3161Timestamps ?? []).map(({ signedTimestamp }) => core_dist.RFC3161Timestamp.parse(Buffer.from(signedTimestamp)).signingTime.getTime());
    const times = [...logged, ...stamped].filter((time) => time > 0);
    if (times.length === 0)
        return null;
    return new Date(Math.min(...times)).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
//# sourceMappingURL=verify-bundle.js.map

/***/ })

};
