import { type Digest, digestBytes, type Sha256, type WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import { evidenceBundlePath, evidencePath } from '../log/paths.js';
import type { LogSource } from '../log/source.js';
import { tileWidth } from '../merkle/tile.js';
import { parseEvidenceBundle } from './evidence-bundle.js';

/** Bundles read at once when all are searched. */
const bundlesPerRead = 8;
/** Documents that are files of their own and are read at once: each may have 16 MiB, and there may be many. */
const bytesPerRead = 32 * 1024 * 1024;

/** A document to look for. */
export interface EvidenceAt {
  readonly digest: Digest;
  /** Index of an entry that names it, which tells its bundle; null where that is not known: then all are searched. */
  readonly entry: number | null;
}

/** Takes one document. What it keeps of it is up to it: nobody else holds the bytes. */
export type TakeEvidence = (digest: Digest, bytes: Uint8Array) => void;

/** As visitEvidence, with all documents in memory: for few. @throws as visitEvidence */
export async function readEvidence(
  source: LogSource,
  asked: readonly EvidenceAt[],
  log: LogOfEvidence,
): Promise<ReadonlyMap<Digest, Uint8Array>> {
  const found = new Map<Digest, Uint8Array>();
  await visitEvidence(source, asked, { ...log, take: (digest, bytes) => found.set(digest, bytes) });
  return found;
}

/**
 * Evidence by digest, each document once; what is not there is left out: a file of its own while a bundle with an entry
 * that names it is open, else in the evidence bundle of that entry. Only where it is in neither, as where a ledger of an
 * earlier version was added to, are the other bundles searched. However many are asked for, one trip brings those that are
 * files, and one a few of the bundles; what a trip brought is let go before the next, so that memory does not grow with
 * what is asked for. @throws ledger/malformed when the bytes of one are others
 */
export async function visitEvidence(
  source: LogSource,
  asked: readonly EvidenceAt[],
  { take, ...log }: LogOfEvidence & { readonly take: TakeEvidence },
): Promise<void> {
  const wanted = new Map(asked.map((each) => [each.digest, each]));
  const found: TakeEvidence = (digest, bytes) => {
    wanted.delete(digest);
    take(digest, bytes);
  };
  const byPath = new Map([...wanted.keys()].map((digest) => [evidencePath(digest), digest]));
  for (const paths of await groupsOf(source, [...byPath.keys()])) {
    for (const [path, bytes] of await source.read(paths)) {
      const digest = byPath.get(path);
      if (digest !== undefined) found(digest, checked(bytes, { digest, path, sha256: log.sha256 }));
    }
  }
  await visitOwnBundles(source, [...wanted.values()], { ...log, take: found });
  for (const [digest, bytes] of await findBundled(source, [...wanted.keys()], log)) found(digest, bytes);
}

/** Files in groups that are read at once, by their sizes; of several those that are not there are left out. */
async function groupsOf(source: LogSource, paths: readonly string[]): Promise<readonly (readonly string[])[]> {
  if (paths.length <= 1) return [paths];
  const groups: string[][] = [];
  let room = 0;
  for (const [path, sizeBytes] of await source.measure(paths)) {
    if (groups.length === 0 || sizeBytes > room) {
      groups.push([]);
      room = bytesPerRead;
    }
    groups.at(-1)?.push(path);
    room -= sizeBytes;
  }
  return groups;
}

/** How many entries there are, and the hash that names evidence. */
interface LogOfEvidence {
  readonly size: number;
  readonly sha256: Sha256;
}

/** What lies in the bundles of the entries that name it. */
async function visitOwnBundles(
  source: Pick<LogSource, 'read'>,
  asked: readonly EvidenceAt[],
  { sha256, take }: Pick<LogOfEvidence, 'sha256'> & { readonly take: TakeEvidence },
): Promise<void> {
  const byBundle = new Map<string, Digest[]>();
  for (const { digest, entry } of asked) {
    if (entry === null) continue;
    const path = evidenceBundlePath(Math.floor(entry / tileWidth));
    const known = byBundle.get(path);
    if (known === undefined) byBundle.set(path, [digest]);
    else known.push(digest);
  }
  const paths = [...byBundle.keys()].sort();
  for (let at = 0; at < paths.length; at += bundlesPerRead) {
    for (const [path, file] of await source.read(paths.slice(at, at + bundlesPerRead))) {
      const documents = parseEvidenceBundle(file);
      if (documents === null) throw malformed(path, 'it is not well-formed');
      for (const digest of byBundle.get(path) ?? []) {
        const bytes = documents.get(digest);
        if (bytes !== undefined) take(digest, checked(bytes, { digest, path, sha256 }));
      }
    }
  }
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
  { size, sha256 }: LogOfEvidence,
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
