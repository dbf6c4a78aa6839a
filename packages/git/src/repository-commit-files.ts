import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { weighbridgeError } from '@weighbridge/core';
import type { FileCommit } from '@weighbridge/ports';
import { epochSeconds, isShallow, quietFetch, type RepositoryContext, toolIdentity } from './repository-context.js';
import { listTree } from './repository-files.js';
import { currentBranch } from './repository-history.js';
import { type RawCommit, readCommit, requireCommit } from './repository-objects.js';
import { checkedPath } from './repository-path.js';
import { pushRef } from './repository-push.js';

const executableMode = '100755';
const plainMode = '100644';

/** @throws git/no-commit, git/path, git/branch-moved, git/branch-in-use, git/push-refused */
export async function commitFiles(context: RepositoryContext, change: FileCommit): Promise<string> {
  await requireCommit(context, change.base);
  const tree = await writeTree(context, change);
  const made = await requireCommit(context, await writeCommit(context, change, tree));
  return context.remote === null
    ? moveLocalBranch(context, change, made)
    : pushBranch(context, context.remote, { change, made });
}

/** The base's tree with the files put over it, built in an index of its own. */
async function writeTree(context: RepositoryContext, { base, files }: FileCommit): Promise<string> {
  const index = join(tmpdir(), `weighbridge-index-${randomUUID()}`);
  const env = new Map([['GIT_INDEX_FILE', index]]);
  try {
    const entries: string[] = [];
    for (const [path, bytes] of files)
      entries.push(await indexEntry(context, base, { path: checkedPath(path), bytes }));
    await context.git(['read-tree', base], { env });
    await context.git(['update-index', '--replace', '-z', '--index-info'], { env, input: entries.join('') });
    const { stdout } = await context.git(['write-tree'], { env });
    return stdout.toString('latin1').trim();
  } finally {
    await rm(index, { force: true });
    await rm(`${index}.lock`, { force: true });
  }
}

/** A line of `update-index --index-info`; mode 0 takes the path out. */
async function indexEntry(
  context: RepositoryContext,
  base: string,
  { path, bytes }: { readonly path: string; readonly bytes: Uint8Array | null },
): Promise<string> {
  if (bytes === null) return `0 ${base.replaceAll(/./g, '0')}\t${path}\0`;
  const before = (await listTree(context, base, ['--', path])).find((entry) => entry.path === path);
  const mode = before?.mode === executableMode ? executableMode : plainMode;
  const { stdout } = await context.git(['hash-object', '-w', '--stdin'], { input: bytes });
  return `${mode} ${stdout.toString('latin1').trim()}\t${path}\0`;
}

async function writeCommit({ git }: RepositoryContext, change: FileCommit, tree: string): Promise<string> {
  const date = `${epochSeconds(change.time)} +0000`;
  const { name, email } = change.author ?? toolIdentity;
  const env = new Map<string, string>();
  for (const role of ['AUTHOR', 'COMMITTER']) {
    env.set(`GIT_${role}_NAME`, name);
    env.set(`GIT_${role}_EMAIL`, email);
    env.set(`GIT_${role}_DATE`, date);
  }
  const { stdout } = await git(['commit-tree', tree, '-p', change.base, '-F', '-'], { env, input: change.message });
  return stdout.toString('latin1').trim();
}

async function pushBranch(
  context: RepositoryContext,
  remote: string,
  { change, made }: { readonly change: FileCommit; readonly made: RawCommit },
): Promise<string> {
  const ref = `refs/heads/${change.branch}`;
  const before = await remoteTip(context, remote, ref);
  if (before !== null && isSameChange(before, made)) return before.id;
  const pushed = await pushRef(context, remote, { object: made.id, ref, createOnly: false });
  if (pushed.outcome !== 'rejected') return made.id;
  // Either another run of the same job was faster, or the branch went elsewhere, or the remote has a rule against it.
  const now = await remoteTip(context, remote, ref);
  if (now !== null && isSameChange(now, made)) return now.id;
  if (now !== null && !made.parents.includes(now.id)) throw moved(change, now.id);
  throw weighbridgeError('git/push-refused', { ref, reason: pushed.reason });
}

async function remoteTip(context: RepositoryContext, remote: string, ref: string): Promise<RawCommit | null> {
  const { stdout } = await context.git(['ls-remote', remote, ref]);
  const line = stdout
    .toString('utf8')
    .split('\n')
    .find((text) => text.endsWith(`\t${ref}`));
  const id = line?.split('\t')[0];
  if (id === undefined) return null;
  const held = await readCommit(context, id);
  if (held !== null) return held;
  const depth = isShallow(context) ? ['--depth=1'] : [];
  await context.git([...quietFetch, ...depth, remote, ref]);
  return readCommit(context, id);
}

async function moveLocalBranch(context: RepositoryContext, change: FileCommit, made: RawCommit): Promise<string> {
  const ref = `refs/heads/${change.branch}`;
  const before = await readCommit(context, ref);
  if (before !== null && isSameChange(before, made)) return before.id;
  if ((await currentBranch(context)) === change.branch)
    throw weighbridgeError('git/branch-in-use', { branch: change.branch });
  if (before !== null) {
    const leads = await context.git(['merge-base', '--is-ancestor', before.id, made.id], { allowExit: [1] });
    if (leads.exitCode !== 0) throw moved(change, before.id);
  }
  await context.git(['update-ref', ref, made.id, before?.id ?? '']);
  return made.id;
}

/** A run that is repeated at another time makes another commit of the same change. */
function isSameChange(left: RawCommit, right: RawCommit): boolean {
  return left.tree === right.tree && left.parents.join() === right.parents.join();
}

function moved({ branch }: FileCommit, existing: string) {
  return weighbridgeError('git/branch-moved', { branch, existing });
}
