/** A decimal number as text: digits with an optional point and exponent, such as `0.10`, `-3` or `1e-4`. */
const decimalPattern = /^([+-]?)(\d*)(?:(\.)(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/** Longer texts are no thresholds, and exact arithmetic on them would be slow. */
const maxDigits = 100;
/** Range of IEEE 754 doubles, in which every metric was measured. */
const maxExponent = 308;

interface DecimalParts {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
  readonly exponent: number;
}

/**
 * A threshold as exact text, ready for exact arithmetic: digits are kept as written (`0.10` stays `0.10`), a plus sign is
 * dropped and a bare point completed (`.5` is `0.5`). Null for everything else, infinities and NaN above all.
 */
export function parseDecimalText(text: string): string | null {
  const parts = splitDecimal(text);
  return parts === null ? null : joinDecimal(parts, parts.fraction !== '');
}

/** As parseDecimalText, and a percentage as its fraction: `1%` is `0.01`, `12.50%` is `0.1250`. */
export function parseFractionText(text: string): string | null {
  const percent = /^(.*?)[ ]?%$/.exec(text)?.[1];
  if (percent === undefined) return parseDecimalText(text);
  const parts = splitDecimal(percent);
  if (parts === null) return null;
  if (parts.exponent !== 0) return joinDecimal({ ...parts, exponent: parts.exponent - 2 }, parts.fraction !== '');
  const digits = parts.whole.padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/^0+(?=\d)/, '');
  return joinDecimal({ ...parts, whole, fraction: digits.slice(-2) + parts.fraction }, true);
}

/** Sign of left - right, of two texts that parseDecimalText gave, without rounding. */
export function compareDecimalText(left: string, right: string): number {
  const [one, other] = [scaled(left), scaled(right)];
  const places = Math.max(one.places, other.places);
  const difference =
    one.digits * 10n ** BigInt(places - one.places) - other.digits * 10n ** BigInt(places - other.places);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

function splitDecimal(text: string): DecimalParts | null {
  if (text.length > maxDigits) return null;
  const match = decimalPattern.exec(text);
  if (match === null) return null;
  const [, sign, whole = '', , fraction = '', exponent] = match;
  if (whole === '' && fraction === '') return null;
  const power = exponent === undefined ? 0 : Number(exponent);
  if (Math.abs(power) > maxExponent || whole.length + power > maxExponent) return null;
  return { negative: sign === '-', whole: whole === '' ? '0' : whole, fraction, exponent: power };
}

function joinDecimal(parts: DecimalParts, pointed: boolean): string {
  const point = pointed ? `.${parts.fraction}` : '';
  const exponent = parts.exponent === 0 ? '' : `e${parts.exponent}`;
  return `${parts.negative ? '-' : ''}${parts.whole}${point}${exponent}`;
}

/** A decimal as an integer and the number of its decimal places, which is never negative. */
function scaled(text: string): { digits: bigint; places: number } {
  const parts = splitDecimal(text);
  if (parts === null) return { digits: 0n, places: 0 };
  const digits = BigInt(parts.whole + parts.fraction) * (parts.negative ? -1n : 1n);
  const places = parts.fraction.length - parts.exponent;
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
}
