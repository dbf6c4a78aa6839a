import type { SourceAnswer, SourceRequest } from './fake-services.js';

/** Repositories by `models/org/name` and the like: commits by revision, and whether a token is needed. */
export interface HubWorld {
  readonly token: string;
  readonly repositories: Readonly<
    Record<string, { readonly revisions: Readonly<Record<string, string>>; readonly isPrivate: boolean }>
  >;
  /** Repositories that were renamed: the Hub answers with a redirect on its own host. */
  readonly renamed?: Readonly<Record<string, string>>;
}

/**
 * The Hugging Face Hub as far as revisions need it. The Hub publishes its description only on itself, so this is made
 * after huggingface_hub 2.4.0 (hf_api: `model_info`, `dataset_info`), and a test has that very client read its answers.
 */
export function fakeHub(world: () => HubWorld): (request: SourceRequest) => SourceAnswer {
  return (request) => {
    const { token, repositories, renamed = {} } = world();
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
    const sha = repository.revisions[decodeURIComponent(revision)];
    if (sha === undefined) {
      const json = { error: `Invalid rev id: ${revision}` };
      return { status: 404, headers: { 'x-error-code': 'RevisionNotFound' }, json };
    }
    const told = { _id: '621ffdc036468d709f17434d', id: name, private: repository.isPrivate, gated: false, sha };
    const times = { lastModified: '2026-05-01T10:00:00.000Z', createdAt: '2026-05-01T10:00:00.000Z' };
    return {
      status: 200,
      json: { ...told, ...times, tags: [], downloads: 0, likes: 0, siblings: [], disabled: false },
    };
  };
}
