/** Whether a path of a manifest is a pattern: `*`, `**` or `?`. Other signs stand for themselves. */
export function isGlob(pattern: string): boolean {
  return pattern.includes('*') || pattern.includes('?');
}

/**
 * Whether a repository path matches a pattern as a whole. `*` is any characters of one name, `?` one of them, `**` as a
 * whole part any number of folders, none too. Case counts. At most pattern length times path length steps: a mismatch
 * goes back to the last star only, never to those before it.
 */
export function matchGlob(pattern: string, path: string): boolean {
  return globMatcher(pattern)(path);
}

/** As matchGlob, for a pattern that is held against many paths. */
export function globMatcher(pattern: string): (path: string) => boolean {
  const patternParts = pattern.split('/');
  const last = patternParts.at(-1) ?? '';
  const isNamed = !isGlob(last);
  return (path) => {
    // Most paths of a repository end in another name than the one that is looked for.
    if (isNamed && !path.endsWith(last)) return false;
    const pathParts = path.split('/');
    return matchStars(patternParts.length, pathParts.length, {
      isStar: (at) => patternParts[at] === '**',
      matches: (at, index) => matchName(patternParts[at] ?? '', pathParts[index] ?? ''),
    });
  };
}

function matchName(pattern: string, name: string): boolean {
  if (!isGlob(pattern)) return pattern === name;
  return matchStars(pattern.length, name.length, {
    isStar: (at) => pattern[at] === '*',
    matches: (at, index) => pattern[at] === '?' || pattern[at] === name[index],
  });
}

/** Greedy matching with one point of return: when a star can be passed at all, the last one alone decides the rest. */
function matchStars(
  patternLength: number,
  length: number,
  at: { isStar(pattern: number): boolean; matches(pattern: number, index: number): boolean },
): boolean {
  let [pattern, index] = [0, 0];
  let [starred, resume] = [-1, 0];
  while (index < length) {
    if (pattern < patternLength && at.isStar(pattern)) {
      [starred, resume] = [pattern, index];
      pattern++;
    } else if (pattern < patternLength && at.matches(pattern, index)) {
      pattern++;
      index++;
    } else if (starred >= 0) {
      resume++;
      [pattern, index] = [starred + 1, resume];
    } else return false;
  }
  while (pattern < patternLength && at.isStar(pattern)) pattern++;
  return pattern === patternLength;
}
