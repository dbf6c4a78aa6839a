import { githubLimits } from '../bounds.js';
import type { GitHubClient, Purpose } from '../client.js';

/** A release as REST has it, as far as it is read. */
export interface RestRelease {
  readonly id: number;
  readonly tag_name: string;
  readonly name: string | null;
  readonly body?: string | null | undefined;
  readonly draft: boolean;
  readonly prerelease: boolean;
  /** Its files cannot be changed any more. Absent on older servers. */
  readonly immutable?: boolean | undefined;
  readonly html_url: string;
  /** Another host than that of the API, with `{?name,label}` at its end. */
  readonly upload_url: string;
}

/**
 * The release of a tag: the published one, else a draft among the newest. Drafts have no address by tag, and two of them
 * may name the same.
 */
export async function findRelease(client: GitHubClient, purpose: Purpose, tag: string): Promise<RestRelease | null> {
  const published = await client.find(purpose, (octokit, at) =>
    octokit.request('GET /repos/{owner}/{repo}/releases/tags/{tag}', { ...at, tag }),
  );
  if (published !== null) return published.data;
  const isOurs = (release: RestRelease): boolean => release.tag_name === tag;
  const newest = await client.list<RestRelease>(
    purpose,
    (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/releases', at),
    (items) => items.length >= githubLimits.releasesSearched || items.some(isOurs),
  );
  return newest.find(isOurs) ?? null;
}

/** Tags of those of the newest releases that are published, of at most so many. */
export async function readReleasedTags(client: GitHubClient, limit: number): Promise<ReadonlySet<string>> {
  const purpose: Purpose = { action: 'list releases', what: 'list of releases', needs: ['contents: read'] };
  const newest = await client.list<RestRelease>(
    purpose,
    (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/releases', at),
    (items) => items.length >= limit,
  );
  return new Set(newest.slice(0, limit).flatMap(({ draft, tag_name: tag }) => (draft ? [] : [tag])));
}
