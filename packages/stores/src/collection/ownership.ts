import { createHash } from 'node:crypto';
import { utf8, weighbridgeError } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { formatOwners, ownersKey, parseOwners } from '@weighbridge/storage';

const maxTries = 20;

/** Notes, before the first write to an empty store, that whoever registers there will say so. */
export async function beginOwnership(bucket: Bucket): Promise<void> {
  if ((await bucket.describe(ownersKey)) !== null) return;
  for (const prefix of ['sha256/', 'recipes/', 'compressed/']) {
    for await (const _object of bucket.list(prefix)) return;
  }
  const body = utf8(formatOwners([]));
  await bucket.create(ownersKey, [body], { sha256: createHash('sha256').update(body).digest() });
}

/** Adds an owner to the note; a store without one stays without. @throws store/control-malformed */
export async function addOwner(bucket: Bucket, owner: string): Promise<void> {
  await changeOwners(bucket, (owners) => (owners === null || owners.includes(owner) ? null : [...owners, owner]));
}

/** Makes somebody the only owner. */
export async function claimBucket(bucket: Bucket, owner: string): Promise<void> {
  await changeOwners(bucket, (owners) => (owners?.length === 1 && owners[0] === owner ? null : [owner]));
}

/** @throws store/not-owned unless the bytes of a bucket are this owner's alone, store/control-malformed */
export async function requireSoleOwner(bucket: Bucket, owner: string): Promise<void> {
  const refuse = (reason: string) => weighbridgeError('store/not-owned', { address: bucket.address, reason });
  const { owners } = await readOwners(bucket);
  if (owners === null) throw refuse(`it has no ${ownersKey} that says whose ledger names its bytes`);
  const [other] = owners.filter((each) => each !== owner);
  if (other !== undefined) throw refuse(`the ledger ${other} names bytes there, too, and this one is ${owner}`);
  if (owners.length === 0) throw refuse(`its ${ownersKey} names no ledger yet`);
}

async function readOwners(bucket: Bucket) {
  const held = await bucket.read(ownersKey);
  if (held === null) return { owners: null, revision: null };
  const owners = parseOwners(held.bytes);
  if (owners === null)
    throw weighbridgeError('store/control-malformed', {
      path: `${bucket.address}/${ownersKey}`,
      reason: 'it is damaged, or a later release wrote it',
    });
  return { owners, revision: held.revision };
}

async function changeOwners(
  bucket: Bucket,
  change: (owners: readonly string[] | null) => readonly string[] | null,
): Promise<void> {
  for (let attempt = 0; attempt < maxTries; attempt++) {
    const { owners, revision } = await readOwners(bucket);
    const next = change(owners);
    if (next === null || (await bucket.replace(ownersKey, utf8(formatOwners(next)), revision)) !== null) return;
  }
  const path = `${bucket.address}/${ownersKey}`;
  throw weighbridgeError('store/io', { action: 'write', path, reason: 'others keep writing it' });
}
