/**
 * Runs work on each item, so many at once, and answers the results in the order of the items. After a failure nothing
 * new begins; what runs is waited for, so that nothing of it goes on behind the caller. @throws the first failure
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  run: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const failures: unknown[] = [];
  let next = 0;
  async function walk(): Promise<void> {
    for (let index = next++; index < items.length && failures.length === 0; index = next++) {
      try {
        results.set(index, await run(items[index] as Item));
      } catch (cause) {
        failures.push(cause);
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, walk));
  // What failed is thrown as it came: it has its code.
  if (failures.length > 0) throw failures[0] as Error;
  return items.map((_, index) => results.get(index) as Result);
}
