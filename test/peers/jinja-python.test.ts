// needs: mlflow
import { readPromptDocument } from '@weighbridge/formats';
import { describe, expect, test } from 'vitest';
import { seededIntegers } from '../../packages/gates/src/statistics/random.js';
import { askPeer } from './ask-python.js';

interface Answer {
  readonly undeclared: readonly string[];
  readonly needed: readonly string[];
}
interface Template {
  readonly text: string;
  /** Names that the template sets somewhere. */
  readonly set: ReadonlySet<string>;
}

const read = (text: string) => readPromptDocument('prompt.j2', text);

/** Plain names, names that are keywords elsewhere, and names that stand for something in a block of one kind. */
const plainNames = 'a b c question größe _x'.split(' ');
const positional =
  'context ignore missing with without recursive scoped required as import from for set block include trimmed notrimmed pluralize default raw call do'.split(
    ' ',
  );
const special = 'loop self super caller varargs kwargs'.split(' ');
const globals = ['raise_exception', 'strftime_now'];

/** A writer of templates by the grammar of Jinja2; `exact` ones hold what Jinja2 and we call by the same names. */
function writer(seed: string, exact: boolean) {
  const random = seededIntegers(seed);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const set = new Set<string>();
  let blocks = 0;

  const target = (): string => {
    const name = pick([...plainNames, ...plainNames, ...positional]);
    set.add(name);
    return name;
  };
  const name = (): string =>
    pick([...plainNames, ...plainNames, ...positional, ...special, 'range', 'raise_exception']);
  const word = (): string =>
    pick(["'w'", '"}}"', '"it\'s %}"', '3', '1.5', 'true', 'None', '[]', '{}', '{"k": {"l": 1}}']);
  const expression = (depth: number): string => {
    const deeper = (): string => expression(depth - 1);
    if (depth <= 0) return pick([name, name, name, word])();
    return pick<() => string>([
      name,
      name,
      () => `${name()}.member`,
      () => `${name()}.with.context[${deeper()}]`,
      () => `${name()}[${deeper()}:${deeper()}]`,
      () => `${name()}(${deeper()}, context=${deeper()}, *${name()}, **${name()})`,
      () => `(${deeper()})`,
      () => `[${deeper()}, ${deeper()}]`,
      () => `{'with': ${deeper()}, ${name()}: ${deeper()}}`,
      () => `(${deeper()} ${pick(['and', 'or'])} ${deeper()})`,
      () => `${deeper()} ${pick(['and', 'or'])} ${deeper()}`,
      () => `not ${name()}`,
      () => `(${deeper()} if ${deeper()} else ${deeper()})`,
      () => `(${deeper()} if ${deeper()})`,
      () => `${name()} ${pick(['+', '-', '~', '//'])} ${name()}`,
      () => `(${deeper()}) ${pick(['==', '!=', '<', '>=', 'in', 'not in'])} ${word()}`,
      () => `${name()} | ${pick(['upper', 'trim', 'join(", ")', 'length', 'tojson', 'default', 'first | last'])}`,
      () => `${name()} | default(${deeper()})`,
      () => `${name()} | default(${word()}, true)`,
      () =>
        `${name()} is ${pick(['defined', 'not defined', 'undefined', 'none', 'not none', 'string', 'divisibleby 3', 'in [1]', 'mapping'])}`,
      () => `${name()} is ${pick(['eq', 'sameas', 'divisibleby'])}(${deeper()})`,
      () => `-${name()}`,
    ])();
  };
  const condition = (): string => {
    const asked = name();
    return pick([
      asked,
      `not ${asked}`,
      `${asked} is defined`,
      `${asked} is not defined and ${name()}`,
      `${asked} == ${word()}`,
      `${asked} | length > 0`,
      expression(2),
    ]);
  };
  const tag = (code: string): string => `{%${pick(['', '-', '+'])} ${code} ${pick(['', '-', '+'])}%}`;
  const print = (code: string): string => `{{${pick([' ', '- ', ''])}${code} ${pick(['', '-'])}}}`;
  const body = (depth: number, inBranch = false): string =>
    Array.from({ length: 1 + random(3) }, () => statement(depth - 1, inBranch)).join(pick(['', ' text ', '\n']));
  const stores = (depth: number): readonly (() => string)[] => [
    () => {
      const value = expression(1);
      return tag(`set ${target()} = ${value}`);
    },
    () => {
      const value = expression(1);
      return tag(`set ${target()}, ${target()} = ${value}, ${expression(0)}`);
    },
    () => `${tag(`set ${target()}`)}${body(depth)}${tag('endset')}`,
    () => tag(`set ${pick(plainNames)}.member = ${expression(1)}`),
    () => tag(`import ${expression(0)} as ${target()} ${pick(['', 'with context', 'without context'])}`),
    () => tag(`from ${expression(0)} import f as ${target()}, f as ${target()} ${pick(['', 'with context'])}`),
    () => `${tag(`macro ${target()}(${target()}, ${target()}=${pick(plainNames)})`)}${body(depth)}${tag('endmacro')}`,
  ];
  const statement = (depth: number, inBranch: boolean): string => {
    if (depth <= 0) return print(expression(2));
    const inside = (): string => body(depth, false);
    return pick<() => string>([
      () => print(expression(2)),
      () => print(expression(3)),
      () => `{# ${name()} {{ ${name()} }} #}`,
      () => `${tag('raw')}{{ ${name()} }}{% if ${tag('endraw')}`,
      () =>
        tag(
          `include ${pick([`'page'`, expression(1)])} ${pick(['', 'ignore missing', 'with context', 'ignore missing without context'])}`,
        ),
      () => tag(`do ${name()}.append(${expression(1)})`),
      () => `${tag(`if ${condition()}`)}${body(depth, true)}${tag('endif')}`,
      () =>
        `${tag(`if ${condition()}`)}${body(depth, true)}${tag(`elif ${condition()}`)}${body(depth, true)}${tag('else')}${body(depth, true)}${tag('endif')}`,
      () =>
        `${tag(`for ${target()} in ${expression(1)} ${pick(['', `if ${name()}`, 'recursive'])}`)}${inside()}${pick(['', tag('else') + inside()])}${tag('endfor')}`,
      () =>
        `${tag(`for ${target()}, (${target()}, ${target()}) in (${expression(1)})`)}${inside()}${tag(pick(['break', 'continue']))}${tag('endfor')}`,
      () => `${tag(`with ${target()} = ${expression(1)}, ${target()} = ${expression(1)}`)}${inside()}${tag('endwith')}`,
      () =>
        `${tag(`call${pick(['', `(${target()}, ${target()}=${pick(plainNames)})`])} ${name()}(${expression(1)})`)}${inside()}${tag('endcall')}`,
      () => `${tag(`filter ${pick(['upper', `replace('a', ${name()})`])}`)}${inside()}${tag('endfilter')}`,
      () => `${tag(`autoescape ${name()}`)}${inside()}${tag('endautoescape')}`,
      () =>
        `${tag(`trans ${pick(['', 'trimmed '])}n=${expression(1)}`)}{{ n }} {{ question }}${tag('pluralize n')}{{ n }}${tag('endtrans')}`,
      ...(exact && inBranch ? [] : stores(depth)),
      ...(exact ? [] : [() => `${tag(`block z${blocks++}${pick(['', ' scoped'])}`)}${inside()}${tag('endblock')}`]),
    ])();
  };
  return (): Template => {
    set.clear();
    // Scoped blocks in macros and loops see those, which Jinja2 does not say.
    for (const known of exact ? ['n'] : ['n', ...special]) set.add(known);
    blocks = 0;
    const text = body(3);
    return { text, set: new Set(set) };
  };
}

const count = 1_000;
const written = (seed: string, exact: boolean): Template[] => Array.from({ length: count }, writer(seed, exact));

const values: readonly unknown[] = [
  'text',
  '',
  7,
  0,
  null,
  true,
  [],
  ['item', 'other'],
  [{ member: 1 }],
  { member: { k: 1 } },
];
const contextsOf = (names: readonly string[], seed: string) => {
  const random = seededIntegers(seed);
  return Array.from({ length: 6 }, () =>
    Object.fromEntries(names.flatMap((name) => (random(4) === 0 ? [] : [[name, values[random(values.length)]]]))),
  );
};

/** What Jinja2 says, in the same order, of those that it parses. */
function ask(templates: readonly Template[]) {
  const facts = templates.map(({ text }) => read(text));
  const asked = templates.map(({ text }, place) => ({
    text,
    optional: facts[place]?.optional ?? [],
    contexts: contextsOf(facts[place]?.variables ?? [], String(place)),
  }));
  const answers = askPeer('mlflow', 'jinja_variables.py', {
    input: { globals, templates: asked },
  }) as (Answer | null)[];
  expect(answers).toHaveLength(templates.length);
  const found = templates.flatMap((template, place) => {
    const [answer, own] = [answers[place], facts[place]];
    return answer === null || answer === undefined || own === undefined ? [] : [{ ...template, answer, own }];
  });
  expect(found.length).toBeGreaterThan(0.6 * templates.length);
  return found;
}

describe('against Jinja2', () => {
  test('the variables of a template are those that Jinja2 finds, and those that may be left out are not needed', () => {
    const found = ask(written('templates', true));
    const wrong = found.filter(({ own, answer }) => own.variables.join() !== answer.undeclared.join());
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(found.filter(({ answer }) => answer.needed.length > 0).slice(0, 3)).toEqual([]);
    expect(found.filter(({ own }) => own.optional.length > 0).length).toBeGreaterThan(found.length / 10);
  });

  test('with sets in branches and blocks, all but names that the template sets itself', () => {
    const found = ask(written('branches', false)).map(({ answer, own, ...rest }) => {
      const more = own.variables.filter((name) => !answer.undeclared.includes(name));
      return { ...rest, answer, more, less: answer.undeclared.filter((name) => !own.variables.includes(name)) };
    });
    const wrong = found.filter(({ more, less, set }) => more.length > 0 || less.some((name) => !set.has(name)));
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(found.filter(({ answer }) => answer.needed.length > 0).slice(0, 3)).toEqual([]);
    expect(found.filter(({ less }) => less.length > 0).length).toBeGreaterThan(0);
  });
});
