import { foldEvent, type LedgerEvent, type ModelCatalogue } from '@weighbridge/ledger';
import { defaultPolicy, type Policy } from '@weighbridge/manifest';
import { registeredEvent, testEvent, testStages, transitionedEvent } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { findDue, versionKey } from './due-versions.js';
import type { WholeCatalogue } from '../registry/version-artifacts.js';

const dayMs = 86_400_000;
const about = { model: 'fraud' } as const;

function stored(version: string, time: string): LedgerEvent {
  const event = registeredEvent('fraud', version, { time });
  return { ...event, body: { ...event.body, store: 's3://models' } } as LedgerEvent;
}

const promoted = (version: string, to: string, replaces: string | null, time: string) =>
  transitionedEvent('fraud', version, { to, replaces }, { time });
const archived = (version: string, from: string | null, time: string) =>
  testEvent('archived', { ...about, version, body: { from } }, { time });

function folded(events: readonly LedgerEvent[]) {
  let catalogue: ModelCatalogue | null = null;
  const archivedAt = new Map<string, string>();
  for (const [index, event] of events.entries()) {
    const outcome = foldEvent(catalogue, event, { entry: index + 1, stages: testStages });
    if (outcome.outcome !== 'folded') throw new Error(outcome.because);
    catalogue = outcome.catalogue;
    if (event.type === 'archived') archivedAt.set(versionKey('fraud', `${event.version}`), event.context.time);
  }
  return { catalogue: catalogue as unknown as WholeCatalogue, archivedAt };
}

function dueAt(
  now: string,
  events: readonly LedgerEvent[],
  versions: Partial<NonNullable<Policy['retention']['versions']>>,
) {
  const { catalogue, archivedAt } = folded(events);
  const base = defaultPolicy();
  const policy: Policy = {
    ...base,
    retention: {
      ...base.retention,
      versions: { keepVersions: 1, archivedMs: {}, unpromotedMs: null, ...versions },
    },
  };
  const { due, spared } = findDue(catalogue, { policy, archivedAt, now: new Date(now) });
  return {
    due: due.map(({ version, rule }) => `${version.version} ${rule}`),
    spared: spared.map(({ version, because }) => `${version.version} ${because}`),
  };
}

const history = [
  stored('1.0.0', '2026-01-01T00:00:00Z'),
  stored('1.1.0', '2026-01-02T00:00:00Z'),
  stored('1.2.0', '2026-01-03T00:00:00Z'),
  promoted('1.0.0', 'staging', null, '2026-01-04T00:00:00Z'),
  promoted('1.1.0', 'staging', '1.0.0', '2026-01-05T00:00:00Z'),
];

describe('the time of versions', () => {
  test('begins with the archiving, by the furthest stage, and is over to the second', () => {
    const events = [...history, archived('1.0.0', null, '2026-02-01T00:00:00Z')];
    const archivedMs = { staging: 10 * dayMs, none: 0 };
    expect(dueAt('2026-02-10T23:59:59Z', events, { archivedMs }).due).toEqual([]);
    expect(dueAt('2026-02-11T00:00:00Z', events, { archivedMs }).due).toEqual([
      '1.0.0 retention.archived.staging: 10d',
    ]);
    expect(dueAt('2036-01-01T00:00:00Z', events, { archivedMs: { production: 0, none: 0 } }).due).toEqual([]);
  });

  test('never begins for what was in a stage that the policy calls otherwise by now', () => {
    const events = [...history, archived('1.0.0', null, '2026-02-01T00:00:00Z')];
    const { catalogue, archivedAt } = folded(events);
    const base = defaultPolicy();
    const versions = { keepVersions: 1, archivedMs: { development: 0, none: 0 }, unpromotedMs: 0 };
    const policy: Policy = {
      ...base,
      stages: base.stages.map((stage) => (stage === 'staging' ? 'candidate' : stage)),
      retention: { ...base.retention, versions },
    };
    const { due } = findDue(catalogue, { policy, archivedAt, now: new Date('2036-01-01T00:00:00Z') });
    expect(due.map(({ version }) => version.version)).not.toContain('1.0.0');
    expect(due.map(({ version }) => version.version)).not.toContain('1.1.0');
  });

  test('of versions that came no further than the first stage begins with their last change', () => {
    const events = [...history, promoted('1.2.0', 'development', null, '2026-02-01T00:00:00Z')];
    const more = [...events, stored('1.3.0', '2026-02-02T00:00:00Z')];
    const left = [...more, promoted('1.3.0', 'development', '1.2.0', '2026-02-03T00:00:00Z')];
    const unpromotedMs = 10 * dayMs;
    expect(dueAt('2036-01-01T00:00:00Z', more, { unpromotedMs }).due).toEqual([]);
    expect(dueAt('2026-02-12T23:59:59Z', left, { unpromotedMs }).due).toEqual([]);
    expect(dueAt('2026-02-13T00:00:00Z', left, { unpromotedMs }).due).toEqual(['1.2.0 retention.unpromoted: 10d']);
  });

  test('never begins for what came further and is not archived, nor for what an alias points to', () => {
    const alias = testEvent('aliased', {
      ...about,
      version: '1.2.0',
      body: { alias: 'champion', replaces: null, removed: false },
    });
    const events = [...history, stored('1.3.0', '2026-02-02T00:00:00Z')];
    expect(dueAt('2036-01-01T00:00:00Z', events, { unpromotedMs: 0 }).due).toEqual(['1.2.0 retention.unpromoted: 0s']);
    expect(dueAt('2036-01-01T00:00:00Z', [...events, alias], { unpromotedMs: 0 }).due).toEqual([]);
  });

  test('spares the newest, and what is on hold until that ends', () => {
    const hold = testEvent('held', { ...about, version: '1.2.0', body: { matter: 'doe', until: '2027-01-01' } });
    const events = [...history, stored('1.3.0', '2026-02-02T00:00:00Z')];
    const newest = dueAt('2026-12-01T00:00:00Z', events, { unpromotedMs: 0, keepVersions: 2 });
    expect(newest.due).toEqual([]);
    expect(newest.spared).toEqual([
      '1.2.0 of the newest 2 (retention.keep_versions)',
      '1.3.0 of the newest 2 (retention.keep_versions)',
    ]);
    const held = dueAt('2026-12-01T00:00:00Z', [...events, hold], { unpromotedMs: 0 });
    expect(held.due).toEqual([]);
    expect(held.spared).toContain('1.2.0 on hold for doe');
    expect(dueAt('2027-01-02T00:00:00Z', [...events, hold], { unpromotedMs: 0 }).due).toHaveLength(1);
  });

  test('is over for none where the policy says nothing', () => {
    const { catalogue, archivedAt } = folded(history);
    const facts = { policy: defaultPolicy(), archivedAt, now: new Date('2099-01-01T00:00:00Z') };
    expect(findDue(catalogue, facts)).toEqual({ due: [], spared: [] });
  });
});
