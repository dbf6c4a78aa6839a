import { digestJson, weighbridgeError } from '@weighbridge/core';
import type { Commit } from '@weighbridge/ports';
import { filesAtCommit } from '../reading/files.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { type Governance, policyPath, readPolicy } from './governance.js';

/**
 * What must hold before anything is written: a signed ledger where the policy asks for it, and a commit that the
 * default branch or a release branch contains.
 * @throws flow/unsigned, flow/untrusted-key, flow/uncommitted, flow/not-on-branch; flow/branch-not-known in a job
 */
export async function checkRegistrable(
  surroundings: Surroundings,
  governance: Governance,
  head: Commit,
  command: string,
): Promise<readonly Notice[]> {
  checkSigning(surroundings, governance, command);
  await checkPolicyCommitted(surroundings);
  const { repository } = surroundings;
  const fallback = await repository.defaultBranch();
  const tips = fallback === null ? [] : [fallback];
  for (const name of governance.policy.release.branches) {
    const commit =
      (await repository.commit(`refs/remotes/origin/${name}`)) ?? (await repository.commit(`refs/heads/${name}`));
    if (commit !== null) tips.push({ name, commit: commit.id });
  }
  if (tips.length === 0) return [];
  const answers = [];
  for (const tip of tips) answers.push(await repository.isAncestor(head.id, tip.commit));
  if (answers.includes(true)) return [];
  const branches = tips.map((tip) => tip.name).join(', ');
  if (!answers.includes('unknown')) {
    throw weighbridgeError('flow/not-on-branch', { commit: head.id.slice(0, 12), branches });
  }
  if (surroundings.ci) throw weighbridgeError('flow/branch-not-known', { commit: head.id.slice(0, 12), branches });
  return [{ level: 'warning', text: `The clone is too shallow to tell whether this commit is on ${branches}.` }];
}

/**
 * The same for commands that move what is registered. The policy of HEAD must be the one of the default branch: a tag of
 * a version leads to a commit of the branch as well, and with it would come the rules of that day.
 * @param options.ofRemote asks the remote which branch that is: a clone may believe in one that is none any more
 * @throws flow/no-commit, flow/policy-outdated and as checkRegistrable; flow/default-branch-unread with `ofRemote`
 */
export async function checkOnBranch(
  surroundings: Surroundings,
  governance: Governance,
  command: string,
  { ofRemote = false }: { readonly ofRemote?: boolean } = {},
): Promise<readonly Notice[]> {
  const head = await surroundings.repository.commit('HEAD');
  if (head === null) throw weighbridgeError('flow/no-commit', {});
  const notices = await checkRegistrable(surroundings, governance, head, command);
  await checkPolicyCurrent(surroundings, governance, { head, command, ofRemote });
  return notices;
}

async function checkPolicyCurrent(
  { repository, sha256 }: Surroundings,
  { policyDigest }: Governance,
  { head, command, ofRemote }: { readonly head: Commit; readonly command: string; readonly ofRemote: boolean },
): Promise<void> {
  const branch = await repository.defaultBranch({ ofRemote });
  const tip = branch === null ? null : await repository.branchTip(branch.name);
  if (ofRemote && tip === null) throw weighbridgeError('flow/default-branch-unread', { command });
  if (branch === null || tip === null || tip.id === head.id) return;
  const { policy } = await readPolicy(filesAtCommit(repository, tip.id));
  if (digestJson(sha256, policy) === policyDigest) return;
  throw weighbridgeError('flow/policy-outdated', { commit: head.id.slice(0, 12), branch: branch.name });
}

/** A policy that nobody committed governs nothing. @throws flow/uncommitted */
async function checkPolicyCommitted({ workTree }: Surroundings): Promise<void> {
  const changed = await workTree.changed([policyPath]);
  if (changed.size > 0) throw weighbridgeError('flow/uncommitted', { paths: policyPath });
}

/**
 * A ledger that must be signed is not begun without a key, and none is written with a key that its readers do not trust.
 * @throws flow/unsigned, flow/untrusted-key
 */
export function checkSigning(
  surroundings: Surroundings,
  governance: Pick<Governance, 'policy'>,
  command: string,
): void {
  const { signing, keys } = governance.policy.ledger;
  if (surroundings.signer === null) {
    if (signing === 'required') throw weighbridgeError('flow/unsigned', { command });
  } else if (keys.length > 0 && !keys.includes(surroundings.signer)) {
    throw weighbridgeError('flow/untrusted-key', { key: surroundings.signer });
  }
}
