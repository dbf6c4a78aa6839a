import { WeighbridgeError } from '@weighbridge/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isGlob, matchGlob } from './glob.js';
import { resolveManifestPath } from './manifest-path.js';

function tryResolve(written: string): string | null {
  try {
    return resolveManifestPath('models/a/model.yaml', written);
  } catch (cause) {
    if (cause instanceof WeighbridgeError && cause.code === 'manifest/path') return null;
    throw cause;
  }
}

describe('resolveManifestPath', () => {
  it.each([
    ['models/a/model.yaml', 'out/x.bin', 'models/a/out/x.bin'],
    ['models/a/model.yaml', './out//x.bin', 'models/a/out/x.bin'],
    ['models/a/model.yaml', '../b/x.bin', 'models/b/x.bin'],
    ['models/a/model.yaml', '../../src/', 'src'],
    ['models/a/model.yaml', '/src/train', 'src/train'],
    ['models/a/model.yaml', '/', ''],
    ['models/a/model.yaml', '.', 'models/a'],
    ['model.yaml', 'x.bin', 'x.bin'],
    ['models/a/model.yaml', 'out/**/*.bin', 'models/a/out/**/*.bin'],
    ['models/a/model.yaml', 'a/../../a/b', 'models/a/b'],
    ['models/a/model.yaml', '..x/...', 'models/a/..x/...'],
  ])('from %s, %s is %s', (manifest, written, expected) =>
    expect(resolveManifestPath(manifest, written)).toBe(expected),
  );

  it.each([
    '',
    '../../../x',
    '/..',
    '/../x',
    'a\\b',
    '..\\x',
    'C:/x',
    'c:',
    '//server/share',
    '~/x',
    'a\0b',
    'a\nb',
    '/.git/config',
    '../../.git',
    'a'.repeat(1025),
  ])('refuses %j', (written) => {
    expect(() => resolveManifestPath('models/a/model.yaml', written)).toThrow(
      expect.objectContaining({ code: 'manifest/path' }),
    );
  });

  it('never leaves the repository, whatever is written', () => {
    const written = fc
      .array(fc.constantFrom('..', '.', '', 'a', 'b c', '*', '...', '.git'), { maxLength: 8 })
      .map((parts) => parts.join('/'));
    fc.assert(
      fc.property(written, (path) => {
        const resolved = tryResolve(path);
        if (resolved === null) return;
        const parts = resolved.split('/');
        expect(parts).not.toContain('..');
        expect(parts).not.toContain('.');
        expect(resolved === '' || !parts.includes('')).toBe(true);
        expect(resolveManifestPath('models/a/model.yaml', `/${resolved}`)).toBe(resolved);
      }),
      { seed: 51, numRuns: 500 },
    );
  });
});

describe('matchGlob', () => {
  it.each([
    ['models/*/model.yaml', 'models/fraud/model.yaml', true],
    ['models/*/model.yaml', 'models/a/b/model.yaml', false],
    ['models/**/model.yaml', 'models/a/b/model.yaml', true],
    ['models/**/model.yaml', 'models/model.yaml', true],
    ['**', 'a/b/c', true],
    ['**/*.onnx', 'x.onnx', true],
    ['**/*.onnx', 'a/b/x.onnx', true],
    ['**/*.onnx', 'a/x.onnx.txt', false],
    ['a/**/b/**/c', 'a/b/x/b/c', true],
    ['a/**/b/**/c', 'a/x/c', false],
    ['out/*.bin', 'out/.bin', true],
    ['out/?.bin', 'out/a.bin', true],
    ['out/?.bin', 'out/.bin', false],
    ['out/?.bin', 'out/ab.bin', false],
    ['*a*b*', 'xxaxxbxx', true],
    ['*a*b*', 'xxbxxaxx', false],
    ['a/*', 'a', false],
    ['a/**', 'a/b/c', true],
    ['[ab].bin', '[ab].bin', true],
    ['[ab].bin', 'a.bin', false],
    ['{a,b}', 'a', false],
    ['a.b', 'axb', false],
    ['A', 'a', false],
    ['', 'a', false],
  ])('%s on %s', (pattern, path, expected) => expect(matchGlob(pattern, path)).toBe(expected));

  it('agrees with a regular expression', () => {
    const parts = (all: readonly string[], max: number) =>
      fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: max });
    const pattern = parts(['**', '*', '?', 'a', 'ab', 'a*', '*b', 'a?b', '*a*'], 5).map((all) => all.join('/'));
    const path = parts(['a', 'b', 'ab', 'aab', 'ba', 'abab'], 5).map((all) => all.join('/'));
    fc.assert(
      fc.property(pattern, path, (glob, text) => {
        const names = (part: string) => part.replaceAll('*', '[^/]*').replaceAll('?', '[^/]');
        const source = glob
          .split('/')
          .map((part) => (part === '**' ? '(?:[^/]+/)*' : `${names(part)}/`))
          .join('');
        expect(matchGlob(glob, text)).toBe(new RegExp(`^${source}$`).test(`${text}/`));
      }),
      { seed: 52, numRuns: 3000 },
    );
  });

  it('takes no exponential time', () => {
    expect(matchGlob(`${'*a'.repeat(200)}b`, 'a'.repeat(2000))).toBe(false);
    expect(matchGlob(`${'**/a/'.repeat(100)}b`, 'a/'.repeat(1000))).toBe(false);
  });

  it('knows patterns', () => {
    expect(['a*', 'a?', '**'].every(isGlob)).toBe(true);
    expect(['a', '[a]', '{a}', '!a', ''].some(isGlob)).toBe(false);
  });
});
