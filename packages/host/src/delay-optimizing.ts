import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 optimise later, where its release (of Node 20) goes by how much a function ran and nothing else. A command of a
 * second or two would have machine code made of every function that a few hundred manifests make warm, and end before
 * that is worth it: two thirds of what such a repository took more was spent on it. What runs long is optimised all the
 * same, some milliseconds later for each function.
 */
export function delayOptimizing(): void {
  const flag = delayingFlag(process.versions.v8);
  if (flag !== null) setFlagsFromString(flag);
}

/** Null for releases that weigh calls themselves: they know no such flag, and would say so. */
export function delayingFlag(v8: string): string | null {
  // In bytes of its own code that a function may run; 67,584 unless told.
  return v8.startsWith('11.') ? '--interrupt-budget=400000' : null;
}
