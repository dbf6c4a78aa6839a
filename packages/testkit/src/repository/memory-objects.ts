import { createHash } from 'node:crypto';

/** A commit of the repository in memory, with all its files. */
export interface MemoryCommit {
  readonly id: string;
  readonly tree: string;
  readonly time: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Ids look like git's and follow from the content, but are not git's. */
export function objectId(value: unknown): string {
  return createHash('sha1').update(JSON.stringify(value)).digest('hex');
}

export function memoryCommit(content: {
  readonly parents: readonly string[];
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly message: string;
  readonly time: string;
}): MemoryCommit {
  const { parents, files, message } = content;
  const time = wholeSeconds(content.time);
  const tree = objectOf(files, '') ?? objectId([]);
  return { id: objectId(['commit', tree, parents, message, time]), tree, time, parents, message, files };
}

/** Id of the blob or tree at a path, '' for the root; null when nothing is there. */
export function objectOf(files: ReadonlyMap<string, Uint8Array>, path: string): string | null {
  const blob = files.get(path);
  if (blob !== undefined) return objectId(['blob', Buffer.from(blob).toString('base64')]);
  const prefix = path === '' ? '' : `${path}/`;
  const inside = [...files].filter(([name]) => name.startsWith(prefix));
  if (inside.length === 0) return null;
  const lines = inside.map(([name, bytes]) => `${name.slice(prefix.length)}\0${Buffer.from(bytes).toString('base64')}`);
  return objectId(['tree', lines.sort()]);
}

/** RFC 3339 in UTC without fractions, as commits keep it. */
export function wholeSeconds(time: string): string {
  return new Date(Math.floor(Date.parse(time) / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}
