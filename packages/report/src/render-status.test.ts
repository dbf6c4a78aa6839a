import type { ModelName } from '@weighbridge/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accuracyGate, decisionOf, factsWith, requestFor, strictGate } from '../test/decision-case.js';
import { renderStatus } from './render-status.js';

const approvals = (approvedBy: readonly string[], objectionsBy: readonly string[] = []) => ({
  approvals: { ml: { approvedBy, objectionsBy, candidates: ['bob'], cannotVerify: null } },
});
const judge = (accuracy: string, facts: Parameters<typeof factsWith>[1] = {}, gate = strictGate()) =>
  decisionOf(requestFor(gate), factsWith(accuracy, facts));

describe('the status', () => {
  it('names the worst first: a metric before a missing approval', () => {
    expect(renderStatus([judge('0.9275')])).toEqual({
      state: 'pending',
      description: 'fraud 2.0.0: 1 of 2 from ml approved',
    });
    const bounds = strictGate({ metrics: [accuracyGate({ baseline: null })] });
    expect(renderStatus([judge('0.912', {}, bounds)])).toEqual({
      state: 'failure',
      description: 'fraud 2.0.0: accuracy 0.912 < 0.920; 1 of 2 from ml approved',
    });
    const regression = strictGate({ metrics: [accuracyGate({ bounds: null })] });
    expect(renderStatus([judge('0.912', {}, regression)]).description).toBe(
      'fraud 2.0.0: accuracy 0.912 against production 1.3.2 0.931; 1 of 2 from ml approved',
    );
    const most = strictGate({ metrics: [accuracyGate({ bounds: { min: null, max: '0.9' }, baseline: null })] });
    expect(renderStatus([judge('0.912', {}, most)]).description).toContain('accuracy 0.912 > 0.9;');
  });

  it('is pending for people and time, failure for what waiting does not change, error for what cannot be judged', () => {
    const state = (...decisions: Parameters<typeof renderStatus>[0]) => renderStatus(decisions).state;
    expect(state(judge('0.93', { checks: {} }))).toBe('pending');
    expect(state(judge('0.93', approvals(['alice', 'bob'])))).toBe('success');
    expect(state(judge('0.93', approvals(['alice'], ['bob'])))).toBe('failure');
    const unread = {
      approvals: { ml: { approvedBy: [], objectionsBy: [], candidates: [], cannotVerify: 'the team acme/ml' } },
    };
    expect(state(judge('0.93', unread))).toBe('error');
    expect(state(judge('0.93'), judge('0.912'))).toBe('failure');
    expect(state(judge('0.912'), judge('0.93', unread))).toBe('error');
  });

  it('is failure when the evidence does not decide, although somebody is waited for', () => {
    const decision = judge('0.93');
    const requirements = decision.requirements.map((node, place) =>
      place === 0 ? { ...node, verdict: 'inconclusive' as const } : node,
    );
    expect(renderStatus([{ ...decision, requirements }]).state).toBe('failure');
  });

  it('says in a success why it is one', () => {
    expect(renderStatus([])).toEqual({ state: 'success', description: 'No governed model touched.' });
    expect(renderStatus([judge('0.93', approvals(['alice', 'bob']))])).toEqual({
      state: 'success',
      description: 'fraud 2.0.0 may enter development',
    });
    const waived = {
      waivers: [{ gate: 'accuracy', identity: judge('0.912').digests.identity, expires: null, justification: 'known' }],
    };
    expect(renderStatus([judge('0.912', { ...waived, ...approvals(['alice', 'bob']) })]).description).toBe(
      'fraud 2.0.0 may enter development (1 waived)',
    );
  });

  it('blocks nothing in mode warn and before there is a policy, and tells what would', () => {
    const warned = decisionOf(requestFor(strictGate(), { mode: 'warn' }), factsWith('0.93'));
    expect(renderStatus([warned])).toEqual({
      state: 'success',
      description: 'Mode warn, would block: fraud 2.0.0: 1 of 2 from ml approved',
    });
    expect(renderStatus([judge('0.93')], { governed: false })).toEqual({
      state: 'success',
      description: 'Not governed yet, would block: fraud 2.0.0: 1 of 2 from ml approved',
    });
    expect(renderStatus([], { governed: false }).description).toBe('Not governed yet, nothing would block');
  });

  it('fits 140 units by whole clauses and counts those that it leaves out', () => {
    const names = Array.from({ length: 30 }, (_, place) => `model-${place}` as ModelName);
    const many = names.map((model) => decisionOf(requestFor(strictGate(), { model }), factsWith('0.912')));
    const { description } = renderStatus(many);
    expect(description).toBe(
      'model-0 2.0.0: accuracy 0.912 < 0.920 (+1); 1 of 2 from ml approved; model-1 2.0.0: accuracy 0.912 < 0.920 (+1); +57 more',
    );
  });

  it('never is longer, on more than one line or cut within a word', () => {
    const sentence = fc.string({
      unit: fc.constantFrom('a', 'word', ' ', '; ', '. ', '\n', '🦊', '@x'),
      maxLength: 120,
    });
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 8 }), (sentences) => {
        const decision = judge('0.912');
        const requirements = sentences.map((because, place) => ({
          id: `r${place}`,
          kind: 'x',
          verdict: 'fail' as const,
          because,
        }));
        const { description } = renderStatus([{ ...decision, requirements }]);
        expect(description.length).toBeLessThanOrEqual(140);
        expect(description).not.toMatch(/[\r\n]/);
        const whole = new Set(sentences.flatMap((text) => text.split(/[\s;.…]+/)));
        const told = description
          .replace(/; \+\d+ more$/, '')
          .replace('fraud 2.0.0: ', '')
          .split(/[\s;.…]+/);
        const cut = told.filter((word) => word !== '' && !whole.has(word));
        // One word alone may be longer than all the room.
        expect(cut.every((word) => word.length > 100)).toBe(true);
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});
