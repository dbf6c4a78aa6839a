import type { ModelName, Version } from '@weighbridge/core';
import type { CatalogueVersion, ModelCatalogue } from '@weighbridge/ledger';
import { filesOfWorkTree } from './files.js';
import { type Governance, readGovernance } from './governance.js';
import { type ModelHistory, readHistory } from './history.js';
import type { Notice, Surroundings } from './surroundings.js';

/** One model of the registry as it stands now. */
export interface ShownModel {
  readonly model: ModelName;
  readonly catalogue: ModelCatalogue | null;
  /** Every stage of the policy, in order, with the version it points to; the archive is a set and not listed. */
  readonly stages: Readonly<Record<string, Version | null>>;
  readonly versions: readonly (CatalogueVersion & { readonly stage: string | null })[];
  readonly notices: readonly Notice[];
}

/** What is registered and what is where, from the ledger. Models that have a manifest and no version yet are listed too. */
export async function showModels(surroundings: Surroundings, names: readonly string[]): Promise<readonly ShownModel[]> {
  const governance = await readGovernance(filesOfWorkTree(surroundings.workTree), surroundings.sha256);
  const registered = await surroundings.ledger.models();
  const all = new Set<ModelName>([...registered, ...governance.models.map((model) => model.manifest.name)]);
  const wanted = names.length === 0 ? [...all].sort() : [...all].filter((model) => names.includes(model)).sort();
  const shown: ShownModel[] = [];
  for (const model of wanted) {
    shown.push(showModel(governance, model, await readHistory(surroundings, model, null)));
  }
  return shown;
}

function showModel(governance: Governance, model: ModelName, history: ModelHistory): ShownModel {
  const { catalogue } = history;
  const order = governance.policy.stages;
  const archive = order.at(-1) ?? null;
  const stages: Record<string, Version | null> = {};
  for (const stage of order.slice(0, -1)) stages[stage] = catalogue?.stages[stage] ?? null;
  for (const [stage, version] of Object.entries(catalogue?.stages ?? {})) stages[stage] ??= version;
  const versions = (catalogue?.versions ?? []).map((version) => {
    const held = Object.entries(stages).filter(([, pointed]) => pointed === version.version);
    return { ...version, stage: version.archived ? archive : (held.at(-1)?.[0] ?? null) };
  });
  return { model, catalogue, stages, versions, notices: history.notices };
}
