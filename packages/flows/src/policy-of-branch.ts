import { digestJson, weighbridgeError } from '@weighbridge/core';
import type { Commit } from '@weighbridge/ports';
import { filesAtCommit } from './files.js';
import { type Governance, readPolicy } from './governance.js';
import type { Notice, Surroundings } from './surroundings.js';

/**
 * The governance of a commit under the policy of the default branch as it is now, which git tells: with the checkout of
 * an older commit, such as that of a tag, would come the rules of that day. Manifests stay those of the commit. A
 * repository without a default branch in reach, as offline, is governed by what is checked out.
 * @throws flow/no-policy where the branch has none any more, flow/invalid-files
 */
export async function governByBranch(
  { repository, sha256 }: Surroundings,
  governance: Governance,
  head: Commit,
): Promise<{ readonly governance: Governance; readonly notices: readonly Notice[] }> {
  const branch = await repository.defaultBranch();
  const tip = branch === null ? null : await repository.branchTip(branch.name);
  if (branch === null || tip === null || tip.id === head.id) return { governance, notices: [] };
  const { governed, policy } = await readPolicy(filesAtCommit(repository, tip.id));
  if (!governed) throw weighbridgeError('flow/no-policy', {});
  const policyDigest = digestJson(sha256, policy);
  if (policyDigest === governance.policyDigest) return { governance, notices: [] };
  const text = `Judged by the policy of ${branch.name}, which is another than that of commit ${head.id.slice(0, 12)}.`;
  return { governance: { ...governance, policy, policyDigest }, notices: [{ level: 'warning', text }] };
}
