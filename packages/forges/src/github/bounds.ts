/** What the adapter grants a forge at most, so that no answer and no outage can hold a job for ever. */
export interface GitHubBounds {
  /** Requests of one adapter, tries included. The token of a workflow has 1,000 an hour. */
  readonly requests: number;
  /** Pages of one list, of 100 items each. */
  readonly pages: number;
  /** Of one answer; artifacts have a bound of their own. */
  readonly responseBytes: number;
  /** Of one request, from its start to the last byte of its answer. */
  readonly requestMs: number;
  /** Tries of one request after the first. */
  readonly retries: number;
  /** Of all waiting between tries and for rate limits together. */
  readonly waitSeconds: number;
}

/** The bounds that hold unless the caller gives others. */
export const defaultBounds: GitHubBounds = {
  requests: 900,
  pages: 100,
  responseBytes: 32 * 1024 * 1024,
  requestMs: 60_000,
  retries: 3,
  waitSeconds: 300,
};

/** What GitHub takes or gives at most. */
export const githubLimits = {
  /** https://docs.github.com/rest/pulls/pulls#list-pull-requests-files */
  filesOfPull: 3000,
  /** https://docs.github.com/rest/pulls/pulls#list-commits-on-a-pull-request */
  commitsOfPull: 250,
  pageSize: 100,
  /** Newest releases among which one that is no longer, or not yet, published is looked for. */
  releasesSearched: 300,
  /** Characters of the description of a commit status. */
  statusDescription: 140,
} as const;
