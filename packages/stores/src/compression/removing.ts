import type { Bucket, ObjectFacts } from '@weighbridge/ports';
import type { Condemned, Suspended } from '@weighbridge/storage';
import { idleDocument, readBucketClock, readDatedControl, writeControl } from '../collection/control.js';
import { type Lease, takeLease } from '../collection/lease.js';

const removalsAtOnce = 16;

/** Time and lease of whoever removes. */
export interface RemovalMeans {
  readonly leaseMs: number;
  readonly monotonicMs: () => number;
}

/** A key that may go when another one is there. */
export interface Superfluous {
  readonly key: string;
  /** The key that holds the same bytes, and was found to. */
  readonly twin: string;
  /** Stays while it is younger than that: a writer that wrote it itself looks at nothing else. */
  readonly minAgeMs: number;
}

/**
 * Removes keys whose bytes another key holds, as the only one who removes anything from the bucket: it has the lease that
 * a collection that deletes has, so that no twin goes meanwhile. The lease names no keys, since no bytes vanish: no writer
 * waits for it. What a collection had condemned is suspended in the document of the lease itself, and waits on when the
 * lease ends, whoever ends it.
 * @returns the keys that are gone; none while another process removes, since the next run finds them again
 * @throws store/control-malformed
 */
export async function removeSuperfluous(
  bucket: Bucket,
  superfluous: readonly Superfluous[],
  means: RemovalMeans,
): Promise<readonly string[]> {
  if (superfluous.length === 0) return [];
  const nowMs = await readBucketClock(bucket);
  const lease = await takeOver(bucket, nowMs, means);
  if (lease === null) return [];
  try {
    return await removeUnder(lease, bucket, { superfluous, nowMs });
  } finally {
    await lease.end();
  }
}

/** The lease, unless another process has it that is not silent for too long. */
async function takeOver(bucket: Bucket, nowMs: number, means: RemovalMeans): Promise<Lease | null> {
  const { condemned, revision: before, storedMs } = await readDatedControl(bucket, { writes: true });
  if (condemned?.phase === 'deleting' && nowMs < storedMs + condemned.leaseMs) return null;
  const idle: Condemned = condemned ?? idleDocument();
  const revision = before ?? (await writeControl(bucket, idle, null));
  if (revision === null) return null;
  // Of a collection that died while it was deleting nothing waits for the end of a grace: the next one condemns anew.
  const waits = idle.phase === 'condemned' ? { suspended: suspend(idle, storedMs - nowMs) } : {};
  return takeLease(bucket, { condemned: { ...idle, ...waits, keys: [] }, revision }, means);
}

function suspend({ id, graceMs, keys }: Condemned, agedMs: number): Suspended {
  return { id, graceMs: Math.max(0, graceMs + agedMs), keys };
}

async function removeUnder(
  lease: Lease,
  bucket: Bucket,
  { superfluous, nowMs }: { readonly superfluous: readonly Superfluous[]; readonly nowMs: number },
): Promise<readonly string[]> {
  const removed: string[] = [];
  for (let start = 0; start < superfluous.length; start += removalsAtOnce) {
    if (!(await lease.renew()) || !lease.holds()) return removed;
    const some = superfluous.slice(start, start + removalsAtOnce);
    const found = await Promise.all(some.map((each) => findReady(bucket, each, nowMs)));
    if (!lease.holds()) return removed;
    const ready = found.filter((facts) => facts !== null);
    const became = await Promise.all(
      ready.map((expected) => bucket.remove(expected.key, { expected, isAllowed: lease.holds })),
    );
    removed.push(...ready.filter((_, index) => became[index] === 'removed').map(({ key }) => key));
  }
  return removed;
}

/** The key as it is now, when it may go. */
async function findReady(
  bucket: Bucket,
  { key, twin, minAgeMs }: Superfluous,
  nowMs: number,
): Promise<ObjectFacts | null> {
  const [facts, other] = [await bucket.describe(key), await bucket.describe(twin)];
  return facts !== null && other !== null && nowMs - Date.parse(facts.storedAt) >= minAgeMs ? facts : null;
}
