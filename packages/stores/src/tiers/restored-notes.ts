import { canonicalJson, type Digest, utf8, weighbridgeError } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { digestOfRestored, restoredKey } from '@weighbridge/storage';

const maxTries = 20;

/** Notes until when a restored file stays readable; what somebody else noted for longer stands. */
export async function noteRestored(bucket: Bucket, file: Digest, until: string): Promise<void> {
  const key = restoredKey(file);
  for (let attempt = 0; attempt < maxTries; attempt++) {
    const held = await bucket.read(key);
    if (held !== null && (parseUntil(held.bytes) ?? '') >= until) return;
    const body = utf8(canonicalJson({ version: 1, until }));
    if ((await bucket.replace(key, body, held?.revision ?? null)) !== null) return;
  }
  const path = `${bucket.address}/${key}`;
  throw weighbridgeError('store/io', { action: 'write', path, reason: 'others keep writing it' });
}

/** Files whose notes are not over. The others are removed on request: one written anew at that moment is a lost note. */
export async function readRestored(
  bucket: Bucket,
  now: Date,
  { prunes }: { readonly prunes: boolean },
): Promise<ReadonlySet<Digest>> {
  const files = new Set<Digest>();
  for await (const { key } of bucket.list('restored/')) {
    const file = digestOfRestored(key);
    const held = file === null ? null : await bucket.read(key);
    if (file === null || held === null) continue;
    if ((parseUntil(held.bytes) ?? '') > now.toISOString()) files.add(file);
    else if (prunes) await bucket.remove(key);
  }
  return files;
}

/** Null for what is no such note, which then keeps nothing. */
function parseUntil(bytes: Uint8Array): string | null {
  try {
    const { until } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { readonly until?: unknown };
    return typeof until === 'string' && !Number.isNaN(Date.parse(until)) ? until : null;
  } catch {
    // Whoever wrote it, it says of no file how long it stays.
    return null;
  }
}
