import type { Verdict, VerdictNode } from '@weighbridge/core';
import type { MetricCondition } from '@weighbridge/manifest';
import { describe, expect, test } from 'vitest';
import { gateFacts } from '../../test/gate-case.js';
import { type ConditionSetting, nameCondition, whetherApplies } from './condition.js';

const node = (id: string, verdict: Verdict, ...children: VerdictNode[]): VerdictNode => {
  return { id, kind: 'metric', verdict, because: 'it is so', children };
};

function setting(parts: Partial<ConditionSetting> = {}): ConditionSetting {
  return {
    candidate: { ...gateFacts().candidate, impact: 'high' },
    artifacts: [],
    transition: { from: null, to: 'development' },
    before: { waiverUsed: false, requirements: [] },
    ...parts,
  };
}

const judged = (...requirements: VerdictNode[]) => setting({ before: { waiverUsed: false, requirements } });
const metric = (outcomes: readonly Verdict[], more: Partial<MetricCondition> = {}) => ({
  metric: { gate: null, slice: null, outcomes, ...more } as MetricCondition,
});

test('a condition holds, does not hold, or is not known', () => {
  expect(whetherApplies({}, setting())).toBe('yes');
  expect(whetherApplies({ impact: 'high' }, setting())).toBe('yes');
  expect(whetherApplies({ impact: 'low' }, setting())).toBe('no');
  expect(whetherApplies({ moon: 'full' } as never, setting())).toBe('unknown');
  expect(whetherApplies({ impact: 'low', moon: 'full' } as never, setting())).toBe('unknown');
  expect(whetherApplies({ from: 'none' }, setting())).toBe('yes');
});

test('a format is met by any artifact that has it', () => {
  const artifacts = ['onnx', 'pytorch-zip'].map((format) => ({ path: `a.${format}`, format, imports: [] }));
  expect(whetherApplies({ format: 'onnx' }, setting({ artifacts }))).toBe('yes');
  expect(whetherApplies({ format: 'safetensors' }, setting({ artifacts }))).toBe('no');
  expect(whetherApplies({ format: 'onnx' }, setting())).toBe('no');
});

describe('what metric gates came to', () => {
  test('is met by any of them, or by the one that is named', () => {
    const two = judged(node('accuracy', 'pass'), node('latency', 'fail'));
    expect(whetherApplies(metric(['fail']), two)).toBe('yes');
    expect(whetherApplies(metric(['waived', 'fail']), two)).toBe('yes');
    expect(whetherApplies(metric(['inconclusive']), two)).toBe('no');
    expect(whetherApplies(metric(['fail'], { gate: 'accuracy' }), two)).toBe('no');
    expect(whetherApplies(metric(['fail'], { gate: 'latency' }), two)).toBe('yes');
  });
  test('is not known where no such gate was judged', () => {
    const other = judged({ ...node('accuracy', 'fail'), kind: 'checks' });
    expect(whetherApplies(metric(['fail']), other)).toBe('unknown');
    expect(whetherApplies(metric(['fail'], { gate: 'other' }), judged(node('accuracy', 'fail')))).toBe('unknown');
  });

  const sliced = judged(
    node(
      'accuracy',
      'fail',
      node('accuracy/lang=de', 'pass'),
      node(
        'accuracy/more',
        'fail',
        node('accuracy/lang=en/bounds', 'pass'),
        node('accuracy/lang=en/regression', 'fail'),
      ),
      node('accuracy/null', 'inconclusive'),
      node('accuracy/lang=deu', 'fail'),
    ),
  );
  test('on a slice is what its own node says, or the worst of the nodes below it, however deep', () => {
    const of = (slice: string, outcome: Verdict) => whetherApplies(metric([outcome], { slice }), sliced);
    expect(of('lang=de', 'pass')).toBe('yes');
    expect(of('lang=de', 'fail')).toBe('no');
    expect(of('lang=en', 'fail')).toBe('yes');
    expect(of('lang=en', 'pass')).toBe('no');
  });
  test('on a slice that it never came to is what the gate came to', () => {
    expect(whetherApplies(metric(['fail'], { slice: 'lang=fr' }), sliced)).toBe('yes');
    expect(whetherApplies(metric(['pass'], { slice: 'lang=fr' }), sliced)).toBe('no');
    const { children: _, ...alone } = node('accuracy', 'error');
    expect(whetherApplies(metric(['error'], { slice: 'lang=fr' }), judged(alone))).toBe('yes');
  });
  test('without a slice is what the gate came to, whatever its slices are called', () => {
    expect(whetherApplies(metric(['fail']), sliced)).toBe('yes');
    expect(whetherApplies(metric(['inconclusive']), sliced)).toBe('no');
  });
});

test('a condition is named by its parts', () => {
  expect(nameCondition({ impact: 'high', from: 'none' })).toEqual(['impact=high', 'from=none']);
  expect(nameCondition(metric(['fail', 'waived'], { gate: 'accuracy', slice: 'lang=de' }))).toEqual([
    'metric=accuracy:lang=de:fail|waived',
  ]);
  expect(nameCondition(metric(['fail']))).toEqual(['metric=fail']);
});
