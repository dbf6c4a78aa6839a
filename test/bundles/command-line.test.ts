import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spawnProgram } from './harness/spawn-program.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** More than one of a hashing thread's turns. */
const weightBytes = 24 * 1024 * 1024;

let folder: string;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weighbridge-cli-'));
  // Runs prepack, so it is packed from the sources as they are.
  const said = execFileSync('npm', ['pack', '--json', '--workspace', 'weighbridge', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [packed] = JSON.parse(said.slice(said.lastIndexOf('\n[') + 1)) as [{ filename: string }];
  execFileSync('tar', ['-xzf', join(folder, packed.filename), '-C', folder]);
  const { bin } = JSON.parse(await readFile(join(folder, 'package', 'package.json'), 'utf8')) as {
    bin: { weighbridge: string };
  };
  program = join(folder, 'package', bin.weighbridge);
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const environment = () => ({ PATH: process.env['PATH'] ?? '', HOME: folder, WEIGHBRIDGE_ACTOR: 'ada' });

const run = (words: readonly string[], cwd: string) =>
  spawnProgram(process.execPath, [program, ...words], { cwd, env: environment() });

describe('the command line, as its npm package ships it', () => {
  it('says how it is used after loading a handful of files', async () => {
    const { stdout, files, sizeBytes } = await loadedBy(['--help'], folder);
    expect(stdout).toContain('weighbridge [options] [command]');
    expect(files.length).toBeGreaterThan(0);
    expect(files.length).toBeLessThanOrEqual(8);
    expect(sizeBytes).toBeLessThanOrEqual(1_750_000);
  });

  it('registers a model and brings it back, with nothing installed beside it', async () => {
    const work = join(folder, 'work');
    await mkdir(work);
    const git = (...words: string[]) => execFileSync('git', ['-C', work, ...words], { stdio: 'pipe' });
    git('init', '--quiet', '--initial-branch=main');
    git('config', 'user.name', 'Ada');
    git('config', 'user.email', 'ada@example.org');
    await mkdir(join(work, 'models', 'fraud'), { recursive: true });
    const weights = randomBytes(weightBytes);
    await writeFile(join(work, 'models', 'fraud', 'weights.bin'), weights);
    await writeFile(
      join(work, 'models', 'fraud', 'model.yaml'),
      'name: fraud\nkind: model\nartifacts: [weights.bin]\n',
    );
    const store = JSON.stringify(join(folder, 'store'));
    await writeFile(
      join(work, 'weighbridge.yaml'),
      `version: 1\nstore: { type: folder, path: ${store} }\nrelease: { when: on-merge }\n`,
    );
    git('add', '.');
    git('commit', '--quiet', '-m', 'A model');

    const registered = await run(['register', '--json'], work);
    expect(registered.exitCode, registered.stdout + registered.stderr).toBe(0);
    const pulled = await run(['pull', 'fraud@1.0.0', '--into', join(folder, 'pulled')], work);
    expect(pulled.exitCode, pulled.stdout + pulled.stderr).toBe(0);
    expect((await readFile(join(folder, 'pulled', 'weights.bin'))).equals(weights)).toBe(true);
  });

  // What each loads is what a person waits for before it begins: all commands together are some five megabytes.
  it.each([
    [['show'], 1_750_000],
    [['pull', 'fraud@1.0.0', '--dry-run'], 1_850_000],
    [['store', 'push', '--dry-run'], 2_200_000],
    [['audit', 'verify'], 1_800_000],
    [['version', 'fraud'], 3_000_000],
    [['gate', 'fraud', '--to', 'staging'], 3_500_000],
  ] as const)('%j loads its own code, at most %i bytes', async (words, most) => {
    const { sizeBytes, files } = await loadedBy(words, join(folder, 'work'));
    expect(sizeBytes, files.join('\n')).toBeLessThanOrEqual(most);
  });
});

/** The files of the package that a command loads, with what they are together. */
async function loadedBy(words: readonly string[], cwd: string) {
  const log = join(folder, 'loaded');
  const hook = join(folder, 'count.mjs');
  const load = `import { appendFileSync } from 'node:fs';
    export function load(url, context, next) { appendFileSync(${JSON.stringify(log)}, url + '\\n'); return next(url, context); }`;
  await writeFile(
    hook,
    `import { register } from 'node:module';\nregister('data:text/javascript,' + encodeURIComponent(${JSON.stringify(load)}));\n`,
  );
  await writeFile(log, '');
  const { exitCode, stdout, stderr } = await spawnProgram(process.execPath, ['--import', hook, program, ...words], {
    cwd,
    env: environment(),
  });
  expect(exitCode, stdout + stderr).toBe(0);
  const urls = new Set((await readFile(log, 'utf8')).split('\n').filter((url) => url.startsWith('file:')));
  const files = [...urls].map((url) => fileURLToPath(url)).filter((file) => file.startsWith(dirname(program)));
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return { stdout, files, sizeBytes: sizes.reduce((sum, size) => sum + size, 0) };
}
