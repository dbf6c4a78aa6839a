import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { devNull } from 'node:os';
import { env as inheritedEnvironment } from 'node:process';
import { weighbridgeError } from '@weighbridge/core';
import { redact } from './redact.js';

/** How long one git command may take unless the caller says otherwise: a slow network, never a hang for ever. */
export const defaultTimeoutMs = 120_000;
/** How much a git command may print unless the caller says otherwise. */
export const defaultMaxOutputBytes = 64 * 1024 * 1024;
/** Only the end of what git said on stderr is kept: the reason stands there. */
const maxErrorTextBytes = 64 * 1024;
const killGraceMs = 2_000;

export interface GitOptions {
  /** The folder that git runs in. */
  readonly cwd: string;
  readonly input?: Uint8Array | string;
  /** Added to what this process has in its environment, and stronger than it. */
  readonly env?: ReadonlyMap<string, string>;
  /**
   * Configuration for this command alone, such as `http.https://host/.extraheader`. It travels in the environment and
   * never on the command line, so that other users of the machine cannot read credentials. Keys may repeat.
   */
  readonly gitConfig?: Iterable<readonly [string, string]>;
  readonly timeoutMs?: number;
  readonly maxOutputBytes?: number;
  /** An open file that takes what git prints, of whatever size, in place of the result's `stdout`. */
  readonly outputFile?: number;
  /** Exit codes other than 0 that are answers and not failures. */
  readonly allowExit?: readonly number[] | 'any';
}

export interface GitResult {
  readonly exitCode: number;
  readonly stdout: Buffer;
  /** What git said, without credentials. */
  readonly stderr: string;
}

/** Hooks, signing, background repacking and monitors of the user's configuration have no say in what we run. */
const ourConfiguration: readonly (readonly [string, string])[] = [
  ['core.hooksPath', devNull],
  ['core.fsmonitor', 'false'],
  ['core.quotePath', 'false'],
  ['commit.gpgSign', 'false'],
  ['tag.gpgSign', 'false'],
  ['push.gpgSign', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['advice.detachedHead', 'false'],
];

/** Variables that git sets for its hooks; with them it would work on another repository than the one of `cwd`. */
const repositoryVariables = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
  'GIT_QUARANTINE_PATH',
  'GIT_SHALLOW_FILE',
];

/**
 * Runs `git` without a shell, a prompt, a hook or a translation, and resolves with what it printed.
 * @throws git/missing, git/no-folder, git/timeout, git/output-too-large, git/failed
 */
export async function runGit(args: readonly string[], options: GitOptions): Promise<GitResult> {
  const command = args.find((argument) => /^[a-z][a-z-]*$/.test(argument)) ?? 'git';
  const secrets = [...(options.gitConfig ?? [])].map(([, value]) => value);
  const outcome = await runChild(args, options, command);
  const stderr = redact(outcome.stderr, secrets);
  const allowed =
    outcome.exitCode === 0 || options.allowExit === 'any' || (options.allowExit ?? []).includes(outcome.exitCode);
  if (!allowed) {
    throw weighbridgeError('git/failed', { command, exitCode: outcome.exitCode, reason: lastLines(stderr) });
  }
  return { ...outcome, stderr };
}

/** The standard output of a command as text without its last line break. Errors as runGit. */
export async function runGitText(args: readonly string[], options: GitOptions): Promise<string> {
  const { stdout } = await runGit(args, options);
  return stdout.toString('utf8').replace(/\r?\n$/, '');
}

interface ChildOutcome {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

function runChild(args: readonly string[], options: GitOptions, command: string): Promise<ChildOutcome> {
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const maxOutputBytes = options.maxOutputBytes ?? defaultMaxOutputBytes;
  return new Promise((resolve, reject) => {
    const child = spawn('git', [...args], {
      cwd: options.cwd,
      env: childEnvironment(options),
      shell: false,
      windowsHide: true,
      stdio: ['pipe', options.outputFile ?? 'pipe', 'pipe'],
    });
    const stdout: Buffer[] = [];
    let stdoutBytes = 0;
    let stderr = '';
    let failure: Error | null = null;
    // SIGTERM lets git remove its lock files and end its own helpers.
    const stop = (error: Error): void => {
      if (failure !== null) return;
      failure = error;
      child.kill('SIGTERM');
      setTimeout(() => {
        child.kill('SIGKILL');
        // A helper that outlives git holds the pipes open; waiting for it would be waiting without a bound.
        child.stdout?.destroy();
        child.stderr?.destroy();
        reject(error);
      }, killGraceMs).unref();
    };
    const timer = setTimeout(
      () => stop(weighbridgeError('git/timeout', { command, seconds: Math.ceil(timeoutMs / 1000) })),
      timeoutMs,
    );
    child.stdout?.on('data', (chunk: Buffer) => {
      stdoutBytes += chunk.length;
      if (stdoutBytes > maxOutputBytes) stop(weighbridgeError('git/output-too-large', { command, maxOutputBytes }));
      else stdout.push(chunk);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-maxErrorTextBytes);
    });
    // A git that ends early closes its input; its exit code and its words tell why, not the broken pipe.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input ?? '');
    child.on('error', (cause: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(startError(cause, options.cwd));
    });
    child.on('close', (exitCode, signal) => {
      clearTimeout(timer);
      if (failure !== null) reject(failure);
      else if (exitCode === null)
        reject(weighbridgeError('git/failed', { command, exitCode: -1, reason: `ended by ${signal}` }));
      else resolve({ exitCode, stdout: Buffer.concat(stdout), stderr });
    });
  });
}

/** A folder that is not there and a git that is not there look alike to spawn. */
function startError(cause: NodeJS.ErrnoException, cwd: string): Error {
  if (!existsSync(cwd)) return weighbridgeError('git/no-folder', { folder: cwd }, { cause });
  return weighbridgeError('git/missing', { reason: cause.code ?? 'unknown' }, { cause });
}

function childEnvironment(options: GitOptions): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...inheritedEnvironment };
  for (const name of repositoryVariables) delete environment[name];
  Object.assign(environment, {
    LC_ALL: 'C',
    LANGUAGE: '',
    GIT_TERMINAL_PROMPT: '0',
    GIT_PAGER: 'cat',
    GIT_EDITOR: 'false',
    GIT_OPTIONAL_LOCKS: '0',
    GCM_INTERACTIVE: 'never',
  });
  let count = Number(environment['GIT_CONFIG_COUNT'] ?? 0) || 0;
  for (const [key, value] of [...ourConfiguration, ...(options.gitConfig ?? [])]) {
    environment[`GIT_CONFIG_KEY_${count}`] = key;
    environment[`GIT_CONFIG_VALUE_${count}`] = value;
    count++;
  }
  environment['GIT_CONFIG_COUNT'] = String(count);
  for (const [name, value] of options.env ?? []) environment[name] = value;
  return environment;
}

function lastLines(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('hint:'));
  return (
    lines
      .slice(-4)
      .map((line) => line.replace(/[.\s]+$/, ''))
      .join('; ')
      .slice(0, 500) || 'it gave no reason'
  );
}
