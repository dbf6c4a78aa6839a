import { type JsonValue, permits, type VerdictNode } from '@weighbridge/core';
import { requirementKinds } from '@weighbridge/gates';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  accuracyGate,
  decisionOf,
  evidenceOf,
  factsWith,
  identity,
  otherIdentity,
  requestFor,
  strictGate,
} from '../test/decision-case.js';
import { amendmentOf } from '../test/amendment-case.js';
import { review, reviewFacts } from '../test/review-case.js';
import { checklistLine, type ChecklistLine } from './render-checklist.js';
import { renderDecisionText } from './render-verdict.js';

const margin = { absolute: '0.005', relative: null };
const baseline = (ref: string, ifAbsent: 'fail' | 'bounds-only') => ({
  ref,
  ifAbsent,
  maxRegression: margin,
  minImprovement: null,
});
const slices = {
  by: 'language',
  minSamples: 200,
  required: ['en'],
  onMissing: 'fail' as const,
  each: { bounds: { min: '0.9', max: null }, maxRegression: margin },
};

const metric = fc.constantFrom(
  accuracyGate(),
  accuracyGate({ bounds: null, baseline: null }),
  accuracyGate({ metric: 'eval.acuracy' }),
  accuracyGate({ metric: 'nowhere' }),
  accuracyGate({ bounds: { min: 'x', max: null }, baseline: null }),
  accuracyGate({ bounds: { min: null, max: '0.1' } }),
  accuracyGate({ baseline: baseline('stage:staging', 'fail') }),
  accuracyGate({ baseline: baseline('stage:empty', 'fail') }),
  accuracyGate({ bounds: null, baseline: baseline('stage:empty', 'bounds-only') }),
  accuracyGate({ uncertainty: { use: 'paired', confidence: '0.95' } }),
  accuracyGate({ uncertainty: { use: 'stderr', confidence: '0.95' } }),
  accuracyGate({ baseline: null, uncertainty: { use: 'stderr', confidence: '0.95' } }),
  accuracyGate({ slices }),
  accuracyGate({ severity: 'warn' }),
);
const gate = fc.record({
  from: fc.constantFrom(null, ['staging']),
  soakMs: fc.constantFrom(null, 3_600_000, 1e12),
  checks: fc.constantFrom([], ['ci / tests'], ['slow', 'broken', 'absent']),
  metadata: fc.constantFrom('complete' as const, 'optional' as const),
  data: fc.constant('pinned' as const),
  formats: fc.constantFrom({ allow: null, deny: [] }, { allow: null, deny: ['pickle'] }, { allow: ['onnx'], deny: [] }),
  evidence: fc.constantFrom(
    null,
    { level: 'attested' as const, maxAgeMs: null, same: [], samples: 'any' as const },
    { level: 'reported' as const, maxAgeMs: 1, same: ['dataset'], samples: 'complete' as const },
  ),
  metrics: fc.array(metric, { maxLength: 3 }),
  reviewers: fc.constantFrom(
    [],
    [{ from: 'ml', count: 2, when: {} }],
    [{ from: 'nobody', count: 1, when: {} }],
    [{ from: 'ml', count: 1, when: { moon: 'full' } as object }],
    [{ from: 'owners', count: 1, when: { metric: { outcomes: ['fail' as const], gate: 'nowhere', slice: null } } }],
  ),
  onInconclusive: fc.constantFrom('block' as const, 'warn' as const),
  multiplicity: fc.constantFrom('none' as const, 'holm' as const),
  signature: fc.constant('required' as const),
});

const signing = { keys: { release: 'PEM' }, signers: [], when: 'register' as const, trustedRoot: null };
const signature = fc.constantFrom(undefined, null, { good: [], refused: [] }, { good: [], refused: ['it is bad'] });

const check = (state: 'running' | 'failure', conclusion: string) => ({ state, conclusion, commit: 'c0', url: null });
const value = fc.constantFrom('0.912', '0.93', 'NaN', 'N/A', '1e9');
const nothing = { data: null, commit: null, framework: null, frameworkVersion: null, duration: null, hardware: null };
const documented = (text: string) => {
  const { document, ...rest } = evidenceOf({ accuracy: text });
  const sliced = { key: 'accuracy', value: text, stderr: '0.02', samples: 300, slice: { by: 'language', value: 'de' } };
  return {
    ...rest,
    document: { ...document, values: [...document.values.map((each) => ({ ...each, stderr: '0.02' })), sliced] },
  } as never;
};
const pull = fc.constantFrom(
  reviewFacts({ reviews: [review('bob', 'changes-requested')] }),
  reviewFacts({ reviews: [review('alice'), review('mallory')] }),
  reviewFacts({ reviews: [{ ...review('alice'), commit: 'd'.repeat(40) }], draft: true }),
  reviewFacts({ reviews: [review('alice')] }, { permissions: {} }),
  reviewFacts({ reviews: [review('alice')], incomplete: ['some of its files'] }),
  reviewFacts({ author: review('alice').author, reviews: [review('bob'), review('carol')] }),
);
const amendments = fc.constantFrom(
  null,
  [],
  [amendmentOf(), amendmentOf({ what: 'workflow', path: '.github/workflows/ci.yml' })],
  [amendmentOf({ takesOver: ['erin', 'acme/ml'] })],
  [amendmentOf({ what: 'waiver', rule: 'nobody' }), amendmentOf({ what: 'waiver', rule: 'ml' })],
);
const facts = fc
  .record({
    value,
    sparse: fc.boolean(),
    looked: fc.boolean(),
    frozen: fc.boolean(),
    stage: fc.constantFrom('2026-06-01T11:30:00Z', '2030-01-01T00:00:00Z', 'never'),
    kind: fc.constantFrom('model' as const, 'prompt' as const),
    review: fc.option(pull),
    signature,
    amendments,
    pointer: fc.constantFrom(undefined, { stage: 'production', expected: '1.3.2', found: '1.4.0' }),
  })
  .map((given) =>
    factsWith(given.value, {
      candidate: {
        identity,
        evidence: otherIdentity,
        kind: given.kind,
        impact: 'low',
        owners: given.sparse ? [] : ['alice'],
      },
      evidence: given.sparse
        ? {}
        : { eval: { ...(documented(given.value) as object), levelChecked: given.looked } as never },
      baselines: {
        'stage:production': { version: '1.3.2', identity: otherIdentity, evidence: { eval: documented('0.931') } },
        'stage:empty': null,
      },
      metadata: given.sparse ? nothing : factsWith('1').metadata,
      data: given.sparse ? [] : [{ name: 'tickets', ref: 's3://acme/tickets', pinned: null }],
      artifacts: given.sparse ? [] : [{ path: 'model.pkl', format: 'pickle', imports: ['os.system'] }],
      frozen: given.frozen ? [{ identity, version: '2.0.0', since: '2026-05-01T00:00:00Z', justification: null }] : [],
      stagesEntered: given.sparse ? {} : { staging: given.stage },
      ...(given.review === null
        ? (withoutForge as never)
        : {
            checks: { slow: check('running', 'queued'), broken: check('failure', 'cancelled') },
            review: given.review,
          }),
      ...(given.amendments === null ? unlooked : { amendments: given.amendments }),
      ...(given.signature === undefined ? {} : { signature: given.signature }),
      ...(given.pointer === undefined ? {} : { pointer: given.pointer }),
    }),
  );
const unlooked = { amendments: undefined } as never;
const withoutForge = { checks: undefined, review: undefined };

const move = fc.constantFrom(
  { from: 'staging', to: 'production' },
  { from: null, to: 'production' },
  { from: 'archived', to: 'nowhere' },
);

it('names the next command or person for everything that is open, whatever the rule', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(gate, facts, move, (gate, facts, transition) => {
      const decision = decisionOf(
        requestFor(strictGate(gate), { transition, allowedFrom: ['staging'], signing }),
        facts,
      );
      for (const node of decision.requirements) {
        if (!permits(node.verdict)) seen.add(node.kind);
        expectRemedied(node);
        expectShown(checklistLine(node));
      }
      const open = decision.requirements.filter((node) => !permits(node.verdict));
      if (open.length > 0) expect(renderDecisionText(decision)).toContain('-> ');
    }),
    { seed: 3, numRuns: 1_500 },
  );
  expect([...seen].sort()).toEqual([...requirementKinds].sort());
});

/** A requirement has a remedy of its own; its parts at least that of the requirement. */
function expectRemedied(node: VerdictNode): void {
  if (permits(node.verdict)) return;
  const place: JsonValue = { id: node.id, because: node.because };
  expect(node.remedy ?? '', JSON.stringify(place)).toMatch(/\S.*\.$/);
  expect(node.because).toMatch(/\S.*\.$/);
}

function expectShown(line: ChecklistLine): void {
  if (!permits(line.node.verdict)) expect(line.remedy ?? '', line.node.id).not.toBe('');
  for (const part of line.parts) expectShown(part);
}
