import { describe, expect, it } from 'vitest';
import { promoteCommand } from './commands/promote.js';
import { rollbackCommand } from './commands/rollback.js';
import { withDispatched } from './dispatched-inputs.js';

const filled = (spec: typeof promoteCommand.spec, texts: Readonly<Record<string, string>>, inputs: unknown) =>
  Object.fromEntries(withDispatched(spec, new Map(Object.entries(texts)), { inputs }));

describe('inputs of a workflow that is run by hand', () => {
  it('give what the step leaves out or empty', () => {
    const inputs = { model: 'fraud@1.4.0', to: 'staging', reason: 'Good', how: 'direct', other: 'x' };
    expect(filled(promoteCommand.spec, { to: ' ', how: 'auto' }, inputs)).toEqual({
      model: 'fraud@1.4.0',
      to: 'staging',
      reason: 'Good',
      how: 'auto',
    });
    expect(filled(rollbackCommand.spec, {}, { model: 'fraud', stage: 'production', reason: 'Bad', to: '' })).toEqual({
      model: 'fraud',
      stage: 'production',
      reason: 'Bad',
    });
  });

  it('do not overrule what the step says, and another word for the stage does', () => {
    expect(filled(promoteCommand.spec, { to: 'production' }, { to: 'staging' })).toEqual({ to: 'production' });
    expect(filled(promoteCommand.spec, {}, { stage: 'staging' })).toEqual({ to: 'staging' });
    expect(filled(promoteCommand.spec, {}, { to: 'staging', stage: 'production' })).toEqual({ to: 'staging' });
  });

  it('are nothing in any other event', () => {
    for (const inputs of [undefined, null, 'model', [1]]) expect(filled(promoteCommand.spec, {}, inputs)).toEqual({});
  });
});
