import { type Digest, digestBytes, type ModelName, type Sha256, weighbridgeError } from '@weighbridge/core';
import type { ModelCatalogue } from '../catalogue.js';
import { type Entry, parseEntry } from '../entry/entry.js';
import type { Refusal } from '../fold/outcome.js';
import { type BoundFiles, readBound } from '../map/bound-files.js';
import type { MapHead } from '../map/head.js';
import { parseCatalogue } from './catalogue-file.js';
import { type IdShard, idShardPath, parseIdShard } from './id-index.js';
import { namedDigests, requiredEvidence } from './named-evidence.js';
import { isListed, parseArtifactList } from '../evidence/artifact-list.js';
import { findBundled } from '../evidence/read-evidence.js';
import { cataloguePath, evidencePath, modelNamesPath } from './paths.js';
import { parseBoundNames } from './read-log.js';
import { type FoldedLog, foldNext, type FoldStep } from './replay-state.js';
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
  /** Documents that the appended entries name and that are at hand. */
  readonly evidence: ReadonlyMap<Digest, Uint8Array>;
  readonly shards: ReadonlyMap<string, IdShard>;
  readonly changed: ReadonlyMap<ModelName, ModelCatalogue>;
  readonly policy: FoldedLog['policy'];
  /** Names of all models, when there are new ones; else null. */
  readonly names: readonly ModelName[] | null;
  /** What the append needs to bind the files that it writes. */
  readonly bound: Pick<BoundFiles, 'buckets' | 'top'>;
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
  const elsewhere = parsed.flatMap(({ group, entries }) =>
    'fault' in entries ? [] : evidenceElsewhere(group, entries),
  );
  const shardPaths = [...new Set(events.map((event) => idShardPath(event.id)))];
  const models = [...new Set(events.flatMap((event) => (event.model === null ? [] : [event.model])))];
  const map = tip?.map ?? null;
  const bound = await readBound(source, map, [...shardPaths, ...models.map(cataloguePath)], trust.sha256);
  const onBranch = await findOnBranch(source, elsewhere, { size: tip?.checkpoint.size ?? 0, sha256: trust.sha256 });
  const catalogues = readCatalogues(bound.files, models);
  const work = new Work(readShards(bound.files, shardPaths), {
    size: tip?.checkpoint.size ?? 0,
    policy: tip?.state.policy ?? null,
    catalogues,
  });
  const outcomes = new Map<string, GroupOutcome>();
  for (const { group, entries } of parsed) {
    outcomes.set(
      group.name,
      'fault' in entries ? malformed(entries.fault) : judgeGroup(work, group, { entries, ...onBranch }),
    );
  }
  const added = [...work.changed.keys()].filter((model) => catalogues.get(model) === null);
  const names = added.length === 0 ? null : await readNames(source, map, trust.sha256);
  return {
    outcomes,
    appended: work.appended,
    evidence: work.evidence,
    shards: work.touchedShards(),
    changed: work.changed,
    policy: work.policy,
    names: names === null ? null : [...names.names, ...added],
    bound: { top: bound.top, buckets: new Map([...bound.buckets, ...(names?.bound.buckets ?? [])]) },
  };
}

async function readNames(
  source: LogSource,
  map: MapHead | null,
  sha256: Sha256,
): Promise<{ readonly names: readonly ModelName[]; readonly bound: BoundFiles }> {
  const bound = await readBound(source, map, [modelNamesPath], sha256);
  return { names: parseBoundNames(bound), bound };
}

/**
 * What the groups so far made of the log. It changes in place, since a copy for each entry would cost the square of
 * their number; a group that is refused is undone by `rollBack`.
 */
class Work implements FoldedLog {
  size: number;
  policy: FoldedLog['policy'];
  readonly catalogues: Map<ModelName, ModelCatalogue | null>;
  readonly appended: (Combination['appended'][number] & { readonly shard: string })[] = [];
  readonly evidence = new Map<Digest, Uint8Array>();
  readonly changed = new Map<ModelName, ModelCatalogue>();
  readonly #shards: ReadonlyMap<string, Map<string, number>>;

  constructor(shards: ReadonlyMap<string, IdShard>, log: FoldedLog) {
    this.#shards = new Map([...shards].map(([path, shard]) => [path, new Map(shard)]));
    this.size = log.size;
    this.policy = log.policy;
    this.catalogues = new Map(log.catalogues);
  }

  /** Which entry an event is, if the log or a group before has it. */
  indexOf(id: string): number | undefined {
    return this.#shards.get(idShardPath(id))?.get(id);
  }

  add({ bytes, ...entry }: ParsedEntry, step: FoldStep): void {
    const shard = idShardPath(entry.event.id);
    this.#shards.get(shard)?.set(entry.event.id, this.size);
    this.appended.push({ bytes, entry, shard });
    this.size++;
    this.policy = step.policy;
    if (step.changed === null) return;
    this.catalogues.set(step.changed.model, step.changed);
    this.changed.set(step.changed.model, step.changed);
  }

  /** What must be remembered before a group, to undo it: its own models, and nothing that grows with the groups. */
  mark(entries: readonly ParsedEntry[]): Mark {
    const models = new Set(entries.flatMap(({ event }) => (event.model === null ? [] : [event.model])));
    return {
      size: this.size,
      policy: this.policy,
      catalogues: [...models].map((model) => [model, this.catalogues.get(model) ?? null]),
      changed: new Set([...models].filter((model) => this.changed.has(model))),
    };
  }

  rollBack(mark: Mark): void {
    for (const { entry, shard } of this.appended.splice(this.appended.length - (this.size - mark.size))) {
      this.#shards.get(shard)?.delete(entry.event.id);
    }
    this.size = mark.size;
    this.policy = mark.policy;
    for (const [model, catalogue] of mark.catalogues) {
      this.catalogues.set(model, catalogue);
      if (catalogue === null || !mark.changed.has(model)) this.changed.delete(model);
      else this.changed.set(model, catalogue);
    }
  }

  /** Shards that were only looked at are not written. */
  touchedShards(): ReadonlyMap<string, IdShard> {
    const touched = new Set(this.appended.map(({ shard }) => shard));
    return new Map([...this.#shards].filter(([path]) => touched.has(path)));
  }
}

interface Mark {
  readonly size: number;
  readonly policy: FoldedLog['policy'];
  readonly catalogues: readonly (readonly [ModelName, ModelCatalogue | null])[];
  readonly changed: ReadonlySet<ModelName>;
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
  const fault = entries.map((entry) => listFault(entry, group)).find((found) => found !== null);
  return fault === undefined ? entries : { fault };
}

/** A version whose list of files is none could never be read. */
function listFault({ event }: ParsedEntry, { evidence }: EntryGroup): string | null {
  if (event.type !== 'registered' || !isListed(event.body.artifacts)) return null;
  const { artifacts: list } = event.body;
  const bytes = evidence.get(list.digest);
  const parsed = bytes === undefined ? { fault: 'it did not come with its entry' } : parseArtifactList(bytes, list);
  return 'fault' in parsed ? `the list of files ${list.digest}: ${parsed.fault}` : null;
}

function judgeGroup(
  work: Work,
  group: EntryGroup,
  read: { readonly entries: readonly ParsedEntry[] } & EvidenceOnBranch,
): GroupOutcome {
  const mark = work.mark(read.entries);
  const indices = new Map<string, number>();
  for (const entry of read.entries) {
    const { event } = entry;
    const known = work.indexOf(event.id);
    indices.set(event.id, known ?? work.size);
    if (known !== undefined) continue;
    const missing = requiredEvidence(event).find(
      (digest) => ![group.evidence, work.evidence, read.loose, read.bundled].some((known) => known.has(digest)),
    );
    const step =
      missing === undefined
        ? foldNext(work, event)
        : malformed(`the evidence ${missing} is neither given nor on the branch`);
    if (step.outcome !== 'folded') {
      work.rollBack(mark);
      return step;
    }
    work.add(entry, step);
  }
  const appended = work.size - mark.size;
  for (const { entry } of work.appended.slice(work.appended.length - appended)) {
    for (const digest of namedDigests(entry.event)) {
      const bytes = group.evidence.get(digest) ?? read.bundled.get(digest);
      if (bytes !== undefined) work.evidence.set(digest, bytes);
    }
  }
  return { outcome: 'taken', indices, appended };
}

/** Evidence that did not come with the entries that need it. */
interface EvidenceOnBranch {
  /** What is a file of its own. */
  readonly loose: ReadonlySet<Digest>;
  /** What the bundles of older entries hold: those of these entries need it as well. */
  readonly bundled: ReadonlyMap<Digest, Uint8Array>;
}

async function findOnBranch(
  source: LogSource,
  digests: readonly Digest[],
  log: { readonly size: number; readonly sha256: Sha256 },
): Promise<EvidenceOnBranch> {
  const present = await source.has([...new Set(digests.map(evidencePath))]);
  const loose = new Set(digests.filter((digest) => present.has(evidencePath(digest))));
  const bundled = await findBundled(
    source,
    digests.filter((digest) => !loose.has(digest)),
    log,
  );
  return { loose, bundled };
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
