import { createHash } from 'node:crypto';
import type { PublishedRelease, ReleaseAsset } from '@weighbridge/ports';
import type { GitHubClient, Purpose } from '../client.js';
import { createOnce, onlyOnce } from '../create-once.js';
import type { RestRelease } from './find-release.js';

interface RestAsset {
  readonly id: number;
  readonly name: string;
  /** `open`: an upload that was broken off; it keeps its name taken. */
  readonly state: string;
  readonly size: number;
  /** Null on servers that keep none: then nothing tells that the bytes are the same. */
  readonly digest: string | null;
}

type Outcome = PublishedRelease['assets'][number];

/** Brings files into a release: those that are there with the same bytes stay, others of their name are replaced. */
export async function bringAssets(
  client: GitHubClient,
  purpose: Purpose,
  release: RestRelease,
  assets: readonly ReleaseAsset[],
): Promise<readonly Outcome[]> {
  const held = assets.length === 0 ? [] : await listAssets(client, purpose, release);
  const outcomes: Outcome[] = [];
  for (const asset of assets) {
    const there = held.find(({ name }) => name === asset.name) ?? null;
    outcomes.push({ name: asset.name, outcome: await bringAsset(client, purpose, { release, asset, there }) });
  }
  return outcomes;
}

function listAssets(client: GitHubClient, purpose: Purpose, release: RestRelease): Promise<readonly RestAsset[]> {
  return client.list<RestAsset>(purpose, (octokit, at) =>
    octokit.paginate.iterator('GET /repos/{owner}/{repo}/releases/{release_id}/assets', {
      ...at,
      release_id: release.id,
    }),
  );
}

async function bringAsset(
  client: GitHubClient,
  purpose: Purpose,
  moved: { readonly release: RestRelease; readonly asset: ReleaseAsset; readonly there: RestAsset | null },
): Promise<Outcome['outcome']> {
  const { release, asset, there } = moved;
  if (there !== null && isSame(there, asset)) return 'same';
  if (release.immutable === true) return 'kept';
  let known: readonly RestAsset[] | null = there === null ? [] : [there];
  const look = async (): Promise<RestAsset | null> => {
    const now = (known ?? (await listAssets(client, purpose, release))).find(({ name }) => name === asset.name);
    known = null;
    if (now === undefined || isSame(now, asset)) return now ?? null;
    await client.find(purpose, (octokit, at) =>
      octokit.request('DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}', { ...at, asset_id: now.id }),
    );
    return null;
  };
  await createOnce(look, () => upload(client, purpose, release, asset));
  return there === null ? 'added' : 'replaced';
}

async function upload(
  client: GitHubClient,
  purpose: Purpose,
  release: RestRelease,
  { name, mediaType, bytes }: ReleaseAsset,
): Promise<RestAsset> {
  const { data } = await client.ask(purpose, (octokit, { headers }) =>
    octokit.request({
      method: 'POST',
      url: release.upload_url,
      ...onlyOnce,
      headers: { ...headers, 'content-type': mediaType },
      name,
      // octokit sends bytes as they are when they are all that is left of the parameters.
      data: bytes,
    }),
  );
  return data as RestAsset;
}

function isSame({ state, size, digest }: RestAsset, { bytes }: ReleaseAsset): boolean {
  return state === 'uploaded' && size === bytes.length && digest === digestOf(bytes);
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
