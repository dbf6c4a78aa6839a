import { describe, expect, test } from 'vitest';
import { importsOf, packageOf, resolveFile } from './imports.js';
import { ambientAdapters } from './ratchets.js';
import { readSource } from './source-text.js';
import { type PackageName, codeFiles, packageNames, packageSources, purePackages, readJson, readText } from './tree.js';

/**
 * Which packages each package may import. The order of the table is the order of the floors: an arrow points upward in
 * this list, never downward. A package that is missing here may import nothing.
 */
const allowedArrows: Readonly<Record<PackageName, readonly PackageName[]>> = {
  core: [],
  formats: ['core'],
  storage: ['core'],
  manifest: ['core', 'formats'],
  versioning: ['core', 'formats', 'manifest'],
  gates: ['core', 'formats', 'manifest', 'versioning'],
  ledger: ['core', 'formats'],
  lineage: ['core', 'formats', 'manifest', 'versioning', 'ledger'],
  evidence: ['core', 'formats', 'manifest', 'gates', 'ledger'],
  report: ['core', 'formats', 'manifest', 'versioning', 'gates', 'ledger', 'lineage'],
  ports: ['core', 'formats', 'storage', 'manifest', 'gates', 'ledger', 'evidence'],
  flows: ['core', 'formats', 'manifest', 'versioning', 'gates', 'ledger', 'lineage', 'evidence', 'report', 'ports'],
  git: ['core', 'formats', 'ledger', 'ports'],
  forges: ['core', 'formats', 'gates', 'ledger', 'ports'],
  stores: ['core', 'formats', 'storage', 'ledger', 'ports'],
  sigstore: ['core', 'formats', 'evidence', 'ports'],
  sources: ['core', 'formats', 'manifest', 'ports'],
  host: [
    'core',
    'formats',
    'manifest',
    'versioning',
    'gates',
    'ledger',
    'lineage',
    'evidence',
    'report',
    'ports',
    'flows',
    'git',
    'forges',
    'stores',
    'sigstore',
    'sources',
  ],
  cli: ['core', 'flows', 'host', 'report'],
  testkit: ['core', 'formats', 'storage', 'gates', 'ledger', 'ports'],
};

/** What tests may import besides what their package may: the development dependencies of the root, and the testkit. */
const testOnly = [
  ...Object.keys(readJson<{ devDependencies: Readonly<Record<string, string>> }>('package.json').devDependencies),
  '@weighbridge/testkit',
];

interface PackageManifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const manifestOf = (name: PackageName) => readJson<PackageManifest>(`packages/${name}/package.json`);
const ownNames: readonly string[] = packageNames.map((name) => manifestOf(name).name);
const ownName = (name: PackageName) => manifestOf(name).name;
const isOwn = (name: string) => ownNames.includes(name) || name.startsWith('@weighbridge/');

const outsideImports = (files: readonly string[]): readonly { file: string; name: string }[] =>
  files.flatMap((file) =>
    importsOf(file).flatMap(({ specifier }) => {
      const name = packageOf(specifier);
      return name === undefined ? [] : [{ file, name }];
    }),
  );

describe.each(packageNames)('package %s', (name) => {
  const sources = packageSources(name);
  const tests = packageSources(name, { tests: true });
  const allowed = allowedArrows[name].map(ownName);

  test('imports only the packages that it may', () => {
    const wrong = outsideImports(sources).filter((each) => isOwn(each.name) && !allowed.includes(each.name));
    expect(wrong).toEqual([]);
  });

  test('imports no inside of another package and works out no import at run time', () => {
    const wrong = [...sources, ...tests].flatMap((file) =>
      importsOf(file)
        .filter(({ specifier }) => /^@weighbridge\/[^/]+\//.test(specifier) || leavesPackage(file, specifier, name))
        .map(({ specifier }) => `${file}: ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  test('declares exactly what it imports', () => {
    const used = outsideImports(sources).map((each) => each.name);
    const bought = name === 'testkit' ? used.filter((each) => !testOnly.includes(each)) : used;
    const needed = new Set(bought.filter((each) => !each.startsWith('node:')));
    expect([...needed].sort()).toEqual(Object.keys(manifestOf(name).dependencies ?? {}).sort());
  });

  test('builds after exactly the packages that it depends on', () => {
    const { references = [] } = readJson<{ references?: readonly { path: string }[] }>(
      `packages/${name}/tsconfig.json`,
    );
    const declared = Object.keys(manifestOf(name).dependencies ?? {}).filter(isOwn);
    const built = references.map(
      ({ path }) => readJson<PackageManifest>(`packages/${path.replace('../', '')}/package.json`).name,
    );
    expect(built.sort()).toEqual(declared.sort());
  });

  test('has tests that import nothing but what it has and what tests may', () => {
    const known = [...Object.keys(manifestOf(name).dependencies ?? {}), ...allowed, ...testOnly, ownName(name)];
    const wrong = outsideImports(tests).filter((each) => !each.name.startsWith('node:') && !known.includes(each.name));
    expect(wrong).toEqual([]);
  });

  test('has no circle of imports', () => {
    expect(findCircle(sources)).toEqual([]);
  });
});

test('tests and tools import only what the root declares', () => {
  const files = codeFiles.filter((path) => /^(test|tools)\//.test(path));
  const wrong = outsideImports(files).filter(
    (each) => !each.name.startsWith('node:') && !isOwn(each.name) && !testOnly.includes(each.name),
  );
  // The mutation runner imports the bundle that it makes.
  expect(wrong).toEqual([{ file: 'test/mutation/in-process-runner.mjs', name: '(computed)' }]);
});

describe('the platform', () => {
  test('is unknown to pure packages', () => {
    const wrong = purePackages.flatMap((name) =>
      outsideImports(packageSources(name)).filter((each) => each.name.startsWith('node:')),
    );
    expect(wrong).toEqual([]);
  });

  test('gives pure packages no time, no chance and no console', () => {
    const banned =
      /\b(Date\.now|new Date\(\s*\)|Math\.random|performance\.|console\.|process\.|globalThis\b|setTimeout|fetch\s*\()/;
    const files = purePackages.flatMap((name) => packageSources(name));
    expect(files.filter((file) => banned.test(readSource(readText(file)).codeOnly))).toEqual([]);
  });

  test('shows its process to the host and the command alone; others may ask which system it is', () => {
    const others = packageNames.filter((name) => !['host', 'cli', 'testkit'].includes(name));
    const found = others.flatMap((name) => packageSources(name)).filter((file) => readsProcess(readText(file)));
    expect(found).toEqual(ambientAdapters);
  });

  test('lets only the host speak to the runner', () => {
    const elsewhere = packageNames
      .filter((name) => name !== 'host')
      .flatMap((name) => outsideImports(packageSources(name)));
    expect(elsewhere.filter((each) => each.name.startsWith('@actions/'))).toEqual([]);
  });
});

test('the table of arrows has no circle, because each points to an earlier floor', () => {
  const floor = (name: PackageName) => packageNames.indexOf(name);
  for (const name of packageNames) {
    expect(allowedArrows[name].filter((target) => floor(target) >= floor(name))).toEqual([]);
  }
});

describe('rooms of flows', () => {
  const [, table = ''] = readText('ARCHITECTURE.md').split('| rooms of `flows` | hold |');
  const rows = (table.split('\n\n')[0] ?? '')
    .split('\n')
    .map((row) => [...(row.split('|')[1] ?? '').matchAll(/[a-z]+/g)].map(([room]) => room));
  const floor = (room: string) => rows.findIndex((rooms) => rooms.includes(room));
  const isAbove = (room: string | null, from: string | null) =>
    room !== null && from !== null && floor(room) > floor(from);

  test('are all in the table of ARCHITECTURE.md', () => {
    const rooms = new Set(packageSources('flows').flatMap((file) => roomOf(file) ?? []));
    expect(rows.flat().sort()).toEqual([...rooms].sort());
  });

  test('import nothing of those that stand above them', () => {
    const wrong = packageSources('flows').flatMap((file) =>
      importsOf(file)
        .filter(({ specifier }) => specifier.startsWith('.'))
        .map(({ specifier }) => resolveFile(file, specifier))
        .filter((target) => isAbove(roomOf(target), roomOf(file)))
        .map((target) => `${file} -> ${target}`),
    );
    expect(wrong).toEqual([]);
  });
});

test('all packages have one version and ask for exactly that of each other', () => {
  const { version } = readJson<{ version: string }>('package.json');
  for (const name of packageNames) {
    const manifest = manifestOf(name);
    const inner = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(([each]) =>
      isOwn(each),
    );
    expect([manifest.version, ...inner.map(([, asked]) => asked)], name).toEqual([
      version,
      ...inner.map(() => version),
    ]);
  }
});

/** The folder of a file of flows; null for those that stand at its top. */
function roomOf(file: string): string | null {
  return /^packages\/flows\/src\/([^/]+)\//.exec(file)?.[1] ?? null;
}

function readsProcess(text: string): boolean {
  const { withoutComments, codeOnly } = readSource(text);
  const named = /import\s*\{([^}]*)\}\s*from\s*'(?:node:)?process'/.exec(withoutComments)?.[1]?.trim();
  const whole = /import\s+[\w*]+[^;]*from\s*'(?:node:)?process'/.test(withoutComments);
  return (
    whole ||
    (named !== undefined && named !== 'platform') ||
    /(?<![\w$.])process\s*(?:\.(?!platform\b)|\[)/.test(codeOnly)
  );
}

function leavesPackage(file: string, specifier: string, name: PackageName): boolean {
  if (specifier === '(computed)') return true;
  return specifier.startsWith('.') && !resolveFile(file, specifier).startsWith(`packages/${name}/`);
}

/** One circle of files, as the path that closes it; empty when there is none. Imports of types count as well. */
function findCircle(files: readonly string[]): readonly string[] {
  const finished = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (finished.has(file) || !files.includes(file)) return [];
    for (const { specifier } of importsOf(file).filter((each) => each.specifier.startsWith('.'))) {
      const circle = visit(resolveFile(file, specifier), [...path, file]);
      if (circle.length > 0) return circle;
    }
    finished.add(file);
    return [];
  };
  return files.map((file) => visit(file, [])).find((circle) => circle.length > 0) ?? [];
}
