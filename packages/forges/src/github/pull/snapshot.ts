import { weighbridgeError } from '@weighbridge/core';
import type { GitHubClient, Purpose } from '../client.js';
import type { CommentNode, CommitNode, Page, PullNode, ReviewNode, TimelineNode } from './answer.js';
import { pullQuery } from './query.js';

/** A pull request with whole lists, or with words for what is missing of them. */
export interface PullSnapshot {
  readonly pull: PullNode;
  readonly reviews: readonly ReviewNode[];
  readonly timeline: readonly TimelineNode[];
  readonly commits: readonly CommitNode[];
  readonly comments: readonly CommentNode[];
  readonly incomplete: readonly string[];
}

const listNames = ['reviews', 'timelineItems', 'commits', 'comments'] as const;
type ListName = (typeof listNames)[number];

const listWords: Readonly<Record<ListName, string>> = {
  reviews: 'reviews',
  timelineItems: 'events',
  commits: 'commits',
  comments: 'comments',
};

/** The most pages that one list may have here: 5,000 items. */
const maxPages = 50;
/** How often reading begins again because the head moved meanwhile. */
const maxRestarts = 3;

/**
 * Reads a pull request with its lists; a query asks for the next page of every list that is not at its end. All pages
 * are of one head: when it moves meanwhile, reading begins again. Null: there is no such pull request.
 */
export async function readSnapshot(
  client: GitHubClient,
  purpose: Purpose,
  asked: { readonly number: number; readonly comments: boolean },
): Promise<PullSnapshot | null> {
  for (let restart = 0; restart < maxRestarts; restart++) {
    const snapshot = await readOnce(client, purpose, asked);
    if (snapshot !== 'moved') return snapshot;
  }
  const { action } = purpose;
  const reason = 'the head moved each time that it was read';
  throw weighbridgeError('forge/unexpected', { address: client.address, action, reason });
}

async function readOnce(
  client: GitHubClient,
  purpose: Purpose,
  { number, comments }: { readonly number: number; readonly comments: boolean },
): Promise<PullSnapshot | null | 'moved'> {
  const nodes: Record<ListName, unknown[]> = { reviews: [], timelineItems: [], commits: [], comments: [] };
  const incomplete = new Set<string>();
  const cursors = new Map<ListName, string | null>(
    listNames.filter((name) => name !== 'comments' || comments).map((name) => [name, null]),
  );
  let first: PullNode | undefined;
  for (let page = 0; cursors.size > 0 && page < maxPages; page++) {
    const pull = await readPage(client, purpose, { number, cursors, incomplete });
    if (pull === null) return null;
    first ??= pull;
    if (pull.headRefOid !== first.headRefOid) return 'moved';
    for (const name of listNames.filter((each) => cursors.has(each))) {
      const list = pull[name] as Page<unknown> | undefined;
      nodes[name].push(...(list?.nodes ?? []));
      if (list?.pageInfo.hasNextPage === true) cursors.set(name, list.pageInfo.endCursor);
      else cursors.delete(name);
    }
  }
  if (first === undefined) return null;
  for (const name of cursors.keys()) incomplete.add(`more than ${nodes[name].length} ${listWords[name]} were not read`);
  const seen = (name: ListName): readonly unknown[] => {
    const held = nodes[name].filter((node) => node !== null);
    if (held.length < nodes[name].length) incomplete.add(`the token may not see some of the ${listWords[name]}`);
    return held;
  };
  const commits = (seen('commits') as readonly { readonly commit: CommitNode }[]).map(({ commit }) => commit);
  const total = first.commits?.totalCount ?? 0;
  if (total > commits.length) incomplete.add(`the forge lists ${commits.length} of ${total} commits`);
  if (commits.some(({ authors, parents }) => isCut(authors) || isCut(parents))) {
    incomplete.add('a commit has more authors or parents than are read');
  }
  return {
    pull: first,
    reviews: seen('reviews') as readonly ReviewNode[],
    timeline: seen('timelineItems') as readonly TimelineNode[],
    commits,
    comments: seen('comments') as readonly CommentNode[],
    incomplete: [...incomplete],
  };
}

function isCut(list: { readonly totalCount: number; readonly nodes: readonly unknown[] | null }): boolean {
  return list.totalCount > (list.nodes?.length ?? 0);
}

async function readPage(
  client: GitHubClient,
  purpose: Purpose,
  page: {
    readonly number: number;
    readonly cursors: ReadonlyMap<ListName, string | null>;
    readonly incomplete: Set<string>;
  },
): Promise<PullNode | null> {
  const { cursors } = page;
  const { data, refused } = await client.query(purpose, pullQuery, {
    owner: client.owner,
    repo: client.repository.split('/')[1] ?? '',
    number: page.number,
    withReviews: cursors.has('reviews'),
    reviewsAfter: cursors.get('reviews') ?? null,
    withTimeline: cursors.has('timelineItems'),
    timelineAfter: cursors.get('timelineItems') ?? null,
    withCommits: cursors.has('commits'),
    commitsAfter: cursors.get('commits') ?? null,
    withComments: cursors.has('comments'),
    commentsAfter: cursors.get('comments') ?? null,
  });
  const { address } = client;
  for (const { path, type } of refused) {
    if (type === 'NOT_FOUND' && path === 'repository') {
      throw weighbridgeError('forge/not-found', { address, what: 'such repository' });
    }
    if (type === 'NOT_FOUND' && path === 'repository.pullRequest') return null;
    // Which team was asked for a review is nobody's business here; everything else that is refused is missing.
    if (path.endsWith('.requestedReviewer')) continue;
    page.incomplete.add(`the token may not read ${clean(path)}`);
  }
  const { repository } = data as { readonly repository?: { readonly pullRequest?: PullNode | null } | null };
  const pull = repository?.pullRequest ?? null;
  // What must not be null and was refused takes everything around it along.
  if (pull === null && refused.length > 0) {
    const permission = purpose.needs.join(' and ');
    throw weighbridgeError('forge/forbidden', { address, action: purpose.action, permission });
  }
  return pull;
}

/** A path of our own query; anything else in its place is not repeated. */
function clean(path: string): string {
  return /^[A-Za-z.]{1,120}$/.test(path) ? path.replace(/^repository\.pullRequest\./, '') : 'a part of it';
}
