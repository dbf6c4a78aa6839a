import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { usualRetries } from '@weighbridge/stores';

const programs = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.peers', 'bin');
const startTimeoutMs = 60_000;
const pollMs = 50;

/** Bounds for tests of faults: few tries, little patience. */
export const quickly = { retries: { ...usualRetries, maxTries: 4, firstDelayMs: 1, maxDelayMs: 5 }, idleMs: 500 };

/** A program that serves on the loopback interface. */
export interface StartedServer {
  readonly endpoint: string;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
}

/** Where a program works, and how one sees that it does. */
export interface StartedAt {
  readonly port: number;
  readonly folder: string;
  /** A path that is answered as soon as the server works. */
  readonly ready: string;
  /** Besides the variables of the tests. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default: http. */
  readonly scheme?: 'http' | 'https';
}

/** Starts a program of a peer and waits until it answers. */
export async function startServer(
  program: string,
  command: readonly string[],
  { port, folder, ready, env = {}, scheme = 'http' }: StartedAt,
): Promise<StartedServer> {
  const environment = { ...process.env, ...env };
  const child = spawn(join(programs, program), command, { cwd: folder, stdio: 'ignore', env: environment });
  const endpoint = `${scheme}://127.0.0.1:${port}`;
  const stop = async () => {
    await end(child);
    rmSync(folder, { recursive: true, force: true });
  };
  const deadlineMs = performance.now() + startTimeoutMs;
  while (!(await answers(endpoint + ready))) {
    if (child.exitCode !== null || performance.now() > deadlineMs) {
      await stop();
      throw new Error(`${program} does not answer on ${endpoint}`);
    }
    await sleep(pollMs);
  }
  return { endpoint, stop };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

async function answers(address: string): Promise<boolean> {
  try {
    await (await fetch(address)).arrayBuffer();
    return true;
  } catch (cause) {
    // What is wrong with a certificate is told of somebody who is there; else nobody listens yet.
    const code: unknown = cause instanceof Error ? Reflect.get(cause.cause ?? {}, 'code') : null;
    return code === 'INVALID_PURPOSE' || code === 'DEPTH_ZERO_SELF_SIGNED_CERT';
  }
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
