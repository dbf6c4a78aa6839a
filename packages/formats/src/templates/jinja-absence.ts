import type { JinjaExpression } from './jinja-expressions.js';

/** Tests that an absent variable passes or fails, whatever else; all others of these sort ask without needing it. */
const failedByAbsence = new Set('defined none string number integer float boolean mapping true false'.split(' '));

/** Tests that an absent variable can be put to without an error. */
export const calmTests: ReadonlySet<string> = new Set([
  ...failedByAbsence,
  ...'undefined iterable sequence callable escaped filter test in eq equalto ne sameas'.split(' '),
]);

/** Filters that make nothing of an absent variable without an error: an empty text, an empty list, the number 0. */
export const calmFilters: ReadonlySet<string> = new Set(
  'length count trim string lower upper list first last join'.split(' '),
);

/** Filters that give an absent variable a value. */
export const defaultFilters: ReadonlySet<string> = new Set(['default', 'd']);

/** Whether a condition holds where a variable is not given, as Jinja2 has it without strict mode; null for either. */
export function holdsWithout(name: string, asked: JinjaExpression): boolean | null {
  switch (asked.kind) {
    case 'name':
      return asked.name === name ? false : null;
    case 'constant':
      return Boolean(asked.value);
    case 'not':
      return opposite(holdsWithout(name, asked.of));
    case 'all':
      return allOf(asked.parts.map((part) => holdsWithout(name, part)));
    case 'any':
      return opposite(allOf(asked.parts.map((part) => opposite(holdsWithout(name, part)))));
    case 'choice': {
      const test = holdsWithout(name, asked.test);
      if (test === null) return null;
      if (test) return holdsWithout(name, asked.then);
      return asked.otherwise === null ? false : holdsWithout(name, asked.otherwise);
    }
    case 'test':
      return isName(asked.of, name) ? testOfAbsent(asked.name) : null;
    case 'filter':
      return filterOfAbsent(name, asked);
    case 'comparison':
      return comparisonWithout(name, asked);
    case 'list':
      return asked.parts.length > 0;
    case 'use':
      return null;
  }
}

/** The names that an expression asks after. */
export function namesIn(asked: JinjaExpression, into = new Set<string>()): Set<string> {
  if (asked.kind === 'name') into.add(asked.name);
  if ('of' in asked) namesIn(asked.of, into);
  if ('parts' in asked) for (const part of asked.parts) namesIn(part, into);
  if (asked.kind === 'choice')
    for (const part of [asked.test, asked.then, asked.otherwise]) if (part !== null) namesIn(part, into);
  return into;
}

/** `x | length` and `x | count`: a number that is 0 without x. */
export function isCount(asked: JinjaExpression): asked is JinjaExpression & { readonly kind: 'filter' } {
  return asked.kind === 'filter' && ['length', 'count'].includes(asked.name);
}

function isName(asked: JinjaExpression, name: string): boolean {
  return asked.kind === 'name' && asked.name === name;
}

function opposite(truth: boolean | null): boolean | null {
  return truth === null ? null : !truth;
}

function allOf(truths: readonly (boolean | null)[]): boolean | null {
  if (truths.includes(false)) return false;
  return truths.includes(null) ? null : true;
}

function testOfAbsent(test: string): boolean | null {
  if (test === 'undefined') return true;
  return failedByAbsence.has(test) ? false : null;
}

function filterOfAbsent(
  name: string,
  { name: filter, of, given }: JinjaExpression & { readonly kind: 'filter' | 'test' },
): boolean | null {
  const [fallback] = given;
  if (defaultFilters.has(filter) && isName(of, name))
    return fallback === undefined ? false : holdsWithout(name, fallback);
  return calmFilters.has(filter) && holdsWithout(name, of) === false && isAbsent(name, of) ? false : null;
}

/** The variable itself, or what filters make of nothing. */
function isAbsent(name: string, asked: JinjaExpression): boolean {
  return isName(asked, name) || (asked.kind === 'filter' && calmFilters.has(asked.name) && isAbsent(name, asked.of));
}

/** A comparison of the absent variable, or of its length, with what is written out. */
function comparisonWithout(
  name: string,
  { parts, signs }: JinjaExpression & { readonly kind: 'comparison' },
): boolean | null {
  const [left, right] = parts;
  const [sign] = signs;
  if (left === undefined || right === undefined || signs.length > 1) return null;
  if (isName(left, name) && isWritten(right))
    return { '==': false, '!=': true, in: false, 'not in': true }[sign ?? ''] ?? null;
  if (isName(right, name)) {
    if (sign === 'in' || sign === 'not in') return sign === 'not in';
    return isWritten(left) ? ({ '==': false, '!=': true }[sign ?? ''] ?? null) : null;
  }
  if (!isCount(left) || !isName(left.of, name) || right.kind !== 'constant' || typeof right.value !== 'number')
    return null;
  return compareZero(sign ?? '', right.value);
}

function isWritten(asked: JinjaExpression): boolean {
  return asked.kind === 'constant' || (asked.kind === 'list' && asked.parts.every(isWritten));
}

function compareZero(sign: string, other: number): boolean | null {
  switch (sign) {
    case '>':
      return 0 > other;
    case '>=':
      return 0 >= other;
    case '<':
      return 0 < other;
    case '<=':
      return 0 <= other;
    case '==':
      return other === 0;
    case '!=':
      return other !== 0;
    default:
      return null;
  }
}
