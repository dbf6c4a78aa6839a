import type { Files } from './files.js';

/** Asked by everything that looks for files by their names. */
const known = new WeakMap<Files, Promise<readonly string[]>>();

/**
 * Every file but what git ignores, sorted. Listed once for each set of files: to list a checkout takes git longer than all
 * that is looked for in it. @throws as Files.list
 */
export function listAll(files: Files): Promise<readonly string[]> {
  const listing = known.get(files) ?? files.list('');
  known.set(files, listing);
  return listing;
}
