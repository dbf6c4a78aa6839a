import type { TransparencyLogEntry } from '@sigstore/bundle';

const signatureLines = /^(?:\u2014 [A-Za-z0-9][A-Za-z0-9./:_-]{0,255} [A-Za-z0-9+/]+={0,2}\n)+$/;
const maxCheckpointLength = 16_384;

/**
 * Why a log entry's proof is not what its checkpoint says; null when it is. The library compares the entry with the
 * checkpoint; this compares what the bundle says beside it, and lets only plain names reach the library, which matches
 * them as patterns.
 */
export function refuseProof(entry: TransparencyLogEntry): string | null {
  const proof = entry.inclusionProof;
  if (proof === undefined) return null;
  const text = proof.checkpoint?.envelope ?? '';
  const end = text.indexOf('\n\n');
  if (end < 0 || text.length > maxCheckpointLength) return 'the checkpoint of its log is malformed';
  const [origin = '', size = '', root = ''] = text.slice(0, end).split('\n');
  const lines = text.slice(end + 2);
  if (!signatureLines.test(lines) || !lines.split('\n').every(isCanonical)) {
    return 'the checkpoint of its log is malformed';
  }
  const signed = lines.split('\n').some((line) => line.split(' ')[1] === origin.split(' ')[0]);
  if (!signed) return 'the log did not sign its checkpoint';
  const same = proof.treeSize === size && Buffer.from(proof.rootHash).toString('base64') === root;
  return same ? null : 'its proof and its checkpoint are of two trees';
}

/** Base64 has one spelling of a signature; another would be bytes that nothing signs. */
function isCanonical(line: string): boolean {
  const signature = line.split(' ')[2] ?? '';
  return Buffer.from(signature, 'base64').toString('base64') === signature;
}
