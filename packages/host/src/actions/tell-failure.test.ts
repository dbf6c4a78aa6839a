import { memoryForge, pullFacts } from '@weighbridge/testkit';
import { describe, expect, it } from 'vitest';
import { tellFailure } from './tell-failure.js';

describe('a job that fails before it judges', () => {
  const pull = pullFacts({ number: 7 });
  const told = async (hint: Parameters<typeof tellFailure>[0], facts = pull) => {
    const forge = memoryForge([facts]);
    await tellFailure(hint, forge, {});
    return forge.state.statuses.map(({ commit, context, state }) => ({ commit, context, state }));
  };
  const error = (commit: string) => [{ commit, context: 'weighbridge', state: 'error' }];

  it('leaves no earlier success on what it was to judge', async () => {
    expect(await told({ kind: 'pull', number: 7 })).toEqual(error(pull.head.commit));
    const head = { repository: 'acme/models', branch: pull.head.ref, commit: pull.head.commit };
    expect(await told({ kind: 'head', ...head })).toEqual(error(pull.head.commit));
    const group = { head: 'a'.repeat(40), base: 'b'.repeat(40), baseRef: 'main', headRef: 'queue' };
    expect(await told({ kind: 'group', group })).toEqual(error(group.head));
  });

  it('says nothing where nothing was to be judged', async () => {
    expect(await told({ kind: 'pull', number: 7 }, { ...pull, state: 'closed' })).toEqual([]);
    expect(await told({ kind: 'pull', number: 8 })).toEqual([]);
    expect(await told({ kind: 'sweep' })).toEqual([]);
    expect(await told(null)).toEqual([]);
    await expect(tellFailure({ kind: 'pull', number: 7 }, null, {})).resolves.toBeUndefined();
  });
});
