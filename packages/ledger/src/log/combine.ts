import { type Digest, digestBytes, type ModelName, weighbridgeError } from '@weighbridge/core';
import type { ModelCatalogue } from '../catalogue.js';
import { type Entry, parseEntry } from '../entry/entry.js';
import type { Refusal } from '../fold/outcome.js';
import { parseCatalogue } from './catalogue-file.js';
import { type IdShard, idShardPath, parseIdShard } from './id-index.js';
import { namedDigests, requiredEvidence } from './named-evidence.js';
import { cataloguePath, evidencePath } from './paths.js';
import { type FoldedLog, foldNext } from './replay-state.js';
import type { LogSource } from './source.js';
import { type LogTrust, type Tip, trustedKeys } from './tip.js';

/** Entries that are appended together or not at all, as one writer put them into the inbox. */
export interface EntryGroup {
  readonly name: string;
  /** As they will stand in the log, byte for byte. */
  readonly entries: readonly Uint8Array[];
  /** Evidence of these entries, by the digest that its bytes should have. */
  readonly evidence: ReadonlyMap<Digest, Uint8Array>;
}

/** Where each event of a group stands, or why the group was left. */
export type GroupOutcome =
  | { readonly outcome: 'taken'; readonly indices: ReadonlyMap<string, number>; readonly appended: number }
  | Refusal
  | { readonly outcome: 'malformed'; readonly because: string };

/** What an append adds to a log, before it is files. */
export interface Combination {
  readonly outcomes: ReadonlyMap<string, GroupOutcome>;
  readonly appended: readonly { readonly bytes: Uint8Array; readonly entry: Entry }[];
  readonly evidence: ReadonlyMap<Digest, Uint8Array>;
  readonly shards: ReadonlyMap<string, IdShard>;
  readonly changed: ReadonlyMap<ModelName, ModelCatalogue>;
  readonly policy: FoldedLog['policy'];
}

/**
 * Judges groups one after the other against the log's end and against what the groups before them did: entries whose id
 * the log has are passed over, the rest must be well-formed, signed by a trusted key, legal, and have their evidence.
 */
export async function combineGroups(
  source: LogSource,
  tip: Tip | null,
  groups: readonly EntryGroup[],
  trust: LogTrust,
): Promise<Combination> {
  const parsed = groups.map((group) => ({ group, entries: parseGroup(group, tip, trust) }));
  const events = parsed.flatMap(({ entries }) => ('fault' in entries ? [] : entries.map(({ event }) => event)));
  const wanted = parsed.flatMap(({ group, entries }) => ('fault' in entries ? [] : evidenceElsewhere(group, entries)));
  const shardPaths = [...new Set(events.map((event) => idShardPath(event.id)))];
  const models = [...new Set(events.flatMap((event) => (event.model === null ? [] : [event.model])))];
  const files = await source.read([...shardPaths, ...models.map(cataloguePath)]);
  const present = await source.has([...new Set(wanted.map(evidencePath))]);
  let work: Work = {
    log: {
      size: tip?.checkpoint.size ?? 0,
      policy: tip?.state.policy ?? null,
      catalogues: readCatalogues(files, models),
    },
    shards: readShards(files, shardPaths),
    appended: [],
    evidence: new Map(),
    changed: new Map(),
  };
  const outcomes = new Map<string, GroupOutcome>();
  for (const { group, entries } of parsed) {
    const judged = 'fault' in entries ? malformed(entries.fault) : judgeGroup(work, group, { entries, present });
    if ('work' in judged) work = judged.work;
    outcomes.set(group.name, 'work' in judged ? judged.taken : judged);
  }
  // Shards that were only looked at are not written.
  const touched = new Set(work.appended.map(({ entry }) => idShardPath(entry.event.id)));
  const shards = new Map([...work.shards].filter(([path]) => touched.has(path)));
  const { appended, evidence, changed } = work;
  return { outcomes, appended, evidence, shards, changed, policy: work.log.policy };
}

interface Work {
  readonly log: FoldedLog;
  readonly shards: ReadonlyMap<string, IdShard>;
  readonly appended: Combination['appended'];
  readonly evidence: ReadonlyMap<Digest, Uint8Array>;
  readonly changed: ReadonlyMap<ModelName, ModelCatalogue>;
}

type ParsedEntry = Entry & { readonly bytes: Uint8Array };

function parseGroup(
  group: EntryGroup,
  tip: Tip | null,
  trust: LogTrust,
): readonly ParsedEntry[] | { readonly fault: string } {
  const signed = tip?.state.signed ?? trust.signer !== null;
  const keys = trustedKeys(trust, tip?.state ?? null);
  const entries: ParsedEntry[] = [];
  for (const [place, bytes] of group.entries.entries()) {
    const parsed = parseEntry(bytes, { signed, keys, verifySignature: trust.verifySignature });
    if ('fault' in parsed) return { fault: `entry ${place} of it: ${parsed.fault}` };
    entries.push({ ...parsed.value, bytes });
  }
  const named = new Set(entries.flatMap(({ event }) => [...namedDigests(event)]));
  for (const [digest, bytes] of group.evidence) {
    if (!named.has(digest)) return { fault: `none of its events names the evidence ${digest}` };
    if (digestBytes(trust.sha256, bytes) !== digest) return { fault: `the evidence ${digest} has other bytes` };
  }
  return entries;
}

function judgeGroup(
  before: Work,
  group: EntryGroup,
  read: { readonly entries: readonly ParsedEntry[]; readonly present: ReadonlySet<string> },
): Exclude<GroupOutcome, { outcome: 'taken' }> | { readonly work: Work; readonly taken: GroupOutcome } {
  let work = before;
  const indices = new Map<string, number>();
  for (const entry of read.entries) {
    const { event } = entry;
    const known = work.shards.get(idShardPath(event.id))?.get(event.id);
    indices.set(event.id, known ?? work.log.size);
    if (known !== undefined) continue;
    const missing = requiredEvidence(event).find(
      (digest) =>
        !group.evidence.has(digest) && !before.evidence.has(digest) && !read.present.has(evidencePath(digest)),
    );
    if (missing !== undefined) return malformed(`the evidence ${missing} is neither given nor on the branch`);
    const step = foldNext(work.log, event);
    if (step.outcome !== 'folded') return step;
    work = extendWork(work, entry, step);
  }
  const appended = work.log.size - before.log.size;
  if (appended > 0) work = { ...work, evidence: new Map([...work.evidence, ...group.evidence]) };
  return { work, taken: { outcome: 'taken', indices, appended } };
}

function extendWork(
  work: Work,
  entry: ParsedEntry,
  step: Extract<ReturnType<typeof foldNext>, { outcome: 'folded' }>,
): Work {
  const { bytes, ...rest } = entry;
  const path = idShardPath(entry.event.id);
  const shard = new Map(work.shards.get(path)).set(entry.event.id, work.log.size);
  const changed = step.changed;
  return {
    log: {
      size: work.log.size + 1,
      policy: step.policy,
      catalogues: changed === null ? work.log.catalogues : new Map(work.log.catalogues).set(changed.model, changed),
    },
    shards: new Map(work.shards).set(path, shard),
    appended: [...work.appended, { bytes, entry: rest }],
    evidence: work.evidence,
    changed: changed === null ? work.changed : new Map(work.changed).set(changed.model, changed),
  };
}

/** Evidence that entries need and that did not come with them: it must be on the branch. */
function evidenceElsewhere(group: EntryGroup, entries: readonly ParsedEntry[]): readonly Digest[] {
  return entries.flatMap(({ event }) => requiredEvidence(event)).filter((digest) => !group.evidence.has(digest));
}

function malformed(because: string): { readonly outcome: 'malformed'; readonly because: string } {
  return { outcome: 'malformed', because };
}

function readCatalogues(
  files: ReadonlyMap<string, Uint8Array>,
  models: readonly ModelName[],
): ReadonlyMap<ModelName, ModelCatalogue | null> {
  return new Map(models.map((model) => [model, readCatalogue(files, model)]));
}

function readCatalogue(files: ReadonlyMap<string, Uint8Array>, model: ModelName): ModelCatalogue | null {
  const bytes = files.get(cataloguePath(model));
  if (bytes === undefined) return null;
  const parsed = parseCatalogue(bytes);
  if ('fault' in parsed) throw damaged(`the catalogue of ${model} is not well-formed: ${parsed.fault}`);
  if (parsed.value.model !== model) throw damaged(`the catalogue of ${model} is that of ${parsed.value.model}`);
  return parsed.value;
}

function readShards(files: ReadonlyMap<string, Uint8Array>, paths: readonly string[]): ReadonlyMap<string, IdShard> {
  return new Map(
    paths.map((path) => {
      const bytes = files.get(path);
      const shard = bytes === undefined ? new Map<string, number>() : parseIdShard(bytes);
      if (shard === null) throw damaged(`${path} is not well-formed`);
      return [path, shard];
    }),
  );
}

function damaged(because: string): Error {
  return weighbridgeError('ledger/damaged', { because });
}
