import type { HubEvent, Repository } from '@weighbridge/testkit';

/** Where the jobs of an event run: whose copy of the workflows counts, and what GITHUB_SHA and GITHUB_REF are. */
export interface EventContext {
  /** Commit that the workflows are read from and that actions/checkout gives. */
  readonly sha: string;
  readonly ref: string;
  /** What a run of this event says of itself: the head of a pull request, not its merge. */
  readonly run: { readonly branch: string; readonly commit: string; readonly repository: string };
  /** A change from a fork gets no secret, and its token may only read. */
  readonly fork: boolean;
}

/** https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows */
export function contextOf(repository: Repository, { name, payload }: HubEvent): EventContext | null {
  const { git, defaultBranch, fullName } = repository;
  const tip = git.resolve(`refs/heads/${defaultBranch}`) ?? '';
  const onDefault: EventContext = {
    sha: tip,
    ref: `refs/heads/${defaultBranch}`,
    run: { branch: defaultBranch, commit: tip, repository: fullName },
    fork: false,
  };
  switch (name) {
    case 'pull_request':
    case 'pull_request_review':
      return ofPull(repository, payload['pull_request'] as PullDocument);
    case 'merge_group': {
      const group = payload['merge_group'] as { head_sha: string; head_ref: string };
      const { head_sha: sha, head_ref: ref } = group;
      return { sha, ref, run: { branch: ref.slice(11), commit: sha, repository: fullName }, fork: false };
    }
    case 'push': {
      const { after, ref } = payload as { after: string; ref: string };
      const branch = ref.replace(/^refs\/(?:heads|tags)\//, '');
      return { sha: after, ref, run: { branch, commit: after, repository: fullName }, fork: false };
    }
    case 'pull_request_target':
    case 'issue_comment':
    case 'workflow_run':
    case 'workflow_dispatch':
    case 'schedule':
      return onDefault;
  }
  return null;
}

interface PullDocument {
  readonly number: number;
  readonly head: { readonly sha: string; readonly ref: string; readonly repo: { readonly full_name: string } | null };
}

/** Null where the change cannot be merged: GitHub starts nothing then. */
function ofPull(repository: Repository, { number, head }: PullDocument): EventContext | null {
  const ref = `refs/pull/${number}/merge`;
  const sha = repository.git.resolve(ref);
  const from = head.repo?.full_name ?? '';
  return sha === null
    ? null
    : { sha, ref, run: { branch: head.ref, commit: head.sha, repository: from }, fork: from !== repository.fullName };
}
