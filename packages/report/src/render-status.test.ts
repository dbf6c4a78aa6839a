import type { ModelName } from '@weighbridge/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AmendmentDecision, Decision } from '@weighbridge/gates';
import { accuracyGate, decisionOf, factsWith, requestFor, strictGate } from '../test/decision-case.js';
import { amendedWith, amendmentOf, faultOf } from '../test/amendment-case.js';
import type { ReportedFault } from './pull-report.js';
import { review, reviewFacts } from '../test/review-case.js';
import { renderStatus } from './render-status.js';

const reviewed = (approvedBy: readonly string[], objectionsBy: readonly string[] = []) => {
  const objections = objectionsBy.map((login) => review(login, 'changes-requested'));
  return { review: reviewFacts({ reviews: [...approvedBy.map((login) => review(login)), ...objections] }) };
};
const judge = (accuracy: string, facts: Parameters<typeof factsWith>[1] = {}, gate = strictGate()) =>
  decisionOf(requestFor(gate), factsWith(accuracy, facts));

describe('the status', () => {
  it('names the worst first: a metric before a missing approval', () => {
    expect(renderStatus({ decisions: [judge('0.9275')] })).toEqual({
      state: 'pending',
      description: 'fraud 2.0.0: 1 of 2 from ml approved',
    });
    const bounds = strictGate({ metrics: [accuracyGate({ baseline: null })] });
    expect(renderStatus({ decisions: [judge('0.912', {}, bounds)] })).toEqual({
      state: 'failure',
      description: 'fraud 2.0.0: accuracy 0.912 < 0.920; 1 of 2 from ml approved',
    });
    const regression = strictGate({ metrics: [accuracyGate({ bounds: null })] });
    expect(renderStatus({ decisions: [judge('0.912', {}, regression)] }).description).toBe(
      'fraud 2.0.0: accuracy 0.912 against production 1.3.2 0.931; 1 of 2 from ml approved',
    );
    const most = strictGate({ metrics: [accuracyGate({ bounds: { min: null, max: '0.9' }, baseline: null })] });
    expect(renderStatus({ decisions: [judge('0.912', {}, most)] }).description).toContain('accuracy 0.912 > 0.9;');
  });

  it('is pending for people and time, failure for what waiting does not change, error for what cannot be judged', () => {
    const state = (...decisions: readonly Decision[]) => renderStatus({ decisions }).state;
    expect(state(judge('0.93', { checks: {} }))).toBe('pending');
    expect(state(judge('0.93', reviewed(['alice', 'bob'])))).toBe('success');
    expect(state(judge('0.93', reviewed(['alice'], ['bob'])))).toBe('failure');
    const ofTeam = requestFor(strictGate(), { rosters: { ml: { users: ['alice'], teams: ['acme/ml'] } } });
    const unread = {
      state: 'cannot-verify',
      because: 'the token may not read it',
      remedy: 'Give one that may.',
    } as const;
    const review = reviewFacts({}, { teams: { 'acme/ml': unread } });
    const unverified = decisionOf(ofTeam, factsWith('0.93', { review }));
    expect(state(unverified)).toBe('error');
    expect(state(judge('0.93'), judge('0.912'))).toBe('failure');
    expect(state(judge('0.912'), unverified)).toBe('error');
  });

  it('is failure when the evidence does not decide, although somebody is waited for', () => {
    const decision = judge('0.93');
    const requirements = decision.requirements.map((node, place) =>
      place === 0 ? { ...node, verdict: 'inconclusive' as const } : node,
    );
    expect(renderStatus({ decisions: [{ ...decision, requirements }] }).state).toBe('failure');
  });

  it('says in a success why it is one', () => {
    expect(renderStatus({ decisions: [] })).toEqual({ state: 'success', description: 'No governed model touched.' });
    expect(renderStatus({ decisions: [judge('0.93', reviewed(['alice', 'bob']))] })).toEqual({
      state: 'success',
      description: 'fraud 2.0.0 may enter development',
    });
    const waived = {
      waivers: [{ gate: 'accuracy', identity: judge('0.912').digests.identity, expires: null, justification: 'known' }],
    };
    expect(
      renderStatus({ decisions: [judge('0.912', { ...waived, ...reviewed(['alice', 'bob']) })] }).description,
    ).toBe('fraud 2.0.0 may enter development (1 waived)');
  });

  it('blocks nothing in mode warn and before there is a policy, and tells what would', () => {
    const warned = decisionOf(requestFor(strictGate(), { mode: 'warn' }), factsWith('0.93'));
    expect(renderStatus({ decisions: [warned] })).toEqual({
      state: 'success',
      description: 'Mode warn, would block: fraud 2.0.0: 1 of 2 from ml approved',
    });
    expect(renderStatus({ decisions: [judge('0.93')], governed: false })).toEqual({
      state: 'success',
      description: 'Not governed yet, would block: fraud 2.0.0: 1 of 2 from ml approved',
    });
    expect(renderStatus({ decisions: [], governed: false }).description).toBe('Not governed yet, nothing would block');
  });

  it('fits 140 units by whole clauses and counts those that it leaves out', () => {
    const names = Array.from({ length: 30 }, (_, place) => `model-${place}` as ModelName);
    const many = names.map((model) => decisionOf(requestFor(strictGate(), { model }), factsWith('0.912')));
    const { description } = renderStatus({ decisions: many });
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
        const { description } = renderStatus({ decisions: [{ ...decision, requirements }] });
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

  it('is of the files and the rules too, one state over all: error before failure before pending', () => {
    const [pending, objected, broken] = [
      amendedWith([amendmentOf()]),
      amendedWith([amendmentOf()], reviewed([], ['bob']).review),
      amendedWith([amendmentOf({ rule: 'nobody' })]),
    ];
    const agreed = amendedWith([amendmentOf()], reviewed(['bob']).review);
    const passing = judge('0.93', reviewed(['alice', 'bob']));
    const state = (decision: Decision, amendments: AmendmentDecision, faults: readonly ReportedFault[] = []) =>
      renderStatus({ decisions: [decision], amendments, faults }).state;
    expect(state(passing, agreed)).toBe('success');
    expect(state(passing, pending)).toBe('pending');
    expect(state(passing, objected)).toBe('failure');
    expect(state(passing, broken)).toBe('error');
    expect(state(judge('0.93'), agreed)).toBe('pending');
    expect(state(judge('0.912'), agreed)).toBe('failure');
    expect(state(judge('0.912'), pending)).toBe('failure');
    expect(state(judge('0.912'), broken)).toBe('error');
    expect(state(passing, agreed, [faultOf([])])).toBe('error');
    expect(state(judge('0.912'), objected, [faultOf([3])])).toBe('error');
  });

  it('tells who is missing for a change of the rules, not what it changes', () => {
    const told = (amendments: AmendmentDecision) => renderStatus({ decisions: [], amendments }).description;
    expect(told(amendedWith([amendmentOf()]))).toBe('the rules: 0 of 1 from the policy owners (alice, bob) approved');
    expect(told(amendedWith([amendmentOf()], reviewed([], ['bob']).review))).toMatch(
      /^the rules: .*\bbob\b.* asked for changes$/,
    );
    expect(told(amendedWith([amendmentOf({ what: 'waiver', rule: 'risk' })]))).toBe(
      'the rules: The base policy has no roster risk that could approve it',
    );
    expect(told(amendedWith([amendmentOf()], reviewed(['alice']).review))).toBe('the rules may change');
    expect(told(amendedWith([amendmentOf()], reviewFacts(), 'warn'))).toBe(
      'Mode warn, would block: the rules: 0 of 1 from the policy owners (alice, bob) approved',
    );
  });

  it('tells the first fault and where it is, and counts the others', () => {
    const told = (...faults: readonly ReportedFault[]) => renderStatus({ decisions: [], faults }).description;
    expect(told(faultOf([3]))).toBe('files of fraud: models/fraud/model.yaml:3:3: Unknown key "key3"');
    expect(told(faultOf(Array.from({ length: 25 }, (_, place) => place + 1)))).toBe(
      'files of fraud: models/fraud/model.yaml:1:3: Unknown key "key1" (+24)',
    );
    expect(told(faultOf([], { model: null }))).toBe('the files: There is no file models/fraud/model.yaml');
    expect(renderStatus({ decisions: [], faults: [faultOf([3])], governed: false })).toEqual({
      state: 'success',
      description: 'Not governed yet, would block: files of fraud: models/fraud/model.yaml:3:3: Unknown key "key3"',
    });
  });

  it('names what could not be read before what fails, and what fails before who is waited for', () => {
    const report = {
      decisions: [judge('0.912')],
      amendments: amendedWith([amendmentOf()]),
      faults: [faultOf([3], { model: 'bot' })],
    };
    expect(renderStatus(report).description).toBe(
      'files of bot: models/fraud/model.yaml:3:3: Unknown key "key3"; fraud 2.0.0: accuracy 0.912 < 0.920 (+1); 1 of 2 from ml approved; +1 more',
    );
  });
});
