import type { Digest } from '@weighbridge/core';
import type { Arranged } from '@weighbridge/ports';

/** An object that is to be compressed, or expanded. */
export interface Task {
  readonly object: Digest;
  readonly expands: boolean;
  /** Of the form that lies there. */
  readonly sizeBytes: number;
}

/** What became of it. */
export type Moved = { readonly plainBytes: number; readonly storedBytes: number } | 'nothing' | 'hopeless' | Unmoved;

/** The twins: it lies as it is and is right, and its compressed form cannot be read, or is wrong. */
type Unmoved = 'damaged' | 'archived' | 'archived-twin' | 'damaged-twin';

/** Counts what an arrangement comes to. */
export interface Tally {
  add(task: Task, moved: Moved): void;
  /** So many superfluous forms are still there. */
  wait(forms: number): void;
  /** So many damaged compressed forms went. */
  mend(forms: number): void;
  total(): Arranged;
}

/** Begins with what was known before. */
export function openTally(known: Pick<Arranged, 'archived' | 'waiting'>): Tally {
  const sum = { compressed: 0, from: 0, to: 0, expanded: 0, grown: 0, hopeless: 0, mended: 0, ...known };
  const damaged: Digest[] = [];
  return {
    add({ object, expands }, moved) {
      if (moved === 'damaged') damaged.push(object);
      else if (moved === 'hopeless') sum.hopeless++;
      else if (moved === 'archived') sum.archived++;
      else if (typeof moved !== 'string') {
        sum[expands ? 'expanded' : 'compressed']++;
        sum[expands ? 'grown' : 'from'] += moved.plainBytes;
        if (!expands) sum.to += moved.storedBytes;
      }
    },
    wait: (forms) => void (sum.waiting += forms),
    mend: (forms) => void (sum.mended += forms),
    total: () => ({
      compressed: { objects: sum.compressed, plainBytes: sum.from, storedBytes: sum.to },
      expanded: { objects: sum.expanded, plainBytes: sum.grown },
      incompressible: sum.hopeless,
      damaged,
      mended: sum.mended,
      waiting: sum.waiting,
      archived: sum.archived,
    }),
  };
}
