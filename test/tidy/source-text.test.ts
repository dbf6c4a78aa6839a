import { describe, expect, test } from 'vitest';
import { packageOf, parseImports } from './imports.js';
import { readSource } from './source-text.js';

const names = (text: string) => parseImports(text).map(({ specifier }) => specifier);

describe('imports', () => {
  test('of every form are found', () => {
    const text = `import a from 'a';
import { type B, b } from "b";
import type { C } from './c.js';
import * as d from 'd';
import {
  e,
} from '@scope/e/sub';
import 'f';
export * from './g.js';
export type { H } from 'h';
const i = await import('i');
type J = import('j').J;
const k = import(name);`;
    expect(names(text)).toEqual(['a', 'b', './c.js', 'd', '@scope/e/sub', './g.js', 'h', 'f', 'i', 'j', '(computed)']);
    expect(
      parseImports(text)
        .filter(({ typeOnly }) => typeOnly)
        .map(({ specifier }) => specifier),
    ).toEqual(['./c.js', 'h']);
  });

  test('in comments, strings and templates are none', () => {
    expect(names("// import 'a';\n/* import('b') */ const c = \"import 'c'\"; const d = `import('d')`;")).toEqual([]);
    expect(names("const a = `${await import('inside')} import('b')`;")).toEqual(['inside']);
    expect(names("const quote = /['\"]/; import('after');")).toEqual(['after']);
  });

  test('name their package', () => {
    expect(packageOf('./x.js')).toBeUndefined();
    expect(packageOf('fs')).toBe('node:fs');
    expect(packageOf('node:fs/promises')).toBe('node:fs');
    expect(packageOf('@weighbridge/core')).toBe('@weighbridge/core');
    expect(packageOf('yaml/util')).toBe('yaml');
  });
});

test('code keeps its places when comments and strings are blanked', () => {
  const text = "const a = 'x'; // y\nconst b = `p${a}q` + c / d / e;";
  const { codeOnly, withoutComments } = readSource(text);
  expect(codeOnly).toHaveLength(text.length);
  expect(withoutComments).toContain("'x'");
  expect(codeOnly).not.toMatch(/[xypq]/);
  expect(codeOnly).toContain('c / d / e');
});
