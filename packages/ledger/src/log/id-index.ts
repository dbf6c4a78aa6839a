import { parseUtf8, utf8 } from '@weighbridge/core';

/**
 * Which entry an event id became, in 4,096 small files by the first three digits of the id. Whether an event is in the
 * log is then one file, and an append rewrites one file and two folders of at most 256 names, however long the log:
 * a file per id would make every clone fetch all names, one file for all would be rewritten whole by every append.
 */
export type IdShard = ReadonlyMap<string, number>;

/** `ids/<1 digit>/<2 digits>`. */
export function idShardPath(id: string): string {
  return `ids/${id.slice(0, 1)}/${id.slice(1, 3)}`;
}

/** One line an id, sorted: 64 hex digits, a space, the index of the entry. Inverse of parseIdShard. */
export function formatIdShard(shard: IdShard): Uint8Array {
  const lines = [...shard].sort(([left], [right]) => (left < right ? -1 : 1)).map(([id, index]) => `${id} ${index}\n`);
  return utf8(lines.join(''));
}

/** Null for bytes that formatIdShard does not make. */
export function parseIdShard(bytes: Uint8Array): IdShard | null {
  const shard = new Map<string, number>();
  let last = '';
  for (const line of parseUtf8Lines(bytes)) {
    const match = /^([0-9a-f]{64}) (0|[1-9]\d{0,12})$/.exec(line);
    const [, id = '', index = ''] = match ?? [];
    if (match === null || id <= last) return null;
    shard.set(id, Number(index));
    last = id;
  }
  return shard;
}

function parseUtf8Lines(bytes: Uint8Array): readonly string[] {
  if (bytes.length === 0) return [];
  try {
    const text = parseUtf8(bytes);
    return text.endsWith('\n') ? text.slice(0, -1).split('\n') : ['no line break at the end'];
  } catch (error) {
    if (error instanceof TypeError) return ['not UTF-8'];
    throw error;
  }
}
