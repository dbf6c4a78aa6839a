/** A remote of DVC as its configuration has it. What holds credentials is not kept. */
export interface DvcRemote {
  readonly url: string;
  readonly endpoint: string | null;
  /** The account of Azure. */
  readonly account: string | null;
  /** `version_aware` or `worktree`: files keep their names there, and are not called after their MD5. */
  readonly keepsNames: boolean;
}

/** What is used of `.dvc/config`, and of `.dvc/config.local` over it. */
export interface DvcConfig {
  /** The name of the default remote. */
  readonly remote: string | null;
  readonly remotes: ReadonlyMap<string, DvcRemote>;
}

/**
 * The remotes of a configuration of DVC. Later texts go over earlier ones option by option. Never throws: a line that is
 * none is passed over, as newer releases add some.
 * @see https://doc.dvc.org/user-guide/project-structure/configuration
 */
export function parseDvcConfig(texts: readonly string[]): DvcConfig {
  const sections = new Map<string, Map<string, string>>();
  for (const text of texts) readSections(text, sections);
  const remotes = new Map<string, DvcRemote>();
  for (const [header, options] of sections) {
    const name = /^remote "(.+)"$/.exec(header)?.[1];
    const url = options.get('url');
    if (name === undefined || url === undefined) continue;
    const isOn = (option: string) => /^(?:true|1|yes|on)$/i.test(options.get(option) ?? '');
    remotes.set(name, {
      url,
      endpoint: options.get('endpointurl') ?? null,
      account: options.get('account_name') ?? null,
      keepsNames: isOn('version_aware') || isOn('worktree'),
    });
  }
  return { remote: sections.get('core')?.get('remote') ?? null, remotes };
}

function readSections(text: string, sections: Map<string, Map<string, string>>): void {
  let section: Map<string, string> | null = null;
  for (const line of text.split(/\r?\n/).map((each) => each.trim())) {
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const header = /^\[(.*)\]$/.exec(line)?.[1];
    if (header !== undefined) {
      const name = unquoted(header.trim());
      section = sections.get(name) ?? new Map<string, string>();
      sections.set(name, section);
      continue;
    }
    const [, key, value] = /^([\w-]+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (section !== null && key !== undefined && value !== undefined) section.set(key.toLowerCase(), valueOf(value));
  }
}

/** A comment may follow a value, after a space. */
function valueOf(text: string): string {
  const quoted = /^(?:'([^']*)'|"([^"]*)")\s*(?:#.*)?$/.exec(text);
  return quoted === null ? text.replace(/\s#.*$/, '').trim() : (quoted[1] ?? quoted[2] ?? '');
}

function unquoted(text: string): string {
  return /^'.*'$/.test(text) ? text.slice(1, -1) : text;
}
