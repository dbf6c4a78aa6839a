import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const monthsMs = 90 * 86_400_000;

/** A program that runs on its own, and is to be killed. */
export interface RunningProcess {
  /** It has said something: what it is killed in has begun. */
  readonly begun: Promise<unknown>;
  /** Waits until it has said some words, or has ended. */
  hasSaid(words: string): Promise<void>;
  /** Gives it a line to read. */
  tell(line: string): void;
  /** How it ended: null when it was killed. */
  readonly ended: Promise<{ readonly code: number | null; readonly said: string }>;
  /** What it has said so far. */
  said(): string;
  /** Ends it by SIGKILL, so that it cannot tidy up, and waits for that; answers whether it was still running. */
  kill(): Promise<boolean>;
  /** The same, some time after it has begun. */
  killAfter(delayMs: number): Promise<boolean>;
}

const running = new Set<RunningProcess>();

/** Runs a program of this folder, or of one named relative to it. */
export function startProcess(
  program: string,
  given: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): RunningProcess {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, [path, ...given], { env: environment, stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const closed = once(child, 'close');
  // One that has ended reads nothing any more; how it ended is told by its code.
  child.stdin.on('error', () => {});
  const started: RunningProcess = {
    begun: Promise.race([once(child.stdout, 'data'), closed]),
    ended: closed.then(([code]: unknown[]) => ({ code: code as number | null, said })),
    said: () => said,
    async hasSaid(words) {
      while (!said.includes(words) && isRunning(child)) await Promise.race([once(child.stdout, 'data'), closed]);
    },
    tell: (line) => void child.stdin.write(`${line}\n`),
    async kill() {
      const wasRunning = isRunning(child);
      if (wasRunning) child.kill('SIGKILL');
      await closed;
      running.delete(started);
      return wasRunning;
    },
    async killAfter(delayMs) {
      await started.begun;
      await Promise.race([sleep(delayMs), closed]);
      return started.kill();
    },
  };
  running.add(started);
  return started;
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

/** What a test has left running. */
export async function killAll(): Promise<void> {
  for (const each of running) await each.kill();
}

/** Paths of all files in a folder of a store; none when there is no such folder. */
export async function filesBelow(root: string, part: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, part), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Makes what lies in folders of a store old, as if nobody had touched it for months. Others may remove it meanwhile. */
export async function age(root: string, parts: readonly string[]): Promise<void> {
  const old = new Date(Date.now() - monthsMs);
  for (const part of parts) {
    for (const path of await filesBelow(root, part)) {
      await utimes(path, old, old).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code !== 'ENOENT') throw cause;
      });
    }
  }
}
