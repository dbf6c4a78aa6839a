import { describe, expect, test } from 'vitest';
import { canonicalTemplate } from './canonical-template.js';

const isSame = (left: string, right: string): boolean => canonicalTemplate(left) === canonicalTemplate(right);

describe('the canonical form of a template', () => {
  test.each([
    ["{{m['role']}}", '{{ m["role"] }}'],
    ["{% if m.role=='user' %}x{% endif %}", '{%  if m.role == "user"  %}x{%endif%}'],
    ['a{# why #}b', 'ab'],
    ['a  {#- why -#}  b', 'ab'],
    ['a \n{%- if x -%}\n b', 'a{% if x %}b'],
    ['{{ x -}}  b', '{{x}}b'],
    ['{{ f( a,b ) | join( "x" ) }}', '{{f(a, b)|join("x")}}'],
    ['a\n', 'a'],
    ['{{ x }}', '{{\n  x\n}}'],
  ])('%j is %j', (left, right) => expect(isSame(left, right)).toBe(true));

  test.each([
    ['a b', 'a  b'],
    ['{{ "a b" }}', '{{ "a  b" }}'],
    ["{{ 'it' }}", '{{ "is" }}'],
    ['a {{ x }}', 'a{{ x }}'],
    ['a {{- x }}', 'a {{ x }}'],
    ['{{ -x }}', '{{- x }}'],
    ['{{ not x }}', '{{ notx }}'],
    ['{% raw %}{{ a }}{% endraw %}', '{% raw %}{{a}}{% endraw %}'],
    ['{{ "a  }}" }}', '{{ "a }}" }}'],
    ["{{ '\\'  x' }}", "{{ '\\' x' }}"],
    ['{% if a %}', '{% if b %}'],
    ['{{ x ', '{{  x '],
  ])('%j is not %j', (left, right) => expect(isSame(left, right)).toBe(false));

  test('is its own form', () => {
    for (const template of ['', '{', '{{', '{#', "{{ ' }}", '{% x -%} {{- y }}', '{{-}}'])
      expect(canonicalTemplate(canonicalTemplate(template))).toBe(canonicalTemplate(template));
  });

  test('takes no longer than the template is', () => {
    for (const hostile of ['{{', '{#', '{% ', "{{'", '{{}}'].map((text) => text.repeat(100_000)))
      expect(canonicalTemplate(hostile).length).toBeLessThanOrEqual(hostile.length);
  });
});
