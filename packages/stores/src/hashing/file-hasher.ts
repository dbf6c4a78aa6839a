import { type HashLane, openInlineLane } from './hash-lane.js';
import { openWorkerLane } from './worker-lane.js';

/** Two threads take about 40 ms and 20 MiB: as much as it takes to hash so many bytes twice in this thread. */
const minThreadedBytes = 32 * 1024 * 1024;

/** The digest of a file and those of its parts, from the same buffers, side by side. */
export interface FileHasher {
  readonly file: HashLane;
  readonly parts: HashLane;
  close(): Promise<void>;
}

/** Hashes a small file in this thread and a large one in two others. Close it when the last digest is there. */
export function openFileHasher(sizeBytes: number): FileHasher {
  const open = sizeBytes < minThreadedBytes ? openInlineLane : openWorkerLane;
  const [file, parts] = [open(), open()];
  return {
    file,
    parts,
    async close() {
      await Promise.all([file.close(), parts.close()]);
    },
  };
}
