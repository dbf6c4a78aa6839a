/** How far a version moves. The order is the order of weight. */
export const bumps = ['none', 'patch', 'minor', 'major'] as const;
/** One of `bumps`. */
export type Bump = (typeof bumps)[number];

/** Negative, zero or positive by weight. */
export function compareBumps(left: Bump, right: Bump): number {
  return bumps.indexOf(left) - bumps.indexOf(right);
}

/** The heaviest of several; of none, `none`. */
export function largestBump(all: Iterable<Bump>): Bump {
  let largest: Bump = 'none';
  for (const bump of all) if (compareBumps(bump, largest) > 0) largest = bump;
  return largest;
}
