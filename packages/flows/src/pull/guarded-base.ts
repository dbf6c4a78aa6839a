import type { Forge } from '@weighbridge/ports';
import { openCommitFiles } from '../reading/files.js';
import { readPolicy } from '../governing/governance.js';
import type { Surroundings } from '../surroundings.js';
import { catchFault } from './judgement.js';

/**
 * Whether a verdict against this base may turn a commit green: of the default branch, of what its policy releases from,
 * and of what the forge protects. Any other branch is whatever somebody pushed to it, policy and models, and a pull
 * request can be turned from it to the default branch in a moment, with the status that its head has.
 */
export async function isGuardedBase(
  { repository }: Surroundings,
  forge: Pick<Forge, 'protection'>,
  branch: string,
): Promise<boolean> {
  const known = await repository.defaultBranch();
  if (known === null || known.name === branch) return true;
  const tip = await repository.branchTip(known.name);
  const read =
    tip === null ? null : await catchFault(async () => readPolicy(await openCommitFiles(repository, tip.id)));
  if (read !== null && 'value' in read && read.value.policy.release.branches.includes(branch)) return true;
  const { requiresPull, requiredChecks, requiredWorkflows, unknown } = await forge.protection(branch);
  return requiresPull || requiredChecks.length > 0 || requiredWorkflows.length > 0 || unknown.length > 0;
}
