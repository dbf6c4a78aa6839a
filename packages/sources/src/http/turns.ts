/** Runs work, so much of it at once; what comes later waits for its turn. */
export type Turns = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Turns in the order in which they were asked for. */
export function openTurns(atOnce: number): Turns {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running < atOnce) running += 1;
    else
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    try {
      return await work();
    } finally {
      // Whoever waits takes over the place.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
