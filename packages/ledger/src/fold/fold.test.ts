import { parseModelName } from '@weighbridge/core';
import {
  appliedEvent,
  bypassedEvent,
  gateDecidedEvent,
  identityOf,
  registeredEvent,
  rolledBackEvent,
  testApproval,
  testEvent,
  testStages,
  transitionedEvent,
  waivedEvent,
} from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { maxBypasses, type ModelCatalogue } from '../catalogue.js';
import type { LedgerEvent } from '../event.js';
import { formatCatalogue, parseCatalogue } from '../log/catalogue-file.js';
import { foldEvent } from './fold-event.js';

interface Folding {
  readonly catalogue: ModelCatalogue | null;
  readonly next: number;
}

const empty: Folding = { catalogue: null, next: 1 };

/** Folds one event; the outcome is the word, or `folded`. */
function step(
  folding: Folding,
  event: LedgerEvent,
): { readonly word: string; readonly because: string; readonly after: Folding } {
  const outcome = foldEvent(freezeDeep(folding.catalogue), event, { entry: folding.next, stages: testStages });
  if (outcome.outcome !== 'folded') return { word: outcome.outcome, because: outcome.because, after: folding };
  // What is kept on the branch folds on exactly as what was never written.
  expect(parseCatalogue(formatCatalogue(outcome.catalogue))).toEqual({ value: outcome.catalogue });
  return { word: 'folded', because: '', after: { catalogue: outcome.catalogue, next: folding.next + 1 } };
}

function fold(...events: readonly LedgerEvent[]): Folding {
  return events.reduce((folding, event) => {
    const { word, because, after } = step(folding, event);
    expect(`${word} ${because}`).toBe('folded ');
    return after;
  }, empty);
}

const outcomeOf = (folding: Folding, event: LedgerEvent): string => step(folding, event).word;

function freezeDeep<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null)
    for (const item of Object.values(Object.freeze(value))) freezeDeep(item);
  return value;
}

const one = registeredEvent('fraud', '1.0.0');
const two = registeredEvent('fraud', '1.1.0', { previous: '1.0.0' });
const promoteOne = transitionedEvent('fraud', '1.0.0', { to: 'production' });
const promoteTwo = transitionedEvent('fraud', '1.1.0', { to: 'production', replaces: '1.0.0' });
const back = rolledBackEvent(
  'fraud',
  '1.0.0',
  { stage: 'production', replaces: '1.1.0' },
  { time: '2026-05-02T00:00:00Z' },
);
const rolledBack = () => fold(one, two, promoteOne, promoteTwo, back);
const waiver = (expires: string | null, gate = 'freeze') =>
  testEvent('waived', { model: 'fraud', body: { gate, identity: identityOf('fraud', '1.1.0'), expires } });
const again = (time: string) =>
  transitionedEvent('fraud', '1.1.0', { to: 'production', replaces: '1.0.0' }, { time, occasion: 2 });

describe('registration', () => {
  test('versions are sorted by precedence, whatever the order of their entries', () => {
    const { catalogue } = fold(
      registeredEvent('fraud', '1.10.0'),
      registeredEvent('fraud', '1.2.0'),
      registeredEvent('fraud', '1.2.0-rc.1'),
    );
    expect(catalogue?.versions.map(({ version }) => version)).toEqual(['1.2.0-rc.1', '1.2.0', '1.10.0']);
    expect(catalogue?.versions.map(({ entry }) => entry)).toEqual([3, 2, 1]);
    expect(catalogue?.entries).toBe(3);
  });

  test.each([
    ['a version twice', one, registeredEvent('fraud', '1.0.0', { occasion: 'again' })],
    ['an unknown previous version', one, registeredEvent('fraud', '2.0.0', { previous: '1.5.0' })],
    [
      'no version',
      one,
      testEvent('registered', { model: 'fraud', body: (one as Extract<LedgerEvent, { type: 'registered' }>).body }),
    ],
  ])('%s is illegal', (_, before, event) => expect(outcomeOf(fold(before), event)).toBe('illegal'));
});

describe('transitions', () => {
  test('move a pointer and say so', () => {
    const { catalogue } = fold(one, two, promoteOne, promoteTwo);
    expect(catalogue?.stages).toEqual({ production: '1.1.0' });
    expect(catalogue?.history.map(({ version, previous, kind }) => [version, previous, kind])).toEqual([
      ['1.0.0', null, 'transitioned'],
      ['1.1.0', '1.0.0', 'transitioned'],
    ]);
  });

  test.each([
    ['a stage that points elsewhere', transitionedEvent('fraud', '1.1.0', { to: 'production' }), 'conflict'],
    [
      'a stage that points to nothing',
      transitionedEvent('fraud', '1.1.0', { to: 'staging', replaces: '1.0.0' }),
      'conflict',
    ],
    ['an unknown version', transitionedEvent('fraud', '9.0.0', { to: 'staging' }), 'illegal'],
    ['an unknown stage', transitionedEvent('fraud', '1.1.0', { to: 'canary' }), 'illegal'],
    ['an unknown stage left', transitionedEvent('fraud', '1.1.0', { to: 'staging', from: 'canary' }), 'illegal'],
    ['a name of the language', transitionedEvent('fraud', '1.1.0', { to: 'constructor' }), 'illegal'],
    ['the archive', transitionedEvent('fraud', '1.1.0', { to: 'archived' }), 'illegal'],
    ['where it is already', transitionedEvent('fraud', '1.0.0', { to: 'production', replaces: '1.0.0' }), 'illegal'],
    [
      'another identity',
      transitionedEvent('fraud', '1.1.0', { to: 'staging', identity: identityOf('x', '1.0.0') }),
      'illegal',
    ],
  ])('to %s: refused', (_, event, word) => expect(outcomeOf(fold(one, two, promoteOne), event)).toBe(word));
});

describe('rollback', () => {
  test('goes back, archives and freezes the version that it leaves', () => {
    const { catalogue } = rolledBack();
    expect(catalogue?.stages).toEqual({ production: '1.0.0' });
    expect(catalogue?.versions.map(({ archived }) => archived)).toEqual([false, true]);
    expect(catalogue?.frozen).toMatchObject([
      { identity: identityOf('fraud', '1.1.0'), since: '2026-05-02T00:00:00Z', entry: 5 },
    ]);
    expect(catalogue?.history.at(-1)).toMatchObject({
      kind: 'rolled-back',
      version: '1.0.0',
      previous: '1.1.0',
      justification: 'it is bad',
    });
  });

  test('takes the bad version out of every stage', () => {
    const { catalogue } = fold(
      one,
      two,
      promoteOne,
      transitionedEvent('fraud', '1.1.0', { to: 'staging' }),
      promoteTwo,
      back,
    );
    expect(catalogue?.stages).toEqual({ production: '1.0.0', staging: null });
  });

  test.each([
    [
      'from what the stage does not run',
      rolledBackEvent('fraud', '1.1.0', { stage: 'production', replaces: '1.0.0' }),
      'conflict',
    ],
    [
      'to what was never there',
      rolledBackEvent('fraud', '1.2.0', { stage: 'production', replaces: '1.1.0' }),
      'illegal',
    ],
    ['to what it runs', rolledBackEvent('fraud', '1.1.0', { stage: 'production', replaces: '1.1.0' }), 'illegal'],
    ['of an unknown stage', rolledBackEvent('fraud', '1.0.0', { stage: 'canary', replaces: '1.1.0' }), 'illegal'],
  ])('%s: refused', (_, event, word) => {
    expect(outcomeOf(fold(one, two, registeredEvent('fraud', '1.2.0'), promoteOne, promoteTwo), event)).toBe(word);
  });

  test('what is frozen does not come back without a waiver that stands after the freeze and has not expired', () => {
    expect(outcomeOf(rolledBack(), again('2026-05-03T00:00:00Z'))).toBe('illegal');
    const early = fold(one, two, promoteOne, waiver(null), promoteTwo, back);
    expect(outcomeOf(early, again('2026-05-03T00:00:00Z'))).toBe('illegal');
    const other = step(rolledBack(), waiver(null, 'accuracy')).after;
    expect(outcomeOf(other, again('2026-05-03T00:00:00Z'))).toBe('illegal');
    const waived = step(rolledBack(), waiver('2026-05-03')).after;
    expect(outcomeOf(waived, again('2026-05-04T00:00:00Z'))).toBe('illegal');
    const lifted = step(waived, again('2026-05-03T23:59:59Z'));
    expect(lifted.word).toBe('folded');
    expect(lifted.after.catalogue?.versions.map(({ archived }) => archived)).toEqual([false, false]);
    const frozenAgain = step(lifted.after, { ...back, id: 'ab'.repeat(32) });
    expect(frozenAgain.word).toBe('folded');
    expect(outcomeOf(frozenAgain.after, again('2026-05-03T00:00:00Z'))).toBe('illegal');
  });

  test('the same content under another version is frozen too', () => {
    const copy = registeredEvent('fraud', '1.2.0', { identity: identityOf('fraud', '1.1.0') });
    const folding = step(rolledBack(), copy).after;
    const move = transitionedEvent('fraud', '1.2.0', { to: 'staging', identity: identityOf('fraud', '1.1.0') });
    expect(outcomeOf(folding, move)).toBe('illegal');
  });
});

describe('the end of things', () => {
  const archive = (version: string, from: string | null) =>
    testEvent('archived', { model: 'fraud', version, body: { from } });
  const deprecate = (version: string | null) =>
    testEvent('deprecated', { model: 'fraud', version, body: { scope: version === null ? 'model' : 'version' } });

  test('a version that is in a stage is archived only by leaving it', () => {
    const folding = fold(one, two, promoteOne, transitionedEvent('fraud', '1.0.0', { to: 'development' }));
    expect(outcomeOf(folding, archive('1.0.0', null))).toBe('illegal');
    expect(outcomeOf(folding, archive('1.0.0', 'staging'))).toBe('illegal');
    const left = step(folding, archive('1.0.0', 'production'));
    expect(left.after.catalogue?.stages).toEqual({ development: null, production: null });
    expect(outcomeOf(left.after, archive('1.0.0', null))).toBe('illegal');
    expect(outcomeOf(left.after, { ...promoteOne, id: 'cd'.repeat(32) })).toBe('illegal');
  });

  test('a model that is in a stage is not deprecated, and its name is never used again', () => {
    expect(outcomeOf(fold(one, promoteOne), deprecate(null))).toBe('illegal');
    const gone = step(fold(one), deprecate(null));
    expect(gone.word).toBe('folded');
    for (const event of [two, promoteOne, deprecate(null), waiver(null)])
      expect(outcomeOf(gone.after, event)).toBe('illegal');
    expect(outcomeOf(gone.after, testEvent('annotated', { model: 'fraud', body: { detail: {} } }))).toBe('folded');
    expect(outcomeOf(gone.after, appliedEvent('fraud', {}))).toBe('folded');
    expect(outcomeOf(gone.after, bypassedEvent('fraud', { production: '1.0.0' }))).toBe('folded');
  });

  test('a deprecated version enters no stage', () => {
    const folding = fold(one, two, deprecate('1.1.0'));
    expect(outcomeOf(folding, transitionedEvent('fraud', '1.1.0', { to: 'staging' }))).toBe('illegal');
    expect(outcomeOf(folding, { ...deprecate('1.1.0'), id: 'ef'.repeat(32) })).toBe('illegal');
  });
});

describe('aliases and remarks', () => {
  const alias = (version: string | null, replaces: string | null, removed = false, name = 'champion') =>
    testEvent('aliased', { model: 'fraud', version, body: { alias: name, replaces: replaces as never, removed } });

  test('an alias moves by compare and swap', () => {
    const folding = fold(one, two, alias('1.0.0', null));
    expect(outcomeOf(folding, alias('1.1.0', null))).toBe('conflict');
    const moved = step(folding, alias('1.1.0', '1.0.0')).after;
    expect(moved.catalogue?.aliases).toEqual({ champion: '1.1.0' });
    expect(step(moved, alias(null, '1.1.0', true)).after.catalogue?.aliases).toEqual({});
    expect(outcomeOf(folding, alias('1.0.0', null, false, 'staging'))).toBe('illegal');
    expect(outcomeOf(folding, alias('9.0.0', null, false, 'next'))).toBe('illegal');
    expect(outcomeOf(folding, alias(null, null, true, 'constructor'))).toBe('illegal');
    expect(step(folding, alias('1.0.0', null, false, 'constructor')).word).toBe('folded');
  });

  test('evidence and observations are of registered versions', () => {
    const evidence = (version: string) =>
      testEvent('evidence-added', {
        model: 'fraud',
        version,
        body: { metrics: identityOf('m', '1'), id: 'eval', level: 'reported', proof: null },
      });
    expect(outcomeOf(fold(one), evidence('1.0.0'))).toBe('folded');
    expect(outcomeOf(fold(one), evidence('2.0.0'))).toBe('illegal');
    const body = { signature: identityOf('b', '1'), root: identityOf('r', '1'), kind: 'key', signer: 'ab' } as const;
    const signed = (version: string) => testEvent('signed', { model: 'fraud', version, body });
    expect(outcomeOf(fold(one), signed('2.0.0'))).toBe('illegal');
    const twice = fold(one, signed('1.0.0'), signed('1.0.0'));
    expect(twice.catalogue?.versions[0]?.signatures).toMatchObject([body, body]);
    // Catalogues from before there were signatures have no such member, and stay as they are.
    expect(fold(one).catalogue?.versions[0]).not.toHaveProperty('signatures');
    expect(outcomeOf(empty, testEvent('synced', { model: 'fraud', body: { registry: 'mlflow', detail: {} } }))).toBe(
      'illegal',
    );
    expect(
      outcomeOf(empty, gateDecidedEvent('fraud', { transition: 't', verdict: 'fail', outcome: 'held-back' })),
    ).toBe('folded');
  });

  test('what was applied last is kept, and nothing moves by it', () => {
    const folding = fold(one, two, promoteOne, appliedEvent('fraud', { production: '1.1.0' }, { pull: 3 }));
    const after = step(
      folding,
      appliedEvent(
        'fraud',
        { production: '2.0.0', staging: null },
        { aliases: { champion: '1.0.0' }, time: '2026-06-01T00:00:00Z' },
      ),
    );
    expect(after.after.catalogue).toMatchObject({
      stages: { production: '1.0.0' },
      aliases: {},
      applied: {
        stages: { production: '2.0.0', staging: null },
        aliases: { champion: '1.0.0' },
        commit: 'c0ffee'.padEnd(40, '0'),
        time: '2026-06-01T00:00:00Z',
        pull: null,
        entry: 5,
      },
    });
    const applied = appliedEvent('fraud', { production: '1.1.0' });
    expect(outcomeOf(folding, { ...applied, context: { ...applied.context, commit: null } })).toBe('illegal');
    expect(outcomeOf(folding, { ...applied, version: '1.0.0' as never })).toBe('illegal');
    expect(outcomeOf(empty, applied)).toBe('folded');
  });

  test('the newest bypasses are kept', () => {
    const many = Array.from({ length: maxBypasses + 3 }, (_, occasion) =>
      bypassedEvent('fraud', { production: '1.0.0' }, { because: `push ${occasion}`, pull: occasion }),
    );
    const { catalogue } = fold(one, ...many);
    expect(catalogue?.bypasses).toHaveLength(maxBypasses);
    expect(catalogue?.bypasses.at(0)).toMatchObject({ because: 'push 3', entry: 5 });
    expect(catalogue?.bypasses.at(-1)).toEqual({
      pull: maxBypasses + 2,
      because: `push ${maxBypasses + 2}`,
      requested: { production: '1.0.0' },
      commit: 'c0ffee'.padEnd(40, '0'),
      actor: 'ada',
      time: '2026-05-01T12:00:00Z',
      entry: 4 + maxBypasses,
    });
  });

  test('waivers keep rule, reason and reviews; older entries do without', () => {
    const told = waivedEvent('fraud', { gate: 'accuracy', identity: identityOf('fraud', '1.0.0'), expires: null });
    expect(fold(one, told, waiver(null)).catalogue?.waivers).toMatchObject([
      {
        gate: 'accuracy',
        rule: 'risk',
        reason: 'holdout relabelled, see incident 12',
        approvedBy: [{ login: 'carol' }],
      },
      { gate: 'freeze', rule: null, reason: null, approvedBy: [] },
    ]);
  });

  test('moves tell the pull request and who approved', () => {
    const approvals = [testApproval('bob'), testApproval('carol', 'risk')];
    const move = transitionedEvent('fraud', '1.0.0', { to: 'production', approvals, pull: 17 });
    expect(fold(one, two, move, promoteTwo).catalogue?.history).toMatchObject([
      { pull: 17, approvedBy: ['bob', 'carol'] },
      { pull: null, approvedBy: [] },
    ]);
  });

  test('policy is no matter of a model', () => {
    const policy = testEvent('policy-changed', { model: null, body: { policy: identityOf('p', '1'), stages: ['a'] } });
    expect(outcomeOf(empty, policy)).toBe('illegal');
    expect(parseModelName('fraud')).toBe('fraud');
  });
});
