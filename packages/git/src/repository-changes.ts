import type { CommitChange } from '@weighbridge/ports';
import type { RepositoryContext } from './repository-context.js';
import { deepen, deepenSteps, fetchCommit, shallowEdge } from './repository-history.js';
import { requireCommit } from './repository-objects.js';
import { splitNul } from './repository-path.js';

/** Plumbing that prints what commits of its input did, whatever the user's configuration says of diffs. */
const diffTree = ['diff-tree', '--stdin', '-r', '--root', '--no-renames', '--no-ext-diff', '--no-textconv'] as const;

/** Commits of a range with the paths that each changed. */
export async function changesBetween(
  context: RepositoryContext,
  { from, to }: { readonly from: string | null; readonly to: string },
): Promise<readonly CommitChange[] | undefined> {
  const tips = from === null ? [to] : [to, from];
  for (const id of tips) if (!(await fetchCommit(context, id))) return undefined;
  for (const step of [...deepenSteps, 0]) {
    const ids = await listCommits(context, { from, to });
    const edges = new Set<string>();
    for (const id of tips) for (const edge of await shallowEdge(context, id)) edges.add(edge);
    // Behind an edge of the start could lie what is taken for new here; behind one of the range lies more of it.
    const open = [...edges].filter((edge) => edge === from || ids.includes(edge));
    if (open.length === 0) return readChanges(context, ids);
    if (step === 0 || !(await deepen(context, open, step))) return undefined;
  }
  return undefined;
}

async function listCommits(
  { git }: RepositoryContext,
  { from, to }: { readonly from: string | null; readonly to: string },
): Promise<string[]> {
  const { stdout } = await git(['rev-list', '--topo-order', to, ...(from === null ? [] : [`^${from}`])]);
  return stdout.toString('latin1').split('\n').filter(Boolean);
}

async function readChanges(context: RepositoryContext, ids: readonly string[]): Promise<readonly CommitChange[]> {
  const args = [...diffTree, '-c', '--raw', '--no-abbrev', '-z'];
  const { stdout } = await context.git(args, { input: ids.map((id) => `${id}\n`).join('') });
  const paths = new Map<string, string[]>();
  let current: string[] = [];
  let isPath = false;
  // A path follows its line of modes, and is never taken for a commit, whatever it is called.
  for (const entry of splitNul(stdout)) {
    if (isPath) current.push(entry);
    else if (!entry.startsWith(':')) paths.set(entry.trim(), (current = []));
    isPath = !isPath && entry.startsWith(':');
  }
  const changes: CommitChange[] = [];
  for (const id of ids) {
    const changed = paths.get(id) ?? [];
    changes.push({ commit: await requireCommit(context, id), paths: changed.sort() });
  }
  return changes;
}

/** What git-patch-id(1) makes of each commit: line numbers and blanks do not count, contents of binary files do. */
export async function patchIds(
  context: RepositoryContext,
  commits: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const held: string[] = [];
  for (const id of commits) {
    if (!(await fetchCommit(context, id))) continue;
    const [parent] = (await requireCommit(context, id)).parents;
    if (parent === undefined || (await fetchCommit(context, parent))) held.push(id);
  }
  if (held.length === 0) return new Map();
  const patches = await context.git([...diffTree, '-p', '--full-index'], { input: `${held.join('\n')}\n` });
  const { stdout } = await context.git(['patch-id', '--stable'], { input: patches.stdout });
  const lines = stdout.toString('latin1').split('\n').filter(Boolean);
  return new Map(lines.map((line) => line.split(' ')).map(([patch = '', commit = '']) => [commit, patch]));
}
