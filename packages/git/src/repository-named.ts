import type { NamedFile } from '@weighbridge/ports';
import type { RepositoryContext } from './repository-context.js';
import { heldTrees } from './repository-objects.js';

/** Commits of which one command tells the files. */
const commitsPerCommand = 1_000;
/** What one command prints of them. */
const maxOutputBytes = 256 * 1024 * 1024;

/**
 * Files of some names in many commits that the clone holds. Each commit is told as what is other than in the one before
 * it (git-diff-tree --stdin, of pairs of trees), so that what commits share is looked at once.
 */
export async function filesNamed(
  context: RepositoryContext,
  commits: readonly string[],
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly NamedFile[]>> {
  const held = await byTime(context, await heldTrees(context, commits));
  const found = new Map<string, readonly NamedFile[]>();
  let [before, files]: [string, readonly NamedFile[]] = [emptyTree(context), []];
  for (let at = 0; at < held.length; at += commitsPerCommand) {
    const group = held.slice(at, at + commitsPerCommand);
    const pairs = group.map(([, tree], place) => `${place === 0 ? before : group[place - 1]?.[1]} ${tree}\n`);
    const changes = parsePairs(await diffTrees(context, pairs.join(''), names));
    for (const [place, [commit, tree]] of group.entries()) {
      const changed = changes[place] ?? [];
      if (changed.length > 0) files = withChanges(files, changed);
      found.set(commit, files);
      before = tree;
    }
  }
  return found;
}

/** Commits that were made after each other differ least. */
async function byTime(
  { git }: RepositoryContext,
  trees: ReadonlyMap<string, string>,
): Promise<readonly (readonly [string, string])[]> {
  if (trees.size < 3) return [...trees];
  const input = [...trees.keys()].map((commit) => `${commit}\n`).join('');
  const { stdout } = await git(['rev-list', '--no-walk=sorted', '--stdin'], { input, maxOutputBytes });
  const order = stdout.toString('latin1').split('\n');
  return order.flatMap((commit) => {
    const tree = trees.get(commit);
    return tree === undefined ? [] : [[commit, tree] as const];
  });
}

function emptyTree({ clone }: RepositoryContext): string {
  return clone.objectFormat === 'sha256'
    ? '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321'
    : '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
}

async function diffTrees({ git }: RepositoryContext, input: string, names: readonly string[]): Promise<Buffer> {
  const patterns = names.map((name) => `:(top,glob)**/${name}`);
  const args = ['diff-tree', '--stdin', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', '--', ...patterns];
  return (await git(args, { input, maxOutputBytes })).stdout;
}

interface Change {
  readonly path: string;
  /** Null where it is gone, or no file. */
  readonly object: string | null;
}

/** By pair, in order: a line with both trees, then `:<mode> <mode> <id> <id> <status><nul><path><nul>` for each file. */
function parsePairs(output: Buffer): readonly (readonly Change[])[] {
  const pairs: Change[][] = [];
  let at = 0;
  const until = (sign: number): string => {
    const end = output.indexOf(sign, at);
    const text = output.subarray(at, end < 0 ? output.length : end).toString('utf8');
    at = end < 0 ? output.length : end + 1;
    return text;
  };
  while (at < output.length) {
    if (output[at] !== 0x3a) {
      until(0x0a);
      pairs.push([]);
      continue;
    }
    const [, mode = '', , object = ''] = until(0).split(' ');
    pairs.at(-1)?.push({ path: until(0), object: mode.startsWith('100') ? object : null });
  }
  return pairs;
}

function withChanges(files: readonly NamedFile[], changes: readonly Change[]): readonly NamedFile[] {
  const changed = new Map(files.map((file) => [file.path, file]));
  for (const { path, object } of changes) {
    if (object === null) changed.delete(path);
    else changed.set(path, { path, object });
  }
  return [...changed.values()].sort((left, right) => (left.path < right.path ? -1 : 1));
}
