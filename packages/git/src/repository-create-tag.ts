import { weighbridgeError } from '@weighbridge/core';
import { epochSeconds, quietFetch, type RepositoryContext, toolIdentity } from './repository-context.js';
import { readCommit, requireCommit } from './repository-objects.js';
import { pushRef } from './repository-push.js';
import { localTagObjects, readRemoteTags } from './repository-tags.js';

/** A remote under load can refuse for a moment what it accepts the next. */
const maxPushTries = 3;

export interface NewTag {
  readonly name: string;
  readonly commit: string;
  readonly message: string;
  readonly time: string;
}

/**
 * Makes an annotated tag at the remote first and then in the clone, so that a tag of the clone is never one that others
 * cannot see; a tag that a killed run left in one of the two places is completed. The same tag is the same object.
 * @throws git/no-commit, git/tag-exists, git/push-refused
 */
export async function createTag(context: RepositoryContext, tag: NewTag): Promise<'created' | 'present'> {
  await requireCommit(context, tag.commit);
  const ours = await localTag(context, tag);
  const object = ours ?? (await makeTagObject(context, tag));
  if (context.remote === null) {
    return ours !== null ? 'present' : setLocalTag(context, tag, object);
  }
  const outcome = await pushTag(context, context.remote, { tag, object });
  if (ours === null) await takeTag(context, context.remote, { tag, object: outcome === 'created' ? object : null });
  return outcome;
}

/** The object of the clone's tag of that name, or null. @throws git/tag-exists when it leads elsewhere */
async function localTag(context: RepositoryContext, tag: NewTag): Promise<string | null> {
  const object = (await localTagObjects(context, tag.name)).get(tag.name);
  if (object === undefined) return null;
  const existing = (await readCommit(context, `refs/tags/${tag.name}`))?.id ?? object;
  refuseOther(tag, existing);
  return object;
}

async function makeTagObject({ git }: RepositoryContext, tag: NewTag): Promise<string> {
  const { name, email } = toolIdentity;
  const lines = [
    `object ${tag.commit}`,
    'type commit',
    `tag ${tag.name}`,
    `tagger ${name} <${email}> ${epochSeconds(tag.time)} +0000`,
    '',
    tag.message.endsWith('\n') ? tag.message : `${tag.message}\n`,
  ];
  const { stdout } = await git(['mktag'], { input: lines.join('\n') });
  return stdout.toString('latin1').trim();
}

/** `created` when this push made it; whoever else made it must have named the same commit. @throws git/tag-exists */
async function pushTag(
  context: RepositoryContext,
  remote: string,
  { tag, object }: { readonly tag: NewTag; readonly object: string },
): Promise<'created' | 'present'> {
  let reason = '';
  for (let attempt = 0; attempt < maxPushTries; attempt++) {
    const pushed = await pushRef(context, remote, { object, ref: `refs/tags/${tag.name}`, createOnly: true });
    if (pushed.outcome !== 'rejected') return pushed.outcome === 'pushed' ? 'created' : 'present';
    const theirs = (await readRemoteTags(context, remote, tag.name)).get(tag.name);
    if (theirs !== undefined) {
      refuseOther(tag, theirs.commit);
      return 'present';
    }
    reason = pushed.reason;
  }
  throw weighbridgeError('git/push-refused', { ref: tag.name, reason });
}

/** Brings the clone in line with the remote: our own object, or the one that the remote holds. */
async function takeTag(
  context: RepositoryContext,
  remote: string,
  { tag, object }: { readonly tag: NewTag; readonly object: string | null },
): Promise<void> {
  if (object !== null) {
    await setLocalTag(context, tag, object);
    return;
  }
  const ref = `refs/tags/${tag.name}`;
  await context.git([...quietFetch, remote, `${ref}:${ref}`]);
}

/** Another run in the same clone may have come between; it must have named the same commit. @throws git/tag-exists */
async function setLocalTag(context: RepositoryContext, tag: NewTag, object: string): Promise<'created' | 'present'> {
  const args = ['update-ref', '--no-deref', `refs/tags/${tag.name}`, object, ''];
  const { exitCode } = await context.git(args, { allowExit: [1, 128] });
  if (exitCode === 0) return 'created';
  if ((await localTag(context, tag)) !== null) return 'present';
  // No such tag, so git has another reason, such as a name that is no ref: let it say so.
  await context.git(args);
  return 'created';
}

function refuseOther(tag: NewTag, existing: string): void {
  if (existing !== tag.commit) {
    throw weighbridgeError('git/tag-exists', { tag: tag.name, existing, commit: tag.commit });
  }
}
