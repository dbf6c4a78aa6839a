import { describeEffect, type Effect, type Receipt } from '@weighbridge/flows';

/** Files that are told one by one. A model of thousands of files would bury everything else that is said. */
export const toldFiles = 20;

/** Steps of a plan, as they will be. */
export function plannedSteps(effects: readonly Effect[]): readonly string[] {
  return listSteps(effects.map((effect) => ({ effect: effect.kind, summary: describeEffect(effect) })));
}

/** A line for each step, files to store first; of very many of these the first, and how many more. */
export function listSteps(steps: readonly Pick<Receipt, 'effect' | 'summary'>[]): readonly string[] {
  const stored = steps.filter(({ effect }) => effect === 'store').map(({ summary }) => summary);
  const others = steps.filter(({ effect }) => effect !== 'store').map(({ summary }) => summary);
  // One line more takes no more room than the line that would tell of it.
  if (stored.length <= toldFiles + 1) return [...stored, ...others];
  return [...stored.slice(0, toldFiles), `and ${stored.length - toldFiles} more files`, ...others];
}
