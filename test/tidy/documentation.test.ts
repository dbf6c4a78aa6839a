import { describe, expect, test } from 'vitest';
import { resolveFile } from './imports.js';
import { undocumentedExports } from './ratchets.js';
import { packageNames, projectFiles, readJson, readText } from './tree.js';

const minSentences = 3;

describe.each(packageNames)('package %s', (name) => {
  test('says in its README what it is for', () => {
    const path = `packages/${name}/README.md`;
    expect(projectFiles).toContain(path);
    const text = readText(path);
    const called = readJson<{ name: string }>(`packages/${name}/package.json`).name;
    expect(text.startsWith(`# ${called}\n`)).toBe(true);
    expect(text.match(/[.:]\s/g)?.length ?? 0).toBeGreaterThanOrEqual(minSentences);
  });

  test('says in its package.json what it is', () => {
    const { description, license } = readJson<{ description?: string; license?: string }>(
      `packages/${name}/package.json`,
    );
    expect(description?.length ?? 0).toBeGreaterThan(10);
    expect(license).toBe('Apache-2.0');
  });
});

test('every export of a package has a doc comment', () => {
  const missing = packageNames.flatMap((name) => undocumented(`packages/${name}/src/index.ts`, undefined));
  expect(missing.sort()).toEqual([...undocumentedExports].sort());
});

test('ARCHITECTURE.md stays one map and names every package', () => {
  const text = readText('ARCHITECTURE.md');
  expect(text.split('\n').length).toBeLessThan(200);
  expect(packageNames.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

/** Exports without a doc comment, of a file or of those that it re-exports; `names` limits it to some of them. */
function undocumented(path: string, names: readonly string[] | undefined): readonly string[] {
  const text = readText(path);
  const lines = text.split('\n');
  const own = lines.flatMap((line, index) => {
    const name =
      /^export (?:declare )?(?:async )?(?:abstract )?(?:function\*?|const|let|class|interface|type) (\w+)/.exec(
        line,
      )?.[1];
    const wanted = name !== undefined && (names === undefined || names.includes(name));
    const overload = lines[index - 1]?.startsWith(`export function ${name}(`) === true;
    return wanted && !overload && lines[index - 1]?.trimEnd().endsWith('*/') !== true ? [`${path}: ${name}`] : [];
  });
  return [
    ...new Set([
      ...own,
      ...reExports(text).flatMap(({ from, only }) => undocumented(resolveFile(path, from), only ?? names)),
    ]),
  ];
}

function reExports(text: string): readonly { from: string; only: readonly string[] | undefined }[] {
  return [...text.matchAll(/^export (?:type )?(\*|\{[^}]*\}) from '(\.[^']+)';/gm)].map(([, what = '', from = '']) => ({
    from,
    only: what === '*' ? undefined : nameList(what),
  }));
}

/** `{ type A, b as c }` gives the names that the other file knows: A and b. */
function nameList(braces: string): readonly string[] {
  return braces
    .slice(1, -1)
    .split(',')
    .map(
      (part) =>
        part
          .trim()
          .replace(/^type /, '')
          .split(' as ')[0] ?? '',
    )
    .filter((part) => part !== '');
}
