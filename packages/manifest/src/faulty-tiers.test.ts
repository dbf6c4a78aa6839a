import { expect, it } from 'vitest';
import { parsePolicy } from './parse-policy.js';

const policy = (tiers: string, store = 's3://acme/prod') =>
  parsePolicy({ path: 'weighbridge.yaml', text: `version: 1\nstore: ${store}\ntiers: ${tiers}\n` });

it.each([
  ['a class of another service', '{ warm: { class: Cool, after: 30d } }', '3:25 not-a-choice'],
  ['what is deployed, archived', '{ hot: { class: GLACIER } }', '3:24 not-a-choice'],
  ['a warm tier that is not read at once', '{ warm: { class: DEEP_ARCHIVE, after: 1d } }', '3:25 not-a-choice'],
  ['a tier that is never used', '{ cold: { class: GLACIER } }', '3:10 missing-key'],
  ['a time that is none', '{ cold: { class: GLACIER, archived: soon } }', '3:44 duration'],
])('tiers: %s', (_, tiers, fault) => {
  const parsed = policy(tiers);
  const faults = parsed.ok ? [] : parsed.faults;
  expect(faults.map(({ line, column, code }) => `${line}:${column} ${code.replace('manifest/', '')}`)).toEqual([fault]);
});

it('a folder has no classes', () => {
  const parsed = policy('{ cold: { class: GLACIER, after: 1d } }', '{ type: folder, path: /srv/models }');
  expect(parsed.ok ? [] : parsed.faults.map(({ code }) => code)).toEqual(['manifest/form']);
});

it.each([
  ['s3://acme/prod', 'STANDARD', 'DEEP_ARCHIVE'],
  ['gs://acme/prod', 'STANDARD', 'ARCHIVE'],
  ['az://acmemodels/models', 'Hot', 'Archive'],
])('tiers of %s', (store, hot, cold) => {
  const parsed = policy(`{ cold: { class: ${cold}, archived: 7d } }`, store);
  const expected = { hot, warm: null, cold: { class: cold, afterMs: null, archivedMs: 7 * 86_400_000 } };
  expect(parsed.ok ? parsed.value.tiers : parsed.faults).toEqual(expected);
});
