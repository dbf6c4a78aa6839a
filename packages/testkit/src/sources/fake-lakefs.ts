import { Ajv } from 'ajv';
import type { SourceAnswer, SourceRequest } from './fake-services.js';
import { lakefsSchemas } from './lakefs-contract.js';

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

const ajv = new Ajv({ strict: false });

/**
 * lakeFS as far as references need it: the log of a ref, listings by prefix and bytes, with basic authentication. Every answer
 * is checked against the schemas of its OpenAPI description before it is sent.
 */
export function fakeLakefs(world: () => LakefsWorld): (request: SourceRequest) => SourceAnswer {
  return (request) => {
    const { key, secret, repositories } = world();
    const expected = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
    if (request.authorization !== expected) return failure(401, 'error authenticating request');
    const match = /^\/api\/v1\/repositories\/([^/]+)\/refs\/([^/]+)\/(commits|objects\/ls|objects)$/.exec(request.path);
    const repository = repositories[decodeURIComponent(match?.[1] ?? '')];
    const ref = decodeURIComponent(match?.[2] ?? '');
    const commit = repository === undefined ? undefined : (repository.refs[ref] ?? ref);
    const paths = commit === undefined ? undefined : repository?.objects[commit];
    if (commit === undefined || paths === undefined) return failure(404, 'not found');
    const amount = Number(request.query.get('amount') ?? 100);
    if (match?.[3] === 'commits') return answer('logCommits', [commitOf(commit)]);
    const bytesOf = (path: string) => repository?.contents?.[path] ?? new Uint8Array(0);
    if (match?.[3] === 'objects') {
      const path = request.query.get('path') ?? '';
      return paths.includes(path) ? { status: 200, bytes: bytesOf(path) } : failure(404, 'not found');
    }
    const [prefix, after] = [request.query.get('prefix') ?? '', request.query.get('after') ?? ''];
    const found = [...paths].sort().filter((path) => path.startsWith(prefix) && path > after);
    const page = found.slice(0, amount);
    const stats = page.map((path) => statsOf(path, bytesOf(path).length));
    return answer('listObjects', stats, found.length > page.length ? page.at(-1) : undefined);
  };
}

function answer(operation: 'logCommits' | 'listObjects', results: readonly object[], next?: string): SourceAnswer {
  const pagination = {
    has_more: next !== undefined,
    next_offset: next ?? '',
    results: results.length,
    max_per_page: 1000,
  };
  return checked(operation, 200, { pagination, results });
}

function failure(status: number, message: string): SourceAnswer {
  return checked('error', status, { message });
}

function checked(name: keyof typeof lakefsSchemas, status: number, json: object): SourceAnswer {
  if (!ajv.validate(lakefsSchemas[name], json)) throw new Error(`${name}: ${ajv.errorsText()}`);
  return { status, json };
}

function commitOf(id: string): object {
  const told = { committer: 'alice', message: 'Add data', creation_date: 1_760_000_000, meta_range_id: 'r1' };
  return { id, parents: [], ...told, metadata: {} };
}

function statsOf(path: string, sizeBytes: number): object {
  const told = { checksum: 'd41d8cd98f00b204e9800998ecf8427e', physical_address: `mem://data/${path}` };
  return { path, path_type: 'object', ...told, size_bytes: sizeBytes, mtime: 1_760_000_000 };
}
