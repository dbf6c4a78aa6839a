import { weighbridgeError } from '@weighbridge/core';
import { selectRemote } from '@weighbridge/manifest';
import type { GovernedModel } from '../governing/governance.js';
import type { Surroundings } from '../surroundings.js';
import { findRemote } from './find-remote.js';
import { about, lockedBehind, pinnedAt, type WrittenReference, writtenReferences } from './written-references.js';

/**
 * Whether a lock lists all that is behind the references of the manifest: at the commit that they were pinned to, or of
 * object stores now. Of what was copied only commits are asked, as far as this job may: its bytes need not be there any more.
 * @throws flow/lock-differs, source/unread
 */
export async function checkListed(surroundings: Surroundings, model: GovernedModel): Promise<void> {
  for (const written of writtenReferences(model)) await checkReference(surroundings, model, written);
}

async function checkReference(
  surroundings: Surroundings,
  model: GovernedModel,
  { written, reference }: WrittenReference,
): Promise<void> {
  const path = 'key' in reference ? reference.key : (reference.path ?? '');
  const entries = lockedBehind(model, { written, reference });
  if (selectRemote(path).kind === 'file' || entries.length === 0) return;
  const isReferred = model.manifest.store === 'reference';
  const pinned = pinnedAt(reference, entries);
  if (pinned === null && !isReferred) return;
  const listing = await findRemote(surroundings, model, { written, reference: pinned ?? reference });
  if (listing.kind === 'unread' && isReferred) {
    const { because, remedy } = listing;
    throw weighbridgeError('source/unread', { reference: written, because, remedy });
  }
  const listed = new Set(entries.map((entry) => entry.path));
  const missing = listing.kind === 'files' ? listing.files.find((file) => !listed.has(file.path)) : undefined;
  if (missing === undefined) return;
  const what = `it is behind ${written} and not in the lock`;
  throw weighbridgeError('flow/lock-differs', { path: missing.path, what, ...about(model) });
}
