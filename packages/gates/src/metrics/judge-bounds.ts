import type { VerdictNode } from '@weighbridge/core';
import { compareDecimals, displayDecimal, parseExactDecimal } from '@weighbridge/formats';
import type { MetricBounds } from '@weighbridge/manifest';
import { type Subject, valueFacts } from './subject.js';

/** Bounds are inclusive and judged at the value itself, whatever the uncertainty. */
export function judgeBounds(id: string, subject: Subject, bounds: MetricBounds): VerdictNode {
  const told = { ...valueFacts(subject), min: bounds.min, max: bounds.max };
  const node = { id, kind: 'metric', facts: told };
  const min = bounds.min === null ? null : parseExactDecimal(bounds.min);
  const max = bounds.max === null ? null : parseExactDecimal(bounds.max);
  if (
    (bounds.min !== null && min === null) ||
    (bounds.max !== null && max === null) ||
    (min === null && max === null)
  ) {
    const because = `The bounds of ${subject.name} (min ${bounds.min}, max ${bounds.max}) are no numbers to compare with.`;
    return { ...node, verdict: 'error', because, remedy: 'Correct bounds in weighbridge.yaml.' };
  }
  const shown = displayDecimal(subject.number);
  if (min !== null && compareDecimals(subject.number, min) < 0) {
    const gap = displayDecimal(min.minus(subject.number));
    return { ...node, verdict: 'fail', because: `${subject.name} ${shown} is ${gap} below the bound ${bounds.min}.` };
  }
  if (max !== null && compareDecimals(subject.number, max) > 0) {
    const gap = displayDecimal(subject.number.minus(max));
    return { ...node, verdict: 'fail', because: `${subject.name} ${shown} is ${gap} above the bound ${bounds.max}.` };
  }
  const kept = [min === null ? null : `at least ${bounds.min}`, max === null ? null : `at most ${bounds.max}`];
  const asked = kept.filter((text) => text !== null).join(' and ');
  return { ...node, verdict: 'pass', because: `${subject.name} ${shown} is within its bounds (${asked}).` };
}
