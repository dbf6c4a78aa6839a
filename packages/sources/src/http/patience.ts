/** How long nothing may come. */
const idleMs = 30_000;
/** How long one answer may take in all: one that comes drop by drop is none. */
const totalMs = 10 * 60_000;

/** The time that one question has. */
export interface Patience {
  /** Aborts when the time is over, with an error of the name TimeoutError. */
  readonly signal: AbortSignal;
  /** Something came: the time in which nothing may come begins anew. */
  readonly moved: () => void;
  /** The answer is there, or nobody waits for it any more. */
  readonly end: () => void;
}

/** Begins now: 30 seconds until something comes, and 10 minutes in all. */
export function startPatience(): Patience {
  const controller = new AbortController();
  const stop = () => controller.abort(new DOMException('the time is over', 'TimeoutError'));
  const idle = setTimeout(stop, idleMs);
  const total = setTimeout(stop, totalMs);
  return {
    signal: controller.signal,
    moved: () => void idle.refresh(),
    end: () => {
      clearTimeout(idle);
      clearTimeout(total);
    },
  };
}
