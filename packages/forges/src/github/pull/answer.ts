import type { GraphAccount } from '../actor.js';

/** A page of a list. Nodes that the token may not see are null. */
export interface Page<Node> {
  readonly totalCount?: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly (Node | null)[] | null;
}

/** What `pullQuery` asks for, as the schema types it. */
export interface PullNode {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
  readonly isDraft: boolean;
  readonly createdAt: string;
  readonly changedFiles: number;
  readonly isCrossRepository: boolean;
  readonly mergedAt: string | null;
  readonly author: GraphAccount | null;
  readonly mergedBy: GraphAccount | null;
  readonly mergeCommit: { readonly oid: string } | null;
  readonly baseRefName: string;
  readonly baseRefOid: string;
  readonly headRefName: string;
  readonly headRefOid: string;
  readonly headRepository: { readonly nameWithOwner: string } | null;
  readonly reviews?: Page<ReviewNode>;
  readonly timelineItems?: Page<TimelineNode>;
  readonly commits?: Page<{ readonly commit: CommitNode }>;
  readonly comments?: Page<CommentNode>;
}

export interface ReviewNode {
  readonly fullDatabaseId: string | number | null;
  readonly state: 'PENDING' | 'COMMENTED' | 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED';
  readonly submittedAt: string | null;
  readonly body: string;
  readonly url: string;
  readonly commit: { readonly oid: string } | null;
  readonly author: GraphAccount | null;
}

export interface TimelineNode {
  readonly __typename: string;
  readonly createdAt: string;
  readonly actor: GraphAccount | null;
  readonly previousReviewState?: ReviewNode['state'];
  readonly review?: { readonly fullDatabaseId: string | number | null } | null;
  readonly requestedReviewer?: { readonly __typename: string; readonly login?: string } | null;
}

export interface CommitNode {
  readonly oid: string;
  readonly committedDate: string;
  /** Made on the forge's pages: the committer is the forge, and no account. Servers of old do not tell. */
  readonly committedViaWeb?: boolean;
  readonly tree: { readonly oid: string };
  readonly parents: {
    readonly totalCount: number;
    readonly nodes: readonly ({ readonly oid: string } | null)[] | null;
  };
  readonly authors: { readonly totalCount: number; readonly nodes: readonly (GitPerson | null)[] | null };
  readonly committer: GitPerson | null;
}

export interface GitPerson {
  readonly name: string | null;
  readonly user: GraphAccount | null;
}

export interface CommentNode {
  readonly fullDatabaseId: string | number | null;
  readonly body: string;
  readonly createdAt: string;
  readonly lastEditedAt: string | null;
  readonly author: GraphAccount | null;
}
