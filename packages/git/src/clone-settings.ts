/** One setting of git as a clone has it, from whatever file or variable it comes. */
export interface Setting {
  /** `system`, `global`, `local`, `worktree` or `command` (git-config, --show-scope). */
  readonly scope: string;
  /** Section and name in lower case, what stands between them as it was written. */
  readonly key: string;
  /** Empty for a key without a value. */
  readonly value: string;
}

/** What `git config --list --show-scope -z` prints: scope and setting by turns, the later one stronger. */
export function parseSettings(text: string): readonly Setting[] {
  const cells = text.split('\0');
  const settings: Setting[] = [];
  for (let at = 0; at + 1 < cells.length; at += 2) {
    const [scope = '', setting = ''] = cells.slice(at, at + 2);
    const [key = ''] = setting.split('\n', 1);
    settings.push({ scope, key, value: setting.slice(key.length + 1) });
  }
  return settings;
}

/** The value that counts of a key, or null. */
export function valueOf(settings: readonly Setting[], key: string): string | null {
  return settings.findLast((setting) => setting.key === key)?.value ?? null;
}

/** Names of remotes, as `git remote` lists them but for their order. */
export function remoteNames(settings: readonly Setting[]): readonly string[] {
  const names = settings.flatMap(({ key }) => /^remote\.([^]+)\.[^.]+$/.exec(key)?.[1] ?? []);
  return [...new Set(names)].filter((name) => !name.startsWith('/'));
}

/**
 * The address of a remote as `git remote get-url` tells it; null where that takes more than a look: addresses are
 * rewritten (`url.<base>.insteadOf`), lists of them start anew (an empty one), or the remote stands in a file of its own.
 */
export function plainUrl(settings: readonly Setting[], remote: string, use: 'fetch' | 'push'): string | null {
  if (settings.some(({ key }) => key.startsWith('url.'))) return null;
  const all = (key: string) => settings.filter((setting) => setting.key === key).map(({ value }) => value);
  const pushUrls = use === 'push' ? all(`remote.${remote}.pushurl`) : [];
  const urls = pushUrls.length > 0 ? pushUrls : all(`remote.${remote}.url`);
  return urls.includes('') ? null : (urls[0] ?? null);
}

/** Whether a remote may hold objects that the clone left out (git-clone, --filter). */
export function isPartial(settings: readonly Setting[]): boolean {
  return settings.some(({ key }) =>
    /^(?:extensions\.partialclone|remote\.[^]+\.(?:promisor|partialclonefilter))$/.test(key),
  );
}
