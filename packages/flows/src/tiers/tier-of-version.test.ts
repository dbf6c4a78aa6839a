import { foldEvent, type LedgerEvent, type ModelCatalogue } from '@weighbridge/ledger';
import { defaultPolicy } from '@weighbridge/manifest';
import { registeredEvent, testEvent, testStages, transitionedEvent } from '@weighbridge/testkit';
import { expect, test } from 'vitest';
import { versionKey } from '../retention/due-versions.js';
import { tierVersions } from './tier-of-version.js';
import type { WholeCatalogue } from '../registry/version-artifacts.js';

const dayMs = 86_400_000;
const day = (number: number) => `2026-01-${String(number).padStart(2, '0')}T00:00:00Z`;

function stored(version: string, time: string): LedgerEvent {
  const event = registeredEvent('fraud', version, { time });
  return { ...event, body: { ...event.body, store: 's3://models' } } as LedgerEvent;
}
const promoted = (version: string, replaces: string | null, time: string) =>
  transitionedEvent('fraud', version, { to: 'staging', replaces }, { time });
const archived = (version: string, time: string) =>
  testEvent('archived', { model: 'fraud', version, body: { from: null } }, { time });

/** 1.0.0 waits for a rollback behind 1.1.0, 1.2.0 is archived, 1.3.0 was never promoted, 1.4.0 is the newest. */
const events = [
  ...['1.0.0', '1.1.0', '1.2.0', '1.3.0', '1.4.0'].map((version, index) => stored(version, day(index + 1))),
  promoted('1.0.0', null, day(6)),
  promoted('1.1.0', '1.0.0', day(7)),
  archived('1.2.0', day(8)),
];

function tiersAt(now: string, { keep = 3 } = {}): Readonly<Record<string, string>> {
  let catalogue: ModelCatalogue | null = null;
  for (const [index, event] of events.entries()) {
    const outcome = foldEvent(catalogue, event, { entry: index + 1, stages: testStages });
    if (outcome.outcome !== 'folded') throw new Error(outcome.because);
    catalogue = outcome.catalogue;
  }
  const tiers = {
    hot: 'STANDARD',
    warm: { class: 'STANDARD_IA', compress: false, afterMs: 10 * dayMs, archivedMs: null },
    cold: { class: 'DEEP_ARCHIVE', compress: false, afterMs: 30 * dayMs, archivedMs: dayMs },
  };
  const policy = { ...defaultPolicy(), rollback: { keep, allow: [] }, tiers };
  const archivedAt = new Map([[versionKey('fraud', '1.2.0'), day(8)]]);
  const tiered = tierVersions(catalogue as unknown as WholeCatalogue, { policy, archivedAt, now: new Date(now) });
  return Object.fromEntries(tiered.map(({ version, tier }) => [version.version, tier]));
}

test('everything that is recent is hot', () => {
  expect(new Set(Object.values(tiersAt('2026-01-08T12:00:00Z')))).toEqual(new Set(['hot']));
});

test('archived versions go cold by their own count, the others get warm and cold by theirs', () => {
  expect(tiersAt('2026-01-09T00:00:00Z')).toMatchObject({ '1.2.0': 'cold', '1.3.0': 'hot' });
  expect(tiersAt('2026-01-18T00:00:00Z')).toMatchObject({ '1.2.0': 'cold', '1.3.0': 'warm' });
  expect(tiersAt('2026-03-18T00:00:00Z')).toMatchObject({ '1.2.0': 'cold', '1.3.0': 'cold' });
});

test('what a stage holds, or can go back to, stays hot whatever its age', () => {
  expect(tiersAt('2027-01-01T00:00:00Z')).toMatchObject({ '1.0.0': 'hot', '1.1.0': 'hot' });
  expect(tiersAt('2027-01-01T00:00:00Z', { keep: 0 })).toMatchObject({ '1.0.0': 'cold', '1.1.0': 'hot' });
});
