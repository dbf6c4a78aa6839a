import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Runs a program without a shell, so that it works alike on every system, and answers its exit code and output.
 * Output goes straight to the terminal unless `quiet`; then it is kept and answered, the last 64 KiB of it.
 * A program that overruns `timeoutMs` is ended together with all that it started; it gets no standard input then.
 *
 * @param {readonly string[]} command the program and its arguments
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, quiet?: boolean, timeoutMs?: number }} [options]
 * @returns {Promise<{ code: number, output: string }>} code 127 when the program could not be started, 124 after a time-out
 */
export function runCommand([program, ...rest], { cwd = root, env = {}, quiet = false, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const stdin = quiet || timeoutMs !== undefined ? 'ignore' : 'inherit';
    const shown = quiet ? 'pipe' : 'inherit';
    const detached = timeoutMs !== undefined && process.platform !== 'win32';
    const child = spawn(program, rest, {
      cwd,
      env: { ...process.env, ...env },
      stdio: [stdin, shown, shown],
      detached,
    });
    const limit = timeoutMs === undefined ? undefined : limitTime(child, { timeoutMs, detached });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-maxOutputChars);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', (error) => {
      limit?.release();
      resolve({ code: 127, output: `${output}${program}: ${error.message}\n` });
    });
    child.on('close', (code, signal) => {
      const overran = limit?.release() === true;
      resolve({ code: overran ? 124 : (code ?? 1), output: signal ? `${output}ended by ${signal}\n` : output });
    });
  });
}

/** Ends a child, and its own children where it leads a group, when its time is up or when this program is ended. */
function limitTime(child, { timeoutMs, detached }) {
  let overran = false;
  const end = () => {
    if (child.pid === undefined || child.exitCode !== null) return;
    if (detached) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  };
  const timer = setTimeout(() => {
    overran = true;
    console.error(`${child.spawnargs.slice(0, 3).join(' ')} … did not end within ${timeoutMs / 60_000} minutes`);
    end();
  }, timeoutMs);
  const stop = () => {
    end();
    process.exit(130);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  return {
    release: () => {
      clearTimeout(timer);
      process.off('SIGINT', stop).off('SIGTERM', stop);
      return overran;
    },
  };
}

const maxOutputChars = 65_536;

/** The command line of a program that an installed development dependency brings, run by this Node itself. */
export function localProgram(packageName, programName = packageName) {
  const folder = join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return [process.execPath, join(folder, typeof bin === 'string' ? bin : bin[programName])];
}

/** The command line of npm, run by this Node itself, because Windows cannot start npm.cmd without a shell. */
export function npmProgram() {
  const nextToNode = dirname(process.execPath);
  const places = [
    process.env.npm_execpath ?? '',
    join(nextToNode, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(nextToNode, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const found = places.find((place) => place.endsWith('npm-cli.js') && existsSync(place));
  return found === undefined ? ['npm'] : [process.execPath, found];
}

/** Seconds since `startMs`, as people read them. */
export function secondsSince(startMs) {
  return `${((performance.now() - startMs) / 1000).toFixed(1)} s`;
}
