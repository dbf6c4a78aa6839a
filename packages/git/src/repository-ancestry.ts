import { isShallow, quietFetch, type RepositoryContext } from './repository-context.js';
import { deepen, deepenSteps, fetchCommit, shallowEdge } from './repository-history.js';
import { isObjectId, type RawCommit, readCommit, requireCommit } from './repository-objects.js';
import { checkedPath, isBranchName, splitNul } from './repository-path.js';

/** The best common ancestor. In a shallow clone an answer counts only when no history is missing that could change it. */
export async function mergeBase(
  context: RepositoryContext,
  left: string,
  right: string,
): Promise<string | null | undefined> {
  for (const id of [left, right]) if (!(await fetchCommit(context, id))) return undefined;
  for (const step of [...deepenSteps, 0]) {
    const found = await readMergeBase(context, left, right);
    if (found !== null) return found;
    const edges = await edgesOf(context, [left, right]);
    if (edges.length === 0) return null;
    if (step === 0 || !(await deepen(context, edges, step))) return undefined;
  }
  return undefined;
}

async function readMergeBase({ git }: RepositoryContext, left: string, right: string): Promise<string | null> {
  const { exitCode, stdout } = await git(['merge-base', left, right], { allowExit: [1, 128] });
  const id = stdout.toString('latin1').trim();
  return exitCode === 0 && isObjectId(id) ? id : null;
}

async function edgesOf(context: RepositoryContext, tips: readonly string[]): Promise<string[]> {
  const edges = new Set<string>();
  for (const tip of tips) for (const edge of await shallowEdge(context, tip)) edges.add(edge);
  return [...edges];
}

/** @throws git/path */
export async function lastChange(
  context: RepositoryContext,
  commit: string,
  path: string,
): Promise<string | null | undefined> {
  const checked = checkedPath(path);
  if (!(await fetchCommit(context, commit))) return undefined;
  for (const step of [...deepenSteps, 0]) {
    const found = await readLastChange(context, commit, checked);
    // At the edge of a shallow clone every file looks new.
    const edges = await shallowEdge(context, commit);
    if (found !== null ? !edges.includes(found) : edges.length === 0) return found;
    if (step === 0 || !(await deepen(context, edges, step))) return undefined;
  }
  return undefined;
}

async function readLastChange({ git }: RepositoryContext, commit: string, path: string): Promise<string | null> {
  const args = ['rev-list', '--first-parent', '--max-count=1', commit, '--', path];
  const { stdout } = await git(args, { env: new Map([['GIT_LITERAL_PATHSPECS', '1']]) });
  return stdout.toString('latin1').trim() || null;
}

/** Asks the remote where a branch is now and brings that commit. */
export async function branchTip(context: RepositoryContext, branch: string): Promise<RawCommit | null> {
  if (!isBranchName(branch)) return null;
  const ref = `refs/heads/${branch}`;
  if (context.remote === null) return readCommit(context, ref);
  const { stdout } = await context.git(['ls-remote', context.remote, ref]);
  const line = stdout
    .toString('utf8')
    .split('\n')
    .find((text) => text.endsWith(`\t${ref}`));
  const id = line?.split('\t')[0];
  if (id === undefined || !isObjectId(id)) return null;
  const held = await readCommit(context, id);
  if (held !== null) return held;
  const depth = isShallow(context) ? ['--depth=1'] : [];
  await context.git([...quietFetch, ...depth, context.remote, id]);
  return readCommit(context, id);
}

/** @throws git/no-commit */
export async function changedPaths(context: RepositoryContext, from: string, to: string): Promise<string[]> {
  const [old, fresh] = [await requireCommit(context, from), await requireCommit(context, to)];
  const args = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', old.tree, fresh.tree];
  return splitNul((await context.git(args)).stdout).sort();
}

/** Git 2.38 merges without a work tree; an older one answers undefined, which proves nothing. */
export async function mergedTree(
  context: RepositoryContext,
  first: string,
  second: string,
): Promise<string | null | undefined> {
  const base = await mergeBase(context, first, second);
  if (base === null || base === undefined) return undefined;
  const args = ['merge-tree', '--write-tree', '--no-messages', '-z', first, second];
  const { exitCode, stdout } = await context.git(args, { allowExit: 'any' });
  if (exitCode === 1) return null;
  const tree = splitNul(stdout)[0] ?? '';
  return exitCode === 0 && isObjectId(tree) ? tree : undefined;
}
