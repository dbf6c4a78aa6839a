import { expect, test } from 'vitest';
import { codeFiles, readText } from './tree.js';

const known = [...readText('tools/peers/catalogue.mjs').matchAll(/^\s+(?:.*\{ )?name: '([a-z0-9-]+)'/gm)].map(
  ([, name]) => name,
);
const needs = (path: string) =>
  /^\/\/ needs: ([a-z0-9, -]+)$/m
    .exec(readText(path))?.[1]
    ?.split(',')
    .map((name) => name.trim());
const tests = codeFiles.filter((path) => path.startsWith('test/') && path.endsWith('.test.ts'));

test('a test that asks a peer says which', () => {
  const silent = tests.filter(
    (path) => path.startsWith('test/peers/') || /\brunAct\(|peerProgram\(/.test(readText(path)),
  );
  expect(silent.filter((path) => needs(path) === undefined)).toEqual([]);
});

test('and it is one that "npm run peers" installs', () => {
  expect(known).toContain('act');
  expect(
    tests.flatMap((path) =>
      (needs(path) ?? []).filter((name) => !known.includes(name)).map((name) => `${path}: ${name}`),
    ),
  ).toEqual([]);
});
