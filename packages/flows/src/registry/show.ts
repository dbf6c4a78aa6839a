import { type ModelName, parseTag, type Version } from '@weighbridge/core';
import type { CatalogueVersion, ModelCatalogue } from '@weighbridge/ledger';
import { filesOfWorkTree } from '../reading/files.js';
import { type Governance, readGovernance } from '../governing/governance.js';
import { requireNoLostLedger } from './lost-ledger.js';
import type { ModelTag } from './model-tags.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { tagNotices } from './tag-notices.js';

/** Catalogues that are read in one trip: a registry has thousands, and each on its own would be a trip of its own. */
const cataloguesAtOnce = 100;

/** One model of the registry as it stands now. */
export interface ShownModel {
  readonly model: ModelName;
  readonly catalogue: ModelCatalogue | null;
  /** Every stage of the policy, in order, with the version it points to; the archive is a set and not listed. */
  readonly stages: Readonly<Record<string, Version | null>>;
  readonly versions: readonly (CatalogueVersion & { readonly stage: string | null })[];
  readonly notices: readonly Notice[];
}

/**
 * What is registered and what is where, from the ledger. Models that have a manifest and no version yet are
 * listed too. @throws flow/ledger-missing where the ledger is gone
 */
export async function showModels(surroundings: Surroundings, names: readonly string[]): Promise<readonly ShownModel[]> {
  const governance = await readGovernance(filesOfWorkTree(surroundings.workTree), surroundings.sha256);
  const registered = await surroundings.ledger.models();
  if (registered.length === 0) await requireNoLostLedger(surroundings);
  const all = new Set<ModelName>([...registered, ...governance.models.map((model) => model.manifest.name)]);
  const wanted = names.length === 0 ? [...all].sort() : [...all].filter((model) => names.includes(model)).sort();
  const tags = wanted.length === 0 ? new Map<ModelName, ModelTag[]>() : await readTagsByModel(surroundings);
  const shown: ShownModel[] = [];
  for (let at = 0; at < wanted.length; at += cataloguesAtOnce) {
    const some = wanted.slice(at, at + cataloguesAtOnce);
    const catalogues = await surroundings.ledger.catalogues(some);
    for (const model of some)
      shown.push(
        showModel(governance, model, { catalogue: catalogues.get(model) ?? null, tags: tags.get(model) ?? [] }),
      );
  }
  return shown;
}

/** Every tag in our grammar, by its model: git is asked once, however many models there are. */
async function readTagsByModel({ repository }: Surroundings): Promise<ReadonlyMap<ModelName, ModelTag[]>> {
  const tags = new Map<ModelName, ModelTag[]>();
  for (const tag of await repository.tags()) {
    const parsed = parseTag(tag.name);
    if (parsed === null) continue;
    const own = tags.get(parsed.model);
    if (own === undefined) tags.set(parsed.model, [{ ...tag, parsed }]);
    else own.push({ ...tag, parsed });
  }
  return tags;
}

function showModel(
  governance: Governance,
  model: ModelName,
  { catalogue, tags }: { readonly catalogue: ModelCatalogue | null; readonly tags: readonly ModelTag[] },
): ShownModel {
  const order = governance.policy.stages;
  const archive = order.at(-1) ?? null;
  const stages: Record<string, Version | null> = {};
  for (const stage of order.slice(0, -1)) stages[stage] = catalogue?.stages[stage] ?? null;
  for (const [stage, version] of Object.entries(catalogue?.stages ?? {})) stages[stage] ??= version;
  const versions = (catalogue?.versions ?? []).map((version) => {
    const held = Object.entries(stages).filter(([, pointed]) => pointed === version.version);
    return { ...version, stage: version.archived ? archive : (held.at(-1)?.[0] ?? null) };
  });
  return { model, catalogue, stages, versions, notices: tagNotices(model, tags, catalogue) };
}
