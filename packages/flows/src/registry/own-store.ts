import { digestBytes, digestHex } from '@weighbridge/core';
import type { Surroundings } from '../surroundings.js';

/**
 * Notes in the store that this ledger names bytes of it, so that no other repository takes them for its own. Nothing
 * where there is no ledger yet.
 */
export async function ownStore(surroundings: Surroundings): Promise<void> {
  const collector = surroundings.store?.collector ?? null;
  const owner = collector === null ? null : await readOwner(surroundings);
  if (owner !== null) await collector?.own(owner);
}

/**
 * What a store calls this ledger; null where there is none yet. A name is not enough: two repositories can have the same.
 * The first entry of a log never changes.
 */
export async function readOwner({ ledger, sha256 }: Surroundings): Promise<string | null> {
  const { origin, size } = await ledger.head();
  const [first] = size === 0 ? [] : await ledger.entries(0, 1);
  return first === undefined ? null : `${origin}+${digestHex(digestBytes(sha256, first)).slice(0, 16)}`;
}
