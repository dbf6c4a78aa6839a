import { checkRunDocument, repositoryDocument, statusDocument, suiteDocument } from '../documents.js';
import { type Endpoint, type Exchange, page, unprocessable, textOf } from '../exchange.js';
import type { Repository, Status } from '../state.js';

const root = '/repos/{owner}/{repo}' as const;

/** GitHub keeps no more statuses of one commit and context. */
const maxStatuses = 1000;

/** Statuses and checks of commits. */
export const commitEndpoints: readonly Endpoint[] = [
  {
    route: `POST ${root}/statuses/{sha}`,
    needs: [['statuses=write']],
    answer: ({ repository, state, token, path, body, urls }) => {
      const commit = repository.git.resolve(path['sha'] ?? '');
      if (commit === null) return unprocessable(`No commit found for SHA: ${path['sha']}`);
      const description = (body['description'] ?? null) as string | null;
      if (description !== null && description.length > 140) {
        return unprocessable('description is too long (maximum is 140 characters)');
      }
      const context = textOf(body, 'context', 'default');
      if (latestFirst(repository, commit).filter((each) => each.context === context).length >= maxStatuses) {
        return unprocessable('This SHA and context has reached the maximum number of statuses.');
      }
      const status: Status = {
        id: state.nextId(),
        commit,
        context,
        state: textOf(body, 'state'),
        description,
        targetUrl: (body['target_url'] ?? null) as string | null,
        creator: token.actor,
        at: state.now(),
      };
      repository.statuses.push(status);
      return { status: 201, body: statusDocument(repository, status, urls) };
    },
  },
  {
    route: `GET ${root}/commits/{ref}/statuses`,
    needs: [['statuses=read']],
    answer: (exchange) =>
      atCommit(exchange, (commit) => {
        const { repository, urls } = exchange;
        const list = latestFirst(repository, commit).map((status) => statusDocument(repository, status, urls));
        return page(exchange, `/repos/${repository.fullName}/commits/${commit}/statuses`, list);
      }),
  },
  {
    route: `GET ${root}/commits/{ref}/status`,
    needs: [['statuses=read']],
    answer: (exchange) =>
      atCommit(exchange, (commit) => {
        const { repository, urls } = exchange;
        const seen = new Map<string, Status>();
        for (const status of latestFirst(repository, commit)) {
          if (!seen.has(status.context)) seen.set(status.context, status);
        }
        const latest = [...seen.values()];
        const bad = latest.some(({ state }) => state === 'failure' || state === 'error');
        const done = latest.length > 0 && latest.every(({ state }) => state === 'success');
        const at = `${urls.api}/repos/${repository.fullName}/commits/${commit}`;
        return page(
          exchange,
          `/repos/${repository.fullName}/commits/${commit}/status`,
          latest.map((status) => statusDocument(repository, status, urls)),
          (statuses, total) => ({
            state: bad ? 'failure' : done ? 'success' : 'pending',
            statuses,
            sha: commit,
            total_count: total,
            repository: repositoryDocument(repository, urls),
            commit_url: at,
            url: `${at}/status`,
          }),
        );
      }),
  },
  {
    route: `GET ${root}/commits/{ref}/check-suites`,
    needs: [['checks=read']],
    answer: (exchange) =>
      atCommit(exchange, (commit) => {
        const { repository, urls } = exchange;
        const suites = repository.suites.filter((suite) => suite.commit === commit);
        return page(
          exchange,
          `/repos/${repository.fullName}/commits/${commit}/check-suites`,
          suites.map((suite) => suiteDocument(repository, suite, urls)),
          (list, total) => ({ total_count: total, check_suites: list }),
        );
      }),
  },
  {
    route: `GET ${root}/commits/{ref}/check-runs`,
    needs: [['checks=read']],
    answer: (exchange) =>
      atCommit(exchange, (commit) => {
        const { repository, urls } = exchange;
        // Of one suite and name the latest, as filter=latest is the default.
        const latest = new Map(
          repository.checkRuns
            .filter((run) => run.commit === commit)
            .map((run) => [`${run.suite} ${run.name}`, run] as const),
        );
        return page(
          exchange,
          `/repos/${repository.fullName}/commits/${commit}/check-runs`,
          [...latest.values()].map((run) => checkRunDocument(repository, run, urls)),
          (list, total) => ({ total_count: total, check_runs: list }),
        );
      }),
  },
];

function atCommit(
  exchange: Exchange,
  answer: (commit: string) => ReturnType<Endpoint['answer']>,
): ReturnType<Endpoint['answer']> {
  const ref = exchange.path['ref'] ?? '';
  const commit = exchange.repository.git.resolve(ref) ?? exchange.repository.git.resolve(`refs/heads/${ref}`);
  return commit === null ? unprocessable(`No commit found for SHA: ${ref}`) : answer(commit);
}

function latestFirst(repository: Repository, commit: string): readonly Status[] {
  return repository.statuses.filter((status) => status.commit === commit).reverse();
}
