import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type S3Place, usualRetries } from '@weighbridge/stores';

const programs = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.peers', 'bin');
const startTimeoutMs = 60_000;
const pollMs = 50;

/** Keys of the root user of every server that is started here. */
export const rootKeys = { accessKeyId: 'root-of-tests', secretAccessKey: 'a-secret-of-tests' };

/** A server that was started for a test. */
export interface S3Server {
  readonly endpoint: string;
  /** A new empty bucket. */
  makeBucket(): Promise<Required<Pick<S3Place, 'bucket' | 'endpoint' | 'region'>>>;
  stop(): Promise<void>;
}

/** versitygw on a folder of its own, with signatures, checksums and conditions checked. */
export async function startVersityGateway(): Promise<S3Server> {
  const folder = mkdtempSync(join(tmpdir(), 'versitygw-'));
  for (const part of ['objects', 'versions']) mkdirSync(join(folder, part));
  const port = await freePort();
  const { accessKeyId, secretAccessKey } = rootKeys;
  const command = ['--access', accessKeyId, '--secret', secretAccessKey, '--port', `127.0.0.1:${port}`, '--quiet'];
  const storage = ['posix', '--versioning-dir', join(folder, 'versions'), join(folder, 'objects')];
  // A folder among the objects is a bucket.
  const make = async (name: string) => mkdirSync(join(folder, 'objects', name));
  return startServer('versitygw', [...command, ...storage], { port, folder, ready: '/', make });
}

/** moto, which keeps everything in memory and believes every signature. */
export async function startMoto(): Promise<S3Server> {
  const folder = mkdtempSync(join(tmpdir(), 'moto-'));
  const port = await freePort();
  const make = async (name: string) => {
    const response = await fetch(`http://127.0.0.1:${port}/${name}`, { method: 'PUT' });
    if (response.status !== 200) throw new Error(`moto made no bucket: ${response.status}`);
  };
  const command = ['-H', '127.0.0.1', '-p', String(port)];
  return startServer('moto_server', command, { port, folder, ready: '/moto-api/', make });
}

interface StartedAt {
  readonly port: number;
  readonly folder: string;
  /** A path that is answered as soon as the server works. */
  readonly ready: string;
  readonly make: (name: string) => Promise<void>;
}

async function startServer(
  program: string,
  command: readonly string[],
  { port, folder, ready, make }: StartedAt,
): Promise<S3Server> {
  const child = spawn(join(programs, program), command, { cwd: folder, stdio: 'ignore' });
  const endpoint = `http://127.0.0.1:${port}`;
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
  let made = 0;
  const makeBucket = async () => {
    const bucket = `models-${++made}`;
    await make(bucket);
    return { bucket, endpoint, region: 'us-east-1' };
  };
  return { endpoint, makeBucket, stop };
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
  } catch {
    // Nobody listens yet.
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Bounds for tests of faults: few tries, little patience. */
export const quickly = { retries: { ...usualRetries, maxTries: 4, firstDelayMs: 1, maxDelayMs: 5 }, idleMs: 500 };

/** An error as S3 writes it. */
export function errorDocument(status: number, code: string): { readonly status: number; readonly body: string } {
  return { status, body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>It says so.</Message></Error>` };
}
