import type { VerdictNode } from '@weighbridge/core';
import { findSlices, type MetricValue } from '@weighbridge/formats';
import type { MetricGate } from '@weighbridge/manifest';
import { judgeBounds } from './judge-bounds.js';
import { type Baseline, partId, readNumber, type Subject } from './subject.js';
import type { MetricSetting } from './setting.js';
import { compareSubjects } from './compare-subjects.js';

type SliceGate = NonNullable<MetricGate['slices']>;

/**
 * Judges each slice of one column, one node a slice. Required slices must be there, and so must those that the baseline
 * has, unless `on_missing` is warn: a slice that got worse could be left out otherwise. A slice that is not required and has fewer samples than asked is too small to judge and is told, not judged.
 */
export function judgeSlices(
  setting: MetricSetting,
  slices: SliceGate,
  baseline: Baseline | null,
): readonly VerdictNode[] {
  const { gate, key, evidence } = setting;
  const found = findSlices(evidence.document, key, slices.by);
  const before = findSlices(baseline?.evidence.document ?? null, key, slices.by);
  const names = [...new Set([...slices.required, ...found.keys(), ...before.keys()])].sort();
  if (names.length === 0) {
    const because = `${gate.metric} has no slice by ${slices.by}.`;
    return [{ id: partId(gate, slices.by), kind: 'metric', verdict: 'fail', because, remedy: supplySlices(slices) }];
  }
  const nodes = names.map((name) => {
    return judgeSlice(setting, slices, {
      name,
      value: found.get(name) ?? null,
      before: before.get(name) ?? null,
      baseline,
    });
  });
  const judged = nodes.flatMap((node) => node.nodes);
  if (nodes.some((node) => node.judged)) return judged;
  const because = `No slice of ${gate.metric} by ${slices.by} has the ${slices.minSamples} samples asked.`;
  return [
    ...judged,
    { id: partId(gate, slices.by), kind: 'metric', verdict: 'fail', because, remedy: supplySlices(slices) },
  ];
}

interface SliceFound {
  readonly name: string;
  readonly value: MetricValue | null;
  readonly before: MetricValue | null;
  readonly baseline: Baseline | null;
}

interface SliceJudged {
  readonly judged: boolean;
  readonly nodes: readonly VerdictNode[];
}

function judgeSlice(setting: MetricSetting, slices: SliceGate, slice: SliceFound): SliceJudged {
  const { gate } = setting;
  const id = partId(gate, `${slices.by}=${slice.name}`);
  const name = `${gate.metric} of ${slices.by}=${slice.name}`;
  const failed = (because: string, remedy: string): SliceJudged => {
    return { judged: true, nodes: [{ id, kind: 'metric', verdict: 'fail', because, remedy }] };
  };
  const required = slices.required.includes(slice.name);
  if (slice.value === null) {
    const known = slice.before === null ? '' : `; ${slice.baseline?.name ?? 'the baseline'} has it`;
    if (required || slices.onMissing === 'fail') return failed(`${name} is missing${known}.`, supplySlices(slices));
    const because = `${name} is missing${known}. It does not block: on_missing is warn.`;
    return { judged: false, nodes: [{ id, kind: 'metric', verdict: 'warn', because, remedy: supplySlices(slices) }] };
  }
  const few = slices.minSamples === null ? null : judgeSamples(slice.value.samples, slices.minSamples);
  if (few !== null) {
    const { because, told } = few;
    if (told === 'never') return failed(`${name} ${because}.`, supplySlices(slices));
    if (required) return failed(`${name} ${because}.`, `Evaluate on more samples of ${slices.by}=${slice.name}.`);
    const passed = `${name} ${because}; it is not required and was not judged.`;
    return { judged: false, nodes: [{ id, kind: 'metric', verdict: 'pass', because: passed }] };
  }
  const number = readNumber(name, slice.value.value);
  if (typeof number === 'string') return failed(`${number}.`, supplySlices(slices));
  const subject: Subject = { name, value: slice.value, number };
  return { judged: true, nodes: judgeParts(setting, slices, slice, subject, id) };
}

/** What is wrong with the samples of a slice; null when there are enough. */
function judgeSamples(
  samples: number | null,
  asked: number,
): { readonly because: string; readonly told: 'never' | 'few' } | null {
  if (samples === null) return { because: `does not say its samples; ${asked} are asked`, told: 'never' };
  if (samples >= asked) return null;
  return { because: `has ${samples} samples, ${asked - samples} less than the ${asked} asked`, told: 'few' };
}

function judgeParts(
  setting: MetricSetting,
  slices: SliceGate,
  slice: SliceFound,
  subject: Subject,
  id: string,
): readonly VerdictNode[] {
  const nodes: VerdictNode[] = [];
  const { bounds, maxRegression } = slices.each;
  if (bounds !== null) nodes.push(judgeBounds(`${id}/bounds`, subject, bounds));
  if (maxRegression !== null) {
    const { before, baseline } = slice;
    const only = { column: slices.by, value: slice.name };
    nodes.push(
      compareSubjects(setting, subject, {
        id: `${id}/regression`,
        baseline,
        before,
        margin: maxRegression,
        use: 'allowed',
        only,
      }),
    );
  }
  if (nodes.length > 0) return nodes;
  // A slice list without limits asks that the slices exist, which is judged by now.
  return [{ id, kind: 'metric', verdict: 'pass', because: `${subject.name} is there (${subject.value.value}).` }];
}

function supplySlices(slices: SliceGate): string {
  return `Evaluate by ${slices.by} and add the values to the document, each with its slice and its samples.`;
}
