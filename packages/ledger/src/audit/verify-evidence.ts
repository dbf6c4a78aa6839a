import { type Digest, digestBytes } from '@weighbridge/core';
import { parseArtifactList } from '../evidence/artifact-list.js';
import { parseEvidenceBundle } from '../evidence/evidence-bundle.js';
import { evidenceBundlePath, evidencePath, parseEvidenceBundlePath, parseEvidencePath } from '../log/paths.js';
import { tileWidth } from '../merkle/tile.js';
import { type Audit, filesPerRead } from './audit-options.js';
import type { Findings } from './finding.js';
import type { Replay } from './replay-entries.js';

/** The evidence of a branch: what is sound, and where it lies. */
export interface EvidenceOnBranch {
  /** Sizes in bytes of documents that are files of their own and have the bytes that their name says. */
  readonly loose: ReadonlyMap<Digest, number>;
  /** Sound documents of each evidence bundle, by its number, with their sizes in bytes. */
  readonly bundles: ReadonlyMap<number, ReadonlyMap<Digest, number>>;
}

/**
 * Compares each document with its digest and with the entries that name it: none may be missing that an entry needs,
 * and none may lie where no entry names it. A full bundle of entries without an evidence bundle is no fault: an earlier
 * version filled it, or its documents are large.
 */
export async function verifyEvidence(replay: Replay, size: number, audit: Audit): Promise<EvidenceOnBranch> {
  const bundles = await verifyBundles(replay, Math.floor(size / tileWidth), audit);
  const loose = await verifyLoose(replay, audit);
  findMissing(replay, bundles, audit);
  findLeftover(replay, { loose, bundles }, audit);
  return { loose, bundles };
}

async function verifyBundles(
  replay: Replay,
  fullBundles: number,
  { options, findings }: Audit,
): Promise<EvidenceOnBranch['bundles']> {
  const bundles = new Map<number, ReadonlyMap<Digest, number>>();
  const numbers = options.paths.flatMap((path) => parseEvidenceBundlePath(path) ?? []);
  for (const number of numbers.filter((at) => at >= fullBundles)) {
    const path = evidenceBundlePath(number);
    findings.add('file-unexpected', { path, because: `The log has no full bundle of entries that ${path} is of.` });
  }
  for (const group of inGroups(numbers.filter((at) => at < fullBundles))) {
    const files = await options.read(group.map(evidenceBundlePath));
    for (const number of group) {
      const path = evidenceBundlePath(number);
      const documents = parseEvidenceBundle(files.get(path) ?? new Uint8Array(0));
      if (documents === null) findings.add('evidence-malformed', { path, because: `${path} is not well-formed.` });
      const sound = new Map<Digest, number>();
      for (const [digest, bytes] of documents ?? []) {
        if (digestBytes(options.trust.sha256, bytes) === digest) sound.set(digest, bytes.length);
        else findings.add('evidence-differs', { path, because: `${digest} in ${path} does not hash to its name.` });
        findListFaults(replay, { digest, bytes, path }, findings);
        if (!replay.isNamedIn(digest, number))
          findings.add('evidence-unnamed', { path, because: `No entry of its bundle names ${digest} in ${path}.` });
      }
      bundles.set(number, sound);
    }
  }
  return bundles;
}

async function verifyLoose(replay: Replay, { options, findings }: Audit): Promise<EvidenceOnBranch['loose']> {
  const loose = new Map<Digest, number>();
  for (const group of inGroups(options.paths.filter((path) => parseEvidencePath(path) !== null))) {
    for (const [path, bytes] of await options.read(group)) {
      const digest = parseEvidencePath(path);
      if (digest === null) continue;
      if (digestBytes(options.trust.sha256, bytes) === digest) loose.set(digest, bytes.length);
      else findings.add('evidence-differs', { path, because: `${path} does not hash to its name.` });
      findListFaults(replay, { digest, bytes, path }, findings);
      if (!replay.named.has(digest)) findings.add('evidence-unnamed', { path, because: `No entry names ${path}.` });
    }
  }
  return loose;
}

/** A list of files has to be one, and as long as each entry says that names it. */
function findListFaults(
  { lists }: Replay,
  { digest, bytes, path }: { readonly digest: Digest; readonly bytes: Uint8Array; readonly path: string },
  findings: Findings,
): void {
  for (const { index, list } of lists.get(digest) ?? []) {
    const parsed = parseArtifactList(bytes, list);
    if (!('fault' in parsed)) continue;
    const because = `The list of files ${digest}, as entry ${index} names it: ${parsed.fault}.`;
    findings.add('evidence-malformed', { index, path, because });
  }
}

/** What an entry needs is a file of its own, or in the evidence bundle of its bundle; without that, in any. */
function findMissing(replay: Replay, bundles: EvidenceOnBranch['bundles'], { paths, findings }: Audit): void {
  const anywhere = new Set([...bundles.values()].flatMap((documents) => [...documents.keys()]));
  for (const [digest, indices] of replay.required) {
    const path = evidencePath(digest);
    if (paths.has(path)) continue;
    const lacking = indices.find((index) => {
      const own = bundles.get(Math.floor(index / tileWidth));
      return own === undefined ? !anywhere.has(digest) : !own.has(digest);
    });
    if (lacking === undefined) continue;
    const because = `Entry ${lacking} names ${digest}, which is missing.`;
    findings.add('evidence-missing', { index: lacking, path, because });
  }
}

/** A document has no file of its own once each bundle whose entries name it is full and holds it. */
function findLeftover(replay: Replay, { loose, bundles }: EvidenceOnBranch, { findings }: Audit): void {
  for (const digest of loose.keys()) {
    const numbers = replay.named.get(digest);
    if (numbers === undefined || !isBundled(digest, numbers, bundles)) continue;
    const path = evidencePath(digest);
    findings.add('file-unexpected', { path, because: `The bundles of all entries that name ${path} hold it.` });
  }
}

/** Whether a document is in every one of these bundles. */
export function isBundled(
  digest: Digest,
  numbers: readonly number[],
  bundles: ReadonlyMap<number, { has(digest: Digest): boolean }>,
): boolean {
  return numbers.every((number) => bundles.get(number)?.has(digest) === true);
}

function inGroups<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / filesPerRead) }, (_, at) =>
    items.slice(at * filesPerRead, (at + 1) * filesPerRead),
  );
}
