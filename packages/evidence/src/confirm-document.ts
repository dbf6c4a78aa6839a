import { canonicalJson } from '@weighbridge/core';
import {
  compareDecimals,
  displayDecimal,
  goodness,
  type MetricDocument,
  parseExactDecimal,
} from '@weighbridge/formats';

/** How far a claimed value may be from the one that was measured again. */
export interface Tolerance {
  /** Decimal text, such as `0.001`; of the measured value where it is relative. */
  readonly value: string;
  readonly relative: boolean;
}

/** What two documents do not agree in, one clause each. Empty: the claim is confirmed. */
export type Disagreements = readonly string[];

/** Reads `0.001` and `0.5%`; null for every other text, and for what is below zero. */
export function parseTolerance(text: string): Tolerance | null {
  const [, number = '', percent] = /^(\d{1,12}(?:\.\d{1,12})?)(%?)$/.exec(text) ?? [];
  return number === '' ? null : { value: number, relative: percent === '%' };
}

/** Inverse of parseTolerance. */
export function formatTolerance({ value, relative }: Tolerance): string {
  return `${value}${relative ? '%' : ''}`;
}

/**
 * Whether a document that was measured again confirms one that is claimed: every claimed value is there, for the same
 * slice and as many samples, within the tolerance, and what must be equal for a comparison is equal. What was measured
 * besides is of no concern. Exact decimals; a tie is within.
 */
export function confirmDocument(
  claimed: MetricDocument,
  measured: MetricDocument,
  tolerance: Tolerance,
): Disagreements {
  const found: string[] = [];
  if (canonicalJson(claimed.context) !== canonicalJson(measured.context))
    found.push('its context (dataset, harness, shots) is another');
  const known = new Map(measured.values.map((value) => [keyOf(value), value] as const));
  for (const value of claimed.values) {
    const again = known.get(keyOf(value));
    const name = nameOf(value);
    if (again === undefined) found.push(`${name} was not measured`);
    else {
      if (again.samples !== value.samples)
        found.push(
          `${name} rests on ${value.samples ?? 'unknown'} samples, and ${again.samples ?? 'unknown'} were measured`,
        );
      found.push(...disagreement(name, value.value, again.value, tolerance));
      found.push(...errorDisagreement(`the standard error of ${name}`, value.stderr, again.stderr, tolerance));
    }
  }
  return found;
}

type Value = MetricDocument['values'][number];

function keyOf({ key, slice }: Value): string {
  return canonicalJson({ key, slice });
}

function nameOf({ key, slice }: Value): string {
  const parts = Object.entries(slice ?? {}).map(([column, value]) => `${column}=${value}`);
  return parts.length === 0 ? key : `${key} of ${parts.join(', ')}`;
}

function errorDisagreement(
  name: string,
  claimed: string | null,
  measured: string | null,
  tolerance: Tolerance,
): Disagreements {
  if (claimed === null) return [];
  return measured === null ? [`${name} was not measured`] : disagreement(name, claimed, measured, tolerance);
}

function disagreement(name: string, claimed: string, measured: string, { value, relative }: Tolerance): Disagreements {
  const [left, right, bound] = [claimed, measured, value].map(parseExactDecimal);
  // NaN and N/A confirm nothing, not even each other.
  if (
    left === null ||
    left === undefined ||
    right === null ||
    right === undefined ||
    bound === null ||
    bound === undefined
  )
    return [`${name} is ${claimed.slice(0, 40)}, and ${measured.slice(0, 40)} was measured`];
  const distance = goodness(left, right, 'higher').abs();
  const allowed = relative ? right.abs().times(bound).dividedBy(100) : bound;
  if (compareDecimals(distance, allowed) <= 0) return [];
  return [
    `${name} is ${displayDecimal(left)}, and ${displayDecimal(right)} was measured: ${displayDecimal(distance)} apart, ${value}${relative ? '%' : ''} is allowed`,
  ];
}
