import { markError } from '@weighbridge/flows';
import type { Forge } from '@weighbridge/ports';
import { runUrlOf } from '../actor.js';
import { statusContext } from '../commands/gate-pull.js';
import type { PullHint } from '../pull-hint.js';

/**
 * Says of the commit that a job was to judge that it could not, so that an earlier success does not outlive its reasons
 * where the job failed before it began, as on a policy of the base that cannot be read. A token that may not say so
 * leaves the result of the job.
 */
export async function tellFailure(
  hint: PullHint | null,
  forge: Forge | null,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const commit = hint === null || forge === null ? null : await judgedCommit(hint, forge);
  if (forge === null || commit === null) return;
  await markError(forge, commit, { context: statusContext, url: runUrlOf(environment) });
}

async function judgedCommit(hint: PullHint, forge: Forge): Promise<string | null> {
  switch (hint.kind) {
    case 'pull': {
      const pull = await forge.pullHead(hint.number);
      return pull?.state === 'open' ? pull.head.commit : null;
    }
    case 'head':
      return (await forge.pullsFrom(hint)).length > 0 ? hint.commit : null;
    case 'group':
      return hint.group.head;
    case 'sweep':
    case 'nothing':
      return null;
  }
}
