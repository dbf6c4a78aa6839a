import { randomUUID } from 'node:crypto';
import { invariant, utf8, weighbridgeError } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { type Condemned, condemnedKey, formatCondemned, parseCondemned } from '@weighbridge/storage';

const clockKey = 'collection/clock';
const maxLooks = 10;

/** The document of the collection as it lies in a bucket; both null before the first one. */
export interface Control {
  readonly condemned: Condemned | null;
  readonly revision: string | null;
}

/** One read. @throws store/control-malformed, because what cannot be read may condemn anything */
export async function readControl(bucket: Bucket): Promise<Control> {
  const held = await bucket.read(condemnedKey);
  if (held === null) return { condemned: null, revision: null };
  const condemned = parseCondemned(held.bytes);
  if (condemned === null) {
    throw weighbridgeError('store/control-malformed', { path: `${bucket.address}/${condemnedKey}` });
  }
  return { condemned, revision: held.revision };
}

/** The same with the time when it was written, by the clock of the bucket; 0 when there is none. */
export async function readDatedControl(bucket: Bucket): Promise<Control & { readonly storedMs: number }> {
  for (let look = 0; look < maxLooks; look++) {
    const [control, facts] = [await readControl(bucket), await bucket.describe(condemnedKey)];
    if (control.revision !== (facts?.revision ?? null)) continue;
    return { ...control, storedMs: facts === null ? 0 : Date.parse(facts.storedAt) };
  }
  const path = `${bucket.address}/${condemnedKey}`;
  throw weighbridgeError('store/io', { action: 'read', path, reason: 'others keep writing it' });
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
