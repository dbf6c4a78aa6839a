import { Decimal } from 'decimal.js';

/**
 * Longest text, most digits and largest power of ten of a number that is compared: beyond them it is a named failure.
 */
export const decimalLimits = { textLength: 1_000, digits: 200, exponent: 400 } as const;

const decimalPattern = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,6})?$/;

// Sums of two accepted numbers span at most 800 + 200 digits, products of two at most 400 more: 4,000 never rounds.
const Exact = Decimal.clone({ precision: 4_000, toExpNeg: -25, toExpPos: 30, defaults: true });

/** A decimal number that is exact: made from text, never from a binary float. Immutable. */
export type ExactDecimal = Decimal;

/**
 * Reads decimal text such as `0.92`, `-1e-3` or `.5`. Null for every other text (`NaN`, `N/A`, `0x10`, an empty text)
 * and for numbers beyond `decimalLimits`; see `isDecimalText` to tell the two apart. Negative zero reads as zero.
 */
export function parseExactDecimal(text: string): ExactDecimal | null {
  if (!isDecimalText(text) || text.length > decimalLimits.textLength) return null;
  const value = new Exact(text.startsWith('+') ? text.slice(1) : text);
  if (value.isZero()) return new Exact(0);
  if (value.precision() > decimalLimits.digits || Math.abs(value.e) > decimalLimits.exponent) return null;
  return value;
}

/** Whether text has the form of a decimal number, whatever its size. */
export function isDecimalText(text: string): boolean {
  return text.length <= 2 * decimalLimits.textLength && decimalPattern.test(text);
}

/** Decimal text without loss for every number that `parseExactDecimal` accepts: `0.013`, `-2`, `1e-40`. */
export function formatExactDecimal(value: ExactDecimal): string {
  return value.toString();
}

/** The same for people: numbers of more than 30 digits are cut to 17 significant ones and marked with `…`. */
export function displayDecimal(value: ExactDecimal): string {
  return value.precision() > 30 ? `${value.toSignificantDigits(17).toString()}…` : value.toString();
}

/** Negative, zero or positive, exact. */
export function compareDecimals(left: ExactDecimal, right: ExactDecimal): number {
  return left.comparedTo(right);
}

/** How much better `value` is than `reference`: exact, positive is better. */
export function goodness(value: ExactDecimal, reference: ExactDecimal, direction: 'higher' | 'lower'): ExactDecimal {
  return direction === 'higher' ? value.minus(reference) : reference.minus(value);
}

/** A decimal of this package's precision from an integer or a finite float's shortest text. */
export function decimalOf(value: number): ExactDecimal {
  return new Exact(value);
}
