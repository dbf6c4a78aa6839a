import { compareDecimalText, parseDecimalText, parseFractionText } from '../decimal-text.js';
import { parseDuration } from '../duration.js';
import type { Fault } from '../source/fault.js';
import type { Place } from '../source/place.js';
import { showText, showValue } from '../source/quoting.js';

/** A threshold in the metric's own unit. */
export function* checkDecimal(place: Place, range: { readonly least?: string } = {}): Generator<Fault> {
  const written = place.exact();
  if (written === null || isUnbounded(place)) return;
  const text = parseDecimalText(written);
  const found = showText(written);
  if (text !== null) yield* checkLeast(place, text, range.least);
  else if (written.endsWith('%'))
    yield place.fault('manifest/decimal', { found, reason: 'a percentage is relative to something' });
  else yield place.fault('manifest/decimal', { found, reason: 'digits with a point and an exponent were expected' });
}

/** A relative bound. Without a percent sign, what is above 1 was most likely meant as a percentage, so it is refused. */
export function* checkRelative(place: Place): Generator<Fault> {
  const written = place.exact();
  const text = yield* checkFraction(place);
  if (written === null || text === null || written.endsWith('%') || compareDecimalText(text, '1') <= 0) return;
  yield place.fault('manifest/fraction', { found: showText(written), percent: `${Number(text) * 100}%` });
}

/** A confidence: between 0 and 1, and neither. */
export function* checkConfidence(place: Place): Generator<Fault> {
  const text = yield* checkFraction(place);
  if (text === null) return;
  if (compareDecimalText(text, '0') > 0 && compareDecimalText(text, '1') < 0) return;
  const found = showText(place.exact() ?? '');
  yield place.fault('manifest/range', { expected: 'a confidence above 0 and below 1', found });
}

function* checkFraction(place: Place): Generator<Fault, string | null> {
  const written = place.exact();
  if (written === null || isUnbounded(place)) return null;
  const text = parseFractionText(written);
  if (text !== null) {
    yield* checkLeast(place, text, '0');
    return text;
  }
  const reason = 'a percentage such as 1% or a fraction such as 0.01 was expected';
  yield place.fault('manifest/decimal', { found: showText(written), reason });
  return null;
}

function* checkLeast(place: Place, text: string, least: string | undefined): Generator<Fault> {
  if (least === undefined || compareDecimalText(text, least) >= 0) return;
  yield place.fault('manifest/range', { expected: `at least ${least}`, found: showText(place.exact() ?? text) });
}

/** Infinities and NaN are told where the file is read. */
function isUnbounded(place: Place): boolean {
  return typeof place.value === 'number' && !Number.isFinite(place.value);
}

export function* checkDuration(place: Place): Generator<Fault> {
  const text = place.text();
  if (text !== null && parseDuration(text) === null) yield place.fault('manifest/duration', { found: showValue(text) });
}
