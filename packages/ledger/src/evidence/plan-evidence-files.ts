import { type Digest, digestBytes, type Sha256 } from '@weighbridge/core';
import { peekEntry } from '../entry/entry.js';
import type { Combination } from '../log/combine.js';
import { namedDigests } from '../log/named-evidence.js';
import { evidenceBundlePath, evidencePath } from '../log/paths.js';
import type { LogSource } from '../log/source.js';
import type { Tip } from '../log/tip.js';
import type { FileChanges } from '../log/write-files.js';
import { tileWidth } from '../merkle/tile.js';
import { chooseBundled, formatEvidenceBundle } from './evidence-bundle.js';

type Documents = ReadonlyMap<Digest, Uint8Array>;

/**
 * The evidence files that an append writes and, where the value is null, removes. Documents that came with its entries
 * are files of their own as long as the bundle of an entry that names them is open. The append that fills a bundle puts
 * the documents that its entries name into one file, each once, and removes those that no entry after them names: so
 * that a clone fetches one name for 256 entries. Only such an append reads documents, all in one trip.
 */
export async function planEvidenceFiles(
  source: Pick<LogSource, 'read' | 'measure'>,
  tip: Pick<Tip, 'checkpoint' | 'pendingEntries'> | null,
  combination: Pick<Combination, 'appended' | 'evidence'>,
  sha256: Sha256,
): Promise<FileChanges> {
  const { evidence: given } = combination;
  const first = Math.floor((tip?.checkpoint.size ?? 0) / tileWidth);
  const { full, open } = nameByBundle(tip?.pendingEntries ?? [], combination);
  const loose = await measureLoose(source, new Set(full.flatMap((named) => [...named])));
  const sizes = new Map([...loose, ...[...given].map(([digest, bytes]) => [digest, bytes.length] as const)]);
  const chosen = full.map((named) => chooseBundled(named, sizes));
  const documents = await readSound(source, new Set(chosen.flatMap((some) => [...some])), { given, sha256 });
  const bundles = chosen.map((some) => new Map([...some].flatMap((digest) => entryOf(documents, digest))));
  // A long log is made in one append by tests and benchmarks: nothing here may look at every bundle for every document.
  const unbundled = new Set(full.flatMap((named, at) => [...named].filter((digest) => !bundles[at]?.has(digest))));
  const files = new Map<string, Uint8Array | null>();
  for (const [place, bundle] of bundles.entries()) {
    if (bundle.size > 0) files.set(evidenceBundlePath(first + place), formatEvidenceBundle(bundle));
  }
  for (const digest of sizes.keys()) {
    const stays = open.has(digest) || unbundled.has(digest);
    const bytes = given.get(digest);
    if (stays && bytes !== undefined) files.set(evidencePath(digest), bytes);
    if (!stays && loose.has(digest)) files.set(evidencePath(digest), null);
  }
  return files;
}

function entryOf(documents: Documents, digest: Digest): readonly (readonly [Digest, Uint8Array])[] {
  const bytes = documents.get(digest);
  return bytes === undefined ? [] : [[digest, bytes]];
}

/** Digests that the entries of each bundle name which becomes full, and those that the entries after them name. */
function nameByBundle(
  pending: readonly Uint8Array[],
  { appended }: Pick<Combination, 'appended'>,
): { readonly full: readonly ReadonlySet<Digest>[]; readonly open: ReadonlySet<Digest> } {
  const named = [...pending.map(namedBy), ...appended.map(({ entry }) => namedDigests(entry.event))];
  const unite = (at: number) => new Set(named.slice(at, at + tileWidth).flatMap((digests) => [...digests]));
  const full = Array.from({ length: Math.floor(named.length / tileWidth) }, (_, place) => unite(place * tileWidth));
  return { full, open: unite(full.length * tileWidth) };
}

/** An entry that cannot be read names nothing: what it may have named stays where it is. */
function namedBy(bytes: Uint8Array): ReadonlySet<Digest> {
  const entry = peekEntry(bytes);
  return 'fault' in entry ? new Set() : namedDigests(entry.value.event);
}

/** Sizes of the documents that the branch has as files of their own. */
async function measureLoose(
  source: Pick<LogSource, 'measure'>,
  named: ReadonlySet<Digest>,
): Promise<ReadonlyMap<Digest, number>> {
  if (named.size === 0) return new Map();
  const sizes = await source.measure([...named].map(evidencePath));
  const found = new Map<Digest, number>();
  for (const digest of named) {
    const sizeBytes = sizes.get(evidencePath(digest));
    if (sizeBytes !== undefined) found.set(digest, sizeBytes);
  }
  return found;
}

/** Documents that came along or are on the branch. One with other bytes than its name says is left for an audit to name. */
async function readSound(
  source: Pick<LogSource, 'read'>,
  digests: ReadonlySet<Digest>,
  { given, sha256 }: { readonly given: Documents; readonly sha256: Sha256 },
): Promise<Documents> {
  const asked = [...digests].filter((digest) => !given.has(digest)).map(evidencePath);
  const files = asked.length === 0 ? new Map<string, Uint8Array>() : await source.read(asked);
  const documents = new Map<Digest, Uint8Array>();
  for (const digest of digests) {
    const bytes = given.get(digest) ?? files.get(evidencePath(digest));
    if (bytes !== undefined && digestBytes(sha256, bytes) === digest) documents.set(digest, bytes);
  }
  return documents;
}
