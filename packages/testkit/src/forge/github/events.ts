import {
  commentDocument,
  issueDocument,
  pullDocument,
  repositoryDocument,
  reviewDocument,
  runDocument,
  userDocument,
} from './documents.js';
import type { Urls } from './exchange.js';
import type { Account, Comment, HubState, Issue, Pull, Repository, Review, Run } from './state.js';

/** What happened, with live objects in place of documents. */
export interface Happening {
  readonly state: HubState;
  readonly urls: Urls;
  readonly repository: Repository;
  readonly name: string;
  readonly payload: object;
  readonly sender: Account;
  readonly starts: boolean;
}

/**
 * Writes down an event with the payload that a job would find behind GITHUB_EVENT_PATH.
 * https://docs.github.com/webhooks/webhook-events-and-payloads
 */
export function recordEvent(happening: Happening): void {
  const { state, urls, repository, name, sender, starts } = happening;
  const common = {
    repository: repositoryDocument(repository, urls),
    sender: userDocument(sender, urls),
    ...(repository.owner.type === 'Organization' ? { organization: { login: repository.owner.login } } : {}),
  };
  // A copy, so that what happens later does not change what was told.
  const payload = JSON.parse(JSON.stringify({ ...written(happening), ...common })) as Record<string, unknown>;
  state.events.push({ name, repository: repository.fullName, starts, payload });
}

function written({ state, urls, repository, payload }: Happening): object {
  const { pull, review, run, issue, comment, ...plain } = payload as {
    readonly pull?: Pull;
    readonly review?: Review;
    readonly run?: Run;
    readonly issue?: Issue;
    readonly comment?: Comment;
  };
  const homeOf = (fullName: string): Repository | null => state.repositories.get(fullName.toLowerCase()) ?? null;
  return {
    ...plain,
    ...(pull === undefined
      ? {}
      : {
          pull_request: {
            ...pullDocument(repository, pull, homeOf(pull.headRepository), urls),
            merged: pull.merged !== null,
            merged_by: userDocument(pull.merged?.by ?? null, urls),
          },
        }),
    ...(pull === undefined || review === undefined
      ? {}
      : { review: { ...reviewDocument(repository, pull, review, urls), state: review.state.toLowerCase() } }),
    ...(run === undefined ? {} : { workflow_run: runDocument(repository, run, homeOf(run.headRepository), urls) }),
    ...(issue === undefined ? {} : { issue: issueDocument(repository, issue, urls) }),
    ...(issue === undefined || comment === undefined
      ? {}
      : { comment: commentDocument(repository, issue, comment, urls) }),
  };
}
