import { type Digest, invariant } from '@weighbridge/core';
import { chooseBundled, formatEvidenceBundle, parseEvidenceBundle } from '../evidence/evidence-bundle.js';
import { evidenceBundlePath, evidencePath } from '../log/paths.js';
import type { FileChanges } from '../log/write-files.js';
import { tileWidth } from '../merkle/tile.js';
import { filesPerRead, type VerifyLogOptions } from './audit-options.js';
import type { Replay } from './replay-entries.js';
import { type EvidenceOnBranch, isBundled } from './verify-evidence.js';

type Named = Pick<Replay, 'named' | 'leaves'>;

/**
 * Evidence bundles for the full bundles of entries that have none, and the files of their own that go with that: what
 * appends would have done, had this version written the whole log. For a log whose audit found its evidence sound.
 */
export async function planBundling(
  read: VerifyLogOptions['read'],
  replay: Named,
  evidence: EvidenceOnBranch,
): Promise<FileChanges> {
  const files = new Map<string, Uint8Array | null>();
  const bundles = new Map<number, ReadonlySet<Digest> | ReadonlyMap<Digest, number>>(evidence.bundles);
  const places = placesOf(evidence);
  const sizes = new Map([...places].map(([digest, { sizeBytes }]) => [digest, sizeBytes]));
  for (const [number, named] of namedByBundle(replay, evidence)) {
    const chosen = chooseBundled(named, sizes);
    if (chosen.size === 0) continue;
    files.set(evidenceBundlePath(number), formatEvidenceBundle(await readSound(read, chosen, places)));
    bundles.set(number, chosen);
  }
  for (const digest of evidence.loose.keys()) {
    if (isBundled(digest, replay.named.get(digest) ?? [], bundles)) files.set(evidencePath(digest), null);
  }
  return files;
}

/** Digests that the entries of each full bundle name which has no evidence bundle, by its number. */
function namedByBundle(replay: Named, { bundles }: EvidenceOnBranch): ReadonlyMap<number, ReadonlySet<Digest>> {
  const full = Math.floor(replay.leaves.length / tileWidth);
  const found = new Map<number, Set<Digest>>();
  for (const [digest, numbers] of replay.named) {
    for (const number of numbers) {
      if (number >= full || bundles.has(number)) continue;
      const named = found.get(number) ?? new Set();
      found.set(number, named.add(digest));
    }
  }
  return found;
}

/** A file that holds a document. */
interface Place {
  readonly path: string;
  readonly isBundle: boolean;
  readonly sizeBytes: number;
}

/** Where each sound document is; where it is in several places, as a file of its own. */
function placesOf({ loose, bundles }: EvidenceOnBranch): ReadonlyMap<Digest, Place> {
  const places = new Map<Digest, Place>();
  for (const [number, documents] of bundles) {
    const path = evidenceBundlePath(number);
    for (const [digest, sizeBytes] of documents) places.set(digest, { path, isBundle: true, sizeBytes });
  }
  for (const [digest, sizeBytes] of loose)
    places.set(digest, { path: evidencePath(digest), isBundle: false, sizeBytes });
  return places;
}

async function readSound(
  read: VerifyLogOptions['read'],
  digests: ReadonlySet<Digest>,
  places: ReadonlyMap<Digest, Place>,
): Promise<ReadonlyMap<Digest, Uint8Array>> {
  const paths = [...new Set([...digests].flatMap((digest) => places.get(digest)?.path ?? []))];
  const files = new Map<string, Uint8Array>();
  for (let at = 0; at < paths.length; at += filesPerRead) {
    for (const [path, bytes] of await read(paths.slice(at, at + filesPerRead))) files.set(path, bytes);
  }
  const documents = new Map<Digest, Uint8Array>();
  for (const digest of digests) {
    const place = places.get(digest);
    const file = files.get(place?.path ?? '') ?? new Uint8Array(0);
    const bytes = place?.isBundle === true ? parseEvidenceBundle(file)?.get(digest) : file;
    invariant(bytes !== undefined, 'evidence that an audit found sound is gone');
    documents.set(digest, bytes);
  }
  return documents;
}
