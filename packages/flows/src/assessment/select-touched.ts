import { weighbridgeError } from '@weighbridge/core';
import { globMatcher } from '@weighbridge/manifest';
import type { Repository } from '@weighbridge/ports';
import { formatTime } from '../events.js';
import { type Governance, type GovernedModel, maxFileBytes } from '../governing/governance.js';
import { readManifestOnce } from '../governing/parsed-manifests.js';
import { partsOf } from '../governing/part-order.js';
import { filesAtCommit } from '../reading/files.js';
import { touchesModel } from './touched.js';
import type { Surroundings } from '../surroundings.js';

/** What the commits since another one may have changed. */
export interface Touched {
  readonly models: readonly GovernedModel[];
  readonly paths: readonly string[];
  /** RFC 3339: when it was looked at. */
  readonly time: string;
}

/**
 * Models of the checkout that differ from a commit in a file that they name, or are built on one that was removed. Only what is committed counts. The commit
 * is fetched alone where the clone lacks it; null where it is not to be had. @throws flow/no-commit
 */
export async function selectTouched(
  { repository, clock }: Surroundings,
  { models, policy }: Governance,
  since: string,
): Promise<Touched | null> {
  const known = (await repository.commit(since))?.id ?? ((await repository.fetchCommit(since)) ? since : null);
  if (known === null) return null;
  const head = await repository.commit('HEAD');
  if (head === null) throw weighbridgeError('flow/no-commit', {});
  const paths = await repository.changedPaths(known, head.id);
  const removed = await removedModels(repository, { since: known, paths, governance: { models, policy } });
  const isTouched = (model: GovernedModel) =>
    touchesModel(model, paths) || partsOf(model).some((part) => removed.has(part));
  return { models: models.filter(isTouched), paths, time: formatTime(clock.now()) };
}

/** Names of models that had a manifest then and have none now: what is built on them is another thing without them. */
async function removedModels(
  repository: Repository,
  {
    since,
    paths,
    governance: { models, policy },
  }: {
    readonly since: string;
    readonly paths: readonly string[];
    readonly governance: Pick<Governance, 'models' | 'policy'>;
  },
): Promise<ReadonlySet<string>> {
  const present = new Set<string>(models.map(({ manifest }) => manifest.name));
  const isManifest = policy.models.map(globMatcher);
  const changed = paths.filter((path) => isManifest.some((matches) => matches(path)));
  const before = await filesAtCommit(repository, since).readAll(changed, maxFileBytes);
  const names = [...before].flatMap(([path, bytes]) => {
    const parsed = readManifestOnce(path, bytes);
    return parsed.ok ? [parsed.value.name] : [];
  });
  return new Set(names.filter((name) => !present.has(name)));
}
