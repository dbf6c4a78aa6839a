import type { HashLane } from './hash-lane.js';
import { openWorkerLane, type WorkerLane } from './worker-lane.js';

/** Threads that hash, one file after the other: to start one takes as long as to hash 100 MB. */
export interface LanePool {
  /** A lane in a thread that nobody else uses until it is closed. */
  borrow(): HashLane;
}

/** No thread yet. Those that wait for work do not keep the process alive. */
export function openLanePool(open: () => WorkerLane = openWorkerLane): LanePool {
  const idle: WorkerLane[] = [];
  return {
    borrow() {
      const lane = idle.pop() ?? open();
      lane.ref();
      const begun = new Set<number>();
      let isWhole = true;
      return {
        async run(bytes, steps) {
          for (const { stream, last } of steps) {
            if (last) begun.delete(stream);
            else begun.add(stream);
          }
          try {
            return await lane.run(bytes, steps);
          } catch (cause) {
            isWhole = false;
            throw cause;
          }
        },
        async close() {
          // What was broken off would go on in the stream of the next file that has its number.
          if (!isWhole || begun.size > 0 || lane.isBusy()) return lane.close();
          lane.unref();
          idle.push(lane);
        },
      };
    },
  };
}
