import { isDeepStrictEqual } from 'node:util';
import {
  type Bundle,
  BUNDLE_V01_MEDIA_TYPE,
  BUNDLE_V02_MEDIA_TYPE,
  BUNDLE_V03_LEGACY_MEDIA_TYPE,
  BUNDLE_V03_MEDIA_TYPE,
  bundleFromJSON,
  bundleToJSON,
} from '@sigstore/bundle';
import { RFC3161Timestamp } from '@sigstore/core';
import type { TrustedRoot } from '@sigstore/protobuf-specs';
import { toSignedEntity, toTrustMaterial, type Signer, Verifier } from '@sigstore/verify';
import type { JsonObject } from '@weighbridge/core';
import type { Read, VerifiedBundle } from '@weighbridge/evidence';
import { claimsOf } from './certificate-claims.js';
import { refuseProof } from './checkpoint.js';
import { refuseCertificate } from './logged-certificate.js';
import { readTrustedRoots } from './trusted-roots.js';

const mediaTypes: readonly string[] = [
  BUNDLE_V01_MEDIA_TYPE,
  BUNDLE_V02_MEDIA_TYPE,
  BUNDLE_V03_LEGACY_MEDIA_TYPE,
  BUNDLE_V03_MEDIA_TYPE,
];
/** Each costs a signature; honest bundles have one. */
const maxTimes = 8;

/** The port's `verify`: see BundleVerifier. @throws evidence/trusted-root */
export function verifyBundle(value: JsonObject, trustedRoot: string | null): Read<VerifiedBundle> {
  const roots = readTrustedRoots(trustedRoot);
  const parsed = parseBundle(value);
  if ('fault' in parsed) return parsed;
  const bundle = parsed.value;
  let fault = 'nobody vouches for it';
  for (const root of roots) {
    const signer = verifyAgainst(bundle, root);
    if ('fault' in signer) fault = signer.fault;
    else return describe(bundle, signer.value);
  }
  return { fault };
}

/**
 * Only what is written as the format writes it: members that nobody knows, and other spellings of the same bytes, would
 * be outside of everything that is signed.
 */
function parseBundle(value: JsonObject): Read<Bundle> {
  try {
    const plain: unknown = JSON.parse(JSON.stringify(value));
    const bundle = bundleFromJSON(plain);
    const written: unknown = JSON.parse(JSON.stringify(bundleToJSON(bundle)));
    if (!isDeepStrictEqual(written, withoutDefaults(plain, written))) {
      return { fault: 'it holds members that a Sigstore bundle does not have, or spells them otherwise' };
    }
    const { content, verificationMaterial } = bundle;
    if (!mediaTypes.includes(bundle.mediaType)) return { fault: 'it is a bundle of a version that is not known' };
    if (content.$case !== 'dsseEnvelope') return { fault: 'it signs a file and no statement' };
    if (verificationMaterial.content.$case === 'publicKey') return { fault: 'it names a key and no certificate' };
    const [signature, ...more] = content.dsseEnvelope.signatures;
    if (signature === undefined || more.length > 0) return { fault: 'it must have one signature' };
    if (signature.keyid !== '') return { fault: 'its signature names a key, and a certificate has none' };
    const times = verificationMaterial.timestampVerificationData?.rfc3161Timestamps.length ?? 0;
    if (times + verificationMaterial.tlogEntries.length > maxTimes) return { fault: 'it has too many log entries' };
    const refused = verificationMaterial.tlogEntries.map(refuseProof).find((fault) => fault !== null);
    const fault = refused ?? refuseCertificate(bundle);
    return fault === null ? { value: bundle } : { fault };
  } catch {
    // The library's message may quote what others wrote; that it is no bundle is all there is to say.
    return { fault: 'it is no Sigstore bundle' };
  }
}

/** Protobuf's JSON may write a default or leave it out; both say the same. */
function withoutDefaults(value: unknown, like: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => withoutDefaults(item, Array.isArray(like) ? like[index] : undefined));
  }
  if (typeof value !== 'object' || value === null) return value;
  const shape = (typeof like === 'object' && like !== null ? like : {}) as Record<string, unknown>;
  const own = value as Record<string, unknown>;
  const keys = new Set([...Object.keys(own), ...Object.keys(shape)]);
  const members = [...keys].flatMap((key): [string, unknown][] => {
    if (!Object.hasOwn(own, key)) return isDefault(shape[key]) ? [[key, shape[key]]] : [];
    if (!Object.hasOwn(shape, key)) return isDefault(own[key]) ? [] : [[key, own[key]]];
    return [[key, withoutDefaults(own[key], shape[key])]];
  });
  return Object.fromEntries(members);
}

function isDefault(value: unknown): boolean {
  return value === '' || value === '0' || (Array.isArray(value) && value.length === 0);
}

/** As many proofs as the root can give: where it has logs, a log entry; where it has transparency logs, their promise. */
function verifyAgainst(bundle: Bundle, root: TrustedRoot): Read<Signer> {
  try {
    const verifier = new Verifier(toTrustMaterial(root), {
      ctlogThreshold: root.ctlogs.length > 0 ? 1 : 0,
      tlogThreshold: root.tlogs.length > 0 ? 1 : 0,
      timestampThreshold: 1,
    });
    return { value: verifier.verify(toSignedEntity(bundle)) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return { fault: faults[code] ?? 'it cannot be verified' };
  }
}

/** Codes of @sigstore/verify, as clauses. */
const faults: Readonly<Record<string, string>> = {
  CERTIFICATE_ERROR: 'its certificate is from nobody that is trusted, or was not valid when it signed',
  SIGNATURE_ERROR: 'its signature is bad',
  TIMESTAMP_ERROR: 'nobody that is trusted says when it was signed',
  TLOG_BODY_ERROR: 'its log entry is about something else',
  TLOG_ERROR: 'it is in no log that is trusted',
  TLOG_INCLUSION_PROOF_ERROR: 'its proof of the log is bad',
  TLOG_INCLUSION_PROMISE_ERROR: 'its promise of the log is bad',
  TLOG_MISSING_INCLUSION_ERROR: 'it has no proof of a log',
};

function describe(bundle: Bundle, signer: Signer): Read<VerifiedBundle> {
  const claims = claimsOf(signer);
  const time = signedAt(bundle);
  if (bundle.content.$case !== 'dsseEnvelope' || claims === null || time === null) {
    return { fault: 'its certificate names no workflow' };
  }
  const { payload, payloadType } = bundle.content.dsseEnvelope;
  return { value: { payloadType, payload: new Uint8Array(payload), claims, time } };
}

/** The earliest time that was verified: of log entries with a promise, and of timestamp authorities. */
function signedAt({ verificationMaterial }: Bundle): string | null {
  const logged = verificationMaterial.tlogEntries.flatMap((entry) =>
    entry.inclusionPromise === undefined ? [] : [Number(entry.integratedTime) * 1000],
  );
  const stamped = (verificationMaterial.timestampVerificationData?.rfc3161Timestamps ?? []).map(({ signedTimestamp }) =>
    RFC3161Timestamp.parse(Buffer.from(signedTimestamp)).signingTime.getTime(),
  );
  const times = [...logged, ...stamped].filter((time) => time > 0);
  if (times.length === 0) return null;
  return new Date(Math.min(...times)).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
