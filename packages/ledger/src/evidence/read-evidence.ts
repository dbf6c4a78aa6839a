import { type Digest, digestBytes, type Sha256, type WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import { evidenceBundlePath, evidencePath } from '../log/paths.js';
import type { LogSource } from '../log/source.js';
import { tileWidth } from '../merkle/tile.js';
import { parseEvidenceBundle } from './evidence-bundle.js';

/** Bundles read at once when all are searched. */
const bundlesPerRead = 8;

/** A document to look for. */
export interface EvidenceAt {
  readonly digest: Digest;
  /** Index of an entry that names it, which tells its bundle; null where that is not known: then all are searched. */
  readonly entry: number | null;
  /** Entries of the log. */
  readonly size: number;
}

/**
 * Evidence by its digest, or null when it is not there: a file of its own while a bundle with an entry that names it is
 * open, else in the evidence bundle of that entry. Only where it is in neither, as where a ledger of an earlier version
 * was added to, are the other bundles searched. @throws ledger/malformed when its bytes are others
 */
export async function readEvidence(
  source: Pick<LogSource, 'read' | 'has'>,
  { digest, entry, size }: EvidenceAt,
  sha256: Sha256,
): Promise<Uint8Array | null> {
  const path = evidencePath(digest);
  const loose = (await source.read([path])).get(path);
  if (loose !== undefined) return checked(loose, { digest, path, sha256 });
  const own = entry === null ? undefined : await readOwnBundle(source, { digest, entry, sha256 });
  return own ?? (await findBundled(source, [digest], { size, sha256 })).get(digest) ?? null;
}

async function readOwnBundle(
  source: Pick<LogSource, 'read'>,
  { digest, entry, sha256 }: { readonly digest: Digest; readonly entry: number; readonly sha256: Sha256 },
): Promise<Uint8Array | undefined> {
  const path = evidenceBundlePath(Math.floor(entry / tileWidth));
  const file = (await source.read([path])).get(path);
  if (file === undefined) return undefined;
  const documents = parseEvidenceBundle(file);
  if (documents === null) throw malformed(path, 'it is not well-formed');
  const bytes = documents.get(digest);
  return bytes === undefined ? undefined : checked(bytes, { digest, path, sha256 });
}

function checked(
  bytes: Uint8Array,
  { digest, path, sha256 }: { readonly digest: Digest; readonly path: string; readonly sha256: Sha256 },
): Uint8Array {
  if (digestBytes(sha256, bytes) !== digest) throw malformed(path, `its bytes do not hash to ${digest}`);
  return bytes;
}

/**
 * Documents of the evidence bundles of a log, newest bundle first, until all are found. Bundles that are not well-formed
 * and documents with other bytes count as absent: an audit names them.
 */
export async function findBundled(
  source: Pick<LogSource, 'read' | 'has'>,
  digests: readonly Digest[],
  { size, sha256 }: { readonly size: number; readonly sha256: Sha256 },
): Promise<ReadonlyMap<Digest, Uint8Array>> {
  const found = new Map<Digest, Uint8Array>();
  const wanted = new Set(digests);
  if (wanted.size === 0) return found;
  const all = Array.from({ length: Math.floor(size / tileWidth) }, (_, index) => evidenceBundlePath(index));
  const present = await source.has(all);
  const paths = all.filter((path) => present.has(path)).reverse();
  for (let at = 0; at < paths.length && found.size < wanted.size; at += bundlesPerRead) {
    for (const file of (await source.read(paths.slice(at, at + bundlesPerRead))).values()) {
      for (const [digest, bytes] of parseEvidenceBundle(file) ?? []) {
        if (wanted.has(digest) && digestBytes(sha256, bytes) === digest) found.set(digest, bytes);
      }
    }
  }
  return found;
}

function malformed(what: string, reason: string): WeighbridgeError {
  return weighbridgeError('ledger/malformed', { what, reason });
}
