import { X509Certificate } from 'node:crypto';
import type { Bundle } from '@sigstore/bundle';
import type { TransparencyLogEntry } from '@sigstore/protobuf-specs';

/**
 * Why the certificate of a bundle is not the one that its log entries are about; null when it is. The library compares
 * signature and payload with the entry; the entry's own certificate says who signed.
 */
export function refuseCertificate(bundle: Bundle): string | null {
  const raw = leafOf(bundle);
  if (raw === null || !isSoundDer(raw)) return 'its certificate is malformed';
  const { tlogEntries } = bundle.verificationMaterial;
  return tlogEntries.every((entry) => names(entry, raw)) ? null : 'its log entry names another certificate';
}

function leafOf({ verificationMaterial }: Bundle): Buffer | null {
  const { content } = verificationMaterial;
  if (content.$case === 'certificate') return Buffer.from(content.certificate.rawBytes);
  if (content.$case === 'publicKey') return null;
  const first = content.x509CertificateChain.certificates[0];
  return first === undefined ? null : Buffer.from(first.rawBytes);
}

/** DER has one spelling; OpenSSL reads it more strictly than the library does. */
function isSoundDer(raw: Buffer): boolean {
  try {
    return new X509Certificate(raw).raw.equals(raw);
  } catch {
    // What OpenSSL does not read is no certificate.
    return false;
  }
}

/** Entries of every kind hold the certificate as base64, of DER or of PEM, at a place of their own. */
function names(entry: TransparencyLogEntry, raw: Buffer): boolean {
  const texts: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) visit(item);
  };
  visit(JSON.parse(entry.canonicalizedBody.toString('utf8')));
  return texts.some((text) => derOf(Buffer.from(text, 'base64')).equals(raw));
}

function derOf(bytes: Buffer): Buffer {
  const pem = /^-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/=\n]+)-----END CERTIFICATE-----\n*$/.exec(
    bytes.toString('latin1'),
  );
  return pem === null ? bytes : Buffer.from(pem[1] ?? '', 'base64');
}
