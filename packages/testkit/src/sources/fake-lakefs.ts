import type { SourceAnswer, SourceRequest } from './fake-services.js';
import { lakefsAnswer, lakefsQuestion } from './lakefs-contract.js';

/** A repository: commits of branches and tags, and the paths of the objects at each commit. */
export interface LakefsWorld {
  readonly key: string;
  readonly secret: string;
  readonly repositories: Readonly<
    Record<
      string,
      { readonly refs: Readonly<Record<string, string>>; readonly objects: Readonly<Record<string, readonly string[]>> }
    >
  >;
}

/**
 * lakeFS as far as references need it: the log of a ref and listings by prefix, with basic authentication. Questions and
 * answers are held to lakeFS's own API description: what it does not know is answered with 500.
 */
export function fakeLakefs(world: () => LakefsWorld): (request: SourceRequest) => SourceAnswer {
  return (request) => {
    const question = lakefsQuestion(request.method, request.path, request.query);
    if (question === null) throw new Error(`lakeFS describes no ${request.method} ${request.path}`);
    const { key, secret, repositories } = world();
    const { operation, path } = question;
    const expected = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
    if (request.authorization !== expected)
      return lakefsAnswer(operation, 401, { message: 'error authenticating request' });
    const repository = repositories[path['repository'] ?? ''];
    const ref = path['ref'] ?? '';
    const commit = repository === undefined ? undefined : (repository.refs[ref] ?? ref);
    const paths = commit === undefined ? undefined : repository?.objects[commit];
    if (commit === undefined || paths === undefined) return lakefsAnswer(operation, 404, { message: 'not found' });
    if (operation === 'logCommits') return page(operation, [commitOf(commit)]);
    const prefix = request.query.get('prefix') ?? '';
    const found = [...paths].sort().filter((each) => each.startsWith(prefix));
    return page(operation, found.slice(0, Number(request.query.get('amount') ?? 100)).map(statsOf));
  };
}

function page(operation: string, results: readonly object[]): SourceAnswer {
  const pagination = { has_more: false, next_offset: '', results: results.length, max_per_page: 1000 };
  return lakefsAnswer(operation, 200, { pagination, results });
}

function commitOf(id: string): object {
  const told = { committer: 'alice', message: 'Add data', creation_date: 1_760_000_000, meta_range_id: 'r1' };
  return { id, parents: [], ...told, metadata: {} };
}

function statsOf(path: string): object {
  const told = { checksum: 'd41d8cd98f00b204e9800998ecf8427e', physical_address: `mem://data/${path}` };
  return { path, path_type: 'object', ...told, size_bytes: 0, mtime: 1_760_000_000 };
}
