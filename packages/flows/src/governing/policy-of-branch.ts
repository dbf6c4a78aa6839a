import { canonicalJson, type Digest, digestJson, weighbridgeError } from '@weighbridge/core';
import type { Policy } from '@weighbridge/manifest';
import type { Commit } from '@weighbridge/ports';
import { filesAtCommit } from '../reading/files.js';
import { type Governance, readPolicy } from './governance.js';
import type { Notice, Surroundings } from '../surroundings.js';

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

/** The policy of the default branch as it is now. */
export interface BranchPolicy {
  readonly policy: Policy;
  readonly policyDigest: Digest;
  /** The commit that it stands in. */
  readonly commit: Commit;
}

/**
 * What removes things goes by the policy of the default branch alone, whatever is checked out. The checkout has to agree
 * with it about ledger and store, because those were opened.
 * @param opened the policy that named them
 * @throws flow/no-policy, flow/policy-outdated, flow/not-collectable where no default branch can be read
 */
export async function readBranchPolicy(
  { repository, sha256 }: Pick<Surroundings, 'repository' | 'sha256'>,
  opened: Policy,
): Promise<BranchPolicy> {
  // A clone may believe in a branch that is none any more, and a topic branch must not stand in for the default one.
  const branch = await repository.defaultBranch({ ofRemote: true });
  const commit = branch === null ? null : await repository.branchTip(branch.name);
  if (branch === null || commit === null) {
    const reason = 'the default branch, whose policy says what may be removed, cannot be read';
    throw weighbridgeError('flow/not-collectable', { reason });
  }
  const { governed, policy } = await readPolicy(filesAtCommit(repository, commit.id));
  if (!governed) throw weighbridgeError('flow/no-policy', {});
  const placesOf = ({ ledger, store }: Policy) => canonicalJson({ ledger, store });
  if (placesOf(policy) !== placesOf(opened)) {
    const head = await repository.commit('HEAD');
    throw weighbridgeError('flow/policy-outdated', { commit: head?.id.slice(0, 12) ?? 'HEAD', branch: branch.name });
  }
  return { policy, policyDigest: digestJson(sha256, policy), commit };
}
