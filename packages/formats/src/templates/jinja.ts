import { calmFilters, calmTests, defaultFilters, holdsWithout, isCount, namesIn } from './jinja-absence.js';
import type { JinjaExpression } from './jinja-expressions.js';
import { JinjaNames } from './jinja-names.js';
import { type JinjaFrame, type JinjaNode, jinjaTree } from './jinja-tree.js';
import { type TemplateVariables, variablesOf } from './template-variables.js';

/** How a value is looked at: what it is (`used`), or no more than whether it is there, is true or is equal (`asked`). */
type Look = 'used' | 'asked';

/** Conditions with more names than this guard none of them, and ways through an `if` beyond this many guard no later one. */
const maxGuards = 100;

/**
 * Variables that a Jinja2 template reads from its caller, as `jinja2.meta.find_undeclared_variables` has them: what it
 * defines itself by loops, `set`, macros and imports is its own. Names that every path sets before they are read are its
 * own too. One may be left out where no path of the template prints it, loops over it, calculates with it or looks into
 * it unless it is there: it has a `default`, or stands behind a condition that an absent variable makes false.
 */
export function jinjaVariables(template: string): TemplateVariables {
  const names = new JinjaNames();
  readFrame(jinjaTree(template), names, () => names.bind('self', 'own'));
  return variablesOf(names.required, names.read);
}

function readFrame(body: readonly JinjaNode[], names: JinjaNames, before: () => void, apart = false): void {
  const defined = body.flatMap((node) => (node.kind === 'read' || node.kind === 'branch' ? [] : node.defines));
  names.enter(defined, apart);
  before();
  readNodes(body, names);
  names.leave();
}

function readNodes(body: readonly JinjaNode[], names: JinjaNames): void {
  for (const node of body) {
    if (node.kind === 'branch') readBranch(node.arms, names);
    else {
      for (const value of node.values) look(value, 'used', names);
      if (node.kind === 'read') continue;
      for (const name of node.defines) names.bind(name, 'own');
      if (node.kind === 'frame') readInside(node, names);
    }
  }
}

function readInside({ own, implied, inner, apart, body }: JinjaFrame, names: JinjaNames): void {
  const before = () => {
    for (const name of own) names.bind(name, 'own');
    for (const value of inner) look(value, 'asked', names);
    for (const name of implied) names.bind(name, 'own');
  };
  readFrame(body, names, before, apart);
}

/** What every way through the `if` knows is known after it. */
function readBranch(arms: (JinjaNode & { readonly kind: 'branch' })['arms'], names: JinjaNames): void {
  const start = names.mark();
  const ends = arms.map(({ test, body }, place) => {
    const guards = test === null ? noGuards : readTest(test, names);
    const inside = names.mark();
    names.bindAll(guards.ifTrue);
    readNodes(body, names);
    const known = names.since(start);
    names.undo(inside);
    if (place < maxGuards) names.bindAll(guards.ifFalse);
    return known;
  });
  if (arms.every(({ test }) => test !== null)) ends.push(names.since(start));
  names.undo(start);
  names.bindCommon(ends);
}

interface Guards {
  /** Variables that are given where the condition holds, and where it does not. */
  readonly ifTrue: readonly string[];
  readonly ifFalse: readonly string[];
}
const noGuards: Guards = { ifTrue: [], ifFalse: [] };

function readTest(test: JinjaExpression, names: JinjaNames): Guards {
  look(test, 'asked', names);
  return guardsOf(test);
}

function guardsOf(test: JinjaExpression): Guards {
  const asked = [...namesIn(test)];
  if (asked.length > maxGuards) return noGuards;
  const outcomes = asked.map((name) => ({ name, holds: holdsWithout(name, test) }));
  return {
    ifTrue: outcomes.flatMap(({ name, holds }) => (holds === false ? [name] : [])),
    ifFalse: outcomes.flatMap(({ name, holds }) => (holds === true ? [name] : [])),
  };
}

/** Notes which names an expression reads, and which of them it cannot do without. */
function look(at: JinjaExpression, how: Look, names: JinjaNames): void {
  switch (at.kind) {
    case 'name':
      names.note(at.name, how === 'used');
      return;
    case 'constant':
      return;
    case 'not':
      look(at.of, 'asked', names);
      return;
    case 'all':
    case 'any':
      lookInTurn(at, how, names);
      return;
    case 'choice':
      lookAtChoice(at, how, names);
      return;
    case 'comparison':
      lookAtComparison(at, names);
      return;
    case 'filter':
    case 'test':
      lookAtLink(at, how, names);
      return;
    case 'list':
    case 'use':
      for (const part of at.parts) look(part, 'used', names);
  }
}

/** `a and b`, `a or b`: what stands later is read only where what stands before holds, or does not. */
function lookInTurn(
  { kind, parts }: JinjaExpression & { readonly kind: 'all' | 'any' | 'list' | 'use' },
  how: Look,
  names: JinjaNames,
): void {
  const start = names.mark();
  parts.forEach((part, place) => {
    // The value of `a or b` is never that of an absent a, unless it comes last; that of `a and b` may be.
    look(part, kind === 'any' && place < parts.length - 1 ? 'asked' : how, names);
    const { ifTrue, ifFalse } = guardsOf(part);
    names.bindAll(kind === 'all' ? ifTrue : ifFalse);
  });
  names.undo(start);
}

function lookAtChoice(
  { test, then, otherwise }: JinjaExpression & { readonly kind: 'choice' },
  how: Look,
  names: JinjaNames,
): void {
  const { ifTrue, ifFalse } = readTest(test, names);
  const start = names.mark();
  names.bindAll(ifTrue);
  look(then, how, names);
  names.undo(start);
  names.bindAll(ifFalse);
  if (otherwise !== null) look(otherwise, how, names);
  names.undo(start);
}

/** Absent variables are equal to nothing and in nothing, but neither more nor less than anything. */
function lookAtComparison(
  { parts, signs }: JinjaExpression & { readonly kind: 'comparison' },
  names: JinjaNames,
): void {
  const calm = signs.every((sign) => ['==', '!=', 'in', 'not in'].includes(sign));
  for (const part of parts) look(part, calm || isCount(part) ? 'asked' : 'used', names);
}

function lookAtLink(at: JinjaExpression & { readonly kind: 'filter' | 'test' }, how: Look, names: JinjaNames): void {
  const calm =
    at.kind === 'test'
      ? calmTests.has(at.name)
      : defaultFilters.has(at.name) || (how === 'asked' && calmFilters.has(at.name));
  look(at.of, calm ? 'asked' : 'used', names);
  for (const value of at.given) look(value, 'used', names);
}
