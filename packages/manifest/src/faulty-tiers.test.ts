import { expect, it } from 'vitest';
import { parsePolicy } from './parse-policy.js';

const policy = (tiers: string, store = 's3://acme/prod') =>
  parsePolicy({ path: 'weighbridge.yaml', text: `version: 1\nstore: ${store}\ntiers: ${tiers}\n` });

it.each([
  ['a class of another service', '{ warm: { class: Cool, after: 30d } }', '3:25 not-a-choice'],
  ['what is deployed, archived', '{ hot: { class: GLACIER } }', '3:24 not-a-choice'],
  ['a warm tier that is not read at once', '{ warm: { class: DEEP_ARCHIVE, after: 1d } }', '3:25 not-a-choice'],
  ['a tier that is never used', '{ cold: { class: GLACIER } }', '3:10 missing-key'],
  ['a tier that says nothing of how bytes lie', '{ cold: { archived: 7d } }', '3:10 missing-key'],
  ['a time that is none', '{ cold: { class: GLACIER, archived: soon } }', '3:44 duration'],
])('tiers: %s', (_, tiers, fault) => {
  const parsed = policy(tiers);
  const faults = parsed.ok ? [] : parsed.faults;
  expect(faults.map(({ line, column, code }) => `${line}:${column} ${code.replace('manifest/', '')}`)).toEqual([fault]);
});

it('a folder has no classes', () => {
  for (const tiers of ['{ cold: { class: GLACIER, after: 1d } }', '{ hot: { class: STANDARD } }']) {
    const parsed = policy(tiers, '{ type: folder, path: /srv/models }');
    const faults = parsed.ok ? [] : parsed.faults;
    expect(faults.map(({ code }) => code)).toEqual(['manifest/form']);
    expect(faults[0]?.remedy).toContain('compress: true');
    expect(faults[0]?.remedy).not.toContain('s3:');
  }
});

it('a folder compresses, and a tier that says nothing lies as the next hotter one does', () => {
  const rules = (tiers: string, store: string) => {
    const parsed = policy(tiers, store);
    return parsed.ok ? parsed.value.tiers : parsed.faults;
  };
  const day = 86_400_000;
  expect(rules('{ cold: { archived: 1d, compress: true } }', '{ type: folder, path: /srv/models }')).toEqual({
    hot: null,
    warm: null,
    cold: { class: null, compress: true, afterMs: null, archivedMs: day },
  });
  expect(
    rules(
      '{ warm: { class: STANDARD_IA, after: 1d, compress: true }, cold: { class: GLACIER, after: 2d } }',
      's3://a1b/c',
    ),
  ).toMatchObject({ warm: { compress: true }, cold: { class: 'GLACIER', compress: true } });
  expect(
    rules('{ warm: { class: STANDARD_IA, after: 1d }, cold: { after: 2d, compress: true } }', 's3://a1b/c'),
  ).toMatchObject({ warm: { compress: false }, cold: { class: 'STANDARD_IA', compress: true } });
});

it.each([
  ['s3://acme/prod', 'STANDARD', 'DEEP_ARCHIVE'],
  ['gs://acme/prod', 'STANDARD', 'ARCHIVE'],
  ['az://acmemodels/models', 'Hot', 'Archive'],
])('tiers of %s', (store, hot, cold) => {
  const parsed = policy(`{ cold: { class: ${cold}, archived: 7d } }`, store);
  const expected = {
    hot,
    warm: null,
    cold: { class: cold, compress: false, afterMs: null, archivedMs: 7 * 86_400_000 },
  };
  expect(parsed.ok ? parsed.value.tiers : parsed.faults).toEqual(expected);
});
