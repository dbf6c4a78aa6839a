import type { Version } from '@weighbridge/core';
import { holdsAt } from '@weighbridge/ledger';
import { formatDuration, type Policy, type VersionRetention } from '@weighbridge/manifest';
import { formatTime } from '../events.js';
import type { WholeCatalogue, WholeVersion } from '../registry/version-artifacts.js';

/** A version whose bytes the policy keeps no longer. */
export interface DueVersion {
  readonly model: WholeCatalogue['model'];
  readonly version: WholeVersion;
  /** The line of the policy, such as `retention.archived.production: 730d`. */
  readonly rule: string;
  /** When its time began and when it was over, RFC 3339. */
  readonly since: string;
  readonly dueAt: string;
  /** Entries of the model in the catalogue that this was read from. */
  readonly entries: number;
}

/** A version whose time is over, and that keeps its bytes all the same. */
export interface SparedVersion extends DueVersion {
  readonly because: string;
}

/** What the time of versions is told from. */
export interface RetentionFacts {
  readonly policy: Policy;
  /** When a version was archived last, by `versionKey`, as the entries of the log say. */
  readonly archivedAt: ReadonlyMap<string, string>;
  readonly now: Date;
}

/** One word for a version of a model. */
export function versionKey(model: string, version: string): string {
  return `${model}@${version}`;
}

/**
 * Versions of one model whose time is over, in the order of their registration, parted into those that nothing keeps and
 * those that a hold or their number keeps. What a stage or an alias points to is neither, nor what a stage may go back to.
 */
export function findDue(
  catalogue: WholeCatalogue,
  facts: RetentionFacts,
): { readonly due: readonly DueVersion[]; readonly spared: readonly SparedVersion[] } {
  const retention = facts.policy.retention.versions;
  if (retention === undefined) return { due: [], spared: [] };
  const pointed = pointedTo(catalogue, facts.policy);
  const stored = catalogue.versions
    .filter(({ store, released }) => store !== null && released === undefined)
    .sort((left, right) => left.entry - right.entry);
  const newest = new Set(stored.slice(-retention.keepVersions));
  const over = stored.flatMap((version) => {
    const found = pointed.has(version.version) ? null : timeOf(catalogue, version, { ...facts, retention });
    return found === null || found.dueAt > formatTime(facts.now) ? [] : [found];
  });
  const judged = over.map((each) => ({
    ...each,
    because: whyKept(each.version, { newest, retention, now: facts.now }),
  }));
  return {
    due: judged.flatMap(({ because, ...each }) => (because === null ? [each] : [])),
    spared: judged.flatMap(({ because, ...each }) => (because === null ? [] : [{ ...each, because }])),
  };
}

function whyKept(
  version: WholeVersion,
  { newest, retention, now }: { newest: ReadonlySet<WholeVersion>; retention: VersionRetention; now: Date },
): string | null {
  const holds = holdsAt(version, formatTime(now));
  if (holds.length > 0) return `on hold for ${holds.map(({ matter }) => matter).join(', ')}`;
  return newest.has(version) ? `of the newest ${retention.keepVersions} (retention.keep_versions)` : null;
}

/** What stages and aliases point to, and what each stage behind the first ran before, as many as stay ready for a rollback. */
export function pointedTo(
  catalogue: WholeCatalogue,
  { rollback, stages }: Pick<Policy, 'rollback' | 'stages'>,
): ReadonlySet<Version> {
  // Whatever is registered enters the first stage, so that what it ran before is ready for nothing, unless it is all there is.
  const first = stages.length > 2 ? stages[0] : null;
  const pointed = new Set<Version>(Object.values(catalogue.aliases));
  const archived = new Set(catalogue.versions.filter((each) => each.archived).map(({ version }) => version));
  for (const [stage, current] of Object.entries(catalogue.stages)) {
    if (current !== null) pointed.add(current);
    if (stage === first) continue;
    const held = catalogue.history.filter((move) => move.stage === stage).map(({ version }) => version);
    const ready = [...new Set(held.reverse())].filter((each) => each !== null && each !== current);
    for (const each of ready.filter((version) => version !== null && !archived.has(version)).slice(0, rollback.keep))
      if (each !== null) pointed.add(each);
  }
  return pointed;
}

function timeOf(
  catalogue: WholeCatalogue,
  version: WholeVersion,
  { policy, retention, archivedAt }: RetentionFacts & { readonly retention: VersionRetention },
): DueVersion | null {
  const moves = catalogue.history.filter((move) => [move.version, move.previous].includes(version.version));
  const held = new Set(moves.filter((move) => move.version === version.version).map(({ stage }) => stage));
  const furthest = policy.stages.filter((stage) => held.has(stage)).at(-1) ?? 'none';
  const counted = (setting: string, since: string | undefined, keptMs: number | null | undefined) => {
    if (since === undefined || keptMs === null || keptMs === undefined) return null;
    const dueAt = formatTime(new Date(Date.parse(since) + keptMs));
    const rule = `retention.${setting}: ${formatDuration(keptMs)}`;
    return { model: catalogue.model, version, rule, since, dueAt, entries: catalogue.entries };
  };
  // For what was in a stage that the policy does not know any more, it has no line.
  if ([...held].some((stage) => !policy.stages.includes(stage))) return null;
  if (version.archived) {
    const keptMs = Object.hasOwn(retention.archivedMs, furthest) ? retention.archivedMs[furthest] : null;
    return counted(`archived.${furthest}`, archivedAt.get(versionKey(catalogue.model, version.version)), keptMs);
  }
  if ([...held].some((stage) => stage !== policy.stages[0])) return null;
  const last = [version.registeredAt, ...moves.map(({ time }) => time)].sort().at(-1);
  return counted('unpromoted', last, retention.unpromotedMs);
}
