import { randomUUID } from 'node:crypto';
import { invariant, utf8, WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { type Condemned, condemnedKey, formatCondemned, isNewerCondemned, parseCondemned } from '@weighbridge/storage';
import { isUnreadable } from '../reading/read-as-it-lies.js';

/**
 * How long a collection that is deleting may be silent. It renews after a quarter and sends no removal after the half,
 * so that a request has five minutes to arrive, with all its tries, before another run takes over.
 */
export const usualLeaseMs = 10 * 60 * 1000;

const clockKey = 'collection/clock';
const maxLooks = 10;

/** The document of the collection as it lies in a bucket; both null before the first one. */
export interface Control {
  readonly condemned: Condemned | null;
  readonly revision: string | null;
}

/** What stands in a bucket where the document should be and is none. */
interface Unreadable {
  readonly reason: string;
  /** Whether it is damaged, and may be replaced when no collection can be running by it. */
  readonly isDamaged: boolean;
}

/** One read. @throws store/control-malformed, because what cannot be read may condemn anything */
export async function readControl(bucket: Bucket): Promise<Control> {
  const control = await tryControl(bucket);
  if ('reason' in control) throw malformed(bucket, control);
  return control;
}

/**
 * As readControl, for whoever writes: a damaged document that was written longer ago than a lease lasts is replaced by one
 * that condemns nothing. Nobody deletes by it any more, and whoever did cannot renew; what it condemned is condemned
 * anew, with a grace of its own. @throws store/control-malformed for a younger one, and for one of a later release
 */
export async function mendControl(bucket: Bucket): Promise<Control> {
  for (let look = 0; look < maxLooks; look++) {
    const control = await tryControl(bucket);
    if (!('reason' in control)) return control;
    const nowMs = control.isDamaged ? await readBucketClock(bucket) : null;
    const facts = await bucket.describe(condemnedKey);
    if (nowMs === null || facts === null || nowMs - Date.parse(facts.storedAt) < usualLeaseMs) {
      throw malformed(bucket, control);
    }
    // Whoever was faster has written one that can be read.
    await writeControl(bucket, idleDocument(), facts.revision);
  }
  throw writtenByOthers(bucket);
}

async function tryControl(bucket: Bucket): Promise<Control | Unreadable> {
  const held = await readUndoubted(bucket);
  if (held === null) return { condemned: null, revision: null };
  if ('reason' in held) return held;
  const condemned = parseCondemned(held.bytes);
  if (condemned !== null) return { condemned, revision: held.revision };
  return isNewerCondemned(held.bytes)
    ? { reason: 'a later release wrote it', isDamaged: false }
    : { reason: 'it is damaged, and a collection may be running by it', isDamaged: true };
}

async function readUndoubted(bucket: Bucket): Promise<Awaited<ReturnType<Bucket['read']>> | Unreadable> {
  try {
    return await bucket.read(condemnedKey);
  } catch (cause) {
    if (!(cause instanceof WeighbridgeError) || !isUnreadable(cause)) throw cause;
    return { reason: String(cause.fields['reason']), isDamaged: true };
  }
}

function malformed(bucket: Bucket, { reason }: Unreadable): WeighbridgeError {
  return weighbridgeError('store/control-malformed', { path: `${bucket.address}/${condemnedKey}`, reason });
}

function writtenByOthers(bucket: Bucket): WeighbridgeError {
  const path = `${bucket.address}/${condemnedKey}`;
  return weighbridgeError('store/io', { action: 'read', path, reason: 'others keep writing it' });
}

/** A document by which nothing is condemned. */
export function idleDocument(): Condemned {
  return { id: randomUUID(), turn: 1, phase: 'done', graceMs: 0, leaseMs: 0, keys: [] };
}

/**
 * As mendControl, with the time when the document was written, by the clock of the bucket; 0 when there is none.
 * @param options.writes false for a dry run, which is as readControl
 */
export async function readDatedControl(
  bucket: Bucket,
  { writes }: { readonly writes: boolean },
): Promise<Control & { readonly storedMs: number }> {
  const read = writes ? mendControl : readControl;
  for (let look = 0; look < maxLooks; look++) {
    const [control, facts] = [await read(bucket), await bucket.describe(condemnedKey)];
    if (control.revision !== (facts?.revision ?? null)) continue;
    return { ...control, storedMs: facts === null ? 0 : Date.parse(facts.storedAt) };
  }
  throw writtenByOthers(bucket);
}

/** Writes the next state if nobody was faster; the new revision, or null. */
export function writeControl(bucket: Bucket, next: Condemned, expected: string | null): Promise<string | null> {
  return bucket.replace(condemnedKey, utf8(formatCondemned(next)), expected);
}

/** What the clock of the bucket says, by which everything there is dated: the clocks of machines differ. */
export async function readBucketClock(bucket: Bucket): Promise<number> {
  const held = await bucket.describe(clockKey);
  // Whoever came between wrote a moment ago, and that is the time just as well.
  await bucket.replace(clockKey, utf8(randomUUID()), held?.revision ?? null);
  const written = await bucket.describe(clockKey);
  invariant(written !== null, 'a document vanished that nobody removes');
  return Date.parse(written.storedAt);
}
