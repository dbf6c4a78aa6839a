import { createHash } from 'node:crypto';
import { userDocument } from '../documents.js';
import { type Endpoint, type Exchange, type FakeResponse, type Urls, notFound, page, textOf } from '../exchange.js';
import type { Release, Repository, StoredAsset } from '../state.js';

const root = '/repos/{owner}/{repo}/releases' as const;
const reads = [['contents=read']];
const writes = [['contents=write']];
const maxBodyLength = 125_000;

/** Where uploads go: a host of its own on github.com, a path beside the API elsewhere, and never the API itself. */
export const uploadsPath = '/uploads';

/** Whether an operation belongs to the host of uploads. */
export function isUpload(operation: string): boolean {
  return operation === `POST ${root}/{release_id}/assets`;
}

/** Releases and their files, as GitHub has them: drafts are listed for those who may write and have no address by tag. */
export const releaseEndpoints: readonly Endpoint[] = [
  {
    route: `GET ${root}`,
    needs: reads,
    answer: (exchange) => {
      const { repository, urls, may } = exchange;
      const seen = [...repository.releases.values()].filter(({ draft }) => !draft || may('contents=write'));
      const documents = seen.reverse().map((release) => releaseDocument(repository, release, urls));
      return page(exchange, `/repos/${repository.fullName}/releases`, documents);
    },
  },
  {
    route: `GET ${root}/tags/{tag}`,
    needs: reads,
    answer: ({ repository, path, urls }) => {
      const found = [...repository.releases.values()].find(({ tag, draft }) => tag === path['tag'] && !draft);
      return found === undefined ? notFound : { status: 200, body: releaseDocument(repository, found, urls) };
    },
  },
  {
    route: `POST ${root}`,
    needs: writes,
    answer: (exchange) => {
      const { repository, state, token, body, urls } = exchange;
      const tag = textOf(body, 'tag_name');
      const isTaken = [...repository.releases.values()].some((each) => each.tag === tag && !each.draft);
      if (isTaken && body['draft'] !== true) return invalid('Release', 'tag_name', 'already_exists');
      const release: Release = {
        id: state.nextId(),
        tag,
        name: textOf(body, 'name'),
        body: textOf(body, 'body'),
        draft: true,
        prerelease: body['prerelease'] === true,
        immutable: false,
        author: token.actor,
        createdAt: state.now(),
        publishedAt: null,
        assets: [],
      };
      if ((release.body ?? '').length > maxBodyLength) return invalid('Release', 'body', 'custom');
      repository.releases.set(release.id, release);
      if (body['draft'] !== true) publish(exchange, release);
      return { status: 201, body: releaseDocument(repository, release, urls) };
    },
  },
  {
    route: `PATCH ${root}/{release_id}`,
    needs: writes,
    answer: (exchange) => {
      const { repository, path, body, urls } = exchange;
      const release = repository.releases.get(Number(path['release_id']));
      if (release === undefined) return notFound;
      if (textOf(body, 'body').length > maxBodyLength) return invalid('Release', 'body', 'custom');
      const isPrerelease = body['prerelease'] ?? release.prerelease;
      if (body['make_latest'] === 'true' && isPrerelease === true) return invalid('Release', 'make_latest', 'invalid');
      release.name = textOf(body, 'name', release.name ?? '');
      release.body = textOf(body, 'body', release.body ?? '');
      if (typeof body['prerelease'] === 'boolean') release.prerelease = body['prerelease'];
      if (body['draft'] === false && release.draft) publish(exchange, release);
      return { status: 200, body: releaseDocument(repository, release, urls) };
    },
  },
  {
    route: `GET ${root}/{release_id}/assets`,
    needs: reads,
    answer: (exchange) => {
      const { repository, path, urls } = exchange;
      const release = repository.releases.get(Number(path['release_id']));
      if (release === undefined) return notFound;
      const documents = release.assets.map((asset) => assetDocument(repository, release, asset, urls));
      return page(exchange, `/repos/${repository.fullName}/releases/${release.id}/assets`, documents);
    },
  },
  {
    route: `POST ${root}/{release_id}/assets`,
    needs: writes,
    answer: ({ repository, state, path, query, bytes, mediaType, urls }) => {
      const release = repository.releases.get(Number(path['release_id']));
      if (release === undefined) return notFound;
      if (release.immutable) return invalid('ReleaseAsset', 'release', 'custom');
      const name = query.get('name') ?? '';
      if (release.assets.some((each) => each.name === name)) return invalid('ReleaseAsset', 'name', 'already_exists');
      const asset: StoredAsset = { id: state.nextId(), name, mediaType, bytes, state: 'uploaded' };
      release.assets.push(asset);
      return { status: 201, body: assetDocument(repository, release, asset, urls) };
    },
  },
  {
    route: `DELETE ${root}/assets/{asset_id}`,
    needs: writes,
    answer: ({ repository, path }) => {
      const id = Number(path['asset_id']);
      const release = [...repository.releases.values()].find(({ assets }) => assets.some((each) => each.id === id));
      if (release === undefined) return notFound;
      if (release.immutable) return invalid('ReleaseAsset', 'release', 'custom');
      release.assets = release.assets.filter((each) => each.id !== id);
      return { status: 204 };
    },
  },
];

/** A tag that is not there is made, at the tip of the default branch: what a careful client never lets come about. */
function publish({ repository, state, body }: Exchange, release: Release): void {
  release.draft = false;
  release.publishedAt = state.now();
  release.immutable = repository.immutableReleases;
  const ref = `refs/tags/${release.tag}`;
  const tip = repository.git.resolve(`refs/heads/${repository.defaultBranch}`);
  if (repository.git.resolve(ref) === null && tip !== null) repository.git.setRef(ref, tip);
  if (body['make_latest'] !== 'false' && !release.prerelease) repository.latestRelease = release.id;
}

function invalid(resource: string, field: string, code: string): FakeResponse {
  const documentation = 'https://docs.github.com/rest';
  const body = { message: 'Validation Failed', errors: [{ resource, field, code }], documentation_url: documentation };
  return { status: 422, body };
}

function releaseDocument(repository: Repository, release: Release, urls: Urls): object {
  const { id, tag, name, body, draft, prerelease, immutable, author, createdAt, publishedAt, assets } = release;
  const at = `/repos/${repository.fullName}/releases/${id}`;
  // Drafts are shown under a name that nobody can guess.
  const shown = draft ? `untagged-${id}` : encodeURIComponent(tag);
  return {
    id,
    node_id: `RE_${id}`,
    url: `${urls.api}${at}`,
    html_url: `${urls.server}/${repository.fullName}/releases/tag/${shown}`,
    assets_url: `${urls.api}${at}/assets`,
    upload_url: `${urls.api}${uploadsPath}${at}/assets{?name,label}`,
    tarball_url: null,
    zipball_url: null,
    tag_name: tag,
    target_commitish: repository.defaultBranch,
    name,
    body,
    draft,
    prerelease,
    immutable,
    created_at: createdAt,
    published_at: publishedAt,
    author: userDocument(author, urls),
    assets: assets.map((asset) => assetDocument(repository, release, asset, urls)),
  };
}

function assetDocument(repository: Repository, release: Release, asset: StoredAsset, urls: Urls): object {
  const { id, name, mediaType, bytes, state } = asset;
  const download = `${urls.server}/${repository.fullName}/releases/download/${encodeURIComponent(release.tag)}/${name}`;
  return {
    id,
    node_id: `RA_${id}`,
    url: `${urls.api}/repos/${repository.fullName}/releases/assets/${id}`,
    browser_download_url: download,
    name,
    label: null,
    state,
    content_type: mediaType,
    size: bytes.length,
    digest: state === 'open' ? null : `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    download_count: 0,
    created_at: release.createdAt,
    updated_at: release.createdAt,
    uploader: userDocument(release.author, urls),
  };
}
