import { WeighbridgeError } from '@weighbridge/core';
import type { BranchChecks, Forge } from '@weighbridge/ports';
import type { Surroundings } from '../surroundings.js';
import type { Protection } from './finding.js';
import { openTip, readWorkflows } from './gather.js';
import { decideProtectionLevel } from './protection-level.js';

/**
 * How hard the check of a branch is to get around, from two requests and the workflows of the default branch: the level
 * that a diagnosis finds, for a place where one would cost too much. What the token may not read makes it unknown.
 */
export async function glanceAtProtection(
  surroundings: Pick<Surroundings, 'repository' | 'workTree'>,
  forge: Pick<Forge, 'address' | 'branchChecks'>,
  branch: string,
): Promise<Protection> {
  const unseen: string[] = [];
  const { files } = await openTip(surroundings, unseen);
  const workflows = await readWorkflows(files, unseen);
  const setting = { name: forge.address.split('/').slice(-2).join('/') };
  const seen = await readChecks(forge, branch);
  const protection = 'refused' in seen ? null : seen;
  const found = decideProtectionLevel({ setting, protection, defaultBranch: branch, workflows });
  return 'refused' in seen ? { ...found, because: `${found.because} ${seen.refused}` } : found;
}

async function readChecks(
  forge: Pick<Forge, 'branchChecks'>,
  branch: string,
): Promise<BranchChecks | { readonly refused: string }> {
  try {
    return await forge.branchChecks(branch);
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || !error.code.startsWith('forge/')) throw error;
    return { refused: error.message };
  }
}
