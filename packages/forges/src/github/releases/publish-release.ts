import type { Forge, PublishedRelease, ReleaseRequest } from '@weighbridge/ports';
import type { GitHubClient, Purpose } from '../client.js';
import { createOnce, onlyOnce } from '../create-once.js';
import { bringAssets } from './assets.js';
import { findRelease, readReleasedTags, type RestRelease } from './find-release.js';
import { requireTag } from './require-tag.js';

/** Releases with their files: a draft until all of it is there. */
export function releases(client: GitHubClient): Pick<Forge, 'publishRelease' | 'releasedTags'> {
  return {
    releasedTags: (limit) => readReleasedTags(client, limit),
    async publishRelease(request) {
      const { tag } = request;
      const purpose: Purpose = { action: `release ${tag}`, what: `release of ${tag}`, needs: ['contents: write'] };
      const { made, outcome } = await createOnce(
        () => findRelease(client, purpose, tag),
        () => createDraft(client, purpose, request),
      );
      if (outcome === 'present' && isLeft(made, request))
        return { url: made.html_url, outcome: 'left', draft: true, assets: [] };
      const assets = await bringAssets(client, purpose, made, request.assets);
      const isCreated = outcome === 'created';
      const told = await finish(client, purpose, request, { release: made, isCreated });
      const changed = told.changed || assets.some(({ outcome: what }) => what === 'added' || what === 'replaced');
      const { release } = told;
      return {
        url: release.html_url,
        outcome: isCreated ? 'created' : changed ? 'updated' : 'same',
        draft: release.draft,
        assets,
      } satisfies PublishedRelease;
    },
  };
}

/** Whether it is a draft that this run was not asked to publish, and that none of ours left unfinished. */
function isLeft({ draft, body }: RestRelease, request: ReleaseRequest): boolean {
  return draft && !request.draft && request.leavesDrafts && body?.includes(request.unfinished) !== true;
}

/** A draft is seen by nobody but those who may write. Publishing one whose tag is missing would make the tag. */
async function createDraft(client: GitHubClient, purpose: Purpose, request: ReleaseRequest): Promise<RestRelease> {
  await requireTag(client, purpose, request);
  const notes = request.notes(null);
  const { data } = await client.ask(purpose, (octokit, at) =>
    octokit.request('POST /repos/{owner}/{repo}/releases', {
      ...at,
      ...onlyOnce,
      tag_name: request.tag,
      name: request.title,
      body: request.draft ? notes : `${notes}\n\n${request.unfinished}`,
      draft: true,
      prerelease: request.prerelease,
    }),
  );
  return data;
}

/** Writes what differs, and publishes. */
async function finish(
  client: GitHubClient,
  purpose: Purpose,
  request: ReleaseRequest,
  { release, isCreated }: { readonly release: RestRelease; readonly isCreated: boolean },
): Promise<{ readonly release: RestRelease; readonly changed: boolean }> {
  const publishes = release.draft && !request.draft;
  const body = request.notes(isCreated ? null : (release.body ?? '').replaceAll('\r\n', '\n'));
  const same =
    release.name === request.title && release.prerelease === request.prerelease && sameText(release.body ?? '', body);
  if (same && !publishes) return { release, changed: false };
  if (publishes) await requireTag(client, purpose, request);
  // GitHub refuses both together.
  const isLatest = request.latest && !request.prerelease;
  const { data } = await client.ask(purpose, (octokit, at) =>
    octokit.request('PATCH /repos/{owner}/{repo}/releases/{release_id}', {
      ...at,
      release_id: release.id,
      name: request.title,
      body,
      prerelease: request.prerelease,
      ...(publishes ? { draft: false, make_latest: isLatest ? 'true' : 'false' } : {}),
    }),
  );
  return { release: data, changed: true };
}

/** GitHub may answer with other line ends than it was given. */
function sameText(left: string, right: string): boolean {
  return left.replaceAll('\r\n', '\n').trimEnd() === right.replaceAll('\r\n', '\n').trimEnd();
}
