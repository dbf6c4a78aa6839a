import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkoutFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const maxTextBytes = 2 * 1024 * 1024;

/** The packages in the order of their floors: an arrow may point only to one that stands before. */
export const packageNames = [
  'core',
  'formats',
  'storage',
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
  'host',
  'cli',
  'testkit',
] as const;

export type PackageName = (typeof packageNames)[number];

/** Packages that know neither the platform nor the time: the same input gives the same output, everywhere. */
export const purePackages: readonly PackageName[] = packageNames.slice(0, packageNames.indexOf('git'));

/** Every file that belongs to the project, as paths with `/` from the root: what git tracks, or would if asked. */
export const projectFiles: readonly string[] = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
  cwd: checkoutFolder,
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(checkoutFolder, path)))
  .sort();

/** The text of a project file. */
export function readText(path: string): string {
  return readFileSync(join(checkoutFolder, path), 'utf8');
}

/** The value of a JSON file of the project; the caller says what it has to look like. */
export function readJson<Shape>(path: string): Shape {
  const parsed: Shape = JSON.parse(readText(path));
  return parsed;
}

/** Files that people write as text: no fixtures, no lockfile, nothing that a tool makes or that is large or binary. */
export const writtenFiles: readonly string[] = projectFiles.filter(
  (path) =>
    !/^(dist|schemas|docs\/reference)\/|(^|\/)fixtures\/|^package-lock\.json$|\.(onnx|gguf|safetensors|pt|pkl|png|bin)$/.test(
      path,
    ) &&
    statSync(join(checkoutFolder, path)).size <= maxTextBytes &&
    !readText(path).includes('\0'),
);

/** TypeScript of a package, tests left out unless asked for. */
export function packageSources(name: PackageName, { tests = false } = {}): readonly string[] {
  const top = `packages/${name}/src/`;
  return projectFiles.filter(
    (path) => path.startsWith(top) && path.endsWith('.ts') && path.endsWith('.test.ts') === tests,
  );
}

/** All the program text that this project writes for itself. */
export const codeFiles: readonly string[] = writtenFiles.filter(
  (path) => /^(packages|test|tools|actions)\//.test(path) && /\.(ts|mjs|js)$/.test(path),
);
