import { describe, expect, test } from 'vitest';
import { readPromptDocument } from './prompt-document.js';

const read = (path: string, text: string) => {
  const { language, variables, optional, roles, examples } = readPromptDocument(path, text);
  return { language, variables, optional, roles, examples };
};
const variables = (path: string, text: string) => read(path, text).variables;

describe('Python format', () => {
  test.each([
    ['Answer {question} in {language!r:>5}.', ['language', 'question']],
    ['JSON is {{"a": 1}} and {value}', ['value']],
    ['{user.name} has {items[0]} for {price:{width}.2f}', ['items', 'price', 'user', 'width']],
    ['no variables { here }, {0}, {} and {', []],
    ['{{{name}}}', ['name']],
    ['{größe}', ['größe']],
  ])('%s', (text, names) => {
    const facts = read('p.txt', `${text} {always}`);
    expect(facts.language).toBe(/\{\{\{/.test(text) ? 'mustache' : 'python');
    expect(facts.variables.filter((name) => name !== 'always' || text.includes('always'))).toEqual(names);
  });
});

describe('Jinja2', () => {
  test.each([
    ['filters and attributes', '{{ user.name | upper }} {{ items|join(sep) }}', ['items', 'sep', 'user']],
    [
      'a loop over pairs',
      '{% for key, value in pairs.items() %}{{ key }}={{ value }}{{ loop.index }}{% endfor %}',
      ['pairs'],
    ],
    [
      'a loop that filters',
      '{% for d in docs if d.score > limit %}{{ d.text }}{% endfor %}{{ d }}',
      ['d', 'docs', 'limit'],
    ],
    [
      'set, also of an attribute',
      '{% set ns = namespace(n=0) %}{% set ns.n = start %}{% set a, b = pair %}{{ a ~ b ~ ns.n }}',
      ['pair', 'start'],
    ],
    ['a set block', '{% set greeting %}Hi {{ name }}{% endset %}{{ greeting }}', ['name']],
    ['set inside a loop is forgotten after it', '{% for x in xs %}{% set y = x %}{% endfor %}{{ y }}', ['xs', 'y']],
    [
      'a macro with defaults',
      "{% macro show(a, b=fallback) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ show(q, b='x') }}",
      ['c', 'fallback', 'q'],
    ],
    ['a call block', '{% call(item) render(list) %}{{ item }}{% endcall %}', ['list', 'render']],
    ['with', '{% with a = b, c = 1 %}{{ a }}{{ c }}{% endwith %}{{ a }}', ['a', 'b']],
    ['imports', "{% from 'm.j2' import card as c %}{% import 'n.j2' as n %}{{ c(x) }}{{ n.f() }}", ['x']],
    ['comments and raw text', '{# {{ no }} #}{% raw %}{{ no }}{% endraw %}{{- yes -}}', ['yes']],
    ['text with braces', "{{ '}}' ~ a }}{% if b == '%}' %}{% endif %}", ['a', 'b']],
    [
      'tests and words',
      '{% if not a is divisibleby 3 and b in c or true %}x{% elif d %}y{% endif %}',
      ['a', 'b', 'c', 'd'],
    ],
    ['an inline condition', "{{ 'x' if a else b }}", ['a', 'b']],
  ])('%s', (_, text, names) => {
    expect(variables('p.j2', text)).toEqual(names);
  });

  test.each([
    [
      'words that are keywords of statements alone',
      '{{ context }}{{ ignore }}{{ missing }}{{ with }}{{ without }}{{ recursive }}{{ scoped }}{{ required }}{{ as }}{{ import }}{{ for }}{{ trimmed }}',
      [
        'as',
        'context',
        'for',
        'ignore',
        'import',
        'missing',
        'recursive',
        'required',
        'scoped',
        'trimmed',
        'with',
        'without',
      ],
    ],
    [
      'the same words in their statements',
      "{% include page ignore missing with context %}{% import 'm' as m without context %}{% from f import a as b with context %}{{ b }}{{ m }}{% for x in xs recursive %}{% endfor %}{% block z scoped required %}{% endblock %}",
      ['f', 'page', 'xs'],
    ],
    [
      'names of loops, macros and blocks outside of them',
      '{{ loop }}{{ caller() }}{{ super() }}{% for x in y %}{{ loop.index }}{% endfor %}',
      ['caller', 'loop', 'super', 'y'],
    ],
    [
      'a loop without items, and its own names',
      '{% for x in xs %}{% else %}{{ x }}{{ loop }}{% endfor %}',
      ['loop', 'x', 'xs'],
    ],
    [
      'nested braces, calls by name and slices',
      "{{ {'a': {'b': c}} }}{{ f(g=h, i=j) }}{{ k[l:m] }}",
      ['c', 'f', 'h', 'j', 'k', 'l', 'm'],
    ],
    ['letters of any language', '{{ größe }} {{ 名前 }}', ['größe', '名前']],
    [
      'a macro that reads what is set below it',
      "{% macro m() %}{{ sep }}{% endmacro %}{% set sep = ',' %}{{ m() }}",
      [],
    ],
    [
      'set on every path, and on one of them',
      '{% if a %}{% set x = 1 %}{% set y = 1 %}{% else %}{% set x = 2 %}{% endif %}{{ x }}{{ y }}',
      ['a', 'y'],
    ],
    [
      'a translation',
      '{% trans trimmed n=items, user %}{{ user }}{{ n }}{% pluralize n %}{{ rest }}{% endtrans %}{% set rest = 1 %}',
      ['items', 'rest', 'user'],
    ],
    [
      'a block, which sees the top and no loop around it',
      '{% set t = 1 %}{% for x in xs %}{% block b %}{{ t }}{{ x }}{{ self }}{% endblock %}{% endfor %}',
      ['x', 'xs'],
    ],
    ['values of with, which do not see each other', '{% with a = 1, b = a %}{{ b }}{% endwith %}', ['a']],
  ])('%s: names by their place', (_, text, names) => {
    expect(variables('p.j2', text)).toEqual(names);
  });

  test.each([
    "{{ x | default('kind') }}",
    "{{ x|d('') | upper }}",
    '{% if x is defined %}{{ x }}{% endif %}',
    '{% if x %}{{ x.name }}{% for y in x %}{% endfor %}{% endif %}',
    "{{ x if x is defined else '' }}",
    '{{ x.name if x }}',
    "{{ x or 'none' }}",
    '{% if x is not defined %}none{% else %}{{ x }}{% endif %}',
    '{% if not x %}none{% elif x > 3 %}{{ x }}{% endif %}',
    "{% if not x is defined %}{% set x = 'y' %}{% endif %}{{ x }}",
    "{% set x = x | default('') %}{{ x }}",
    '{% if x is defined and x.name and x | length > 3 %}{{ x.name }}{% endif %}',
    "{% if x == 'formal' %}Sir{% endif %}",
    "{% if x in ['a', 'b'] %}{{ x }}{% endif %}",
    "{% if 'a' in x %}{{ x }}{% endif %}",
    '{% if x | length > 0 %}{{ x }}{% endif %}',
    '{% if x is none or x is undefined %}{% else %}{{ x }}{% endif %}',
    '{% for d in x or [] %}{{ d }}{% endfor %}',
    '{% if x %}{% macro m() %}{{ x }}{% endmacro %}{% endif %}',
  ])('may be left out of %s', (text) => {
    expect(read('p.j2', text)).toMatchObject({ variables: ['x'], optional: ['x'] });
  });

  test.each([
    '{{ x }}',
    "{{ x | default('') }}{{ x }}",
    '{% if x is defined %}-{% endif %}{{ x }}',
    '{% if x is defined %}{{ x }}{% else %}{{ x }}{% endif %}',
    '{% if x %}{{ x }}{% endif %}{% for y in x %}{% endfor %}',
    "{{ x.name | default('') }}",
    '{% if x.name is defined %}{% endif %}',
    '{% if x > 3 %}{% endif %}',
    '{% if x is not none %}{{ x }}{% endif %}',
    "{{ 'a' if x else x }}",
    '{{ x and x.name }}',
    '{% if x is defined or true %}{{ x }}{% endif %}',
    '{% set y = x %}',
    "{% if not x %}{% set x = x ~ 'y' %}{% endif %}{{ x }}",
  ])('must be given to %s', (text) => {
    expect(read('p.j2', text)).toMatchObject({ variables: ['x'], optional: [] });
  });

  test('is told from Mustache by what stands in it', () => {
    expect(read('p.md', '{{ a }} and {{ b }}')).toMatchObject({ language: 'braces', variables: ['a', 'b'] });
    expect(read('p.md', '{{ a | trim }}').language).toBe('jinja2');
    expect(read('p.md', '{% if a %}x{% endif %}').language).toBe('jinja2');
    expect(read('p.md', '{{#a}}x{{/a}}').language).toBe('mustache');
    expect(read('p.md', 'words').language).toBe('plain');
  });
});

describe('Mustache and Handlebars', () => {
  test('take more words in a tag than a call can have arguments', () => {
    const words = 'b '.repeat(200_000);
    expect(read('p.md', `{{#if a}}{{f ${words}}}{{/if}}{{{f ${words}}}}`).variables).toEqual(['a', 'b', 'f']);
  });

  test.each([
    ['sections over items hide their names', '{{#docs}}{{title}}{{/docs}}{{q}}', ['docs', 'q'], ['docs']],
    ['tests show them', '{{#if name}}Hi {{name}}{{else}}{{anon}}{{/if}}', ['anon', 'name'], ['anon', 'name']],
    [
      'inverted sections, comments, partials',
      '{{^a}}{{b}}{{/a}}{{! c }}{{> d}}{{{e}}}{{&f}}',
      ['a', 'b', 'e', 'f'],
      ['a', 'b'],
    ],
    ['helpers with arguments', '{{json data indent=2}}{{lookup map key}}', ['data', 'json', 'key', 'map'], []],
    [
      'the words of helpers, where nothing is given to them',
      '{{history}}{{role}}{{media}}{{log}}{{with}}{{lookup}}{{if}}',
      ['history', 'if', 'log', 'lookup', 'media', 'role', 'with'],
      [],
    ],
    [
      'the words of helpers, where they are called',
      '{{role "system"}}{{media url=picture}}{{log a}}{{#with b}}{{c}}{{/with}}{{f (lookup m k)}}',
      ['a', 'b', 'f', 'k', 'm', 'picture'],
      ['b'],
    ],
    [
      'else if',
      '{{#if a}}{{b}}{{else if c}}{{d}}{{else}}{{e}}{{/if}}',
      ['a', 'b', 'c', 'd', 'e'],
      ['a', 'b', 'c', 'd', 'e'],
    ],
    [
      'what items take from outside',
      '{{#each xs as |x i|}}{{x.a}}{{i}}{{@index}}{{y}}{{../q}}{{@root.r}}{{/each}}{{this.s}}{{./t}}',
      ['q', 'r', 's', 't', 'xs'],
      ['q', 'r', 'xs'],
    ],
    ['names of a block in a condition', '{{#if a as |b|}}{{b}}{{c}}{{/if}}', ['a', 'c'], ['a', 'c']],
    [
      'comments with tags, escapes and written values',
      '{{!-- {{a}} --}}\\{{b}} {{json c true null 3}}',
      ['c', 'json'],
      [],
    ],
    ['what is given to a partial', '{{> card user title=name}}{{>other}}', ['name', 'user'], []],
    ['letters of any language', '{{größe}}', ['größe'], []],
    ['whitespace control', '{{#each xs ~}}{{this.a}}{{~/each}}{{~ y ~}}', ['xs', 'y'], ['xs']],
  ])('%s', (_, text, names, optional) => {
    expect(read('p.hbs', text)).toMatchObject({ variables: names, optional });
  });
});

describe('dialects of Mustache', () => {
  test('delimiters may be set', () => {
    const text = '{{a}}{{=<% %>=}}<%changed%><%#s%><%x%><%/s%>{{no}}<%={{ }}=%>{{{b}}}{{=| |=}}|c|';
    expect(read('p.mustache', text)).toMatchObject({ variables: ['a', 'b', 'c', 'changed', 's'], optional: ['s'] });
    expect(read('p.md', '{{=<% %>=}}<%changed%>')).toMatchObject({ language: 'mustache', variables: ['changed'] });
  });
  test('plain Mustache has no helpers', () => {
    expect(variables('p.mustache', '{{else}}{{this}}{{history}}{{! \\}}\\{{a}}')).toEqual([
      'a',
      'else',
      'history',
      'this',
    ]);
    expect(variables('p.json', JSON.stringify({ template_format: 'mustache', template: '{{this}}{{q}}' }))).toEqual([
      'q',
      'this',
    ]);
  });
  test('Dotprompt inserts the history itself', () => {
    expect(variables('p.prompt', '{{role "system"}}{{history}}{{#if history}}{{q}}{{/if}}')).toEqual(['history', 'q']);
    expect(variables('p.prompt', '{{history}}{{media url=picture}}{{q}}')).toEqual(['picture', 'q']);
  });
});

describe('files of messages', () => {
  const chat = [
    { role: 'system', content: 'You speak {language}.' },
    { role: 'user', content: 'Hello' },
    { role: 'assistant', content: 'Bonjour' },
    { role: 'user', content: [{ type: 'text', text: '{question}' }] },
  ];
  test('a list of roles and contents, with few-shot examples', () => {
    const expected = {
      language: 'python',
      variables: ['language', 'question'],
      roles: ['system', 'user', 'assistant', 'user'],
      examples: 1,
    };
    expect(read('p.json', JSON.stringify(chat))).toMatchObject(expected);
    expect(read('p.json', JSON.stringify({ messages: chat }))).toMatchObject(expected);
    expect(read('p.yaml', 'messages:\n- {role: human, content: "Say {x}"}\n- {role: ai, content: ok}\n')).toMatchObject(
      {
        roles: ['user', 'assistant'],
        variables: ['x'],
      },
    );
    expect(read('p.yml', '- [system, "Be {tone}"]\n- [human, "{q}"]\n').roles).toEqual(['system', 'user']);
  });
  test('the template of LangChain, in its language, with its examples', () => {
    const document = {
      _type: 'few_shot',
      prefix: 'P {{ a }}',
      suffix: '{% if b %}{% endif %}',
      template_format: 'jinja2',
      examples: [{}, {}],
    };
    expect(read('p.json', JSON.stringify(document))).toEqual({
      language: 'jinja2',
      variables: ['a', 'b'],
      optional: ['b'],
      roles: [],
      examples: 2,
    });
  });
  test('Prompty, whose head is no part of the template', () => {
    const text =
      '---\nname: x\ninputs:\n  tone: { type: string, default: kind }\nsample: { q: "{{ no }}" }\n---\nsystem:\nBe {{tone}}.\n\n# user:\n{{q}}\n';
    expect(read('p.prompty', text)).toEqual({
      language: 'braces',
      variables: ['q', 'tone'],
      optional: ['tone'],
      roles: ['system', 'user'],
      examples: 0,
    });
  });
  test('Dotprompt, with the roles that it names and the inputs that may be missing', () => {
    const text =
      '---\ninput:\n  schema:\n    name: string\n    tone?: string\n---\n{{role "system"}}Be {{tone}}.\n{{role "user"}}{{name}}';
    expect(read('p.prompt', text)).toMatchObject({
      variables: ['name', 'tone'],
      optional: ['tone'],
      roles: ['system', 'user'],
    });
  });
  test('words of a message may stand in the line of its role', () => {
    expect(read('p.md', 'system: You are {a}.\nuser: {q}\n').roles).toEqual(['system', 'user']);
    expect(read('p.md', 'system: You are {a}.\n').roles).toEqual(['system']);
    expect(read('p.md', '\nHuman: {q}\nAI:\n').roles).toEqual(['user', 'assistant']);
    expect(read('p.md', 'system:\nYou are {a}.\nuser: {q}').roles).toEqual(['system', 'user']);
    expect(read('p.md', 'Words of\nsystem: a\nuser: b').roles).toEqual([]);
  });
  test('a line that only begins like a role is text', () => {
    expect(read('p.md', 'user: is the one who asks\n').roles).toEqual([]);
  });
  test('what does not parse is one text', () => {
    expect(read('p.json', '{"a": {name}').variables).toEqual(['name']);
    expect(read('p.yaml', 'a: [1\n{x}').variables).toEqual(['x']);
  });
});

/** Pieces whose repetition is deep, or long in one expression. */
const unfinished = [
  '{% if a %}',
  '{% for a in b %}',
  '{{ (',
  '{{ not ',
  '{{ a.b',
  '{% if not a %}{% set a = 1 %}',
  '{% elif not b %}',
];

test('text without an end is read to its end', () => {
  // A reader whose time grew with the square of the text would run into the limit of the test.
  for (const piece of ['{', '{{', '{% ', "{{ '", '{#', '{{#a}}', '{a', '{{!--', ...unfinished]) {
    for (const name of ['p.j2', 'p.hbs', 'p.md'])
      expect(readPromptDocument(name, piece.repeat(30_000)).text).toHaveLength(piece.length * 30_000);
  }
}, 60_000);
