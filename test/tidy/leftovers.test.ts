import semver from 'semver';
import { describe, expect, test } from 'vitest';
import { readSource } from './source-text.js';
import { codeFiles, projectFiles, readJson, readText, writtenFiles } from './tree.js';

const thisFile = 'test/tidy/leftovers.test.ts';
const places = (pattern: RegExp, files: readonly string[]): readonly string[] =>
  files
    .filter((path) => path !== thisFile)
    .flatMap((path) =>
      readText(path)
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 120)}`] : [])),
    );

test('nothing is left for later', () => {
  expect(places(/\b(TODO|FIXME|XXX|HACK)\b/, writtenFiles)).toEqual([]);
});

test("no path of anybody's own machine is in the tree", () => {
  const own = /(^|[\s"'`(=:])(\/(work|root|farm|Users)\/|\/home\/(?!runner\b)[a-z]|[A-Za-z]:\\Users\\)/;
  expect(places(own, writtenFiles)).toEqual([]);
});

describe('package registries', () => {
  const hosts =
    /registry\.npmjs\.org|registry\.yarnpkg|\bpypi\.org|pythonhosted\.org|proxy\.golang\.org|sum\.golang\.org|(static|index)\.crates\.io|repo1?\.maven/;

  test('are named nowhere', () => {
    expect(places(hosts, writtenFiles)).toEqual([]);
  });

  test('are not in the lockfile', () => {
    const { packages } = readJson<{ packages: Readonly<Record<string, { resolved?: string }>> }>('package-lock.json');
    const named = Object.entries(packages).filter(
      ([, { resolved }]) => resolved !== undefined && /^[a-z+]+:\/\//.test(resolved),
    );
    expect(named.map(([path]) => path)).toEqual([]);
  });
});

test('every package of the lockfile runs on the oldest Node that we support', () => {
  const { packages } = readJson<{ packages: Readonly<Record<string, { engines?: { node?: string } }>> }>(
    'package-lock.json',
  );
  const oldest = semver.minVersion(packages['']?.engines?.node ?? '');
  if (oldest === null) throw new Error('package.json names no Node');
  const newer = Object.entries(packages).filter(
    ([, { engines }]) => engines?.node !== undefined && !semver.satisfies(oldest, engines.node),
  );
  expect(newer.map(([path]) => path)).toEqual([]);
});

test('no test is switched off, alone or yet to be written', () => {
  const off =
    /(?<![\w$.])(test|it|describe|suite)\s*(\.[a-z]+)*\.(skip|only|todo|skipIf|runIf|fails)\b|\bx(it|describe)\s*\(/;
  const wrong = codeFiles.filter((path) => path !== thisFile && off.test(readSource(readText(path)).codeOnly));
  expect(wrong).toEqual([]);
});

test('no check is switched off by a comment', () => {
  const off = /@ts-(ignore|nocheck|expect-error)|(eslint|oxlint)-disable|(istanbul|v8|c8) ignore|biome-ignore(?!-)/;
  expect(places(off, codeFiles)).toEqual([]);
});

test('nothing that a tool makes is tracked, except the bundle', () => {
  expect(
    projectFiles.filter((path) => /(^|\/)(node_modules|build|coverage|\.peers|\.cache)\/|\.tsbuildinfo$/.test(path)),
  ).toEqual([]);
});
