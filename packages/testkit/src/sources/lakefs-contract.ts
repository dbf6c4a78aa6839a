/**
 * The schemas of the answers that are used, taken from the OpenAPI description of lakeFS (treeverse/lakeFS,
 * api/swagger.yml at commit 010592b4), with every reference written out.
 */
const pagination = {
  type: 'object',
  required: ['has_more', 'max_per_page', 'results', 'next_offset'],
  properties: {
    has_more: { type: 'boolean' },
    next_offset: { type: 'string' },
    results: { type: 'integer', minimum: 0 },
    max_per_page: { type: 'integer', minimum: 0 },
  },
} as const;

const commit = {
  type: 'object',
  required: ['id', 'parents', 'committer', 'message', 'creation_date', 'meta_range_id'],
  properties: {
    id: { type: 'string' },
    parents: { type: 'array', items: { type: 'string' } },
    committer: { type: 'string' },
    message: { type: 'string' },
    creation_date: { type: 'integer' },
    meta_range_id: { type: 'string' },
    metadata: { type: 'object', additionalProperties: { type: 'string' } },
  },
} as const;

const objectStats = {
  type: 'object',
  required: ['checksum', 'physical_address', 'path', 'path_type', 'mtime'],
  properties: {
    path: { type: 'string' },
    path_type: { type: 'string', enum: ['common_prefix', 'object'] },
    physical_address: { type: 'string' },
    checksum: { type: 'string' },
    size_bytes: { type: 'integer' },
    mtime: { type: 'integer' },
  },
} as const;

const listOf = (items: object) => ({
  type: 'object',
  required: ['pagination', 'results'],
  properties: { pagination, results: { type: 'array', items } },
});

/** By `operationId` of the description. */
export const lakefsSchemas = {
  logCommits: listOf(commit),
  listObjects: listOf(objectStats),
  error: { type: 'object', required: ['message'], properties: { message: { type: 'string' } } },
} as const;
