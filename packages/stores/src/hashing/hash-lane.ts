import { createHash, type Hash } from 'node:crypto';
import { write } from 'node:fs';

/** One stretch of a buffer that continues a stream, [start, end); `last` asks for the digest of the stream. */
export interface HashStep {
  /** Chosen by the caller, new for each stream. */
  readonly stream: number;
  readonly start: number;
  readonly end: number;
  readonly last: boolean;
  /**
   * Where the stretch is written, too: an open file, which its owner closes, and the place in it. Bytes that were hashed
   * a moment before are in the processor's cache, and writing them from there takes a fraction of the time.
   */
  readonly copyTo?: { readonly fd: number; readonly position: number };
}

/** Makes SHA-256 digests of any number of streams from buffers that it is given in order. */
export interface HashLane {
  /**
   * The digests of 32 bytes that the steps asked for, in their order. The buffer may not change until then.
   * @throws the error of the system call where a step could not be written
   */
  run(bytes: Uint8Array, steps: readonly HashStep[]): Promise<readonly Uint8Array[]>;
  close(): Promise<void>;
}

/** Hashes in the thread of the caller, at once: for what takes less time than a thread needs to start. */
export function openInlineLane(): HashLane {
  const streams = new Map<number, Hash>();
  return {
    async run(bytes, steps) {
      const digests = steps.flatMap(({ stream, start, end, last }) => {
        const hash = (streams.get(stream) ?? createHash('sha256')).update(bytes.subarray(start, end));
        if (!last) streams.set(stream, hash);
        else streams.delete(stream);
        return last ? [hash.digest()] : [];
      });
      for (const { start, end, copyTo } of steps) {
        if (copyTo !== undefined) await writeFully(copyTo, bytes.subarray(start, end));
      }
      return digests;
    },
    close: async () => {},
  };
}

async function writeFully({ fd, position }: NonNullable<HashStep['copyTo']>, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += await new Promise<number>((resolve, reject) => {
      const settle = (cause: Error | null, written: number) => (cause === null ? resolve(written) : reject(cause));
      write(fd, bytes, done, bytes.length - done, position + done, settle);
    });
  }
}
