import type { SourceAnswer, SourceRequest } from './fake-services.js';
import { lakefsAnswer, lakefsQuestion } from './lakefs-contract.js';

/** A repository: commits of branches and tags, and the paths of the objects at each commit. */
export interface LakefsWorld {
  readonly key: string;
  readonly secret: string;
  readonly repositories: Readonly<
    Record<
      string,
      {
        readonly refs: Readonly<Record<string, string>>;
        readonly objects: Readonly<Record<string, readonly string[]>>;
        /** Contents by path, the same at each commit; absent ones are empty. */
        readonly contents?: Readonly<Record<string, Uint8Array>>;
      }
    >
  >;
}

/**
 * lakeFS as far as references need it: the log of a ref, listings by prefix, and bytes, with basic authentication. Questions and
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
    const bytesOf = (each: string) => repository?.contents?.[each] ?? new Uint8Array(0);
    if (operation === 'getObject') {
      const wanted = request.query.get('path') ?? '';
      const bytes = bytesOf(wanted);
      return paths.includes(wanted) ? { status: 200, bytes } : lakefsAnswer(operation, 404, { message: 'not found' });
    }
    const [prefix, after] = [request.query.get('prefix') ?? '', request.query.get('after') ?? ''];
    const found = [...paths].sort().filter((each) => each.startsWith(prefix) && each > after);
    const shown = found.slice(0, Number(request.query.get('amount') ?? 100));
    const stats = shown.map((each) => statsOf(each, bytesOf(each).length));
    return page(operation, stats, found.length > shown.length ? shown.at(-1) : undefined);
  };
}

function page(operation: string, results: readonly object[], next?: string): SourceAnswer {
  const more = { has_more: next !== undefined, next_offset: next ?? '' };
  return lakefsAnswer(operation, 200, {
    pagination: { ...more, results: results.length, max_per_page: 1000 },
    results,
  });
}

function commitOf(id: string): object {
  const told = { committer: 'alice', message: 'Add data', creation_date: 1_760_000_000, meta_range_id: 'r1' };
  return { id, parents: [], ...told, metadata: {} };
}

function statsOf(path: string, sizeBytes: number): object {
  const told = { checksum: 'd41d8cd98f00b204e9800998ecf8427e', physical_address: `mem://data/${path}` };
  return { path, path_type: 'object', ...told, size_bytes: sizeBytes, mtime: 1_760_000_000 };
}
