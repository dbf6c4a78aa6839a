import type { Signer } from '@sigstore/verify';
import type { WorkflowClaims } from '@weighbridge/evidence';

/** Extensions of Fulcio certificates below 1.3.6.1.4.1.57264.1 (github.com/sigstore/fulcio, docs/oid-info.md). */
const extension = {
  issuer: 8,
  signer: 9,
  repository: 12,
  commit: 13,
  ref: 14,
  event: 20,
  run: 21,
} as const;
const fulcioArc = [1, 3, 6, 1, 4, 1, 57264, 1];
const utf8StringTag = 0x0c;
const maxClaimBytes = 2048;

/** What a verified certificate says of its run; null when it is not the certificate of a workflow. */
export function claimsOf(signer: Signer): WorkflowClaims | null {
  const { identity } = signer;
  const subject = identity?.subjectAlternativeName;
  if (identity === undefined || subject === undefined || subject === '') return null;
  const said = (number: number): string | null => {
    const own = (identity.oids ?? []).filter((one) => isArc(one.oid?.id ?? [], number));
    const [only] = own;
    return only === undefined || own.length > 1 ? null : readUtf8String(only.value);
  };
  const built = said(extension.signer);
  // The two name the same workflow; a certificate where they differ is not one that Fulcio makes for GitHub.
  if (built !== null && built !== subject) return null;
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

function isArc(id: readonly number[], number: number): boolean {
  const wanted = [...fulcioArc, number];
  return id.length === wanted.length && wanted.every((part, index) => id[index] === part);
}

/** DER of a UTF8String (X.690 8.23), with lengths in up to two bytes. */
function readUtf8String(der: Uint8Array): string | null {
  if (der[0] !== utf8StringTag) return null;
  const first = der[1] ?? 0;
  const lengthBytes = first < 0x80 ? 0 : first - 0x80;
  if (lengthBytes > 2) return null;
  let length = first < 0x80 ? first : 0;
  for (let at = 0; at < lengthBytes; at++) length = length * 256 + (der[2 + at] ?? 0);
  const content = der.subarray(2 + lengthBytes);
  if (content.length !== length || length > maxClaimBytes) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    // A name that is no text names nobody.
    return null;
  }
}
