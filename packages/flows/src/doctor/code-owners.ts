import { matchGlob } from '@weighbridge/manifest';

/** Where the forge looks for the owners of code; the first that is there counts. */
export const ownersPaths = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const;

/** Whether a path has owners: the last line that matches it counts, and one without owners takes them away. */
export function hasOwners(codeOwners: string, path: string): boolean {
  let owned = false;
  for (const line of codeOwners.split(/\r?\n/)) {
    const [pattern = '', ...owners] = line
      .replace(/(^|\s)#.*$/, '')
      .trim()
      .split(/\s+/);
    if (pattern !== '' && matches(pattern, path)) owned = owners.length > 0;
  }
  return owned;
}

/** The patterns of .gitignore that GitHub supports here: anchored by a slash, folders by a slash at the end, stars. */
function matches(pattern: string, path: string): boolean {
  const anchored = pattern.replace(/\/$/, '').includes('/');
  const plain = pattern.replace(/^\//, '').replace(/\/$/, '');
  const parts = path.split('/');
  const folders = parts.map((_, length) => parts.slice(0, length + 1).join('/'));
  // A star at the end stands for files of that folder alone; a name stands for all beneath it.
  const candidates = plain.endsWith('/*') ? [path] : folders;
  if (anchored) return candidates.some((folder) => matchGlob(plain, folder));
  return parts.some((part) => matchGlob(plain, part));
}
