import type { BackedCommit, BackedFile } from './git-backend.js';
import type { Urls } from './exchange.js';
import type {
  Account,
  Artifact,
  CheckRun,
  CheckSuite,
  Comment,
  Issue,
  Pull,
  Repository,
  Review,
  Run,
  Status,
} from './state.js';

/**
 * Documents of REST with the fields that matter; the contract completes the others. The same documents stand in the
 * payloads of events.
 */

/** A user, bot or organization. */
export function userDocument(account: Account | null, { api, server }: Urls): object | null {
  if (account === null) return null;
  const { login, id, type } = account;
  const at = `${api}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: `U_${id}`,
    avatar_url: `${server}/avatars/${id}`,
    gravatar_id: '',
    url: at,
    html_url: `${server}/${login.replace('[bot]', '')}`,
    followers_url: `${at}/followers`,
    following_url: `${at}/following{/other_user}`,
    gists_url: `${at}/gists{/gist_id}`,
    starred_url: `${at}/starred{/owner}{/repo}`,
    subscriptions_url: `${at}/subscriptions`,
    organizations_url: `${at}/orgs`,
    repos_url: `${at}/repos`,
    events_url: `${at}/events{/privacy}`,
    received_events_url: `${at}/received_events`,
    type,
    site_admin: false,
  };
}

export function repositoryDocument(repository: Repository, urls: Urls): object {
  const { id, name, fullName, owner, visibility, defaultBranch, fork } = repository;
  return {
    id,
    node_id: `R_${id}`,
    name,
    full_name: fullName,
    owner: userDocument(owner, urls),
    private: visibility !== 'public',
    visibility,
    html_url: `${urls.server}/${fullName}`,
    url: `${urls.api}/repos/${fullName}`,
    clone_url: `${urls.server}/${fullName}.git`,
    description: null,
    fork: fork !== null,
    default_branch: defaultBranch,
    archived: false,
    disabled: false,
  };
}

/** A pull request, as lists, single answers and events have it. */
export function pullDocument(repository: Repository, pull: Pull, head: Repository | null, urls: Urls): object {
  const { number, title, body, state, draft, merged } = pull;
  const at = `${urls.api}/repos/${repository.fullName}/pulls/${number}`;
  const html = `${urls.server}/${repository.fullName}/pull/${number}`;
  const branch = (ref: string, sha: string, owner: Repository | null): object => ({
    label: `${owner?.owner.login ?? 'unknown'}:${ref}`,
    ref,
    sha,
    user: userDocument(owner?.owner ?? null, urls),
    repo: owner === null ? null : repositoryDocument(owner, urls),
  });
  return {
    url: at,
    id: 500_000 + number,
    node_id: `PR_${number}`,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: `${urls.api}/repos/${repository.fullName}/issues/${number}`,
    statuses_url: `${urls.api}/repos/${repository.fullName}/statuses/${pull.headCommit}`,
    number,
    state,
    locked: false,
    title,
    user: userDocument(pull.author, urls),
    body,
    labels: pull.labels.map((name, index) => ({ id: index, name, color: 'ededed', default: false })),
    milestone: null,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: merged?.at ?? null,
    merge_commit_sha: merged?.commit ?? null,
    assignee: null,
    requested_reviewers: [],
    requested_teams: [],
    head: branch(pull.headBranch, pull.headCommit, head),
    base: branch(pull.base, pull.baseCommit, repository),
    author_association: 'CONTRIBUTOR',
    auto_merge: null,
    draft,
  };
}

/** What only the single answer has. */
export function pullDetails(pull: Pull, counts: { readonly commits: number; readonly files: number }, urls: Urls) {
  return {
    merged: pull.merged !== null,
    merged_by: userDocument(pull.merged?.by ?? null, urls),
    mergeable: pull.state === 'open' ? true : null,
    mergeable_state: 'unknown',
    comments: pull.comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: counts.commits,
    additions: 0,
    deletions: 0,
    changed_files: counts.files,
  };
}

export function reviewDocument(repository: Repository, pull: Pull, review: Review, urls: Urls): object {
  const html = `${urls.server}/${repository.fullName}/pull/${pull.number}#pullrequestreview-${review.id}`;
  return {
    id: review.id,
    node_id: `PRR_${review.id}`,
    user: userDocument(review.author, urls),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: `${urls.api}/repos/${repository.fullName}/pulls/${pull.number}`,
    _links: { html: { href: html }, pull_request: { href: html } },
    submitted_at: review.submittedAt,
    commit_id: review.commit,
    author_association: 'CONTRIBUTOR',
  };
}

export function fileDocument(file: BackedFile, head: string, urls: Urls): object {
  return {
    sha: file.blob,
    filename: file.path,
    status: file.status,
    additions: 0,
    deletions: 0,
    changes: 0,
    blob_url: `${urls.server}/blob/${head}/${file.path}`,
    raw_url: `${urls.server}/raw/${head}/${file.path}`,
    contents_url: `${urls.api}/contents/${file.path}`,
    ...(file.previousPath === null ? {} : { previous_filename: file.previousPath }),
  };
}

export function commitDocument(
  commit: BackedCommit,
  people: { readonly author: Account | null; readonly committer: Account | null },
  urls: Urls,
): object {
  return {
    sha: commit.id,
    node_id: `C_${commit.id}`,
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree },
    },
    author: userDocument(people.author, urls),
    committer: userDocument(people.committer, urls),
    parents: commit.parents.map((sha) => ({ sha })),
  };
}

export function commentDocument(repository: Repository, issue: Issue, comment: Comment, urls: Urls): object {
  return {
    id: comment.id,
    node_id: `IC_${comment.id}`,
    url: `${urls.api}/repos/${repository.fullName}/issues/comments/${comment.id}`,
    html_url: `${urls.server}/${repository.fullName}/pull/${issue.number}#issuecomment-${comment.id}`,
    issue_url: `${urls.api}/repos/${repository.fullName}/issues/${issue.number}`,
    body: comment.body,
    user: userDocument(comment.author, urls),
    created_at: comment.createdAt,
    updated_at: comment.editedAt ?? comment.createdAt,
    author_association: 'NONE',
  };
}

export function issueDocument(repository: Repository, issue: Issue, urls: Urls): object {
  const isPull = repository.pulls.has(issue.number);
  const at = `${urls.api}/repos/${repository.fullName}`;
  const link = { url: `${at}/pulls/${issue.number}`, html_url: null, diff_url: null, patch_url: null };
  return {
    id: 600_000 + issue.number,
    node_id: `I_${issue.number}`,
    number: issue.number,
    url: `${at}/issues/${issue.number}`,
    repository_url: at,
    html_url: `${urls.server}/${repository.fullName}/issues/${issue.number}`,
    title: issue.title,
    body: issue.body,
    state: issue.state,
    user: userDocument(issue.author, urls),
    labels: [],
    locked: false,
    comments: issue.comments.length,
    created_at: issue.createdAt,
    updated_at: issue.createdAt,
    closed_at: null,
    ...(isPull ? { pull_request: link } : {}),
  };
}

export function statusDocument(repository: Repository, status: Status, urls: Urls): object {
  return {
    url: `${urls.api}/repos/${repository.fullName}/statuses/${status.commit}`,
    id: status.id,
    node_id: `SC_${status.id}`,
    avatar_url: null,
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.at,
    updated_at: status.at,
    creator: userDocument(status.creator, urls),
  };
}

/** The app that workflows report as. */
export function appDocument(slug: string, urls: Urls): object {
  const id = slug === 'github-actions' ? 15368 : 99_000;
  return {
    id,
    slug,
    node_id: `A_${id}`,
    owner: userDocument({ id: 9919, login: 'github', type: 'Organization' }, urls),
    name: slug,
    description: null,
    external_url: urls.server,
    html_url: `${urls.server}/apps/${slug}`,
    permissions: {},
    events: [],
  };
}

export function suiteDocument(repository: Repository, suite: CheckSuite, urls: Urls): object {
  const at = `${urls.api}/repos/${repository.fullName}/check-suites/${suite.id}`;
  const runs = repository.checkRuns.filter((run) => run.suite === suite.id);
  const done = runs.every(({ conclusion }) => conclusion !== null);
  return {
    id: suite.id,
    node_id: `CS_${suite.id}`,
    head_branch: suite.branch,
    head_sha: suite.commit,
    status: runs.length === 0 ? 'queued' : done ? 'completed' : 'in_progress',
    conclusion:
      runs.length > 0 && done ? (runs.find((run) => run.conclusion !== 'success')?.conclusion ?? 'success') : null,
    url: at,
    before: null,
    after: suite.commit,
    pull_requests: [],
    app: appDocument(suite.app, urls),
    created_at: suite.at,
    updated_at: suite.at,
    latest_check_runs_count: runs.length,
    check_runs_url: `${at}/check-runs`,
  };
}

export function checkRunDocument(repository: Repository, run: CheckRun, urls: Urls): object {
  const app = repository.suites.find(({ id }) => id === run.suite)?.app ?? 'github-actions';
  return {
    id: run.id,
    node_id: `CR_${run.id}`,
    head_sha: run.commit,
    name: run.name,
    external_id: '',
    url: `${urls.api}/repos/${repository.fullName}/check-runs/${run.id}`,
    html_url: `${urls.server}/${repository.fullName}/runs/${run.id}`,
    details_url: `${urls.server}/${repository.fullName}/runs/${run.id}`,
    status: run.conclusion === null ? 'in_progress' : 'completed',
    conclusion: run.conclusion,
    started_at: run.at,
    completed_at: run.conclusion === null ? null : run.at,
    check_suite: { id: run.suite },
    app: appDocument(app, urls),
    pull_requests: [],
  };
}

export function runDocument(repository: Repository, run: Run, head: Repository | null, urls: Urls): object {
  const at = `${urls.api}/repos/${repository.fullName}/actions/runs/${run.id}`;
  // GitHub leaves the list empty for runs of forks.
  const pulls = [...repository.pulls.values()].filter(
    (pull) =>
      pull.state === 'open' &&
      pull.headCommit === run.commit &&
      pull.headRepository === repository.fullName &&
      run.headRepository === repository.fullName,
  );
  return {
    id: run.id,
    name: run.name,
    node_id: `WFR_${run.id}`,
    check_suite_id: run.suite,
    head_branch: run.branch,
    head_sha: run.commit,
    path: run.path,
    run_number: 1,
    run_attempt: run.attempt,
    event: run.event,
    display_title: run.name,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: 1,
    url: at,
    html_url: `${urls.server}/${repository.fullName}/actions/runs/${run.id}`,
    pull_requests: pulls.map((pull) => ({
      id: 500_000 + pull.number,
      number: pull.number,
      url: `${urls.api}/repos/${repository.fullName}/pulls/${pull.number}`,
      head: { ref: pull.headBranch, sha: pull.headCommit, repo: shortRepository(repository, urls) },
      base: { ref: pull.base, sha: pull.baseCommit, repo: shortRepository(repository, urls) },
    })),
    created_at: run.at,
    updated_at: run.at,
    run_started_at: run.at,
    actor: userDocument(run.actor, urls),
    triggering_actor: userDocument(run.actor, urls),
    repository: repositoryDocument(repository, urls),
    head_repository: head === null ? null : repositoryDocument(head, urls),
    head_commit: null,
  };
}

function shortRepository({ id, name, fullName }: Repository, { api }: Urls): object {
  return { id, url: `${api}/repos/${fullName}`, name };
}

export function artifactDocument(repository: Repository, artifact: Artifact, urls: Urls): object {
  const at = `${urls.api}/repos/${repository.fullName}/actions/artifacts/${artifact.id}`;
  return {
    id: artifact.id,
    node_id: `A_${artifact.id}`,
    name: artifact.name,
    size_in_bytes: artifact.zip.length,
    url: at,
    archive_download_url: `${at}/zip`,
    expired: artifact.expired,
    created_at: artifact.at,
    updated_at: artifact.at,
    expires_at: artifact.at,
    digest: artifact.digest,
    workflow_run: { id: artifact.run },
  };
}
