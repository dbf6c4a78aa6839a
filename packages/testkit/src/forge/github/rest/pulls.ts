import {
  commentDocument,
  commitDocument,
  fileDocument,
  pullDetails,
  pullDocument,
  reviewDocument,
} from '../documents.js';
import { type Endpoint, type Exchange, notFound, page, unprocessable, textOf } from '../exchange.js';
import { people } from '../people.js';
import type { Pull, Repository } from '../state.js';

const root = '/repos/{owner}/{repo}' as const;
const reading = [['pull_requests=read']];
const writing = [['pull_requests=write']];

/** GitHub lists no more of a pull request than this. */
const maxFiles = 3000;
const maxCommits = 250;

/** Pull requests, their files, commits and reviews. */
export const pullEndpoints: readonly Endpoint[] = [
  {
    route: `GET ${root}/pulls`,
    needs: reading,
    answer: (exchange) => {
      const { repository, query } = exchange;
      const state = query.get('state') ?? 'open';
      const head = query.get('head');
      const base = query.get('base');
      const pulls = [...repository.pulls.values()]
        .filter((pull) => state === 'all' || pull.state === state)
        .filter((pull) => head === null || labelOf(exchange, pull).toLowerCase() === head.toLowerCase())
        .filter((pull) => base === null || pull.base === base)
        .sort(query.get('sort') === 'updated' ? byUpdate : byNumber);
      const ordered = query.get('direction') === 'asc' ? pulls.reverse() : pulls;
      return page(
        exchange,
        `/repos/${repository.fullName}/pulls`,
        ordered.map((pull) => document(exchange, pull)),
      );
    },
  },
  {
    route: `POST ${root}/pulls`,
    needs: [['pull_requests=write', 'contents=read']],
    answer: (exchange) => {
      const { repository, token, body, state, urls } = exchange;
      if (token.kind === 'actions' && !repository.workflowsMayApprove) {
        const message = 'GitHub Actions is not permitted to create or approve pull requests.';
        return { status: 403, body: { message, documentation_url: 'https://docs.github.com/rest', status: '403' } };
      }
      const head = textOf(body, 'head').replace(/^.*:/, '');
      const base = textOf(body, 'base');
      if (repository.git.resolve(`refs/heads/${head}`) === null) return unprocessable('head is invalid');
      const held = [...repository.pulls.values()].some(
        (pull) => pull.state === 'open' && pull.headBranch === head && pull.base === base,
      );
      if (held) return unprocessable(`A pull request already exists for ${repository.owner.login}:${head}.`);
      const number = people(state, urls, token).openPull(repository, {
        by: token.actor.login,
        branch: head,
        base,
        title: textOf(body, 'title'),
        body: textOf(body, 'body'),
        draft: body['draft'] === true,
      });
      const pull = repository.pulls.get(number);
      return pull === undefined ? notFound : { status: 201, body: single(exchange, pull) };
    },
  },
  {
    route: `GET ${root}/pulls/{pull_number}`,
    needs: reading,
    answer: (exchange) => withPull(exchange, (pull) => ({ status: 200, body: single(exchange, pull) })),
  },
  {
    route: `GET ${root}/pulls/{pull_number}/files`,
    needs: reading,
    answer: (exchange) =>
      withPull(exchange, (pull) => {
        const { repository, urls } = exchange;
        const files = filesOf(repository, pull).slice(0, maxFiles);
        const at = `/repos/${repository.fullName}/pulls/${pull.number}/files`;
        return page(
          exchange,
          at,
          files.map((file) => fileDocument(file, pull.headCommit, urls)),
        );
      }),
  },
  {
    route: `GET ${root}/pulls/{pull_number}/commits`,
    needs: [['pull_requests=read', 'contents=read']],
    answer: (exchange) =>
      withPull(exchange, (pull) => {
        const { repository, urls, state } = exchange;
        const commits = commitsOf(repository, pull)
          .slice(0, maxCommits)
          .map((commit) => {
            const author = state.accountOfAddress(commit.author.email);
            return commitDocument(commit, { author, committer: state.accountOfAddress(commit.committer.email) }, urls);
          });
        return page(exchange, `/repos/${repository.fullName}/pulls/${pull.number}/commits`, commits);
      }),
  },
  {
    route: `GET ${root}/pulls/{pull_number}/reviews`,
    needs: reading,
    answer: (exchange) =>
      withPull(exchange, (pull) => {
        const { repository, urls } = exchange;
        const reviews = pull.reviews.map((review) => reviewDocument(repository, pull, review, urls));
        return page(exchange, `/repos/${repository.fullName}/pulls/${pull.number}/reviews`, reviews);
      }),
  },
  {
    route: `POST ${root}/pulls/{pull_number}/requested_reviewers`,
    needs: writing,
    answer: (exchange) => withPull(exchange, (pull) => askReviewers(exchange, pull)),
  },
  {
    route: `GET ${root}/commits/{commit_sha}/pulls`,
    needs: [['pull_requests=read', 'contents=read']],
    answer: (exchange) => {
      const { repository, path } = exchange;
      const commit = repository.git.resolve(path['commit_sha'] ?? '');
      if (commit === null) return unprocessable(`No commit found for SHA: ${path['commit_sha']}`);
      const onDefault = repository.git.isAncestor(commit, `refs/heads/${repository.defaultBranch}`);
      const pulls = [...repository.pulls.values()].filter((pull) =>
        onDefault
          ? pull.merged !== null && (pull.merged.commit === commit || holds(repository, pull, commit))
          : pull.state === 'open' && holds(repository, pull, commit),
      );
      const at = `/repos/${repository.fullName}/commits/${commit}/pulls`;
      return page(
        exchange,
        at,
        pulls.map((pull) => document(exchange, pull)),
      );
    },
  },
  {
    route: `GET ${root}/issues/{issue_number}/comments`,
    needs: [['issues=read'], ['pull_requests=read']],
    answer: (exchange) => {
      const { repository, path, urls } = exchange;
      const issue = repository.issues.get(Number(path['issue_number']));
      if (issue === undefined) return notFound;
      const comments = issue.comments.map((comment) => commentDocument(repository, issue, comment, urls));
      return page(exchange, `/repos/${repository.fullName}/issues/${issue.number}/comments`, comments);
    },
  },
];

/** Everything that the pull request changes, by git. */
export function filesOf(repository: Repository, pull: Pull) {
  return repository.git.files(repository.git.mergeBase(pull.baseCommit, pull.headCommit), pull.headCommit);
}

/** Its commits, oldest first. */
export function commitsOf(repository: Repository, pull: Pull) {
  return repository.git.between(pull.baseCommit, pull.headCommit);
}

function holds(repository: Repository, pull: Pull, commit: string): boolean {
  return repository.git.isAncestor(commit, pull.headCommit) && !repository.git.isAncestor(commit, pull.baseCommit);
}

function withPull(
  exchange: Exchange,
  answer: (pull: Pull) => ReturnType<Endpoint['answer']>,
): ReturnType<Endpoint['answer']> {
  const pull = exchange.repository.pulls.get(Number(exchange.path['pull_number']));
  return pull === undefined ? notFound : answer(pull);
}

function document({ repository, state, urls }: Exchange, pull: Pull): object {
  return pullDocument(repository, pull, state.repositories.get(pull.headRepository.toLowerCase()) ?? null, urls);
}

function single(exchange: Exchange, pull: Pull): object {
  const { repository, urls } = exchange;
  const counts = { commits: commitsOf(repository, pull).length, files: filesOf(repository, pull).length };
  return { ...document(exchange, pull), ...pullDetails(pull, counts, urls) };
}

function labelOf({ state }: Exchange, pull: Pull): string {
  const head = state.repositories.get(pull.headRepository.toLowerCase());
  return `${head?.owner.login ?? 'unknown'}:${pull.headBranch}`;
}

function askReviewers(exchange: Exchange, pull: Pull): ReturnType<Endpoint['answer']> {
  const { repository, body, state, urls, token } = exchange;
  const users = (body['reviewers'] ?? []) as readonly string[];
  const teams = (body['team_reviewers'] ?? []) as readonly string[];
  const author = pull.author?.login.toLowerCase();
  const known = users.every((login) => (repository.roles.get(login.toLowerCase()) ?? 'none') !== 'none');
  if (users.some((login) => login.toLowerCase() === author)) {
    return unprocessable('Review cannot be requested from pull request author.');
  }
  const slugs = teams.map((slug) => `${repository.owner.login}/${slug}`);
  if (!known || !slugs.every((slug) => state.teams.has(slug.toLowerCase()))) {
    return unprocessable('Reviews may only be requested from collaborators.');
  }
  for (const reviewer of [...users, ...slugs]) {
    people(state, urls, token).askForReview(repository, { by: token.actor.login, pull: pull.number, reviewer });
  }
  return { status: 201, body: document(exchange, pull) };
}

const byNumber = (left: Pull, right: Pull): number => right.number - left.number;
const byUpdate = (left: Pull, right: Pull): number =>
  left.updatedAt === right.updatedAt ? byNumber(left, right) : left.updatedAt < right.updatedAt ? 1 : -1;
