const actor = 'actor { ...account }';

const fragments = `fragment people on Commit {
  oid committedDate committedViaWeb
  tree { oid }
  parents(first: 20) { totalCount nodes { oid } }
  authors(first: 50) { totalCount nodes { name user { ...account } } }
  committer { name user { ...account } }
}
fragment account on Actor {
  __typename
  login
  ... on User { databaseId }
  ... on Bot { databaseId }
  ... on Organization { databaseId }
  ... on Mannequin { databaseId }
}`;

/**
 * One moment of a pull request: itself, and a page of each list that the rules of review rest on. A list whose `with…`
 * is false is left out, which is how the next pages of the longer lists are read.
 * https://docs.github.com/graphql/reference/objects#pullrequest
 */
export const pullQuery = `
query pull($owner: String!, $repo: String!, $number: Int!,
  $withReviews: Boolean!, $reviewsAfter: String,
  $withTimeline: Boolean!, $timelineAfter: String,
  $withCommits: Boolean!, $commitsAfter: String,
  $withComments: Boolean!, $commentsAfter: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      number url title state isDraft createdAt changedFiles isCrossRepository mergedAt
      author { ...account }
      mergedBy { ...account }
      mergeCommit { oid }
      baseRefName baseRefOid headRefName headRefOid
      headRepository { nameWithOwner }
      reviews(first: 100, after: $reviewsAfter) @include(if: $withReviews) {
        pageInfo { hasNextPage endCursor }
        nodes { fullDatabaseId state submittedAt body url commit { oid } author { ...account } }
      }
      timelineItems(first: 100, after: $timelineAfter, itemTypes: [
        REVIEW_DISMISSED_EVENT, HEAD_REF_FORCE_PUSHED_EVENT, BASE_REF_CHANGED_EVENT, REVIEW_REQUESTED_EVENT
      ]) @include(if: $withTimeline) {
        pageInfo { hasNextPage endCursor }
        nodes {
          __typename
          ... on ReviewDismissedEvent { createdAt previousReviewState review { fullDatabaseId } ${actor} }
          ... on HeadRefForcePushedEvent { createdAt ${actor} }
          ... on BaseRefChangedEvent { createdAt ${actor} }
          ... on ReviewRequestedEvent { createdAt requestedReviewer { __typename ... on User { login } } ${actor} }
        }
      }
      commits(first: 100, after: $commitsAfter) @include(if: $withCommits) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          commit { ...people }
        }
      }
      comments(first: 100, after: $commentsAfter) @include(if: $withComments) {
        pageInfo { hasNextPage endCursor }
        nodes { fullDatabaseId body createdAt lastEditedAt author { ...account } }
      }
    }
  }
}
${fragments}`;

/**
 * So many commits by id, each under the name of its variable: c0, c1 and so on.
 * https://docs.github.com/graphql/reference/objects#commit
 */
export function commitsQuery(count: number): string {
  const names = Array.from({ length: count }, (_, place) => `c${place}`);
  const variables = names.map((name) => `, $${name}: GitObjectID!`).join('');
  const fields = names.map((name) => `${name}: object(oid: $${name}) { __typename ...people }`).join('\n    ');
  return `
query commits($owner: String!, $repo: String!${variables}) {
  repository(owner: $owner, name: $repo) {
    ${fields}
  }
}
${fragments}`;
}

/** Who the token acts as. Works for the token of a workflow, which REST's /user refuses. */
export const viewerQuery = 'query viewer { viewer { login databaseId } }';
