import { type HashLane, openInlineLane } from './hash-lane.js';
import type { LanePool } from './lane-pool.js';

/** The digest of a file, those of its pieces and those of tensors, from the same buffers, side by side. */
export interface FileHasher {
  readonly file: HashLane;
  readonly pieces: HashLane;
  /** For tensors that are not exactly one piece. */
  readonly tensors: HashLane;
  close(): Promise<void>;
}

/**
 * Hashes in this thread, or in those of a pool: two, and a third when there are tensors to be hashed besides the pieces.
 * Close it when the last digest is there.
 */
export function openFileHasher(options: {
  readonly threads: LanePool | null;
  readonly hasTensors: boolean;
}): FileHasher {
  const open = () => options.threads?.borrow() ?? openInlineLane();
  const lanes = { file: open(), pieces: open(), tensors: options.hasTensors ? open() : openInlineLane() };
  return {
    ...lanes,
    async close() {
      await Promise.all(Object.values(lanes).map((lane) => lane.close()));
    },
  };
}
