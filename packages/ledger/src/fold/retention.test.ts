import {
  digestOf,
  identityOf,
  registeredEvent,
  rolledBackEvent,
  testEvent,
  testStages,
  transitionedEvent,
  waivedEvent,
} from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import type { ModelCatalogue } from '../catalogue.js';
import type { LedgerEvent } from '../event.js';
import { formatCatalogue, parseCatalogue } from '../log/catalogue-file.js';
import { foldEvent } from './fold-event.js';
import { holdsAt } from './retention.js';

const about = { model: 'fraud', version: '1.0.0' } as const;

function stored(version: string, previous?: string): LedgerEvent {
  const event = registeredEvent('fraud', version, previous === undefined ? {} : { previous });
  return { ...event, body: { ...event.body, store: 's3://models' } } as LedgerEvent;
}

/** Decided on what the log says at that moment, unless `entries` says otherwise. */
const released = (time = '2026-06-01T00:00:00Z', entries = decidedNow) =>
  testEvent(
    'bytes-released',
    {
      ...about,
      body: { rule: 'retention.unpromoted: 90d', policy: digestOf('p'), since: time, bytes: 12, entries },
    },
    { time },
  );
const decidedNow = -1;
function decided(event: LedgerEvent, catalogue: ModelCatalogue | null): LedgerEvent {
  if (event.type !== 'bytes-released' || event.body.entries !== decidedNow) return event;
  return { ...event, body: { ...event.body, entries: catalogue?.entries ?? 0 } };
}
const held = (matter: string, until: string | null = null) =>
  testEvent('held', { ...about, body: { matter, until } }, { justification: 'Doe v. Acme' });
const holdReleased = (matter: string, entry?: number) =>
  testEvent('hold-released', { ...about, body: { matter, ...(entry === undefined ? {} : { entry }) } });
const aliased = (removed: boolean, replaces: string | null) =>
  testEvent('aliased', { ...about, body: { alias: 'champion', replaces: replaces as never, removed } });

function outcomes(...events: readonly LedgerEvent[]): { words: string[]; catalogue: ModelCatalogue | null } {
  let catalogue: ModelCatalogue | null = null;
  const words = events.map((event, index) => {
    const outcome = foldEvent(catalogue, decided(event, catalogue), { entry: index + 1, stages: testStages });
    if (outcome.outcome !== 'folded') return outcome.outcome;
    catalogue = outcome.catalogue;
    expect(parseCatalogue(formatCatalogue(outcome.catalogue))).toEqual({ value: outcome.catalogue });
    return 'folded';
  });
  return { words, catalogue };
}

const last = (...events: readonly LedgerEvent[]) => outcomes(...events).words.at(-1);

describe('bytes that are given up', () => {
  test('are on record with when, by whom and by which rule, and go once', () => {
    const { words, catalogue } = outcomes(stored('1.0.0'), released(), released());
    expect(words).toEqual(['folded', 'folded', 'illegal']);
    expect(catalogue?.versions[0]?.released).toEqual({
      time: '2026-06-01T00:00:00Z',
      actor: 'ada',
      rule: 'retention.unpromoted: 90d',
      policy: digestOf('p'),
      since: '2026-06-01T00:00:00Z',
      bytes: 12,
      entry: 2,
    });
  });

  test('are none of a version that is unknown, or whose bytes were never stored', () => {
    expect(last(stored('1.1.0'), released())).toBe('illegal');
    expect(last(registeredEvent('fraud', '1.0.0'), released())).toBe('illegal');
  });

  test('lose against a stage, an alias and a hold that were first', () => {
    const promote = transitionedEvent('fraud', '1.0.0', { to: 'staging' });
    expect(last(stored('1.0.0'), promote, released())).toBe('conflict');
    expect(last(stored('1.0.0'), aliased(false, null), released())).toBe('conflict');
    expect(last(stored('1.0.0'), held('doe'), released())).toBe('conflict');
  });

  test('stay where the decision lay in the inbox while the model moved on', () => {
    const moves = [
      stored('1.0.0'),
      stored('1.1.0', '1.0.0'),
      transitionedEvent('fraud', '1.0.0', { to: 'staging' }),
      transitionedEvent('fraud', '1.1.0', { to: 'staging', replaces: '1.0.0' }),
    ];
    expect(last(...moves, released('2026-06-01T00:00:00Z', 2))).toBe('conflict');
    expect(last(...moves, released('2026-06-01T00:00:00Z', 4))).toBe('folded');
  });

  test('win against a stage, an alias, a rollback and a hold that come later', () => {
    expect(last(stored('1.0.0'), released(), transitionedEvent('fraud', '1.0.0', { to: 'staging' }))).toBe('illegal');
    expect(last(stored('1.0.0'), released(), aliased(false, null))).toBe('illegal');
    expect(last(stored('1.0.0'), released(), held('doe'))).toBe('illegal');
    const superseded = [
      stored('1.0.0'),
      stored('1.1.0', '1.0.0'),
      transitionedEvent('fraud', '1.0.0', { to: 'production' }),
      transitionedEvent('fraud', '1.1.0', { to: 'production', replaces: '1.0.0' }),
    ];
    const back = rolledBackEvent('fraud', '1.0.0', { stage: 'production', replaces: '1.1.0' });
    expect(last(...superseded, back)).toBe('folded');
    expect(last(...superseded, released(), back)).toBe('illegal');
  });

  test('come back by no waiver', () => {
    const lifted = waivedEvent('fraud', { gate: 'freeze', identity: identityOf('fraud', '1.0.0'), expires: null });
    expect(last(stored('1.0.0'), released(), lifted, transitionedEvent('fraud', '1.0.0', { to: 'staging' }))).toBe(
      'illegal',
    );
  });
});

describe('legal holds', () => {
  test('stay for each matter until released, with who and why', () => {
    const { words, catalogue } = outcomes(
      stored('1.0.0'),
      held('doe'),
      held('audit', '2026-12-31'),
      holdReleased('doe'),
      holdReleased('doe'),
      released(),
      holdReleased('audit'),
      released(),
    );
    expect(words).toEqual(['folded', 'folded', 'folded', 'folded', 'illegal', 'conflict', 'folded', 'folded']);
    expect(catalogue?.versions[0]?.holds).toEqual([]);
  });

  test('end when their own entry is named, and not when they were placed anew in between', () => {
    expect(last(stored('1.0.0'), held('doe'), holdReleased('doe', 2))).toBe('folded');
    const { words, catalogue } = outcomes(stored('1.0.0'), held('doe'), held('doe'), holdReleased('doe', 2));
    expect(words.at(-1)).toBe('conflict');
    expect(catalogue?.versions[0]?.holds).toMatchObject([{ matter: 'doe', entry: 3 }]);
    expect(last(stored('1.0.0'), held('doe'), holdReleased('doe'), held('doe'), holdReleased('doe', 2))).toBe(
      'conflict',
    );
  });

  test('are replaced by another hold for the same matter', () => {
    const { catalogue } = outcomes(stored('1.0.0'), held('doe'), held('doe', '2026-12-31'));
    expect(catalogue?.versions[0]?.holds).toMatchObject([
      { matter: 'doe', until: '2026-12-31', actor: 'ada', reason: 'Doe v. Acme', entry: 3 },
    ]);
  });

  test('end with their last day, and not before', () => {
    const registered = [stored('1.0.0'), held('doe', '2026-12-31')];
    expect(last(...registered, released('2026-12-31T23:59:59Z'))).toBe('conflict');
    expect(last(...registered, released('2027-01-01T00:00:00Z'))).toBe('folded');
    const version = outcomes(...registered).catalogue?.versions[0] ?? {};
    expect(holdsAt(version, '2026-12-31T23:59:59Z')).toHaveLength(1);
    expect(holdsAt(version, '2027-01-01T00:00:00Z')).toEqual([]);
  });

  test('can be set and released on a model that is given up', () => {
    const given = testEvent('deprecated', { model: 'fraud', body: { scope: 'model' } });
    expect(outcomes(stored('1.0.0'), given, held('doe'), holdReleased('doe'), released()).words).toEqual(
      Array.from({ length: 5 }, () => 'folded'),
    );
  });
});
