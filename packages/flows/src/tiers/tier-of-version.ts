import type { Policy, TierRule, TiersPolicy } from '@weighbridge/manifest';
import { pointedTo, versionKey } from '../retention/due-versions.js';
import type { WholeCatalogue, WholeVersion } from '../registry/version-artifacts.js';

/** Tiers from the hottest on. */
export const tierNames = ['hot', 'warm', 'cold'] as const;
export type TierName = (typeof tierNames)[number];

/** What the tier of versions is told from. */
export interface TierFacts {
  readonly policy: Pick<Policy, 'rollback' | 'stages'> & { readonly tiers: TiersPolicy };
  /** When a version was archived last, by `versionKey`. */
  readonly archivedAt: ReadonlyMap<string, string>;
  readonly now: Date;
}

/**
 * The tier of every version of a model that keeps its bytes. Hot is what stages and aliases point to, what a stage may go
 * back to, and whatever no rule says more of.
 */
export function tierVersions(
  catalogue: WholeCatalogue,
  facts: TierFacts,
): readonly { readonly version: WholeVersion; readonly tier: TierName }[] {
  const pointed = pointedTo(catalogue, facts.policy);
  return catalogue.versions
    .filter(({ store, released }) => store !== null && released === undefined)
    .map((version) => ({ version, tier: pointed.has(version.version) ? 'hot' : agedTier(catalogue, version, facts) }));
}

function agedTier(catalogue: WholeCatalogue, version: WholeVersion, facts: TierFacts): TierName {
  const { tiers } = facts.policy;
  const moves = catalogue.history.filter((move) => [move.version, move.previous].includes(version.version));
  const last = [version.registeredAt, ...moves.map(({ time }) => time)].sort().at(-1);
  const since = version.archived ? facts.archivedAt.get(versionKey(catalogue.model, version.version)) : last;
  if (since === undefined) return 'hot';
  const ageMs = facts.now.getTime() - Date.parse(since);
  const isDue = (rule: TierRule | null) => {
    const waitMs = version.archived ? rule?.archivedMs : rule?.afterMs;
    return waitMs !== null && waitMs !== undefined && ageMs >= waitMs;
  };
  return isDue(tiers.cold) ? 'cold' : isDue(tiers.warm) ? 'warm' : 'hot';
}
