import { WeighbridgeError } from '@weighbridge/core';
import type { Forge } from '@weighbridge/ports';
import type { AppliedLine, Applying } from './applying.js';

/**
 * Tells what was merged and not applied: the commit that brought it turns red, so that nobody takes it for done, and what
 * came in without anybody judging it gets an issue. A token that may not open issues leaves the status and the ledger.
 */
export async function tellUnapplied(
  { surroundings, model, request }: Applying,
  lines: readonly AppliedLine[],
): Promise<void> {
  const { forge } = surroundings;
  if (forge === null || request.statusContext === null) return;
  const { name } = model.manifest;
  for (const line of lines) {
    const { outcome, commit, stage, version } = line;
    if (commit === null || outcome === 'applied' || outcome === 'already-there') continue;
    const why = outcome === 'bypassed' ? 'nobody judged the change' : 'its gate does not permit it';
    const description = `${name} ${version} did not enter ${stage}: ${why}`;
    await forge.setStatus({ commit, context: request.statusContext, state: 'failure', description, url: null });
    if (outcome === 'bypassed') await openIssue(forge, { name, line, commit });
  }
}

/** One issue for each bypass, however often somebody looks. */
async function openIssue(
  forge: Forge,
  { name, line, commit }: { readonly name: string; readonly line: AppliedLine; readonly commit: string },
): Promise<void> {
  const { stage, version } = line;
  const marker = `<!-- weighbridge: bypass ${name} ${stage} ${version} ${commit} -->`;
  const body = [
    marker,
    `Commit ${commit} asks for \`${name}\` ${version} in **${stage}**, and reached the branch without a pull request that was judged. Nothing moved, and the ledger has it on record.`,
    '',
    'Either ask for the move in a pull request that changes the line and back, or revert the line of `stages.yaml`. `weighbridge doctor` tells how the change could get in.',
  ].join('\n');
  try {
    await forge.openIssue({ marker, title: `${name} ${version}: ${stage} was changed past its gate`, body });
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || !['forge/forbidden', 'forge/not-found'].includes(error.code))
      throw error;
  }
}
