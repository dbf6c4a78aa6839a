import { Worker } from 'node:worker_threads';
import type { HashLane, HashStep } from './hash-lane.js';

/**
 * The thread's program. It is text because it has to run from sources, from a build and from one bundled file alike,
 * and a file of its own would be found in one of the three only.
 */
const program = `
const { parentPort } = require('node:worker_threads');
const { createHash } = require('node:crypto');
const { writeSync } = require('node:fs');
const stretchBytes = 128 * 1024;
const streams = new Map();
function write(bytes, { fd, position }) {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, position + done);
}
function run({ bytes, steps }) {
  const digests = [];
  for (const { stream, start, end, last, copyTo } of steps) {
    const hash = streams.get(stream) ?? createHash('sha256');
    for (let at = start; at < end; at += stretchBytes) {
      const stretch = bytes.subarray(at, Math.min(end, at + stretchBytes));
      hash.update(stretch);
      if (copyTo !== undefined) write(stretch, { fd: copyTo.fd, position: copyTo.position + at - start });
    }
    if (last) {
      streams.delete(stream);
      digests.push(hash.digest());
    } else streams.set(stream, hash);
  }
  return new Uint8Array(Buffer.concat(digests));
}
parentPort.on('message', (message) => {
  try {
    parentPort.postMessage({ digests: run(message) });
  } catch (cause) {
    parentPort.postMessage({ failure: { message: cause.message, code: cause.code, syscall: cause.syscall } });
  }
});
`;

const digestBytes = 32;

/** A lane in a thread. */
export interface WorkerLane extends HashLane {
  /** Whether it has yet to answer. */
  isBusy(): boolean;
  /** Whether it keeps the process alive; it does until it is told not to. */
  ref(): void;
  unref(): void;
}

/** What the thread answers. Errors lose their properties between threads; those of system calls are told by them. */
type Answer =
  | { readonly digests: Uint8Array }
  | { readonly failure: { readonly message: string; readonly code?: string; readonly syscall?: string } };

interface Waiting {
  readonly answer: (digests: Uint8Array) => void;
  readonly fail: (cause: Error) => void;
}

/**
 * Hashes in a thread of its own. Buffers have to be views of shared memory: they are read where they are, and may be
 * sent elsewhere meanwhile. Everything else is copied to the thread. What is written is written by the thread.
 */
export function openWorkerLane(): WorkerLane {
  const worker = new Worker(program, { eval: true, execArgv: [] });
  const waiting: Waiting[] = [];
  let failure: Error | null = null;

  function failAll(cause: Error): void {
    failure ??= cause;
    for (const { fail } of waiting.splice(0)) fail(failure);
  }
  worker.on('message', (answer: Answer) => {
    const first = waiting.shift();
    if ('digests' in answer) first?.answer(answer.digests);
    else first?.fail(Object.assign(new Error(answer.failure.message), answer.failure));
  });
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
    isBusy: () => waiting.length > 0,
    ref: () => worker.ref(),
    unref: () => worker.unref(),
    async close() {
      await worker.terminate();
    },
  };
}
