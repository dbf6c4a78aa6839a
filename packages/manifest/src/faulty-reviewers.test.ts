import { expect, it } from 'vitest';
import { parsePolicy } from './parse-policy.js';

const policy = 'version: 1\n';
const roster = 'reviewers: { ml: { users: [alice, bob] } }\n';
const digest = `sha256:${'a'.repeat(64)}`;
const head = '        metric: eval.acc\n        direction: higher\n';
const waiver = (member: string) =>
  `${policy}${roster}waivers:\n  - gate: acc\n    model: fraud\n    digest: ${digest}\n    reason: no longer right\n    expires: 2026-12-31\n    rule: ml\n${member}`;
/** A gate with a metric gate `acc` whose reviewers depend on it; the condition is on line 13. */
const asking = (metric: string) =>
  `${policy}${roster}gates:\n  production:\n    metrics:\n      - id: acc\n${head}        bounds: { min: 0 }\n    reviewers:\n      - from: ml\n        when:\n          metric: ${metric}\n`;

const cases: readonly (readonly [what: string, text: string, faults: readonly string[]])[] = [
  [
    'a condition on a metric gate that is not there',
    `${policy}${roster}gates:\n  production:\n    reviewers:\n      - { from: ml, when: { metric: waived } }\n`,
    ['6:37 unknown-metric-gate'],
  ],
  ['a condition on a mistyped metric gate', asking('{ outcome: [fail], gate: ac }'), ['13:44 unknown-metric-gate']],
  [
    'a condition on a slice without slices',
    asking('{ outcome: [fail], slice: "lang=de" }'),
    ['13:45 gate-asks-nothing'],
  ],
  ['a condition on no outcome', asking('{ outcome: [] }'), ['13:21 range']],
  ['a condition on an unknown outcome', asking('failed'), ['13:19 not-a-choice']],
  [
    'a condition on an unknown stage',
    `${policy}${roster}gates: { production: { reviewers: [{ from: ml, when: { from: stagin } }] } }\n`,
    ['3:62 unknown-stage'],
  ],
  ['an owner that differs from a roster in case', `${policy}${roster}owners: [ML]\n`, ['3:10 unknown-roster']],
  ['a review option that is none', `${policy}review: { objections: nobody }\n`, ['2:23 not-a-choice']],
  ['commands that are neither true nor false', `${policy}review: { commands: "yes" }\n`, ['2:21 wrong-type']],
  [
    'no reviewers at all',
    `${policy}${roster}gates: { production: { reviewers: [{ from: ml, count: 0 }] } }\n`,
    ['3:55 range'],
  ],
  ['a waiver with a short reason', waiver('').replace('no longer right', 'because'), ['7:13 waiver-reason']],
  [
    'a waiver with blanks for a reason',
    waiver('').replace('no longer right', '"            "'),
    ['7:13 waiver-reason'],
  ],
  [
    'a waiver with a reason shorter than the policy asks',
    waiver('waiver_limits: { min_reason: 20 }\n'),
    ['7:13 waiver-reason'],
  ],
  ['a limit of waivers that is no duration', `${policy}waiver_limits: { max_duration: long }\n`, ['2:32 duration']],
];

it.each(cases)('tells %s', (_, text, expected) => {
  const parsed = parsePolicy({ path: 'weighbridge.yaml', text });
  const faults = parsed.ok ? [] : parsed.faults;
  expect(faults.map(({ line, column, code }) => `${line}:${column} ${code.replace('manifest/', '')}`)).toEqual(
    expected,
  );
});
