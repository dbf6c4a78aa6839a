/** Work that runs beside its caller. The first failure is kept, and told to whoever adds or awaits. */
export interface InFlight {
  /** @throws the first failure of work that was added before */
  add(work: Promise<void>): void;
  /** Waits until fewer than so many run. @throws the first failure */
  below(count: number): Promise<void>;
  /** Waits for all of it, whatever becomes of it: after that nothing of it touches a buffer. */
  settled(): Promise<void>;
}

/** Nothing in flight yet. */
export function openInFlight(): InFlight {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];

  function refuse(): void {
    // What failed is thrown as it came: it has its code.
    if (failures.length > 0) throw failures[0] as Error;
  }

  async function below(count: number): Promise<void> {
    while (running.size >= count && failures.length === 0) await Promise.race(running);
    refuse();
  }

  return {
    add(work) {
      const watched: Promise<void> = work
        .catch((cause: unknown) => {
          failures.push(cause);
        })
        .finally(() => running.delete(watched));
      running.add(watched);
      refuse();
    },
    below,
    async settled() {
      await Promise.all(running);
    },
  };
}
