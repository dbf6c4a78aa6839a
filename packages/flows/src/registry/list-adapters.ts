import { isPrerelease, type ModelName, parseModelName, type Version } from '@weighbridge/core';
import type { CatalogueVersion, ModelCatalogue } from '@weighbridge/ledger';
import { parseReference } from '@weighbridge/manifest';
import {
  type AdapterFit,
  adapterConfig,
  type BaseCandidate,
  judgeAdapter,
  type Snapshot,
  vllmObstacles,
} from '@weighbridge/versioning';
import { findVersion } from './history.js';
import { readSnapshot } from './read-snapshot.js';
import { usableVersions } from './registry-parts.js';
import type { Surroundings } from '../surroundings.js';

/** How many versions of an adapter are looked at, from the newest on, for one that fits. */
const maxVersionsTried = 20;

/** Which adapters are asked for. */
export interface AdaptersQuestion {
  /** `name@version` of this registry (a stage or an alias too), or `hf://org/name@revision`. */
  readonly base: string;
  /** Only the version that a stage or an alias points to; the newest that fits when null. */
  readonly stage: string | null;
}

/** One version of an adapter, and whether it can be served on the base. */
export interface ListedAdapter {
  readonly model: ModelName;
  readonly version: Version;
  readonly fit: AdapterFit;
  /** Why vLLM does not serve it although it fits. */
  readonly obstacles: readonly string[];
  /** It fits as far as it could be looked at, and vLLM serves it. */
  readonly servable: boolean;
}

/** The adapters of this registry for one base. Sorted by name. */
export interface AdapterListing {
  readonly base: BaseCandidate;
  readonly adapters: readonly ListedAdapter[];
}

/**
 * Every LoRA adapter of the registry with the version that can be served on a base, or the reason why none can. Reads the
 * ledger alone.
 * @throws core/model-name, flow/not-registered, flow/unknown-version, flow/evidence-*
 */
export async function listAdapters(surroundings: Surroundings, question: AdaptersQuestion): Promise<AdapterListing> {
  const base = await findBase(surroundings, question.base);
  const adapters: ListedAdapter[] = [];
  for (const model of await surroundings.ledger.models()) {
    const catalogue = await surroundings.ledger.catalogue(model);
    const found = catalogue === null ? null : await bestOf(surroundings, catalogue, { base, stage: question.stage });
    if (found !== null) adapters.push(found);
  }
  return { base, adapters: adapters.sort((left, right) => (left.model < right.model ? -1 : 1)) };
}

async function findBase(surroundings: Surroundings, text: string): Promise<BaseCandidate> {
  if (text.startsWith('hf://')) {
    const reference = parseReference(text);
    const revision = reference.scheme === 'hf' ? reference.revision : null;
    const name = revision === null ? text : text.slice(0, -(revision.length + 1));
    return { name, version: null, revision, identity: null, snapshot: null };
  }
  const [name = '', asked = ''] = text.split(/@(.*)/s);
  const model = parseModelName(name);
  const catalogue = await surroundings.ledger.catalogue(model);
  const found = findVersion(model, catalogue, asked === '' ? newestName(catalogue) : asked);
  const { version, identity } = found;
  return { name: model, version, revision: null, identity, snapshot: await readSnapshot(surroundings, found) };
}

function newestName(catalogue: ModelCatalogue | null): string {
  const versions = usableVersions(catalogue);
  return (versions.find(({ version }) => !isPrerelease(version)) ?? versions[0])?.version ?? '';
}

/** Null for what is no adapter, and for one that the stage does not hold. */
async function bestOf(
  surroundings: Surroundings,
  catalogue: ModelCatalogue,
  { base, stage }: { readonly base: BaseCandidate; readonly stage: string | null },
): Promise<ListedAdapter | null> {
  let newest: ListedAdapter | null = null;
  for (const version of candidatesOf(catalogue, stage)) {
    const snapshot = await readSnapshot(surroundings, version);
    if (snapshot.kind !== 'adapter') return newest;
    const listed = judge(catalogue.model, version, snapshot, base);
    if (listed.servable) return listed;
    newest ??= listed;
  }
  return newest;
}

function candidatesOf(catalogue: ModelCatalogue, stage: string | null): CatalogueVersion[] {
  const usable = usableVersions(catalogue);
  if (stage === null) {
    const finals = usable.filter(({ version }) => !isPrerelease(version));
    return finals.slice(0, maxVersionsTried);
  }
  const held = catalogue.stages[stage] ?? catalogue.aliases[stage] ?? null;
  return usable.filter(({ version }) => version === held);
}

function judge(
  model: ModelName,
  { version }: CatalogueVersion,
  snapshot: Snapshot,
  base: BaseCandidate,
): ListedAdapter {
  const fit = judgeAdapter(snapshot, base);
  const obstacles = vllmObstacles(adapterConfig(snapshot), fit.rank);
  return { model, version, fit, obstacles, servable: fit.verdict !== 'fail' && obstacles.length === 0 };
}
