import { readFileSync } from 'node:fs';
import { utf8 } from '@weighbridge/core';
import { parseMetricDocument } from '@weighbridge/formats';
import { type MetricGate, parsePolicy } from '@weighbridge/manifest';
import { describe, expect, test } from 'vitest';
import { baselineFacts, evidenceFacts, judgeMetric } from '../../packages/gates/test/gate-case.js';

const page = readFileSync(new URL('../../docs/metric-gates.md', import.meta.url), 'utf8');

/** A gate of the page with the rows of the table that follows it. */
interface Example {
  readonly gate: string;
  readonly rows: readonly (readonly [candidate: string, baseline: string, verdict: string])[];
}

const examples: readonly Example[] = [...page.matchAll(/```yaml\n(id: [^`]+)```\n\n((?:\|.*\n)+)/g)].map(
  ([, gate = '', table = '']) => {
    const lines = table.trim().split('\n').slice(2);
    const rows = lines.map((line) => {
      const [candidate = '', baseline = '', verdict = ''] = line.split('|').slice(1, -1);
      return [candidate.trim(), baseline.trim(), verdict.trim()] as const;
    });
    return { gate, rows };
  },
);

function readPolicy(gates: string) {
  const parsed = parsePolicy({ path: 'weighbridge.yaml', text: `version: 1\n${gates}` });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults, null, 1));
  return parsed.value;
}

function readGate(text: string): MetricGate {
  const lines = text.trimEnd().split('\n');
  const item = lines.map((line, at) => `${at === 0 ? '      - ' : '        '}${line}`).join('\n');
  const [gate] = readPolicy(`gates:\n  production:\n    metrics:\n${item}\n`).gates['production']?.metrics ?? [];
  if (gate === undefined) throw new Error('no gate');
  return gate;
}

function judge(gate: MetricGate, candidate: string, baseline: string): string {
  const document = (cell: string) =>
    parseMetricDocument({ name: 'results.json', bytes: utf8(cell.replaceAll('`', '')) });
  const ref = gate.baseline?.ref;
  const found = baseline === 'none' ? null : baseline === '' ? undefined : baselineFacts(document(baseline));
  return judgeMetric(gate, {
    evidence: { eval: evidenceFacts(document(candidate)) },
    baselines: ref === undefined || found === undefined ? {} : { [ref]: found },
  }).verdict;
}

test('the whole grammar of the page is a policy', () => {
  const [, grammar = ''] = /## Grammar\n\n```yaml\n([^`]+)```/.exec(page) ?? [];
  const [gate] = readPolicy(grammar).gates['production']?.metrics ?? [];
  expect(gate?.slices?.required).toEqual(['en', 'de']);
});

test('the page has examples of each kind of verdict', () => {
  const verdicts = new Set(examples.flatMap(({ rows }) => rows.map(([, , verdict]) => verdict)));
  expect([...verdicts].sort()).toEqual(['error', 'fail', 'inconclusive', 'pass', 'warn']);
  expect(examples.length).toBeGreaterThan(6);
});

describe.each(examples.map(({ gate, rows }, at) => [at + 1, gate, rows] as const))('example %d', (_, gate, rows) => {
  test.each(rows)('%s against %s: %s', (candidate, baseline, verdict) => {
    expect(judge(readGate(gate), candidate, baseline)).toBe(verdict);
  });
});
