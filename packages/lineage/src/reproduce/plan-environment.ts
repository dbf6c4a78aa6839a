import { isDigest, digestHex } from '@weighbridge/core';
import { isTrained, type RecordedVersion } from '../graph/recorded-version.js';
import type { MissingPart, PartPlan, ReproductionStep } from './reproduction.js';

/** Programs that install what a lock file lists, by the name of the file. */
const installers: readonly (readonly [RegExp, (path: string) => readonly string[]])[] = [
  [/(^|\/)uv\.lock$/, (path) => ['uv', 'sync', '--frozen', '--project', folderOf(path)]],
  [/(^|\/)poetry\.lock$/, (path) => ['poetry', 'install', '--no-interaction', '--directory', folderOf(path)]],
  [/(^|\/)pdm\.lock$/, (path) => ['pdm', 'sync', '--project', folderOf(path)]],
  [/(^|\/)Pipfile\.lock$/, () => ['pipenv', 'sync']],
  [/(^|\/)package-lock\.json$/, (path) => ['npm', 'ci', '--prefix', folderOf(path)]],
  [/(^|\/)conda-lock\.ya?ml$/, (path) => ['conda-lock', 'install', '--prefix', './.environment', `./${path}`]],
  [
    /(^|\/)environment[\w.-]*\.ya?ml$/,
    (path) => ['conda', 'env', 'create', '--prefix', './.environment', '--file', `./${path}`],
  ],
  [/\.txt$/, (path) => ['python', '-m', 'pip', 'install', '--requirement', `./${path}`]],
];

/** The image by its digest, and the lock file compared with its own before anything is installed from it. */
export function planEnvironment({ kind, environment: { image, lock } }: RecordedVersion): PartPlan {
  const steps: ReproductionStep[] = [];
  const missing: MissingPart[] = [];
  if (image !== null) {
    const words = ['docker', 'pull', '--', image];
    steps.push({ part: 'environment', title: `The image ${image}`, commands: [{ kind: 'program', words }] });
    if (!/@sha256:[0-9a-f]{64}$/.test(image)) {
      const remedy = 'Write environment.image with its digest: NAME@sha256:….';
      missing.push({ part: 'environment', what: `what holds the image ${image} still`, remedy });
    }
  }
  if (lock !== null) {
    const install = installers.find(([pattern]) => pattern.test(lock.path))?.[1](lock.path) ?? null;
    const hex = isDigest(lock.digest) ? digestHex(lock.digest) : null;
    const check = hex === null ? [] : [{ kind: 'sha256' as const, path: lock.path, hex }];
    const run = install === null ? [] : [{ kind: 'program' as const, words: install }];
    steps.push({ part: 'environment', title: `The packages that ${lock.path} lists`, commands: [...check, ...run] });
    if (install === null) {
      const remedy = 'Use a lock file of uv, Poetry, PDM, Pipenv, conda, pip or npm.';
      missing.push({ part: 'environment', what: `the program that installs what ${lock.path} lists`, remedy });
    }
  }
  if (image === null && lock === null && isTrained(kind)) {
    const remedy = 'Name environment.image with its digest, or environment.lock, in model.yaml.';
    missing.push({ part: 'environment', what: 'the environment of the training', remedy });
  }
  return { steps, missing };
}

function folderOf(path: string): string {
  return `./${path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.'}`;
}
