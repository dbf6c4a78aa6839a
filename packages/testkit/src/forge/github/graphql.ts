import { readFileSync } from 'node:fs';
import { type GraphQLSchema, buildSchema, graphql, validate, parse, specifiedRules } from 'graphql';
import { type Exchange, type FakeResponse, refusal, textOf } from './exchange.js';
import type { BackedCommit } from './git-backend.js';
import { commitsOf, filesOf } from './rest/pulls.js';
import { type Account, type Comment, type Pull, type Repository, type Review, type TimelineEvent } from './state.js';

let held: GraphQLSchema | undefined;

/** GitHub's own schema, as far as our queries use it. */
export function githubSchema(): GraphQLSchema {
  held ??= buildSchema(readFileSync(new URL('../../../fixtures/github/schema.graphql', import.meta.url), 'utf8'), {
    assumeValid: true,
  });
  return held;
}

/** GitHub lists no more commits of a pull request than this, and no larger pages. */
const maxCommits = 250;
const maxPage = 100;

/** What the resolvers need besides the exchange: which repository a token may look into, and whether it may see it. */
export interface GraphQLAccess {
  readonly find: (fullName: string) => Repository | null;
  readonly may: (repository: Repository, grant: string) => boolean;
}

type Context = Pick<Exchange, 'state' | 'token' | 'urls'> & GraphQLAccess;

/** Answers a query with graphql-js on GitHub's schema, so that names, kinds and nulls are those of GitHub. */
export async function answerGraphQL(context: Context, body: Readonly<Record<string, unknown>>): Promise<FakeResponse> {
  const source = textOf(body, 'query');
  try {
    const faults = validate(githubSchema(), parse(source), specifiedRules);
    if (faults.length > 0) return { status: 200, body: { errors: faults.map(({ message }) => ({ message })) } };
  } catch {
    return refusal(400, 'Problems parsing the query');
  }
  const result = await graphql({
    schema: githubSchema(),
    source,
    rootValue: rootOf(context),
    variableValues: (body['variables'] ?? {}) as Record<string, unknown>,
    typeResolver: (value: { readonly __typename?: string }) => value.__typename,
  });
  const errors = result.errors?.map(({ message, path, extensions }) => ({
    message,
    path,
    type: extensions['type'] ?? 'INTERNAL',
  }));
  return { status: 200, body: { data: result.data ?? null, ...(errors === undefined ? {} : { errors }) } };
}

/** An error of a field, with the type that GitHub puts beside the message. */
class FieldError extends Error {
  readonly extensions: { readonly type: string };

  constructor(type: string, message: string) {
    super(message);
    this.extensions = { type };
  }
}

function rootOf(context: Context): object {
  return {
    viewer: () => ({ login: context.token.actor.login, databaseId: context.token.actor.id }),
    repository: ({ owner, name }: { readonly owner: string; readonly name: string }) => {
      const repository = context.find(`${owner}/${name}`);
      if (repository === null) {
        throw new FieldError('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
      }
      return repositoryNode(context, repository);
    },
  };
}

function repositoryNode(context: Context, repository: Repository): object {
  return {
    nameWithOwner: repository.fullName,
    object: ({ oid }: { readonly oid: string }) => {
      if (!context.may(repository, 'contents=read')) throw forbidden();
      const id = repository.git.resolve(oid);
      return id === null ? null : { __typename: 'Commit', ...commitNode(context, repository.git.commit(id)) };
    },
    pullRequest: ({ number }: { readonly number: number }) => {
      if (!context.may(repository, 'pull_requests=read')) throw forbidden();
      const pull = repository.pulls.get(number);
      if (pull === undefined) {
        throw new FieldError('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${number}.`);
      }
      return pullNode(context, repository, pull);
    },
  };
}

function forbidden(): FieldError {
  return new FieldError('FORBIDDEN', 'Resource not accessible by integration');
}

function pullNode(context: Context, repository: Repository, pull: Pull): object {
  const head = context.state.repositories.get(pull.headRepository.toLowerCase());
  const url = `${context.urls.server}/${repository.fullName}/pull/${pull.number}`;
  return {
    number: pull.number,
    url,
    title: pull.title,
    state: pull.merged !== null ? 'MERGED' : pull.state === 'open' ? 'OPEN' : 'CLOSED',
    isDraft: pull.draft,
    createdAt: pull.createdAt,
    changedFiles: () => filesOf(repository, pull).length,
    isCrossRepository: pull.headRepository !== repository.fullName,
    mergedAt: pull.merged?.at ?? null,
    mergedBy: actorNode(pull.merged?.by ?? null),
    mergeCommit: pull.merged === null ? null : { oid: pull.merged.commit },
    author: actorNode(pull.author),
    baseRefName: pull.base,
    baseRefOid: pull.baseCommit,
    headRefName: pull.headBranch,
    headRefOid: pull.headCommit,
    headRepository: head === undefined ? null : { nameWithOwner: head.fullName },
    reviews: (page: PageArguments) => connection(page, pull.reviews, (review) => reviewNode(review, url)),
    timelineItems: (page: PageArguments) => connection(page, pull.timeline, (event) => eventNode(context, pull, event)),
    comments: (page: PageArguments) => connection(page, pull.comments, commentNode),
    commits: (page: PageArguments) => {
      if (!context.may(repository, 'contents=read')) throw forbidden();
      const commits = commitsOf(repository, pull);
      const listed = commits.slice(0, maxCommits);
      const nodes = connection(page, listed, (commit) => ({ commit: commitNode(context, commit) }));
      return { ...nodes, totalCount: commits.length };
    },
  };
}

interface PageArguments {
  readonly first?: number;
  readonly after?: string | null;
}

function connection<Item>(page: PageArguments, items: readonly Item[], node: (item: Item) => object): object {
  const size = page.first ?? 0;
  if (size < 1 || size > maxPage) {
    throw new FieldError('EXCESSIVE_PAGINATION', 'Requesting more records than the `first` limit of 100 records.');
  }
  const start = page.after === null || page.after === undefined ? 0 : Number(atob(page.after));
  const end = Math.min(start + size, items.length);
  return {
    totalCount: items.length,
    pageInfo: { hasNextPage: end < items.length, endCursor: end === 0 ? null : btoa(String(end)) },
    nodes: items.slice(start, end).map(node),
  };
}

/** GraphQL tells a bot without the `[bot]` of its login. */
function actorNode(account: Account | null): object | null {
  if (account === null) return null;
  const login = account.type === 'Bot' ? account.login.replace('[bot]', '') : account.login;
  return { __typename: account.type, login, databaseId: account.id };
}

function reviewNode(review: Review, url: string): object {
  return {
    fullDatabaseId: String(review.id),
    state: review.state,
    submittedAt: review.state === 'PENDING' ? null : review.submittedAt,
    body: review.body,
    url: `${url}#pullrequestreview-${review.id}`,
    commit: { oid: review.commit },
    author: actorNode(review.author),
  };
}

function eventNode(context: Context, pull: Pull, event: TimelineEvent): object {
  const common = { __typename: event.type, createdAt: event.at, actor: actorNode(event.actor) };
  switch (event.type) {
    case 'ReviewDismissedEvent': {
      const held = pull.reviews.some(({ id }) => id === event.review);
      return {
        ...common,
        previousReviewState: event.was,
        review: held ? { fullDatabaseId: String(event.review) } : null,
      };
    }
    case 'ReviewRequestedEvent':
      return {
        ...common,
        requestedReviewer: () => {
          if (event.reviewer !== undefined) return { __typename: 'User', login: event.reviewer.login };
          if (context.token.grants['members'] === undefined) throw forbidden();
          return { __typename: 'Team' };
        },
      };
    case 'BaseRefChangedEvent':
    case 'HeadRefForcePushedEvent':
      return common;
  }
}

function commitNode({ state }: Context, commit: BackedCommit): object {
  const person = (name: string, email: string): object => {
    const account = state.accountOfAddress(email);
    return {
      name,
      user: account === null ? null : { __typename: 'User', login: account.login, databaseId: account.id },
    };
  };
  const trailers = [...commit.message.matchAll(/^co-authored-by: *(.+?) *<([^>]+)>$/gim)];
  const authors = [
    person(commit.author.name, commit.author.email),
    ...trailers.map(([, name = '', email = '']) => person(name, email)),
  ];
  return {
    oid: commit.id,
    committedDate: commit.committer.date,
    committedViaWeb: commit.committer.email === 'noreply@github.com',
    tree: { oid: commit.tree },
    parents: { totalCount: commit.parents.length, nodes: commit.parents.map((oid) => ({ oid })) },
    authors: { totalCount: authors.length, nodes: authors },
    committer: person(commit.committer.name, commit.committer.email),
  };
}

function commentNode(comment: Comment): object {
  return {
    fullDatabaseId: String(comment.id),
    body: comment.body,
    createdAt: comment.createdAt,
    lastEditedAt: comment.editedAt,
    author: actorNode(comment.author),
  };
}
