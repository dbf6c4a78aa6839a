import { readFile } from 'node:fs/promises';
import { isShallow, quietFetch, type RepositoryContext, shallowFile } from './repository-context.js';
import { valueOf } from './clone-settings.js';
import { isObjectId, readCommit } from './repository-objects.js';

/** How many commits each step adds to a shallow clone. After the last the answer is `unknown`. */
export const deepenSteps = [50, 500, 5_000, 50_000];
const maxBoundaries = 1_000;
const askRemoteTimeoutMs = 30_000;

/** Ancestry as the port has it. In a shallow clone only a yes is certain; a no needs the history behind its edge. */
export async function isAncestor(
  context: RepositoryContext,
  ancestor: string,
  descendant: string,
): Promise<boolean | 'unknown'> {
  if (!isObjectId(ancestor) || !isObjectId(descendant)) return 'unknown';
  if (ancestor === descendant) return true;
  if (!(await fetchCommit(context, descendant))) return 'unknown';
  for (const step of deepenSteps) {
    if (await isReachable(context, ancestor, descendant)) return true;
    const edge = await shallowEdge(context, descendant);
    if (edge.length === 0) return false;
    if (!(await deepen(context, edge, step))) return 'unknown';
  }
  if (await isReachable(context, ancestor, descendant)) return true;
  return (await shallowEdge(context, descendant)).length === 0 ? false : 'unknown';
}

export async function currentBranch({ git }: RepositoryContext): Promise<string | null> {
  const { exitCode, stdout } = await git(['symbolic-ref', '--quiet', 'HEAD'], { allowExit: [1] });
  return exitCode === 0 ? branchOf(stdout.toString('utf8').trim()) : null;
}

export async function defaultBranch(
  context: RepositoryContext,
  { ofRemote = false }: { readonly ofRemote?: boolean } = {},
): Promise<{ readonly name: string; readonly commit: string } | null> {
  if (ofRemote && context.remote !== null) return remoteHeadOfRemote(context);
  const known = await remoteHeadOfClone(context);
  if (known !== null) return known;
  const asked = await remoteHeadOfRemote(context);
  if (asked !== null) return asked;
  for (const name of [valueOf(context.clone.settings, 'init.defaultbranch'), await currentBranch(context)]) {
    const commit = name ? await readCommit(context, `refs/heads/${name}`) : null;
    if (name && commit !== null) return { name, commit: commit.id };
  }
  return null;
}

async function remoteHeadOfClone(context: RepositoryContext) {
  if (context.remote === null) return null;
  const prefix = `refs/remotes/${context.remote}/`;
  const { exitCode, stdout } = await context.git(['symbolic-ref', '--quiet', `${prefix}HEAD`], { allowExit: [1, 128] });
  const ref = stdout.toString('utf8').trim();
  if (exitCode !== 0 || !ref.startsWith(prefix)) return null;
  const commit = await readCommit(context, ref);
  return commit === null ? null : { name: ref.slice(prefix.length), commit: commit.id };
}

/** A remote that cannot be reached does not say; whoever needs it for more will hear why. */
async function remoteHeadOfRemote({ remote, git }: RepositoryContext) {
  if (remote === null) return null;
  const options = { allowExit: 'any', timeoutMs: askRemoteTimeoutMs } as const;
  const { stdout } = await git(['ls-remote', '--symref', remote, 'HEAD'], options);
  const text = stdout.toString('utf8');
  const name = branchOf(/^ref: (\S+)\tHEAD$/m.exec(text)?.[1] ?? '');
  const commit = /^([0-9a-f]{40,64})\tHEAD$/m.exec(text)?.[1];
  return name === null || commit === undefined ? null : { name, commit };
}

function branchOf(ref: string): string | null {
  return ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
}

/** Commits that the clone does not hold cannot be reached in it; git says so with 128. */
async function isReachable({ git }: RepositoryContext, ancestor: string, descendant: string): Promise<boolean> {
  const { exitCode } = await git(['merge-base', '--is-ancestor', ancestor, descendant], { allowExit: [1, 128] });
  return exitCode === 0;
}

/** Commits below a descendant whose parents the clone does not hold: empty when its history is whole. */
export async function shallowEdge(context: RepositoryContext, descendant: string): Promise<string[]> {
  if (!isShallow(context)) return [];
  const shallow = new Set((await readFile(shallowFile(context), 'utf8')).split('\n'));
  const roots = await context.git(['rev-list', '--max-parents=0', descendant]);
  return roots.stdout
    .toString('latin1')
    .split('\n')
    .filter((id) => id !== '' && shallow.has(id));
}

/** Asks for more history behind the edge, which the remote holds even when newer commits are ours alone. */
export async function deepen(context: RepositoryContext, edge: readonly string[], commits: number): Promise<boolean> {
  if (context.remote === null || edge.length > maxBoundaries) return false;
  const args = [...quietFetch, `--deepen=${commits}`, context.remote, ...edge];
  return (await context.git(args, { allowExit: 'any' })).exitCode === 0;
}

/** Brings one commit that the clone may not hold; a shallow clone stays shallow. False when it cannot be had. */
export async function fetchCommit(context: RepositoryContext, id: string): Promise<boolean> {
  if (!isObjectId(id)) return false;
  if ((await readCommit(context, id)) !== null) return true;
  if (context.remote === null) return false;
  const depth = isShallow(context) ? ['--depth=1'] : [];
  const fetched = await context.git([...quietFetch, ...depth, context.remote, id], { allowExit: [1, 128] });
  return fetched.exitCode === 0 && (await readCommit(context, id)) !== null;
}
