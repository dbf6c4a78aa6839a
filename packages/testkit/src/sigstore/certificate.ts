import { createHash, type KeyObject, sign } from 'node:crypto';
import { bits, der, objectId, octets, sequence, time, utf8String } from './der.js';

/** What a certificate is to say. Keys are of P-256. */
export interface CertificateSpec {
  readonly subject: string;
  readonly issuer: { readonly name: string; readonly key: KeyObject; readonly publicKey: KeyObject };
  readonly publicKey: KeyObject;
  readonly from: Date;
  readonly to: Date;
  readonly isAuthority?: boolean;
  /** Subject alternative name, a URI. */
  readonly uri?: string;
  /** UTF-8 texts by object id. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Texts by object id whose bytes stand there as they are, as Fulcio's first extensions have them. */
  readonly bareTexts?: Readonly<Record<string, string>>;
  /** A certificate transparency log that signs the certificate beforehand. */
  readonly log?: { readonly id: Uint8Array; readonly key: KeyObject };
}

const ecdsaWithSha256 = sequence(objectId('1.2.840.10045.4.3.2'));

/** SubjectPublicKeyInfo. */
export function spki(publicKey: KeyObject): Buffer {
  return publicKey.export({ format: 'der', type: 'spki' });
}

/** An X.509 v3 certificate in DER (RFC 5280), as Fulcio makes them. */
export function makeCertificate(spec: CertificateSpec): Buffer {
  const extensions = extensionsOf(spec);
  const before = bodyOf(spec, extensions);
  const log = spec.log;
  const all = log === undefined ? extensions : [...extensions, signedTimestamp(spec, log, before)];
  const body = bodyOf(spec, all);
  return sequence(body, ecdsaWithSha256, bits(sign('sha256', body, spec.issuer.key)));
}

function bodyOf(spec: CertificateSpec, extensions: readonly Uint8Array[]): Buffer {
  const serial = createHash('sha256').update(spki(spec.publicKey)).digest().subarray(0, 8);
  serial[0] = 0x11;
  return sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    ecdsaWithSha256,
    nameOf(spec.issuer.name),
    sequence(time(spec.from), time(spec.to)),
    nameOf(spec.subject),
    spki(spec.publicKey),
    der(0xa3, sequence(...extensions)),
  );
}

function extensionsOf(spec: CertificateSpec): Buffer[] {
  const isAuthority = spec.isAuthority ?? false;
  return [
    extension('2.5.29.15', der(0x03, Buffer.from(isAuthority ? [1, 0x06] : [7, 0x80])), true),
    ...(isAuthority ? [extension('2.5.29.19', sequence(der(0x01, Buffer.from([0xff]))), true)] : []),
    ...(isAuthority ? [] : [extension('2.5.29.37', sequence(objectId('1.3.6.1.5.5.7.3.3')))]),
    extension('2.5.29.14', octets(keyId(spec.publicKey))),
    extension('2.5.29.35', sequence(der(0x80, keyId(spec.issuer.publicKey)))),
    ...(spec.uri === undefined ? [] : [extension('2.5.29.17', sequence(der(0x86, Buffer.from(spec.uri))), true)]),
    ...Object.entries(spec.texts ?? {}).map(([id, text]) => extension(id, utf8String(text))),
    ...Object.entries(spec.bareTexts ?? {}).map(([id, text]) => extension(id, Buffer.from(text))),
  ];
}

function extension(id: string, value: Uint8Array, critical = false): Buffer {
  return sequence(objectId(id), ...(critical ? [der(0x01, Buffer.from([0xff]))] : []), octets(value));
}

function keyId(publicKey: KeyObject): Buffer {
  return createHash('sha1').update(spki(publicKey)).digest();
}

function nameOf(name: string): Buffer {
  if (name === '') return sequence();
  return sequence(der(0x31, sequence(objectId('2.5.4.3'), utf8String(name))));
}

/** A signed certificate timestamp as an extension (RFC 6962 section 3.3). */
function signedTimestamp(spec: CertificateSpec, log: NonNullable<CertificateSpec['log']>, body: Uint8Array): Buffer {
  const at = Buffer.alloc(8);
  at.writeBigUInt64BE(BigInt(spec.from.getTime()));
  const issuer = createHash('sha256').update(spki(spec.issuer.publicKey)).digest();
  const signed = Buffer.concat([
    Buffer.from([0, 0]),
    at,
    Buffer.from([0, 1]),
    issuer,
    length(3, body),
    body,
    length(2),
  ]);
  const signature = sign('sha256', signed, log.key);
  const sct = Buffer.concat([
    Buffer.from([0]),
    log.id,
    at,
    length(2),
    Buffer.from([4, 3]),
    length(2, signature),
    signature,
  ]);
  const list = Buffer.concat([length(2, sct), sct]);
  return extension('1.3.6.1.4.1.11129.2.4.2', octets(Buffer.concat([length(2, list), list])));
}

function length(widthBytes: number, content: Uint8Array = new Uint8Array(0)): Buffer {
  const field = Buffer.alloc(widthBytes);
  field.writeUIntBE(content.length, 0, widthBytes);
  return field;
}
