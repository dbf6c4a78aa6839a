import { TrustedRoot } from '@sigstore/protobuf-specs';
import seeds from '@sigstore/tuf/seeds.json' with { type: 'json' };
import { weighbridgeError } from '@weighbridge/core';

const publicGood = 'https://tuf-repo-cdn.sigstore.dev';
const maxRoots = 16;

/** The trusted roots that a bundle may fit. @throws evidence/trusted-root */
export function readTrustedRoots(text: string | null): readonly TrustedRoot[] {
  if (text === null) return [TrustedRoot.fromJSON(JSON.parse(publicGoodRoot()))];
  const documents = isOneDocument(text) ? [text] : text.split('\n').filter((line) => line.trim() !== '');
  if (documents.length === 0 || documents.length > maxRoots) {
    throw unusable(`it holds ${documents.length} roots, and 1 to ${maxRoots} are read`);
  }
  return documents.map(readRoot);
}

function publicGoodRoot(): string {
  return Buffer.from(seeds[publicGood].targets['trusted_root.json'], 'base64').toString('utf8');
}

function isOneDocument(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Then it is lines of documents, or nothing that readRoot takes.
    return false;
  }
}

function readRoot(text: string): TrustedRoot {
  let root: TrustedRoot;
  try {
    root = TrustedRoot.fromJSON(JSON.parse(text));
  } catch (cause) {
    throw weighbridgeError(
      'evidence/trusted-root',
      { path: 'of the policy', reason: 'it is no trusted_root.json of Sigstore' },
      { cause },
    );
  }
  if (root.certificateAuthorities.length === 0) throw unusable('it names no certificate authority');
  if (root.tlogs.length + root.timestampAuthorities.length === 0) {
    throw unusable('it names neither a log nor a timestamp authority, so no time could be trusted');
  }
  return root;
}

function unusable(reason: string): Error {
  return weighbridgeError('evidence/trusted-root', { path: 'of the policy', reason });
}
