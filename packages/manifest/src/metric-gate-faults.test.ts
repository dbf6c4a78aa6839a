import { expect, test } from 'vitest';
import { parseManifest } from './parse-manifest.js';
import { parsePolicy } from './parse-policy.js';

const gate = (metrics: string) => `version: 1\ngates:\n  production:\n    metrics:\n${metrics}`;
const first = '      - { id: acc, metric: eval.acc, direction: higher, bounds: { min: 0 } }\n';
const faults = (parsed: ReturnType<typeof parsePolicy> | ReturnType<typeof parseManifest>) =>
  parsed.ok ? [] : parsed.faults.map(({ line, column, code }) => `${line}:${column} ${code}`);
const policyFaults = (text: string) => faults(parsePolicy({ path: 'weighbridge.yaml', text }));

test('a metric cannot be better both ways', () => {
  const other = (direction: string) =>
    gate(`${first}      - { id: other, metric: eval.acc, direction: ${direction}, bounds: { max: 1 } }\n`);
  expect(policyFaults(other('lower'))).toEqual(['6:51 manifest/direction-contradicts']);
  expect(policyFaults(other('higher'))).toEqual([]);
  expect(
    policyFaults(other('lower').replace('metric: eval.acc, direction: lower', 'metric: eval.loss, direction: lower')),
  ).toEqual([]);
});

test('words that are none of the choices', () => {
  const slices = (word: string) =>
    gate(
      `      - id: acc\n        metric: eval.acc\n        direction: higher\n        slices: { by: lang, on_missing: ${word}, each: { bounds: { min: 0 } } }\n`,
    );
  expect(policyFaults(slices('skip'))).toEqual(['8:41 manifest/not-a-choice']);
  expect(policyFaults(slices('warn'))).toEqual([]);
  expect(policyFaults(`${gate(first)}    multiplicity: bonferroni\n`)).toEqual(['6:19 manifest/not-a-choice']);
  expect(policyFaults(`${gate(first)}    evidence: { samples: some }\n`)).toEqual(['6:26 manifest/not-a-choice']);
});

test('a relative margin above 1 needs its percent sign', () => {
  const margin = (relative: string) =>
    policyFaults(
      gate(
        `      - { id: acc, metric: eval.acc, direction: higher, baseline: { ref: previous, max_regression: { relative: ${relative} } } }\n`,
      ),
    );
  expect(margin('5')).toEqual(['5:112 manifest/fraction']);
  expect(margin('1.0000001')).toEqual(['5:112 manifest/fraction']);
  expect(margin('1')).toEqual([]);
  expect(margin('500%')).toEqual([]);
});

test('files of examples stay in the repository', () => {
  const text = 'name: fraud\nkind: model\nmetrics: [{ id: e, path: a, examples: [../../../x] }]\n';
  expect(faults(parseManifest({ path: 'models/fraud/model.yaml', text }))).toEqual(['3:40 manifest/path']);
  const inside = parseManifest({ path: 'models/fraud/model.yaml', text: text.replace('../../../x', '../../x') });
  expect(faults(inside)).toEqual([]);
});
