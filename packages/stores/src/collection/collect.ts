import { randomUUID } from 'node:crypto';
import type { Bucket, CollectedObject, CollectionOutcome, CollectionRequest, StoreCollector } from '@weighbridge/ports';
import { type Condemned, condemnedLimits } from '@weighbridge/storage';
import { type Control, readBucketClock, readDatedControl, usualLeaseMs, writeControl } from './control.js';
import { openElapsedClock } from './elapsed.js';
import { breakLease, type Lease, takeLease } from './lease.js';
import { type Marked, markBucket, type Staying } from './mark.js';
import { addOwner, claimBucket, requireSoleOwner } from './ownership.js';
import { findUntold } from './untold-files.js';

/** Removals that are sent at once, between two looks at the lease. */
const removalsAtOnce = 16;

/** How often another process may write the document between a look and a write, before a later run has to go on. */
const maxRaces = 5;

/** How a collector works; tests choose. */
export interface CollectorOptions {
  readonly leaseMs?: number;
  readonly monotonicMs?: () => number;
}

/** The collectors' half of the protocol: docs/storage.md says it whole. Nothing is asked yet. */
export function openCollector(bucket: Bucket, options: CollectorOptions = {}): StoreCollector {
  const means = {
    leaseMs: options.leaseMs ?? usualLeaseMs,
    monotonicMs: options.monotonicMs ?? openElapsedClock(),
  };
  return {
    own: (owner) => addOwner(bucket, owner),
    claim: (owner) => claimBucket(bucket, owner),
    requireSoleOwner: (owner) => requireSoleOwner(bucket, owner),
    now: async () => new Date(await readBucketClock(bucket)),
    async collect(request) {
      await requireSoleOwner(bucket, request.owner);
      for (let race = 0; race < maxRaces; race++) {
        const outcome = await takeStep(bucket, request, means);
        if (outcome === null) continue;
        const { compressedFiles, ...taken } = outcome;
        return { ...taken, untold: await findUntold(bucket, compressedFiles) };
      }
      return { ...nothingSeen, phase: 'deleting', untold: [] };
    },
  };
}

/** What a step came to, before anybody looked at the files that stay. */
type Taken = Omit<CollectionOutcome, 'untold'> & Staying;

/** Nothing was done: another run is at it. */
const nothingSeen = { objects: [], kept: { objects: 0, sizeBytes: 0 }, dueAt: null };
const deletedByAnother: Taken = { ...nothingSeen, phase: 'deleting', compressedFiles: [] };

/** The next step; null when somebody else wrote the document meanwhile, so that another step may be next. */
async function takeStep(
  bucket: Bucket,
  request: CollectionRequest,
  means: Required<CollectorOptions>,
): Promise<Taken | null> {
  const control = await readDatedControl(bucket, { writes: !request.dryRun });
  const nowMs = request.dryRun ? request.now.getTime() : await readBucketClock(bucket);
  const step = nextStep(control, nowMs);
  if (request.dryRun) return foresee(step, control, await markBucket(bucket, request, { nowMs }));
  switch (step.kind) {
    case 'condemn':
      return condemn(bucket, request, { control, nowMs });
    case 'wait':
      return foresee(step, control, await markBucket(bucket, request, { nowMs }));
    case 'leave':
      return deletedByAnother;
    case 'resume':
      await breakLease(bucket, step.condemned, step.revision);
      return null;
    case 'delete': {
      const lease = await takeLease(bucket, { condemned: step.condemned, revision: step.revision }, means);
      return lease === null
        ? deletedByAnother
        : deleteCondemned(bucket, request, { lease, keys: step.condemned.keys, nowMs });
    }
  }
}

type Step =
  | { readonly kind: 'condemn' }
  | { readonly kind: 'wait'; readonly dueMs: number }
  | { readonly kind: 'leave' }
  /** Whoever removed twins is silent, and what waited meanwhile waits on. */
  | { readonly kind: 'resume'; readonly condemned: Condemned; readonly revision: string }
  | { readonly kind: 'delete'; readonly condemned: Condemned; readonly revision: string };

/** What comes next. Every age is that of a document, between two times of one clock. */
function nextStep({ condemned, revision, storedMs }: Control & { readonly storedMs: number }, nowMs: number): Step {
  if (condemned === null || revision === null || condemned.phase === 'done') return { kind: 'condemn' };
  const isDeleting = condemned.phase === 'deleting';
  const dueMs = storedMs + (isDeleting ? condemned.leaseMs : condemned.graceMs);
  if (nowMs >= dueMs) {
    return { kind: condemned.suspended === undefined ? 'delete' : 'resume', condemned, revision };
  }
  return isDeleting ? { kind: 'leave' } : { kind: 'wait', dueMs };
}

function foresee(step: Step, { condemned }: Control, { unnamed: marked, stays }: Marked): Taken {
  const unnamed = marked.map(asCollected);
  const listed = new Set(condemned?.suspended?.keys ?? condemned?.keys);
  const still = unnamed.filter(({ key }) => listed.has(key));
  switch (step.kind) {
    case 'condemn':
      return { phase: unnamed.length === 0 ? 'nothing' : 'condemned', objects: unnamed, ...stays, dueAt: null };
    case 'wait':
      return { phase: 'waiting', objects: still, ...stays, dueAt: new Date(step.dueMs).toISOString() };
    case 'leave':
      return { phase: 'deleting', objects: still, ...stays, dueAt: null };
    case 'resume':
      return { phase: 'waiting', objects: still, ...stays, dueAt: null };
    case 'delete':
      return { phase: 'deleted', objects: still, ...stays, dueAt: null };
  }
}

async function condemn(
  bucket: Bucket,
  request: CollectionRequest,
  { control, nowMs }: { readonly control: Control; readonly nowMs: number },
): Promise<Taken | null> {
  const { unnamed, stays, outdatedPins } = await markBucket(bucket, request, { nowMs });
  for (const pin of outdatedPins) await bucket.remove(pin);
  if (unnamed.length === 0) return { phase: 'nothing', objects: [], ...stays, dueAt: null };
  const objects = unnamed.slice(0, condemnedLimits.maxKeys).map(asCollected);
  const next: Condemned = {
    id: randomUUID(),
    turn: (control.condemned?.turn ?? 0) + 1,
    phase: 'condemned',
    graceMs: request.graceMs,
    leaseMs: 0,
    keys: objects.map(({ key }) => key),
  };
  const written = await writeControl(bucket, next, control.revision);
  // Another run condemned at the same moment, and its list counts; or somebody removed twins.
  if (written === null) return null;
  return { phase: 'condemned', objects, ...stays, dueAt: new Date(nowMs + request.graceMs).toISOString() };
}

/** Marks anew, because the lease was taken before, and removes what is condemned and named by nothing still. */
async function deleteCondemned(
  bucket: Bucket,
  request: CollectionRequest,
  { lease, keys, nowMs }: { readonly lease: Lease; readonly keys: readonly string[]; readonly nowMs: number },
): Promise<Taken> {
  const { unnamed, stays, outdatedPins } = await markBucket(bucket, request, { nowMs, beat: lease.renew });
  const condemned = new Set(keys);
  const doomed = unnamed.filter(({ key }) => condemned.has(key));
  const removed: CollectedObject[] = [];
  const stopped: Taken = { phase: 'deleting', objects: removed, ...stays, dueAt: null };
  for (const group of [doomed.filter(isRecipe), doomed.filter((each) => !isRecipe(each))]) {
    for (let start = 0; start < group.length; start += removalsAtOnce) {
      if (!(await lease.renew()) || !lease.holds()) return stopped;
      const some = group.slice(start, start + removalsAtOnce);
      const became = await Promise.all(
        some.map((expected) => bucket.remove(expected.key, { expected, isAllowed: lease.holds })),
      );
      // What was stored again since it was listed is named by whoever stored it.
      removed.push(...some.filter((_, index) => became[index] === 'removed').map(asCollected));
    }
  }
  if (!(await lease.end())) return stopped;
  for (const pin of outdatedPins) await bucket.remove(pin);
  return { phase: 'deleted', objects: removed, ...stays, dueAt: null };
}

function asCollected({ key, sizeBytes }: CollectedObject): CollectedObject {
  return { key, sizeBytes };
}

function isRecipe({ key }: CollectedObject): boolean {
  return key.startsWith('recipes/');
}
