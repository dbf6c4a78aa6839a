// versitygw on a folder: the server that all tools send to. A folder among its objects is a bucket.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../workspace.mjs';

const startTimeoutMs = 60_000;
const keys = { accessKeyId: 'root-of-bench', secretAccessKey: 'a-secret-of-bench' };

/** What every client finds in its environment. */
export const keysAsEnvironment = {
  AWS_ACCESS_KEY_ID: keys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** Starts it below a folder. `empty` makes a bucket that has nothing in it. */
export async function startGateway(folder) {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const words = [
    '--access',
    keys.accessKeyId,
    '--secret',
    keys.secretAccessKey,
    '--port',
    `127.0.0.1:${port}`,
    '--quiet',
    // As services do: without it each request of every tool begins with a connection.
    '--keep-alive',
  ];
  const child = spawn(join(root, '.peers', 'bin', 'versitygw'), [...words, 'posix', folder], { stdio: 'ignore' });
  const endpoint = `http://127.0.0.1:${port}`;
  const deadlineMs = performance.now() + startTimeoutMs;
  while (!(await answers(endpoint))) {
    if (child.exitCode !== null || performance.now() > deadlineMs) throw new Error('versitygw does not answer');
    await sleep(50);
  }
  return {
    endpoint,
    empty(bucket) {
      rmSync(join(folder, bucket), { recursive: true, force: true });
      mkdirSync(join(folder, bucket));
    },
    async stop() {
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
    },
  };
}

async function answers(address) {
  try {
    await (await fetch(address)).arrayBuffer();
    return true;
  } catch {
    // Nobody listens yet.
    return false;
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
