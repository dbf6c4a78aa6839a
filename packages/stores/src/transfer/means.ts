import { type Budget, type Buffers, defaultBufferBytes, maxCutFiles, openBudget, openBuffers } from '../buffers.js';
import { type LanePool, openLanePool } from '../hashing/lane-pool.js';

/**
 * Threads take about 100 ms to start where two cores are busy, as much as it takes to hash so many bytes twice. Below
 * that, hashing in the caller's thread is faster; of 2 GiB, threads make it 3.7 : 2.3.
 */
const defaultThreadedBytes = 128 * 1024 * 1024;

/** Bounds that a caller may choose. */
export interface TransferBounds {
  /** Bound of the buffers that all transfers of a store share. Default: 128 MiB. */
  readonly bufferBytes?: number;
  /** Files of at least so many bytes are hashed by threads of their own. Default: 128 MiB. */
  readonly threadedBytes?: number;
}

/** What the transfers of a store work with. */
export interface TransferMeans {
  readonly buffers: Buffers;
  readonly threadedBytes: number;
  /** Threads for those files. */
  readonly threads: LanePool;
  /** Turns of files that are more than one object: each has packs, and threads when it is large. */
  readonly cutFiles: Budget;
}

/** Fresh buffers within the bounds. */
export function openTransferMeans({ bufferBytes, threadedBytes }: TransferBounds): TransferMeans {
  return {
    buffers: openBuffers(bufferBytes ?? defaultBufferBytes),
    threadedBytes: threadedBytes ?? defaultThreadedBytes,
    threads: openLanePool(),
    cutFiles: openBudget(maxCutFiles),
  };
}
