import type { Digest } from '@weighbridge/core';
import { type ContentDigests, readContent } from '../assessment/assess-models.js';
import { openCommitFiles } from '../reading/files.js';
import { type GovernedModel, readGovernance } from '../governing/governance.js';
import { type LockedPart, lockedParts } from '../registry/registry-parts.js';
import type { Surroundings } from '../surroundings.js';
import { catchFault } from './judgement.js';
import { touchesModel } from '../assessment/touched.js';

/** Whether a commit holds what is judged, and since when that could be seen; null: ever since the commit was there. */
export interface Standing {
  readonly isEqual: boolean;
  /** RFC 3339. */
  readonly since: string | null;
}

/** A reviewed commit, and where the branch was before a merged pull request came into it. */
interface Reviewed {
  readonly commit: string;
  readonly from: string | null;
}

/**
 * Whether whoever looked at a commit could see the versions that what is judged is locked to: the commit holds the content
 * of such a version, or it was registered by then, which its time tells. A version to come was seen only where its content
 * lies in the commit. So was one that the pull request itself was to make, in place of which another is locked now.
 */
export async function readSeenParts(
  surroundings: Surroundings,
  reviewed: Reviewed,
  parts: readonly LockedPart[],
): Promise<Standing> {
  if (parts.length === 0) return { isEqual: true, since: null };
  const read = await catchFault(async () =>
    readGovernance(await openCommitFiles(surroundings.repository, reviewed.commit), surroundings.sha256),
  );
  return 'value' in read ? seen({ surroundings, reviewed, models: read.value.models }, parts) : unseen;
}

const unseen: Standing = { isEqual: false, since: null };

interface Looking {
  readonly surroundings: Surroundings;
  readonly reviewed: Reviewed;
  /** Models as the reviewed commit has them. */
  readonly models: readonly GovernedModel[];
}

async function seen(looking: Looking, parts: readonly LockedPart[]): Promise<Standing> {
  let latest: string | null = null;
  for (const part of parts) {
    const { isEqual, since } = await seenPart(looking, part);
    if (!isEqual) return unseen;
    if (since !== null && (latest === null || Date.parse(since) > Date.parse(latest))) latest = since;
  }
  return { isEqual: true, since: latest };
}

async function seenPart(looking: Looking, part: LockedPart): Promise<Standing> {
  const { surroundings, models } = looking;
  const model = models.find(({ manifest }) => manifest.name === part.model) ?? null;
  const read = model === null ? null : await catchFault(() => readContent(surroundings, model));
  const then = read !== null && 'value' in read ? read.value : null;
  if (then?.digests.identity === part.identity) return seen(looking, lockedParts(then.snapshot));
  const catalogue = await surroundings.ledger.catalogue(part.model);
  const registered = catalogue?.versions.find(({ identity }) => identity === part.identity) ?? null;
  if (registered === null) return unseen;
  const known = new Set(catalogue?.versions.map(({ identity }) => identity));
  const isForeign = model === null || then === null || !isNew(then.digests, known);
  return isForeign || !(await isChanged(looking, model)) ? { isEqual: true, since: registered.registeredAt } : unseen;
}

/** Content that no version has: what a commit brings of it was to become one. */
function isNew({ identity }: ContentDigests, known: ReadonlySet<Digest>): boolean {
  return !known.has(identity);
}

/** Whether the pull request changed a model up to the reviewed commit; no where the history does not tell. */
async function isChanged({ surroundings, reviewed }: Looking, model: GovernedModel): Promise<boolean> {
  const { repository } = surroundings;
  const { commit, from } = reviewed;
  const start = from === null ? null : ((await repository.mergeBase(from, commit)) ?? null);
  return start !== null && touchesModel(model, await repository.changedPaths(start, commit));
}
