import type { CommentFact, CommitPerson, PullCommitFact, PullEventFact, ReviewFact } from '@weighbridge/gates';
import { graphActor } from '../actor.js';
import type { CommentNode, CommitNode, GitPerson, ReviewNode, TimelineNode } from './answer.js';

const reviewStates = {
  PENDING: 'pending',
  COMMENTED: 'commented',
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  DISMISSED: 'dismissed',
} as const;

/** A review as it stands now. */
export function reviewFact(node: ReviewNode): ReviewFact {
  return {
    id: String(node.fullDatabaseId ?? ''),
    author: graphActor(node.author),
    state: reviewStates[node.state],
    commit: node.commit?.oid ?? null,
    submittedAt: node.submittedAt,
    body: node.body,
    url: node.url,
  };
}

/** An event of the timeline; none for those that were not asked for. */
export function eventFact(node: TimelineNode): readonly PullEventFact[] {
  const { createdAt: at } = node;
  const actor = graphActor(node.actor);
  switch (node.__typename) {
    case 'ReviewDismissedEvent':
      return [
        { kind: 'review-dismissed', at, actor, review: String(node.review?.fullDatabaseId ?? ''), was: was(node) },
      ];
    case 'HeadRefForcePushedEvent':
      return [{ kind: 'head-force-pushed', at, actor }];
    case 'BaseRefChangedEvent':
      return [{ kind: 'base-changed', at, actor }];
    case 'ReviewRequestedEvent':
      return [{ kind: 'review-requested', at, actor, reviewer: node.requestedReviewer?.login ?? null }];
    default:
      return [];
  }
}

function was({ previousReviewState }: TimelineNode): 'approved' | 'changes-requested' | 'commented' | null {
  const state = previousReviewState === undefined ? null : reviewStates[previousReviewState];
  return state === 'approved' || state === 'changes-requested' || state === 'commented' ? state : null;
}

/** A commit; its first author is git's, the others come from trailers. */
export function commitFact(node: CommitNode): PullCommitFact {
  const [author = nobody, ...coAuthors] = (node.authors.nodes ?? []).map(person);
  const committer = person(node.committer);
  const byForge = node.committedViaWeb === true && committer.account === null;
  return {
    id: node.oid,
    tree: node.tree.oid,
    parents: (node.parents.nodes ?? []).flatMap((parent) => (parent === null ? [] : [parent.oid])),
    author,
    // An edit, a suggestion or a merge on the forge's pages is its author's, whose account the forge knows.
    committer: byForge ? author : committer,
    coAuthors,
    committedAt: node.committedDate,
    cleanUpdate: null,
  };
}

const nobody: CommitPerson = { account: null, name: '' };

function person(node: GitPerson | null): CommitPerson {
  return node === null ? nobody : { account: graphActor(node.user), name: node.name ?? '' };
}

/** A comment of the conversation. */
export function commentFact(node: CommentNode): CommentFact {
  return {
    id: String(node.fullDatabaseId ?? ''),
    author: graphActor(node.author),
    body: node.body,
    createdAt: node.createdAt,
    edited: node.lastEditedAt !== null,
  };
}
