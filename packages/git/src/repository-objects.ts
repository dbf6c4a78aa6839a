import { weighbridgeError } from '@weighbridge/core';
import type { Commit } from '@weighbridge/ports';
import { formatEpoch, type RepositoryContext } from './repository-context.js';

const idPattern = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const maxRevisionLength = 1024;
/** Git streams some tens of megabytes a second out of a pack; an object of the promisor comes over the network first. */
export const blobTimeoutMs = 15 * 60_000;

/** A commit as the port has it; what other files of the adapter call it. */
export type RawCommit = Commit;

/** Whether a text is a full object id (SHA-1 or SHA-256). */
export function isObjectId(text: string): boolean {
  return idPattern.test(text);
}

/** The commit that a revision names, with its parents as it was made (also in a shallow clone), or null. */
export async function readCommit(context: RepositoryContext, revision: string): Promise<RawCommit | null> {
  if (revision.length > maxRevisionLength || !/^[^-\s][^\n\0]*$/.test(revision)) return null;
  const known = context.commits.get(revision);
  if (known !== undefined) return known;
  const { stdout } = await context.git(['cat-file', '--batch'], { input: `${revision}^{commit}\n`, env: noLazyFetch });
  const headerEnd = stdout.indexOf('\n');
  const header = /^([0-9a-f]+) commit (\d+)$/.exec(stdout.subarray(0, headerEnd).toString('latin1'));
  if (header === null) return null;
  const [, id = '', size = '0'] = header;
  const commit = parseCommit(id, stdout.subarray(headerEnd + 1, headerEnd + 1 + Number(size)).toString('utf8'));
  context.commits.set(id, commit);
  return commit;
}

/** The same for a commit that must be there. @throws git/no-commit */
export async function requireCommit(context: RepositoryContext, commit: string): Promise<RawCommit> {
  const found = isObjectId(commit) ? await readCommit(context, commit) : null;
  if (found === null) throw weighbridgeError('git/no-commit', { commit: commit.slice(0, 100) });
  return found;
}

/** Which of many commits the clone holds. */
export async function heldCommits(context: RepositoryContext, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const input = ids.map((id) => `${id}\n`).join('');
  const { stdout } = await context.git(['cat-file', '--batch-check'], { input, env: noLazyFetch });
  const lines = stdout.toString('latin1').split('\n');
  return new Set(lines.filter((line) => / commit \d+$/.test(line)).map((line) => line.slice(0, line.indexOf(' '))));
}

/** The root trees of those of many commits that the clone holds, in their order. */
export async function heldTrees(
  context: RepositoryContext,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const asked = ids.filter(isObjectId);
  if (asked.length === 0) return new Map();
  const input = asked.map((id) => `${id}^{tree}\n`).join('');
  const { stdout } = await context.git(['cat-file', '--batch-check'], { input, env: noLazyFetch });
  const lines = stdout.toString('latin1').split('\n');
  return new Map(
    asked.flatMap((id, place) => {
      const tree = /^([0-9a-f]+) tree \d+$/.exec(lines[place] ?? '')?.[1];
      return tree === undefined ? [] : [[id, tree] as const];
    }),
  );
}

/**
 * Sizes in bytes of the blobs among many objects, by id. What a partial clone left out is brought one by one as it is looked
 * at where `download` says so, and is left out otherwise.
 */
export async function measureBlobs(
  context: RepositoryContext,
  ids: readonly string[],
  { download }: { readonly download: boolean },
): Promise<ReadonlyMap<string, number>> {
  const input = ids.map((id) => `${id}\n`).join('');
  // Releases of git differ in whether a promised object that is not there is a line or a failure.
  const options = download ? { input, timeoutMs: blobTimeoutMs } : { input, env: noLazyFetch, allowExit: [128] };
  const { exitCode, stdout } = await context.git(['cat-file', '--batch-check'], options);
  if (exitCode !== 0) return new Map();
  return new Map(
    stdout
      .toString('latin1')
      .split('\n')
      .flatMap((line) => {
        const [id = '', type, size] = line.split(' ');
        return type === 'blob' ? [[id, Number(size)] as const] : [];
      }),
  );
}

/** In a partial clone a look must not become a download. */
const noLazyFetch: ReadonlyMap<string, string> = new Map([['GIT_NO_LAZY_FETCH', '1']]);

/** The header of a commit object (gitformat: `tree`, `parent`…, `author`, `committer`, blank line, message). */
function parseCommit(id: string, text: string): RawCommit {
  const headerEnd = text.indexOf('\n\n');
  const header = text.slice(0, headerEnd).split('\n');
  const message = headerEnd < 0 ? '' : text.slice(headerEnd + 2);
  const valueOf = (key: string) => header.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1) ?? '';
  const time = formatEpoch(Number(/ (\d{1,20}) [+-]\d{4}$/.exec(valueOf('committer'))?.[1] ?? 0));
  const parents = header.filter((line) => line.startsWith('parent ')).map((line) => line.slice('parent '.length));
  return { id, tree: valueOf('tree'), parents, message, time };
}
