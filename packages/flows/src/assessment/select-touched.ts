import { weighbridgeError } from '@weighbridge/core';
import { formatTime } from '../events.js';
import type { Governance, GovernedModel } from '../governing/governance.js';
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
 * Models of the checkout that differ from a commit in a file that they name. Only what is committed counts. The commit
 * is fetched alone where the clone lacks it; null where it is not to be had. @throws flow/no-commit
 */
export async function selectTouched(
  { repository, clock }: Surroundings,
  { models }: Governance,
  since: string,
): Promise<Touched | null> {
  const known = (await repository.commit(since))?.id ?? ((await repository.fetchCommit(since)) ? since : null);
  if (known === null) return null;
  const head = await repository.commit('HEAD');
  if (head === null) throw weighbridgeError('flow/no-commit', {});
  const paths = await repository.changedPaths(known, head.id);
  return { models: models.filter((model) => touchesModel(model, paths)), paths, time: formatTime(clock.now()) };
}
