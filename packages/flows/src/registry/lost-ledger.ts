import { parseTag, weighbridgeError } from '@weighbridge/core';
import type { Surroundings } from '../surroundings.js';

/** What to say of a ledger that is not there and must have been; null when nothing speaks of one. */
export async function findLostLedger({
  repository,
  ledger,
}: Pick<Surroundings, 'repository' | 'ledger'>): Promise<string | null> {
  if ((await ledger.lastSeen()) !== null) return 'this clone saw it';
  // Tags of other tools and of people, who ask for a registration by them, say nothing of a ledger.
  const told = (await repository.tags()).find((tag) => tag.isOurs && parseTag(tag.name) !== null);
  return told === undefined ? null : `the tag ${told.name} was made after an entry of it`;
}

/** A second ledger would forget all that the first one said. @throws flow/ledger-missing */
export async function requireNoLostLedger(surroundings: Surroundings): Promise<void> {
  const because = await findLostLedger(surroundings);
  if (because !== null) throw weighbridgeError('flow/ledger-missing', { because });
}
