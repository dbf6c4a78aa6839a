import { randomUUID } from 'node:crypto';
import type { Bucket, ObjectFacts } from '@weighbridge/ports';
import type { Condemned } from '@weighbridge/storage';
import { readBucketClock, readControl, readDatedControl, writeControl } from '../collection/control.js';
import { takeLease } from '../collection/lease.js';

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
 * waits for it. A collection that waits for the end of its grace waits on afterwards.
 * @returns the keys that are gone; none while another process removes, since the next run finds them again
 * @throws store/control-malformed
 */
export async function removeSuperfluous(
  bucket: Bucket,
  superfluous: readonly Superfluous[],
  means: RemovalMeans,
): Promise<readonly string[]> {
  const removed: string[] = [];
  if (superfluous.length === 0) return removed;
  const nowMs = await readBucketClock(bucket);
  const before = await readDatedControl(bucket);
  const { condemned } = before;
  if (condemned?.phase === 'deleting' && nowMs < before.storedMs + condemned.leaseMs) return removed;
  const idle: Condemned = condemned ?? firstDocument();
  const revision = before.revision ?? (await writeControl(bucket, idle, null));
  if (revision === null) return removed;
  const lease = await takeLease(bucket, { condemned: { ...idle, keys: [] }, revision }, means);
  if (lease === null) return removed;
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
  if ((await lease.end()) && condemned?.phase === 'condemned') {
    await resume(bucket, condemned, before.storedMs + condemned.graceMs - nowMs);
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

/** Puts back what a collection had condemned; without it, it condemns anew. */
async function resume(bucket: Bucket, condemned: Condemned, graceMs: number): Promise<void> {
  const { condemned: ended, revision } = await readControl(bucket);
  if (ended?.id !== condemned.id || ended.phase !== 'done') return;
  await writeControl(bucket, { ...condemned, turn: ended.turn + 1, graceMs: Math.max(0, graceMs) }, revision);
}

function firstDocument(): Condemned {
  return { id: randomUUID(), turn: 1, phase: 'done', graceMs: 0, leaseMs: 0, keys: [] };
}
