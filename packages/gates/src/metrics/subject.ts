import {
  type ExactDecimal,
  formatExactDecimal,
  isDecimalText,
  type MetricValue,
  parseExactDecimal,
} from '@weighbridge/formats';
import type { BaselineFacts, EvidenceFacts } from '../facts.js';
import type { MetricGate } from '@weighbridge/manifest';

/** One value of a metric that is judged: the whole, or one slice. */
export interface Subject {
  /** `eval.accuracy`, or `eval.accuracy of language=en`. */
  readonly name: string;
  readonly value: MetricValue;
  readonly number: ExactDecimal;
}

/** The baseline side of a gate, after its ref was looked up. */
export interface Baseline {
  readonly facts: BaselineFacts;
  readonly evidence: EvidenceFacts;
  /** `production 1.3.2`, `previous 1.3.2`, `version 1.3.2`. */
  readonly name: string;
}

/** Reads a value as a number. A text says why it is none. */
export function readNumber(name: string, value: string): ExactDecimal | string {
  const number = parseExactDecimal(value);
  if (number !== null) return number;
  if (isDecimalText(value))
    return `${name} is ${value.slice(0, 40)}, which is beyond the size of numbers that are compared`;
  return `${name} is "${value.slice(0, 40)}" and not a number`;
}

/** What people call a baseline. */
export function nameBaseline(ref: string, version: string): string {
  const named = /^(?:stage|alias):(.+)/.exec(ref)?.[1];
  if (named !== undefined) return `${named} ${version}`;
  return ref === 'previous' ? `previous ${version}` : `version ${version}`;
}

/** The facts that every judged value carries. */
export function valueFacts(subject: Subject): { readonly value: string; readonly samples: number | null } {
  return { value: formatExactDecimal(subject.number), samples: subject.value.samples };
}

/** How a gate names one of its parts. */
export function partId(gate: MetricGate, part: string): string {
  return `${gate.id}/${part}`;
}
