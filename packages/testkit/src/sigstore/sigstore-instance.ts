import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { canonicalJson, type JsonObject } from '@weighbridge/core';
import { makeCertificate, spki } from './certificate.js';

/** What the run that signs says of itself; what is not given is that of a push to main of acme/models. */
export interface TestIdentity {
  readonly subject?: string;
  /** What the certificate says of the workflow beside its subject; the same when not given. */
  readonly signer?: string;
  readonly issuer?: string;
  readonly repository?: string;
  readonly ref?: string;
  readonly event?: string;
  readonly commit?: string;
  readonly run?: string;
}

/** How a bundle is made; what is not given is as it should be. */
export interface TestSigning {
  readonly payload: Uint8Array;
  readonly payloadType?: string;
  readonly identity?: TestIdentity;
  readonly signedAt?: Date;
  /** The certificate is valid for ten minutes from here; the time of signing when not given. */
  readonly certifiedAt?: Date;
  /** Leaves out the log's proof of an earlier certificate. */
  readonly withoutTransparency?: boolean;
  /** Leaves out the promise of the log that vouches for the time. */
  readonly withoutPromise?: boolean;
  readonly withoutLog?: boolean;
}

/** What a log is told. */
export interface LoggedSignature {
  readonly payload: Uint8Array;
  /** Base64. */
  readonly signature: string;
  /** PEM. */
  readonly certificate: string;
  readonly at: Date;
  readonly withoutPromise?: boolean;
}

/** A Sigstore of one's own: an authority, a certificate log, a transparency log, and the trusted root that names them. */
export interface SigstoreInstance {
  readonly trustedRoot: string;
  /** A Sigstore bundle v0.3 around a DSSE envelope. */
  sign(signing: TestSigning): JsonObject;
  /** A certificate in DER for a key, valid from a time, and the authority's own. */
  certify(signing: Omit<TestSigning, 'payload'>, publicKey: KeyObject, at: Date): readonly Buffer[];
  /** A log entry about a signature, as it stands in a bundle. */
  log(entry: LoggedSignature): JsonObject;
}

const logName = 'log.sigstore.test';
const logAddress = `https://${logName}`;
const defaults: Required<TestIdentity> = {
  subject: 'https://github.com/acme/models/.github/workflows/eval.yml@refs/heads/main',
  signer: '',
  issuer: 'https://token.actions.githubusercontent.com',
  repository: 'https://github.com/acme/models',
  ref: 'refs/heads/main',
  event: 'push',
  commit: '1'.repeat(40),
  run: 'https://github.com/acme/models/actions/runs/1/attempts/1',
};
/** Below 1.3.6.1.4.1.57264.1 (github.com/sigstore/fulcio, docs/oid-info.md). */
const extensions: Readonly<Record<Exclude<keyof TestIdentity, 'subject'>, number>> = {
  issuer: 8,
  signer: 9,
  repository: 12,
  commit: 13,
  ref: 14,
  event: 20,
  run: 21,
};

/** The issuer once more, for clients that know the first extensions only. */
const bareIssuer = '1.3.6.1.4.1.57264.1.1';

interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Makes a new instance with keys of its own. Speaks to nobody. */
export function makeSigstore(from = new Date('2026-01-01T00:00:00Z')): SigstoreInstance {
  const [authority, intermediate, certificateLog, log] = [keyPair(), keyPair(), keyPair(), keyPair()];
  const to = new Date(from.getTime() + 3_600_000 * 24 * 3650);
  const root = makeCertificate({
    subject: 'root',
    issuer: { name: 'root', key: authority.privateKey, publicKey: authority.publicKey },
    publicKey: authority.publicKey,
    isAuthority: true,
    from,
    to,
  });
  const middle = makeCertificate({
    subject: 'intermediate',
    issuer: { name: 'root', key: authority.privateKey, publicKey: authority.publicKey },
    publicKey: intermediate.publicKey,
    isAuthority: true,
    from,
    to,
  });
  const certify = (signing: Omit<TestSigning, 'payload'>, publicKey: KeyObject, at: Date) =>
    makeCertificate({
      // As Fulcio has it: who signed is told by the alternative name alone.
      subject: '',
      issuer: { name: 'intermediate', key: intermediate.privateKey, publicKey: intermediate.publicKey },
      publicKey,
      from: signing.certifiedAt ?? at,
      to: new Date((signing.certifiedAt ?? at).getTime() + 600_000),
      uri: signing.identity?.subject ?? defaults.subject,
      texts: textsOf({ ...defaults, ...signing.identity }),
      bareTexts: { [bareIssuer]: signing.identity?.issuer ?? defaults.issuer },
      ...(signing.withoutTransparency === true
        ? {}
        : { log: { id: logId(certificateLog.publicKey), key: certificateLog.privateKey } }),
    });
  return {
    certify: (signing, publicKey, at) => [certify(signing, publicKey, at), middle],
    log: (entry) => entryOf(log, entry),
    trustedRoot: canonicalJson({
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      tlogs: [logOf(logAddress, log.publicKey, from)],
      certificateAuthorities: [
        {
          subject: { organization: 'test', commonName: 'root' },
          uri: 'https://fulcio.sigstore.test',
          certChain: { certificates: [middle, root].map((raw) => ({ rawBytes: raw.toString('base64') })) },
          validFor: { start: from.toISOString() },
        },
      ],
      ctlogs: [logOf('https://ct.sigstore.test', certificateLog.publicKey, from)],
      timestampAuthorities: [],
    }),
    sign: (signing) => {
      const keys = keyPair();
      const at = signing.signedAt ?? new Date(from.getTime() + 86_400_000);
      const certificate = certify(signing, keys.publicKey, at);
      const payloadType = signing.payloadType ?? 'application/vnd.in-toto+json';
      const head = `DSSEv1 ${payloadType.length} ${payloadType} ${signing.payload.length} `;
      const signature = sign('sha256', Buffer.concat([Buffer.from(head), signing.payload]), keys.privateKey);
      const sig = signature.toString('base64');
      const { payload, withoutPromise = false } = signing;
      const entry = entryOf(log, { payload, withoutPromise, signature: sig, certificate: pemOf(certificate), at });
      return {
        mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
        verificationMaterial: {
          certificate: { rawBytes: certificate.toString('base64') },
          ...(signing.withoutLog === true ? {} : { tlogEntries: [entry] }),
        },
        dsseEnvelope: {
          payload: Buffer.from(signing.payload).toString('base64'),
          payloadType,
          signatures: [{ sig }],
        },
      };
    },
  };
}

function textsOf(identity: Required<TestIdentity>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(extensions).map(([key, number]) => [
      `1.3.6.1.4.1.57264.1.${number}`,
      key === 'signer' ? identity.signer || identity.subject : identity[key as keyof TestIdentity],
    ]),
  );
}

/** A certificate as PEM. */
export function pemOf(certificate: Uint8Array): string {
  const lines = Buffer.from(certificate)
    .toString('base64')
    .replaceAll(/(.{64})(?!$)/g, '$1\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

/** A log of two entries, of which ours is the second: promise, proof and checkpoint as Rekor v1 answers them. */
function entryOf(log: KeyPair, entry: LoggedSignature): JsonObject {
  const body = Buffer.from(
    canonicalJson({
      apiVersion: '0.0.1',
      kind: 'dsse',
      spec: {
        envelopeHash: { algorithm: 'sha256', value: createHash('sha256').update(envelopeOf(entry)).digest('hex') },
        payloadHash: { algorithm: 'sha256', value: createHash('sha256').update(entry.payload).digest('hex') },
        signatures: [{ signature: entry.signature, verifier: Buffer.from(entry.certificate).toString('base64') }],
      },
    }),
  );
  const id = logId(log.publicKey);
  const integratedTime = Math.floor(entry.at.getTime() / 1000);
  const logIndex = 1;
  const promised = { body: body.toString('base64'), integratedTime, logIndex, logID: id.toString('hex') };
  const sibling = createHash('sha256').update('another entry').digest();
  const leaf = createHash('sha256')
    .update(Buffer.from([0]))
    .update(body)
    .digest();
  const rootHash = createHash('sha256')
    .update(Buffer.from([1]))
    .update(sibling)
    .update(leaf)
    .digest();
  const note = `${logName} - 1\n2\n${rootHash.toString('base64')}\n`;
  const noted = Buffer.concat([id.subarray(0, 4), sign('sha256', Buffer.from(note), log.privateKey)]);
  return {
    logIndex: String(logIndex),
    logId: { keyId: id.toString('base64') },
    kindVersion: { kind: 'dsse', version: '0.0.1' },
    integratedTime: String(integratedTime),
    ...(entry.withoutPromise === true
      ? {}
      : {
          inclusionPromise: {
            signedEntryTimestamp: sign('sha256', Buffer.from(canonicalJson(promised)), log.privateKey).toString(
              'base64',
            ),
          },
        }),
    inclusionProof: {
      logIndex: String(logIndex),
      rootHash: rootHash.toString('base64'),
      treeSize: '2',
      hashes: [sibling.toString('base64')],
      checkpoint: { envelope: `${note}\n\u2014 ${logName} ${noted.toString('base64')}\n` },
    },
    canonicalizedBody: body.toString('base64'),
  };
}

/** The envelope that was signed, as nobody compares it: the log tells its digest, and clients the parts. */
function envelopeOf({ payload, signature }: LoggedSignature): string {
  const signatures = [{ sig: signature }];
  return canonicalJson({ payload: Buffer.from(payload).toString('base64'), signatures });
}

function logOf(baseUrl: string, publicKey: KeyObject, from: Date): JsonObject {
  return {
    baseUrl,
    hashAlgorithm: 'SHA2_256',
    publicKey: {
      rawBytes: spki(publicKey).toString('base64'),
      keyDetails: 'PKIX_ECDSA_P256_SHA_256',
      validFor: { start: from.toISOString() },
    },
    logId: { keyId: logId(publicKey).toString('base64') },
  };
}

function logId(publicKey: KeyObject): Buffer {
  return createHash('sha256').update(spki(publicKey)).digest();
}

function keyPair(): KeyPair {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}
