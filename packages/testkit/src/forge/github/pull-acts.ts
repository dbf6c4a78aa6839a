import type { Branches } from './branches.js';
import { type Scene, nextNumber } from './scene.js';
import { type Comment, type Issue, type Pull, type Repository, type Review, pullOf } from './state.js';

/** What people do to pull requests and issues. */
export function pullActs(scene: Scene, { bringHead, addSuite }: Branches) {
  const { state } = scene;
  return {
    /** A branch of a fork may be named as `head`. */
    openPull(
      repository: Repository,
      open: {
        readonly by: string;
        readonly branch: string;
        readonly base?: string;
        readonly title?: string;
        readonly body?: string;
        readonly draft?: boolean;
        readonly head?: Repository;
        readonly labels?: readonly string[];
      },
    ): number {
      const { by, branch, base = repository.defaultBranch, title = 'A change', body = '', draft = false } = open;
      const from = open.head ?? repository;
      const headCommit = from.git.resolve(`refs/heads/${branch}`);
      const baseCommit = repository.git.resolve(`refs/heads/${base}`);
      if (headCommit === null || baseCommit === null) throw new Error(`no branch ${branch} or ${base}`);
      const time = scene.at();
      const number = nextNumber(repository);
      const pull: Pull = {
        number,
        title,
        body,
        state: 'open',
        author: state.account(by),
        createdAt: time,
        comments: [],
        draft,
        base,
        baseCommit,
        headBranch: branch,
        headCommit,
        headRepository: from.fullName,
        labels: [...(open.labels ?? [])],
        merged: null,
        closedAt: null,
        updatedAt: time,
        reviews: [],
        timeline: [],
        requested: new Set(),
      };
      repository.pulls.set(number, pull);
      repository.issues.set(number, pull);
      bringHead(from, repository, pull);
      if (from !== repository) addSuite(repository, branch, headCommit, time);
      scene.happened(repository, 'pull_request', { action: 'opened', number, pull }, by);
      return number;
    },

    review(
      repository: Repository,
      review: {
        readonly by: string;
        readonly pull: number;
        readonly state: Review['state'];
        readonly body?: string;
        readonly commit?: string;
      },
    ): Review {
      const pull = pullOf(repository, review.pull);
      const { by } = review;
      if (pull.author?.login.toLowerCase() === by.toLowerCase() && review.state !== 'COMMENTED') {
        throw new Error('Can not approve your own pull request');
      }
      const time = scene.at();
      const made: Review = {
        id: 4_000_000_000 + state.nextId(),
        author: state.account(by),
        state: review.state,
        commit: review.commit ?? pull.headCommit,
        submittedAt: time,
        body: review.body ?? '',
      };
      pull.reviews.push(made);
      pull.requested.delete(by.toLowerCase());
      pull.updatedAt = time;
      scene.happened(repository, 'pull_request_review', { action: 'submitted', pull, review: made }, by);
      return made;
    },

    dismiss(
      repository: Repository,
      dismissal: { readonly by: string; readonly pull: number; readonly review: number },
    ): void {
      const pull = pullOf(repository, dismissal.pull);
      const review = pull.reviews.find(({ id }) => id === dismissal.review);
      if (review === undefined) throw new Error(`no review ${dismissal.review}`);
      const was = review.state;
      review.state = 'DISMISSED';
      const time = scene.at();
      pull.timeline.push({
        type: 'ReviewDismissedEvent',
        at: time,
        actor: state.account(dismissal.by),
        review: review.id,
        was,
      });
      pull.updatedAt = time;
      scene.happened(repository, 'pull_request_review', { action: 'dismissed', pull, review }, dismissal.by);
    },

    /** A login, or `org/team`. */
    askForReview(
      repository: Repository,
      request: { readonly by: string; readonly pull: number; readonly reviewer: string },
    ): void {
      const { by, reviewer } = request;
      const pull = pullOf(repository, request.pull);
      const time = scene.at();
      const asked = reviewer.includes('/') ? { team: reviewer } : { reviewer: state.account(reviewer) };
      pull.timeline.push({ type: 'ReviewRequestedEvent', at: time, actor: state.account(by), ...asked });
      pull.requested.add(reviewer.toLowerCase());
      pull.updatedAt = time;
      scene.happened(repository, 'pull_request', { action: 'review_requested', number: pull.number, pull }, by);
    },

    comment(
      repository: Repository,
      comment: { readonly by: string; readonly pull: number; readonly body: string },
    ): Comment {
      const issue = repository.issues.get(comment.pull);
      if (issue === undefined) throw new Error(`no issue ${comment.pull}`);
      const made: Comment = {
        id: state.nextId(),
        author: state.account(comment.by),
        body: comment.body,
        createdAt: scene.at(),
        editedAt: null,
      };
      issue.comments.push(made);
      const pull = repository.pulls.get(comment.pull);
      if (pull !== undefined) pull.updatedAt = made.createdAt;
      scene.happened(repository, 'issue_comment', { action: 'created', issue, comment: made }, comment.by);
      return made;
    },

    openIssue(
      repository: Repository,
      issue: { readonly by: string; readonly title: string; readonly body: string },
    ): Issue {
      const number = nextNumber(repository);
      const made: Issue = {
        number,
        title: issue.title,
        body: issue.body,
        state: 'open',
        author: state.account(issue.by),
        createdAt: scene.at(),
        comments: [],
      };
      repository.issues.set(number, made);
      scene.happened(repository, 'issues', { action: 'opened', issue: made }, issue.by);
      return made;
    },

    retarget(
      repository: Repository,
      change: { readonly by: string; readonly pull: number; readonly base: string },
    ): void {
      const pull = pullOf(repository, change.pull);
      const before = pull.base;
      const time = scene.at();
      pull.base = change.base;
      pull.baseCommit = repository.git.resolve(`refs/heads/${change.base}`) ?? pull.baseCommit;
      pull.updatedAt = time;
      const actor = state.account(change.by);
      pull.timeline.push({ type: 'BaseRefChangedEvent', at: time, actor, before, after: change.base });
      bringHead(repository, repository, pull);
      const changes = { base: { ref: { from: before }, sha: { from: pull.baseCommit } } };
      scene.happened(repository, 'pull_request', { action: 'edited', number: pull.number, changes, pull }, change.by);
    },

    markReady(repository: Repository, change: { readonly by: string; readonly pull: number }): void {
      const pull = pullOf(repository, change.pull);
      pull.draft = false;
      pull.updatedAt = scene.at();
      scene.happened(repository, 'pull_request', { action: 'ready_for_review', number: pull.number, pull }, change.by);
    },

    close(repository: Repository, closing: { readonly by: string; readonly pull: number }): void {
      const pull = pullOf(repository, closing.pull);
      pull.state = 'closed';
      pull.closedAt = scene.at();
      pull.updatedAt = pull.closedAt;
      scene.happened(repository, 'pull_request', { action: 'closed', number: pull.number, pull }, closing.by);
    },
  };
}
