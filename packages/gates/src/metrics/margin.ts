import { compareDecimals, displayDecimal, type ExactDecimal, parseExactDecimal } from '@weighbridge/formats';
import type { MetricMargin } from '@weighbridge/manifest';

/** A margin in the metric's own unit, and how people would say it. */
export type Margin =
  | { readonly kind: 'margin'; readonly value: ExactDecimal; readonly words: string }
  | { readonly kind: 'undefined'; readonly because: string };

/**
 * What a margin allows against one baseline. Both parts must hold, so of an allowed loss the smaller counts and of an
 * asked gain the larger. Relative parts are of the baseline's absolute value; of a baseline of zero they are undefined,
 * and then the absolute part alone counts.
 */
export function resolveMargin(margin: MetricMargin, baseline: ExactDecimal, use: 'allowed' | 'asked'): Margin {
  const absolute = margin.absolute === null ? null : parseExactDecimal(margin.absolute);
  const relative = margin.relative === null ? null : parseExactDecimal(margin.relative);
  const broken = [absolute === null ? margin.absolute : null, relative === null ? margin.relative : null].find(
    (text) => text !== null,
  );
  if (broken !== undefined)
    return { kind: 'undefined', because: `the margin "${broken.slice(0, 40)}" is not a number` };
  if (absolute === null && relative === null)
    return { kind: 'undefined', because: 'the policy gives neither an absolute nor a relative margin' };
  if (absolute?.isNegative() === true || relative?.isNegative() === true)
    return { kind: 'undefined', because: 'a margin is negative' };
  const parts: { readonly value: ExactDecimal; readonly words: string }[] = [];
  if (absolute !== null) parts.push({ value: absolute, words: displayDecimal(absolute) });
  if (relative !== null && !baseline.isZero()) {
    const value = relative.times(baseline.abs());
    parts.push({
      value,
      words: `${displayDecimal(value)} (${displayDecimal(relative.times(100))}% of ${displayDecimal(baseline.abs())})`,
    });
  }
  const sign = use === 'allowed' ? 1 : -1;
  const [chosen] = parts.sort((left, right) => sign * compareDecimals(left.value, right.value));
  if (chosen === undefined)
    return {
      kind: 'undefined',
      because: 'the baseline is 0, of which a relative margin is undefined; an absolute one is needed',
    };
  return { kind: 'margin', ...chosen };
}
