import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { hermeticGitEnvironment } from '../../repository-builder.js';

/** An object of git by its id. */
export interface GitObject {
  readonly type: string;
  readonly sha: string;
}

/** An annotated tag. */
export interface AnnotatedTag {
  readonly name: string;
  readonly message: string;
  readonly tagger: { readonly name: string; readonly email: string; readonly date: string };
  readonly object: GitObject;
}

/** A commit of the bare repository, read with git. */
export interface BackedCommit {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: BackedPerson;
  readonly committer: BackedPerson;
  readonly message: string;
}

/** Whose name a commit carries, and when, RFC 3339 in UTC. */
export interface BackedPerson {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

/** A file that differs between two commits. */
export interface BackedFile {
  readonly path: string;
  readonly previousPath: string | null;
  readonly status: 'added' | 'modified' | 'removed' | 'renamed';
  readonly blob: string;
}

/** What a commit is made of. */
export interface CommitContent {
  /** Parents; the first one's tree is the start. None for a first commit. */
  readonly parents: readonly string[];
  readonly files?: Readonly<Record<string, string | Uint8Array | null>>;
  /** A tree instead of files. */
  readonly tree?: string;
  readonly message: string;
  readonly author: { readonly name: string; readonly email: string };
  readonly committer: { readonly name: string; readonly email: string };
  readonly time: string;
}

const bareConfiguration = `[core]
	repositoryformatversion = 0
	filemode = true
	bare = true
[http]
	receivepack = true
[uploadpack]
	allowFilter = true
	allowAnySHA1InWant = true
[gc]
	auto = 0
`;
const maxOutputBytes = 256 * 1024 * 1024;
const separator = '\u001f';

/** A bare git repository and what the fake asks of it. All of it is git's own work. */
export class GitBackend {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes an empty bare repository that takes and gives everything over HTTP. */
  static create(folder: string, branch: string): GitBackend {
    // Written by hand: a run of git for each setting would cost more than everything else of a test.
    for (const part of ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags', 'info']) {
      mkdirSync(`${folder}/${part}`, { recursive: true });
    }
    writeFileSync(`${folder}/HEAD`, `ref: refs/heads/${branch}\n`);
    writeFileSync(`${folder}/config`, bareConfiguration);
    return new GitBackend(folder);
  }

  git(args: readonly string[], options: { readonly input?: string | Uint8Array; readonly env?: object } = {}): string {
    const output = execFileSync('git', [...args], {
      cwd: this.folder,
      env: { ...process.env, ...hermeticGitEnvironment, GIT_DIR: this.folder, ...options.env },
      encoding: 'utf8',
      maxBuffer: maxOutputBytes,
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      ...(options.input === undefined ? {} : { input: options.input }),
    });
    return output.replace(/\n$/, '');
  }

  /** The commit that a ref or an id names, or null. */
  resolve(name: string): string | null {
    try {
      return this.git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
    } catch {
      return null;
    }
  }

  /** What a name stands for, as it is: an annotated tag is an object of its own. */
  object(name: string): GitObject | null {
    try {
      const sha = this.git(['rev-parse', '--verify', '--quiet', '--end-of-options', name]);
      return { type: this.git(['cat-file', '-t', sha]), sha };
    } catch {
      return null;
    }
  }

  /** An annotated tag by its own id; null for what is none. */
  annotatedTag(sha: string): AnnotatedTag | null {
    if (this.object(sha)?.type !== 'tag') return null;
    const [header = '', ...rest] = this.git(['cat-file', 'tag', sha]).split('\n\n');
    const field = (name: string): string => new RegExp(`^${name} (.*)$`, 'm').exec(header)?.[1] ?? '';
    const [, name = '', email = '', seconds = '0'] = /^(.*) <(.*)> (\d+)/.exec(field('tagger')) ?? [];
    const date = new Date(Number(seconds) * 1000).toISOString();
    return {
      name: field('tag'),
      message: rest.join('\n\n'),
      tagger: { name, email, date },
      object: { type: field('type'), sha: field('object') },
    };
  }

  /** Makes an annotated tag, or moves it. */
  tag(name: string, commit: string): void {
    const tagger = ['-c', 'user.name=tagger', '-c', 'user.email=tagger@example.com'];
    this.git([...tagger, 'tag', '--force', '--annotate', '--message', name, name, commit]);
  }

  setRef(ref: string, commit: string): void {
    this.git(['update-ref', ref, commit]);
  }

  /** Makes a commit without a work tree and answers its id. One run of git, however many files there are. */
  makeCommit(content: CommitContent): string {
    const { parents, files = {}, tree, message, author, committer, time } = content;
    const [first, ...others] = parents;
    const seconds = Math.floor(Date.parse(time) / 1000);
    const lines: (string | Uint8Array)[] = [
      'commit refs/fake/made\nmark :1\n',
      `author ${author.name} <${author.email}> ${seconds} +0000\n`,
      `committer ${committer.name} <${committer.email}> ${seconds} +0000\n`,
      `data ${Buffer.byteLength(message)}\n${message}\n`,
      first === undefined ? 'deleteall\n' : `from ${first}\n`,
      ...others.map((parent) => `merge ${parent}\n`),
      ...(tree === undefined ? [] : [`M 040000 ${tree} ""\n`]),
      ...Object.entries(files).flatMap(([path, file]) => {
        if (file === null) return [`D ${path}\n`];
        const bytes = Buffer.from(file);
        return [`M 100644 inline ${path}\ndata ${bytes.length}\n`, bytes, '\n'];
      }),
      '\nget-mark :1\n',
    ];
    const input = Buffer.concat(lines.map((line) => Buffer.from(line)));
    return this.git(['fast-import', '--quiet', '--force', '--cat-blob-fd=1'], { input });
  }

  commit(id: string): BackedCommit {
    const [found] = this.commits(['-1', id]);
    if (found === undefined) throw new Error(`no commit ${id}`);
    return found;
  }

  /** Commits that one has and the other has not, oldest first. */
  between(base: string, head: string): readonly BackedCommit[] {
    return this.commits(['--reverse', '--topo-order', `${base}..${head}`]);
  }

  private commits(range: readonly string[]): readonly BackedCommit[] {
    const format = ['%H', '%T', '%P', '%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%B'].join(separator);
    const text = this.git(['log', '-z', `--format=${format}`, ...range]);
    return text
      .split('\0')
      .filter((entry) => entry !== '')
      .map((entry) => {
        const [id = '', tree = '', parents = '', an = '', ae = '', at = '', cn = '', ce = '', ct = '', message = ''] =
          entry.split(separator);
        return {
          id,
          tree,
          parents: parents === '' ? [] : parents.split(' '),
          author: { name: an, email: ae, date: utc(at) },
          committer: { name: cn, email: ce, date: utc(ct) },
          message: message.trimEnd(),
        };
      });
  }

  mergeBase(left: string, right: string): string {
    return this.git(['merge-base', left, right]);
  }

  isAncestor(ancestor: string, descendant: string): boolean {
    try {
      this.git(['merge-base', '--is-ancestor', ancestor, descendant]);
      return true;
    } catch {
      return false;
    }
  }

  /** Files that differ, sorted by path, with renames found. */
  files(base: string, head: string): readonly BackedFile[] {
    const text = this.git(['diff-tree', '-r', '-z', '-M', '--raw', '--no-abbrev', base, head]);
    const parts = text.split('\0');
    const files: BackedFile[] = [];
    for (let at = 0; at < parts.length && parts[at] !== ''; ) {
      const [, , before = '', after = '', kind = ''] = (parts[at++] ?? '').split(' ');
      const renamed = kind.startsWith('R');
      const previousPath = renamed ? (parts[at++] ?? '') : null;
      const path = parts[at++] ?? '';
      const status = renamed ? 'renamed' : kind === 'A' ? 'added' : kind === 'D' ? 'removed' : 'modified';
      files.push({ path, previousPath, status, blob: status === 'removed' ? before : after });
    }
    return files;
  }

  /** The tree that a commit's own change gives on top of another commit. */
  replayedTree(tip: string, commit: BackedCommit): string {
    const env = { GIT_INDEX_FILE: `${this.folder}/fake-index-${process.pid}` };
    const patch = this.git(['diff-tree', '-p', '--binary', '--full-index', commit.parents[0] ?? tip, commit.id]);
    this.git(['read-tree', tip], { env });
    this.git(['apply', '--cached', '-'], { env, input: `${patch}\n` });
    return this.git(['write-tree'], { env });
  }

  /** The tree of a clean merge, or null when there are conflicts. */
  mergeTree(ours: string, theirs: string): string | null {
    try {
      return this.git(['merge-tree', '--write-tree', ours, theirs]).split('\n')[0] ?? null;
    } catch {
      return null;
    }
  }
}

function utc(date: string): string {
  return new Date(date).toISOString().replace('.000Z', 'Z');
}
