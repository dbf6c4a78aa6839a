import { expect, it } from 'vitest';
import { parsePolicy } from './parse-policy.js';

it.each([
  ['a stage that is none', '{ archived: { prod: 30d } }', '2:26 unknown-stage'],
  ['the archive', '{ archived: { archived: 30d } }', '2:26 unknown-stage'],
  ['a time that is none', '{ unpromoted: soon }', '2:26 duration'],
  ['a time of a stage that is none', '{ archived: { staging: soon } }', '2:35 duration'],
  ['no version to keep', '{ keep_versions: 0 }', '2:29 range'],
])('for how long bytes stay: %s', (_, retention, fault) => {
  const parsed = parsePolicy({ path: 'weighbridge.yaml', text: `version: 1\nretention: ${retention}\n` });
  const faults = parsed.ok ? [] : parsed.faults;
  expect(faults.map(({ line, column, code }) => `${line}:${column} ${code.replace('manifest/', '')}`)).toEqual([fault]);
});
