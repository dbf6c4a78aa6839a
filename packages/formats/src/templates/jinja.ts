import { type JinjaToken, jinjaParts, jinjaTokens } from './jinja-tokens.js';
import { type TemplateVariables, variablesOf } from './template-variables.js';

/** Words of the language, and what every environment of Jinja2 defines. */
const reserved = new Set(
  'and or not in is if else elif for recursive true false none True False None loop self super caller varargs kwargs range dict lipsum cycler joiner namespace raise_exception strftime_now ignore missing with without context as import'.split(
    ' ',
  ),
);

/** Statements that open a block with names of its own, and end with `end…`. */
const scopes = new Set(['for', 'macro', 'call', 'with', 'block', 'filter']);

interface Found {
  readonly required: string[];
  readonly optional: string[];
}

/**
 * Variables that a Jinja2 template does not define itself, as `jinja2.meta.find_undeclared_variables` has them: names of
 * loops, `set`, macros and imports are its own. One that is only used with a `default` or asked for with `is defined`
 * may be left out.
 */
export function jinjaVariables(template: string): TemplateVariables {
  const found: Found = { required: [], optional: [] };
  let stack: Set<string>[] = [new Set()];
  for (const { kind, code } of jinjaParts(template)) {
    const tokens = jinjaTokens(code);
    if (kind === 'expression') readExpression(tokens, stack, found);
    else stack = readStatement(tokens, stack, found);
  }
  return variablesOf(found.required, found.optional);
}

function readStatement(tokens: readonly JinjaToken[], stack: Set<string>[], found: Found): Set<string>[] {
  const [first, ...rest] = tokens;
  const word = first?.value ?? '';
  if (word.startsWith('end')) return scopes.has(word.slice(3)) && stack.length > 1 ? stack.slice(0, -1) : stack;
  if (word === 'for') return readLoop(rest, stack, found);
  if (word === 'macro' || word === 'call') return readMacro(word, rest, stack, found);
  if (word === 'set' || word === 'with') {
    const own = word === 'with' ? new Set<string>() : (stack.at(-1) ?? new Set<string>());
    readAssignment(rest, { stack, own, found });
    return word === 'with' ? [...stack, own] : stack;
  }
  if (word === 'import' || word === 'from') {
    for (const name of namesAfter(rest, word === 'import' ? 'as' : 'import')) stack.at(-1)?.add(name);
    return stack;
  }
  if (word === 'block') return [...stack, new Set()];
  if (word === 'filter') {
    readExpression(rest.slice(1), stack, found);
    return [...stack, new Set()];
  }
  readExpression(['include', 'extends'].includes(word) ? rest : tokens.slice(1), stack, found);
  return stack;
}

/** `for a, b in items if test`: the targets are known in the test and inside, not in the items. */
function readLoop(tokens: readonly JinjaToken[], stack: Set<string>[], found: Found): Set<string>[] {
  const at = tokens.findIndex(({ value }) => value === 'in');
  const own = new Set(tokens.slice(0, at).flatMap(({ kind, value }) => (kind === 'name' ? [value] : [])));
  const test = tokens.findIndex(({ value }, place) => place > at && value === 'if');
  const end = test === -1 ? tokens.length : test;
  readExpression(tokens.slice(at + 1, end), stack, found);
  const inside = [...stack, own];
  readExpression(tokens.slice(end + 1), inside, found);
  return inside;
}

/** `macro name(a, b=c)` defines its name outside and its parameters inside; `call(a) name(b)` the latter alone. */
function readMacro(word: string, tokens: readonly JinjaToken[], stack: Set<string>[], found: Found): Set<string>[] {
  const own = new Set<string>();
  const [name, ...parameters] = tokens;
  if (word === 'macro' && name !== undefined) {
    stack.at(-1)?.add(name.value);
    for (const [place, { kind, value }] of parameters.entries()) {
      const before = parameters[place - 1]?.value;
      if (kind === 'name' && (before === '(' || before === ',')) own.add(value);
    }
    readExpression(parameters, [...stack, own], found);
  } else {
    const end = name?.value === '(' ? tokens.findIndex(({ value }) => value === ')') : -1;
    for (const { kind, value } of tokens.slice(0, end + 1)) if (kind === 'name') own.add(value);
    readExpression(tokens.slice(end + 1), stack, found);
  }
  return [...stack, own];
}

/** `set a, b = …`, `with a = …, b = …`; a block `set a` and attributes (`set ns.x = …`) define or change nothing new. */
function readAssignment(
  tokens: readonly JinjaToken[],
  { stack, own, found }: { readonly stack: Set<string>[]; readonly own: Set<string>; readonly found: Found },
): void {
  const equals = tokens.findIndex(({ value }) => value === '=');
  const targets = equals === -1 ? tokens.slice(0, 1) : tokens.slice(0, equals);
  const values = equals === -1 ? tokens.slice(1) : tokens.slice(equals + 1);
  readExpression(values, stack, found);
  if (targets[1]?.value === '.') readExpression(targets, stack, found);
  else for (const { kind, value } of targets) if (kind === 'name') own.add(value);
  for (const [place, { kind, value }] of values.entries())
    if (kind === 'name' && values[place + 1]?.value === '=' && values[place - 1]?.value === ',') own.add(value);
}

function readExpression(tokens: readonly JinjaToken[], stack: readonly Set<string>[], found: Found): void {
  for (const [place, { kind, value }] of tokens.entries()) {
    if (kind !== 'name' || reserved.has(value) || !isVariable(tokens, place)) continue;
    if (stack.some((scope) => scope.has(value))) continue;
    (mayBeMissing(tokens, place) ? found.optional : found.required).push(value);
  }
}

/** Not an attribute, a filter, a test or the name of an argument. */
function isVariable(tokens: readonly JinjaToken[], place: number): boolean {
  const [before, earlier] = [tokens[place - 1]?.value, tokens[place - 2]?.value];
  if (before === '.' || before === '|' || before === 'is' || (before === 'not' && earlier === 'is')) return false;
  return !(tokens[place + 1]?.value === '=' && (before === '(' || before === ','));
}

/** `name | default(…)`, `name is defined`, `name.member | default(…)`. */
function mayBeMissing(tokens: readonly JinjaToken[], place: number): boolean {
  let after = place + 1;
  while (tokens[after]?.value === '.' && tokens[after + 1]?.kind === 'name') after += 2;
  const [sign, word, more] = [tokens[after]?.value, tokens[after + 1]?.value ?? '', tokens[after + 2]?.value ?? ''];
  if (sign === '|') return word === 'default' || word === 'd';
  return sign === 'is' && ['defined', 'undefined', 'none'].includes(word === 'not' ? more : word);
}

function namesAfter(tokens: readonly JinjaToken[], word: string): string[] {
  const start = tokens.findIndex(({ value }) => value === word);
  return start === -1 ? [] : tokens.slice(start + 1).flatMap(({ kind, value }) => (kind === 'name' ? [value] : []));
}
