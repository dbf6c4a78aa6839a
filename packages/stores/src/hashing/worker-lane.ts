import { Worker } from 'node:worker_threads';
import type { HashLane, HashStep } from './hash-lane.js';

/**
 * The thread's program. It is text because it has to run from sources, from a build and from one bundled file alike,
 * and a file of its own would be found in one of the three only.
 */
const program = `
const { parentPort } = require('node:worker_threads');
const { createHash } = require('node:crypto');
const streams = new Map();
parentPort.on('message', ({ bytes, steps }) => {
  const digests = [];
  for (const { stream, start, end, last } of steps) {
    const hash = (streams.get(stream) ?? createHash('sha256')).update(bytes.subarray(start, end));
    if (last) {
      streams.delete(stream);
      digests.push(hash.digest());
    } else streams.set(stream, hash);
  }
  parentPort.postMessage(new Uint8Array(Buffer.concat(digests)));
});
`;

const digestBytes = 32;

interface Waiting {
  readonly answer: (digests: Uint8Array) => void;
  readonly fail: (cause: Error) => void;
}

/**
 * Hashes in a thread of its own. Buffers have to be views of shared memory: they are read where they are, and may be
 * sent elsewhere meanwhile. Everything else is copied to the thread.
 */
export function openWorkerLane(): HashLane {
  const worker = new Worker(program, { eval: true, execArgv: [] });
  const waiting: Waiting[] = [];
  let failure: Error | null = null;

  function failAll(cause: Error): void {
    failure ??= cause;
    for (const { fail } of waiting.splice(0)) fail(failure);
  }
  worker.on('message', (digests: Uint8Array) => waiting.shift()?.answer(digests));
  worker.on('error', (cause) => failAll(cause instanceof Error ? cause : new Error('the hashing thread failed')));
  worker.on('exit', () => failAll(new Error('the hashing thread ended')));

  return {
    async run(bytes: Uint8Array, steps: readonly HashStep[]) {
      if (failure !== null) throw failure;
      const digests = await new Promise<Uint8Array>((answer, fail) => {
        waiting.push({ answer, fail });
        worker.postMessage({ bytes, steps }, []);
      });
      return Array.from({ length: digests.length / digestBytes }, (_, index) =>
        digests.subarray(index * digestBytes, (index + 1) * digestBytes),
      );
    },
    async close() {
      await worker.terminate();
    },
  };
}
