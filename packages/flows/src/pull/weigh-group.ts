import { assessModels } from '../assessment/assess-models.js';
import { openCommitFiles } from '../reading/files.js';
import { type GovernedModel, readGovernance, readPolicy } from '../governing/governance.js';
import { partsFirst, partsOf } from '../governing/part-order.js';
import type { ProvisionalVersions } from '../assessment/provisional.js';
import type { Surroundings } from '../surroundings.js';
import { catchFault } from './judgement.js';
import { touchesModel } from '../assessment/touched.js';

/**
 * Versions that a merge group brings of models that others of its models are built on, by the policy of its base. One pull
 * request of it may change a part and another its system: registration, which comes after both, makes the part first.
 * What cannot be weighed is left out: its own pull request is judged an error.
 */
export async function weighGroup(
  surroundings: Surroundings,
  { head, base }: { readonly head: string; readonly base: string },
  members: readonly unknown[],
): Promise<ProvisionalVersions> {
  const provisional: ProvisionalVersions = new Map();
  if (members.length < 2) return provisional;
  const { repository, sha256 } = surroundings;
  const read = await catchFault(async () => readGovernance(await openCommitFiles(repository, head), sha256));
  if ('fault' in read) return provisional;
  const before = await readPolicy(await openCommitFiles(repository, base));
  const governance = before.governed ? { ...read.value, policy: before.policy } : read.value;
  const paths = await repository.changedPaths(base, head);
  const touched = governance.models.filter((model) => touchesModel(model, paths));
  for (const part of partsFirst(usedBy(governance.models, touched)))
    await catchFault(() => assessModels({ ...surroundings, provisional }, governance, [part], { depth: 'bytes' }));
  return provisional;
}

/** Of the changed models those that others of the repository are built on. */
function usedBy(models: readonly GovernedModel[], touched: readonly GovernedModel[]): readonly GovernedModel[] {
  const used = new Set(models.flatMap((model) => partsOf(model)));
  return touched.filter(({ manifest }) => used.has(manifest.name));
}
