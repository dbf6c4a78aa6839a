import type { Bucket } from '@weighbridge/ports';
import type { Condemned } from '@weighbridge/storage';
import { writeControl } from './control.js';

/** The right to remove what one document condemns, for as long as it is renewed. */
export interface Lease {
  /** Renews where that is due. False when somebody else has taken over, or may have: nothing is to be removed any more. */
  renew(): Promise<boolean>;
  /** Whether a removal that is sent now arrives before others may take over. */
  holds(): boolean;
  /** Ends the removals, and puts back what was suspended. False when somebody else did, or will. */
  end(): Promise<boolean>;
}

/**
 * Ends a collection whose process is silent. Should it wake up, it cannot renew, and has sent no removal for half a
 * lease. What it left comes with the next collection, and what it had suspended waits on.
 */
export async function breakLease(bucket: Bucket, condemned: Condemned, revision: string | null): Promise<void> {
  await writeControl(bucket, ended(condemned), revision);
}

/** What was suspended is condemned again, by the same write: there is no moment at which a kill could lose it. */
function ended({ suspended, ...condemned }: Condemned): Condemned {
  const next = { ...condemned, turn: condemned.turn + 1 };
  return suspended === undefined
    ? { ...next, phase: 'done', keys: [] }
    : { ...next, ...suspended, phase: 'condemned', leaseMs: 0 };
}

/** Switches a document to `deleting`, or takes over from who did; null when somebody was faster. */
export async function takeLease(
  bucket: Bucket,
  { condemned, revision }: { readonly condemned: Condemned; readonly revision: string },
  { leaseMs, monotonicMs }: { readonly leaseMs: number; readonly monotonicMs: () => number },
): Promise<Lease | null> {
  let held = { ...condemned, phase: 'deleting' as const, leaseMs, turn: condemned.turn + 1 };
  let takenMs = monotonicMs();
  const taken = await writeControl(bucket, held, revision);
  if (taken === null) return null;
  let current: string = taken;
  const age = () => monotonicMs() - takenMs;

  async function renew(): Promise<boolean> {
    if (age() < leaseMs / 4) return true;
    const beganMs = monotonicMs();
    const next = { ...held, turn: held.turn + 1 };
    const renewed = await writeControl(bucket, next, current);
    if (renewed === null) return false;
    held = next;
    current = renewed;
    takenMs = beganMs;
    return true;
  }

  return {
    renew,
    holds: () => age() < leaseMs / 2,
    end: async () => (await writeControl(bucket, ended(held), current)) !== null,
  };
}
