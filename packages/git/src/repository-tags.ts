import { weighbridgeError } from '@weighbridge/core';
import type { TagRecord } from '@weighbridge/ports';
import { formatEpoch, isShallow, quietFetch, type RepositoryContext, toolIdentity } from './repository-context.js';
import { heldCommits, readCommit } from './repository-objects.js';

const fields = [
  'refname',
  'objecttype',
  'objectname',
  '*objecttype',
  '*objectname',
  'creatordate:unix',
  'taggeremail',
  'contents',
] as const;
const format = fields.map((field) => `%(${field})%00`).join('');
const prefix = 'refs/tags/';
const maxNamesInMessage = 20;

/** Every tag that leads to a commit, or those with such beginnings, by one call of git, sorted by name. */
export async function readTags(context: RepositoryContext, starts: readonly string[] = ['']): Promise<TagRecord[]> {
  if (starts.length === 0) return [];
  const { stdout } = await context.git(['for-each-ref', `--format=${format}`, ...starts.flatMap(patternsOf)]);
  const cells = stdout.toString('utf8').split('\0');
  const tags: TagRecord[] = [];
  for (let start = 0; start + fields.length <= cells.length; start += fields.length) {
    const tag = await tagRecord(context, cells.slice(start, start + fields.length));
    if (tag !== null) tags.push(tag);
  }
  return tags.sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** Git goes to where the text before the first star stands among the refs; a star of its own ends at a slash. */
function patternsOf(start: string): string[] {
  if (start === '') return [prefix];
  const literal = `${prefix}${start.replaceAll(/[*?[\]\\]/g, '\\$&')}`;
  return [`${literal}*`, `${literal}*/**`];
}

/** A tag of a tree or of a blob is nobody's version. */
async function tagRecord(context: RepositoryContext, cells: readonly string[]): Promise<TagRecord | null> {
  const [ref = '', type, object = '', peeledType, peeled = '', seconds = '', tagger = '', contents = ''] = cells;
  // Each record but the first starts with the line break that ends the one before.
  const name = ref.replace(/^\n/, '').slice(prefix.length);
  const time = formatEpoch(Number(seconds));
  if (type === 'commit') return { name, annotated: false, commit: object, object, message: '', isOurs: false, time };
  if (type !== 'tag') return null;
  // Older git peels one level only: a tag of a tag is followed to its end.
  const commit = peeledType === 'tag' ? (await readCommit(context, `${prefix}${name}`))?.id : peeled;
  if (commit === undefined || (peeledType !== 'commit' && peeledType !== 'tag')) return null;
  const isOurs = tagger === `<${toolIdentity.email}>`;
  return { name, annotated: true, commit, object, message: contents.replace(/\n+$/, ''), isOurs, time };
}

export interface RemoteTag {
  readonly object: string;
  readonly commit: string;
}

/** Tags of the remote by name: all of them, or one. Network. */
export async function readRemoteTags(
  context: RepositoryContext,
  remote: string,
  name?: string,
): Promise<Map<string, RemoteTag>> {
  // The second line of an annotated tag, `<ref>^{}`, names what it leads to.
  const patterns = name === undefined ? [`${prefix}*`] : [`${prefix}${name}`, `${prefix}${name}^{}`];
  const refs = parseRefs((await context.git(['ls-remote', remote, ...patterns])).stdout);
  const peeled = new Map(refs.map(({ ref, object }) => [ref, object]));
  const tags = new Map<string, RemoteTag>();
  for (const { ref, object } of refs) {
    if (!ref.startsWith(prefix) || ref.endsWith('^{}')) continue;
    tags.set(ref.slice(prefix.length), { object, commit: peeled.get(`${ref}^{}`) ?? object });
  }
  return tags;
}

/**
 * Brings the tags that are missing. In a shallow clone a tag of a commit that is not there comes with that commit
 * alone, so that the whole history is not pulled in behind it. @throws git/tags-differ
 */
export async function fetchTags(context: RepositoryContext): Promise<void> {
  const { remote } = context;
  if (remote === null) return;
  const theirs = await readRemoteTags(context, remote);
  const ours = await localTagObjects(context);
  const missing = [...theirs].filter(([name]) => !ours.has(name));
  const held = await heldCommits(
    context,
    missing.map(([, { commit }]) => commit),
  );
  const shallow = isShallow(context);
  const needsDepth = ([, { commit }]: [string, RemoteTag]) => shallow && !held.has(commit);
  await fetchNamed(context, remote, { names: missing.filter((tag) => !needsDepth(tag)), flags: [] });
  await fetchNamed(context, remote, { names: missing.filter(needsDepth), flags: ['--depth=1'] });

  const differing = [...theirs].filter(([name, { object }]) => ours.has(name) && ours.get(name) !== object);
  if (differing.length === 0) return;
  const names = differing.map(([name]) => name).sort();
  const shown = names.slice(0, maxNamesInMessage).join(', ');
  const tags = names.length > maxNamesInMessage ? `${shown} and ${names.length - maxNamesInMessage} more` : shown;
  throw weighbridgeError('git/tags-differ', { remote, tags });
}

async function fetchNamed(
  context: RepositoryContext,
  remote: string,
  { names, flags }: { readonly names: readonly [string, RemoteTag][]; readonly flags: readonly string[] },
): Promise<void> {
  if (names.length === 0) return;
  const input = names.map(([name]) => `${prefix}${name}:${prefix}${name}\n`).join('');
  await context.git([...quietFetch, ...flags, '--stdin', remote], { input });
}

/** Objects that the clone's tags name: all of them, or one. */
export async function localTagObjects({ git }: RepositoryContext, name = ''): Promise<Map<string, string>> {
  const { stdout } = await git(['for-each-ref', '--format=%(objectname)%09%(refname)', `${prefix}${name}`]);
  return new Map(parseRefs(stdout).map(({ ref, object }) => [ref.slice(prefix.length), object]));
}

/** Lines `<object><tab><ref>`, as ls-remote prints them. */
function parseRefs(output: Buffer): { readonly ref: string; readonly object: string }[] {
  const refs: { ref: string; object: string }[] = [];
  for (const line of output.toString('utf8').split('\n')) {
    const [object, ref] = line.split('\t');
    if (object !== undefined && ref !== undefined) refs.push({ ref, object });
  }
  return refs;
}
