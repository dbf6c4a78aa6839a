import type { VerdictNode } from '@weighbridge/core';
import type { MetricGate } from '@weighbridge/manifest';
import { expect, test } from 'vitest';
import {
  baselineFacts,
  baselineRule,
  evidenceFacts,
  gateFacts,
  gatePolicy,
  gateRequest,
  metricDocument,
  metricGate,
  type ValueParts,
} from '../../test/gate-case.js';
import type { EvidenceFacts } from '../facts.js';
import { evaluate } from '../evaluate.js';

/** One gate, the candidate's document, and the baseline's (null: there is no such version). */
interface Case {
  readonly gate: Partial<MetricGate>;
  readonly candidate?: Parameters<typeof metricDocument>[0];
  readonly context?: object;
  readonly evidence?: Partial<EvidenceFacts>;
  readonly baseline?: Parameters<typeof metricDocument>[0] | null;
  readonly baselineContext?: object;
  readonly baselineEvidence?: Partial<EvidenceFacts>;
  readonly policy?: object;
}

const absolute = (text: string) => ({ absolute: text, relative: null });
const loss = (text: string, more: object = {}) => baselineRule({ maxRegression: absolute(text), ...more });
const gain = (text: string) => baselineRule({ minImprovement: absolute(text) });
const slice = (language: string, value: string, samples: number | null = 500): ValueParts => {
  return { key: 'accuracy', value, samples, slice: { language } };
};
const slices = (parts: object = {}) => ({
  by: 'language',
  minSamples: 200,
  required: ['en'],
  onMissing: 'fail' as const,
  each: { bounds: { min: '0.9', max: null }, maxRegression: null },
  ...parts,
});
const error = (value: string, stderr: string | null) => ({ accuracy: { value, stderr } });
const uncertain = (use: 'stderr' | 'paired' | 'bootstrap', confidence = '0.95') => ({ use, confidence });
const examples = (...scores: readonly string[]) => ({
  examples: { accuracy: scores.map((score, at) => ({ id: `e${at}`, score, slice: null })) },
});
const same = (...words: readonly string[]) => ({
  evidence: { level: 'reported', maxAgeMs: null, same: words, samples: 'complete' },
});
const long = 'x'.repeat(60);

const cases: Readonly<Record<string, Case>> = {
  'bounds kept, both': { gate: { bounds: { min: '0.9', max: '1' } } },
  'bounds kept, least': { gate: { bounds: { min: '0.9', max: null } } },
  'bounds kept, most': { gate: { bounds: { min: null, max: '1' } } },
  'below the bound': { gate: { bounds: { min: '0.95', max: null } } },
  'above the bound': { gate: { bounds: { min: null, max: '0.9' } } },
  'bounds that are no numbers': { gate: { bounds: { min: 'high', max: null } } },
  'judges nothing': { gate: {} },
  'uncertainty without a baseline': { gate: { bounds: { min: '0', max: null }, uncertainty: uncertain('stderr') } },
  'no such document': { gate: { metric: 'qqqq.zzzz', bounds: { min: '0', max: null } } },
  'near names': { gate: { metric: 'eval.acuracy', bounds: { min: '0', max: null } } },
  'not a number': { gate: { bounds: { min: '0', max: null } }, candidate: { accuracy: `N/A ${long}` } },
  'too large a number': { gate: { bounds: { min: '0', max: null } }, candidate: { accuracy: '1e999999' } },
  'a limited evaluation': {
    gate: { bounds: { min: '0', max: null } },
    context: { samples: { effective: '9', original: '10' } },
  },
  'the other direction': { gate: { bounds: { min: '0', max: null } }, context: { direction: 'lower' } },
  'equal to the baseline': { gate: { baseline: loss('0.01') }, baseline: { accuracy: '0.930' } },
  'better than the baseline': { gate: { baseline: loss('0.01') }, baseline: { accuracy: '0.9' } },
  'worse, within what is allowed': { gate: { baseline: loss('0.01') }, baseline: { accuracy: '0.935' } },
  'worse, beyond what is allowed': { gate: { baseline: loss('0.01') }, baseline: { accuracy: '0.95' } },
  'improved as asked': { gate: { baseline: gain('0.02') }, baseline: { accuracy: '0.9' } },
  'improved less than asked': { gate: { baseline: gain('0.05') }, baseline: { accuracy: '0.9' } },
  'lower is better': { gate: { direction: 'lower', baseline: gain('0.05') }, baseline: { accuracy: '0.99' } },
  'both margins of a baseline': {
    gate: { baseline: loss('0.01', { minImprovement: absolute('0.001') }) },
    baseline: { accuracy: '0.93' },
  },
  'a relative margin of zero': {
    gate: { baseline: baselineRule({ maxRegression: { absolute: null, relative: '0.1' } }) },
    baseline: { accuracy: '0' },
  },
  'no baseline': { gate: { baseline: loss('0.01') }, baseline: null },
  'no baseline, bounds alone': {
    gate: { bounds: { min: '0.9', max: null }, baseline: loss('0.01', { ifAbsent: 'bounds-only' }) },
    baseline: null,
  },
  'no baseline and no bounds': { gate: { baseline: loss('0.01', { ifAbsent: 'bounds-only' }) }, baseline: null },
  'a baseline that was not looked for': { gate: { baseline: loss('0.01', { ref: 'other' }) } },
  'a baseline without the metric': { gate: { baseline: loss('0.01') }, baseline: { f1: '0.9' } },
  'a baseline that is no number': { gate: { baseline: loss('0.01') }, baseline: { accuracy: 'NaN' } },
  'another data set': {
    gate: { baseline: loss('0.01') },
    baseline: { accuracy: '0.93' },
    context: { dataset: long + long },
    baselineContext: { dataset: 'v1' },
  },
  'nobody says which data set': {
    gate: { baseline: loss('0.01') },
    baseline: { accuracy: '0.93' },
    policy: same('dataset'),
  },
  'the candidate does not say which data set': {
    gate: { baseline: loss('0.01') },
    baseline: { accuracy: '0.93' },
    baselineContext: { dataset: 'v1' },
    policy: same('dataset'),
  },
  'slices that all hold': { gate: { slices: slices() }, candidate: { accuracy: '0.93', a: slice('en', '0.95') } },
  'a slice below its bound': { gate: { slices: slices() }, candidate: { accuracy: '0.93', a: slice('en', '0.8') } },
  'a required slice is missing': {
    gate: { slices: slices() },
    candidate: { accuracy: '0.93', a: slice('de', '0.95') },
  },
  'a required slice is small': {
    gate: { slices: slices() },
    candidate: { accuracy: '0.93', a: slice('en', '0.95', 199) },
  },
  'a small slice is passed over': {
    gate: { slices: slices() },
    candidate: { accuracy: '0.93', a: slice('en', '0.95'), b: slice('de', '0.1', 10) },
  },
  'only small slices': {
    gate: { slices: slices({ required: [] }) },
    candidate: { accuracy: '0.93', a: slice('de', '0.95', 10) },
  },
  'a slice without samples': {
    gate: { slices: slices() },
    candidate: { accuracy: '0.93', a: slice('en', '0.95', null) },
  },
  'a slice that is no number': { gate: { slices: slices() }, candidate: { accuracy: '0.93', a: slice('en', 'NaN') } },
  'no slice': { gate: { slices: slices({ required: [] }) } },
  'slices that must exist': {
    gate: { slices: slices({ each: { bounds: null, maxRegression: null } }) },
    candidate: { accuracy: '0.93', a: slice('en', '0.1') },
  },
  'slices against no baseline rule': {
    gate: { slices: slices({ each: { bounds: null, maxRegression: absolute('0.01') } }) },
    candidate: { accuracy: '0.93', a: slice('en', '0.95') },
  },
  'a slice that the baseline lacks': {
    gate: { baseline: loss('1'), slices: slices({ each: { bounds: null, maxRegression: absolute('0.01') } }) },
    candidate: { accuracy: '0.93', a: slice('en', '0.95') },
    baseline: { accuracy: '0.93' },
  },
  'a slice that got worse': {
    gate: { baseline: loss('1'), slices: slices({ each: { bounds: null, maxRegression: absolute('0.01') } }) },
    candidate: { accuracy: '0.93', a: slice('en', '0.93') },
    baseline: { accuracy: '0.93', a: slice('en', '0.95') },
  },
  'a slice left out, which warns': {
    gate: { baseline: loss('1'), slices: slices({ onMissing: 'warn' }) },
    candidate: { accuracy: '0.93', a: slice('en', '0.95') },
    baseline: { accuracy: '0.93', a: slice('de', '0.95') },
  },
  'standard errors decide for it': {
    gate: { baseline: loss('0.02'), uncertainty: uncertain('stderr') },
    candidate: error('0.93', '0.003'),
    baseline: error('0.93', '0.004'),
  },
  'standard errors do not decide': {
    gate: { baseline: loss('0.005'), uncertainty: uncertain('stderr') },
    candidate: error('0.93', '0.003'),
    baseline: error('0.93', '0.004'),
  },
  'standard errors decide against it': {
    gate: { baseline: loss('0.005'), uncertainty: uncertain('stderr') },
    candidate: error('0.9', '0.003'),
    baseline: error('0.93', '0.004'),
  },
  'no standard error': {
    gate: { baseline: loss('0.005'), uncertainty: uncertain('stderr') },
    candidate: error('0.93', null),
    baseline: error('0.93', '0.004'),
  },
  'a standard error that is none': {
    gate: { baseline: loss('0.005'), uncertainty: uncertain('stderr') },
    candidate: error('0.93', '0.003'),
    baseline: error('0.93', long),
  },
  'a confidence that is none': {
    gate: { baseline: loss('0.005'), uncertainty: uncertain('stderr', '95') },
    candidate: error('0.93', '0.003'),
    baseline: error('0.93', '0.004'),
  },
  'uncertainty that is none': {
    gate: { baseline: loss('0.005'), uncertainty: { use: 'none', confidence: '0.95' } },
    baseline: { accuracy: '0.935' },
  },
  'no examples': {
    gate: { baseline: loss('0.005'), uncertainty: uncertain('paired') },
    baseline: { accuracy: '0.93' },
    baselineEvidence: examples('0.93'),
  },
  'no examples of the baseline': {
    gate: { baseline: loss('0.005'), uncertainty: uncertain('bootstrap') },
    candidate: { accuracy: '1' },
    evidence: examples('1', '1'),
    baseline: { accuracy: '0.93' },
  },
  'examples of 0 and 1': {
    gate: { baseline: loss('0.9'), uncertainty: uncertain('paired') },
    candidate: { accuracy: '0.75' },
    evidence: examples('1', '0', '1', '1'),
    baseline: { accuracy: '0.5' },
    baselineEvidence: examples('1', '1', '0', '0'),
  },
  'examples of other scores': {
    gate: { baseline: loss('0.9'), uncertainty: uncertain('paired') },
    candidate: { accuracy: '0.5' },
    evidence: examples('0.25', '0.75'),
    baseline: { accuracy: '0.5' },
    baselineEvidence: examples('0.5', '0.5'),
  },
  'examples that are not the same': {
    gate: { baseline: loss('0.9'), uncertainty: uncertain('paired') },
    candidate: { accuracy: '1' },
    evidence: examples('1', '1'),
    baseline: { accuracy: '1' },
    baselineEvidence: examples('1', '1', '1'),
  },
  'examples that average to something else': {
    gate: { baseline: loss('0.9'), uncertainty: uncertain('paired') },
    candidate: { accuracy: '0.9' },
    evidence: examples('1', '0'),
    baseline: { accuracy: '1' },
    baselineEvidence: examples('1', '1'),
  },
  'an example that is no number': {
    gate: { baseline: loss('0.9'), uncertainty: uncertain('paired') },
    candidate: { accuracy: '1' },
    evidence: examples('1', '1'),
    baseline: { accuracy: '1' },
    baselineEvidence: examples('1', long),
  },
  'too sure for a bootstrap': {
    gate: { baseline: loss('0.9'), uncertainty: uncertain('bootstrap', '0.9999') },
    candidate: { accuracy: '1' },
    evidence: examples('1', '1'),
    baseline: { accuracy: '1' },
    baselineEvidence: examples('1', '1'),
  },
  'a failure that warns': { gate: { bounds: { min: '0.95', max: null }, severity: 'warn' } },
  'inconclusive, which warns': {
    gate: { baseline: loss('0.005'), uncertainty: uncertain('stderr') },
    candidate: error('0.93', '0.003'),
    baseline: error('0.93', '0.004'),
    policy: { onInconclusive: 'warn' },
  },
};

function judge(one: Case): VerdictNode | undefined {
  const candidate = metricDocument(one.candidate ?? { accuracy: '0.93' }, (one.context ?? {}) as never);
  const found =
    one.baseline === undefined || one.baseline === null
      ? one.baseline
      : baselineFacts(metricDocument(one.baseline, (one.baselineContext ?? {}) as never), one.baselineEvidence);
  const request = gateRequest(gatePolicy({ metrics: [metricGate(one.gate)], ...one.policy }));
  const facts = gateFacts({
    evidence: { eval: evidenceFacts(candidate, one.evidence) },
    baselines: found === undefined ? {} : { 'stage:production': found },
  });
  return evaluate(request, facts).children?.find(({ kind }) => kind === 'metric');
}

/** A tree as text: verdict, id, sentence, remedy and facts of each node. */
function render(node: VerdictNode, indent = ''): string {
  const lines = [
    `${indent}${node.verdict} ${node.kind} ${node.id}: ${node.because}`,
    ...(node.remedy === undefined ? [] : [`${indent}  remedy: ${node.remedy}`]),
    ...(node.facts === undefined ? [] : [`${indent}  facts: ${JSON.stringify(node.facts)}`]),
    ...(node.children ?? []).map((child) => render(child, `${indent}  `)),
  ];
  return lines.join('\n');
}

test('every outcome of a metric gate, as people and machines read it', async () => {
  const page = Object.entries(cases).map(([name, one]) => {
    const node = judge(one);
    return `# ${name}\n${node === undefined ? 'no requirement' : render(node)}\n`;
  });
  // Written anew by "npx vitest run -u"; a change of it is a change of what people are told, and is read as such.
  await expect(page.join('\n')).toMatchFileSnapshot('../../test/fixtures/metric-trees.txt');
});
