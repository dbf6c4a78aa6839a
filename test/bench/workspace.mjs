// What every row of the bench needs: a folder that goes away, children that end, paths of this checkout.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const cacheFolder = join(root, '.cache', 'bench');
export const commandLine = join(root, 'packages', 'cli', 'bundle', 'index.js');

/** No child may take longer unless its caller says so: the bench ends even when something hangs. */
const childTimeoutMs = 300_000;

export function makeFolder(name) {
  return mkdtempSync(join(tmpdir(), `weighbridge-bench-${name}-`));
}

export function removeFolder(path) {
  rmSync(path, { recursive: true, force: true });
}

/** The environment of a developer's terminal, wherever the bench runs. */
export function plainEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => key !== 'CI' && !key.startsWith('GITHUB_')));
}

/** Runs a program to its end and answers its exit code and output. Ended by its own id when it takes too long. */
export function runChild(
  program,
  words,
  { cwd = root, environment = plainEnvironment(), timeoutMs = childTimeoutMs } = {},
) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'])
      child[name].setEncoding('utf8').on('data', (text) => (texts[name] += text));
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, ...texts });
    });
  });
}

/** The same for a child that has to end well. */
export async function runWell(program, words, options) {
  const ended = await runChild(program, words, options);
  if (ended.code === 0) return ended;
  throw new Error(`${program} ${words.slice(0, 3).join(' ')} ended with ${ended.code}: ${ended.stderr.slice(-500)}`);
}
