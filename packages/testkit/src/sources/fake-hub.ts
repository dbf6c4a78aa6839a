import { createHash } from 'node:crypto';
import type { SourceAnswer, SourceRequest } from './fake-services.js';

/** A file of a repository; `isLarge`: in Git LFS or Xet, so that the Hub knows its SHA-256. */
export interface HubFile {
  readonly bytes: Uint8Array;
  readonly isLarge: boolean;
}

/** Repositories by `models/org/name` and the like: commits by revision, and whether a token is needed. */
export interface HubWorld {
  readonly token: string;
  readonly repositories: Readonly<
    Record<
      string,
      {
        readonly revisions: Readonly<Record<string, string>>;
        readonly isPrivate: boolean;
        /** By commit and path. */
        readonly files?: Readonly<Record<string, Readonly<Record<string, HubFile>>>>;
      }
    >
  >;
  /** Where large files are answered from, as the Hub points to its stores of bytes; absent: from itself. */
  readonly bytesUrl?: string;
  /** Repositories that were renamed: the Hub answers with a redirect on its own host. */
  readonly renamed?: Readonly<Record<string, string>>;
}

/**
 * The Hugging Face Hub as far as revisions need it. The OpenAPI description of the Hub (298 paths in October 2026) leaves
 * out the question that its own client asks of a revision, so this is made after that client, huggingface_hub 2.4.0
 * (hf_api: `model_info`, `dataset_info`, with `files_metadata`; file_download: `hf_hub_url`), and a test has it read the
 * answers.
 */
export function fakeHub(world: () => HubWorld): (request: SourceRequest) => SourceAnswer {
  return (request) => {
    const { token, repositories, renamed = {} } = world();
    const resolved = /^\/(?:(datasets|spaces)\/)?([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(request.path);
    if (resolved !== null) return resolveFile(world(), request, resolved);
    const match = /^\/api\/(models|datasets|spaces)\/(.+?)(?:\/revision\/([^/]+))?$/.exec(request.path);
    if (match === null) return { status: 404, json: { error: 'Not Found' } };
    const [, type = '', name = '', revision = 'main'] = match;
    const moved = renamed[`${type}/${name}`];
    if (moved !== undefined) {
      return { status: 307, headers: { location: `/api/${moved}/revision/${revision}` }, json: {} };
    }
    const repository = repositories[`${type}/${name}`];
    const known = request.authorization === `Bearer ${token}`;
    // Who does not say who asks learns nothing, not even what is not there.
    if (repository === undefined || (repository.isPrivate && !known)) {
      const errorCode = { 'x-error-code': 'RepoNotFound', 'x-error-message': 'Repository not found' };
      return { status: known ? 404 : 401, headers: errorCode, json: { error: 'Repository not found' } };
    }
    const asked = decodeURIComponent(revision);
    const sha = repository.revisions[asked] ?? (repository.files?.[asked] === undefined ? undefined : asked);
    if (sha === undefined) {
      const json = { error: `Invalid rev id: ${revision}` };
      return { status: 404, headers: { 'x-error-code': 'RevisionNotFound' }, json };
    }
    const told = { _id: '621ffdc036468d709f17434d', id: name, private: repository.isPrivate, gated: false, sha };
    const times = { lastModified: '2026-05-01T10:00:00.000Z', createdAt: '2026-05-01T10:00:00.000Z' };
    return {
      status: 200,
      json: {
        ...told,
        ...times,
        tags: [],
        downloads: 0,
        likes: 0,
        siblings: siblingsOf(repository.files?.[sha] ?? {}, request),
        disabled: false,
      },
    };
  };
}

function siblingsOf(files: Readonly<Record<string, HubFile>>, { query }: SourceRequest): readonly object[] {
  return Object.entries(files).map(([rfilename, { bytes, isLarge }]) => {
    if (query.get('blobs') !== 'true') return { rfilename };
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const lfs = isLarge ? { lfs: { sha256, size: bytes.length, pointerSize: 134 } } : {};
    return { rfilename, size: bytes.length, blobId: '0'.repeat(40), ...lfs };
  });
}

function resolveFile(
  { token, repositories, bytesUrl }: HubWorld,
  { authorization, path }: SourceRequest,
  [, type = 'models', name = '', commit = '', file = '']: readonly string[],
): SourceAnswer {
  const repository = repositories[`${type}/${name}`];
  const found = repository?.files?.[commit]?.[decodeURIComponent(file)];
  if (repository === undefined || (repository.isPrivate && authorization !== `Bearer ${token}`))
    return { status: 401, json: { error: 'Repository not found' } };
  if (found === undefined) return { status: 404, json: { error: 'Entry not found' } };
  const headers = { 'x-repo-commit': commit };
  if (found.isLarge && bytesUrl !== undefined)
    return { status: 302, headers: { ...headers, location: `${bytesUrl}${path}` }, text: '' };
  return { status: 200, bytes: found.bytes, headers };
}
