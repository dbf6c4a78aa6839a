import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface TagDescription {
  readonly name: string;
  /** Without a message the tag is a lightweight one. */
  readonly message?: string;
}

export interface CommitDescription {
  /** What changes against the commit before; null removes. */
  readonly files?: Readonly<Record<string, string | Uint8Array | null>>;
  readonly message?: string;
  /** A bare text is an annotated tag of that name. */
  readonly tags?: readonly (string | TagDescription)[];
  /** RFC 3339. Default: one minute after the commit before, from 2026-01-01 on. */
  readonly time?: string;
}

export interface RepositoryDescription {
  readonly commits: readonly CommitDescription[];
  /** Name of the branch. Default: main. */
  readonly branch?: string;
  /** Makes a bare repository as well, pushes everything there and calls it origin. */
  readonly remote?: boolean;
  /** The result is a clone of the remote with this many commits of history and no tags. Needs `remote`. */
  readonly depth?: number;
}

export interface BuiltRepository {
  /** Absolute path of the checkout. */
  readonly root: string;
  /** Absolute path of the bare remote, or null. */
  readonly remote: string | null;
  /** Ids of the described commits, in order. */
  readonly commits: readonly string[];
  /** Runs git in the checkout, apart from the user's configuration, and answers its output without the last newline. */
  git(...args: readonly string[]): string;
  /** Runs git in the bare remote. */
  gitRemote(...args: readonly string[]): string;
  /** Another clone of the remote, with a folder of its own beside this one. */
  clone(options?: { readonly depth?: number }): Promise<BuiltRepository>;
  /** Removes everything, clones included. */
  dispose(): Promise<void>;
}

const firstTimeMs = Date.parse('2026-01-01T00:00:00Z');
const stepMs = 60_000;
const maxOutputBytes = 64 * 1024 * 1024;

/**
 * Settings that make git the same on every machine: no configuration of system or user, fixed names, no signatures.
 * Tests that run our own git adapter on a built repository pass them on by `process.env`.
 */
export const hermeticGitEnvironment: Readonly<Record<string, string>> = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_AUTHOR_NAME: 'Alice',
  GIT_AUTHOR_EMAIL: 'alice@example.test',
  GIT_COMMITTER_NAME: 'Alice',
  GIT_COMMITTER_EMAIL: 'alice@example.test',
  LC_ALL: 'C',
};

/** Makes a real git repository in a temporary folder from a description. The same description gives the same ids. */
export async function buildRepository(description: RepositoryDescription): Promise<BuiltRepository> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'weighbridge-git-')));
  const work = join(folder, 'work');
  const branch = description.branch ?? 'main';
  await mkdir(work);
  runGit(work, ['init', '--quiet', '-b', branch]);
  setIdentity(work);
  const commits: string[] = [];
  for (const [index, commit] of description.commits.entries()) {
    commits.push(await makeCommit(work, commit, commitTime(commit, index)));
  }
  if (description.remote !== true) return built({ folder, root: work, remote: null, commits });

  const remote = join(folder, 'remote.git');
  runGit(folder, ['init', '--quiet', '--bare', '-b', branch, remote]);
  runGit(work, ['remote', 'add', 'origin', pathToFileURL(remote).href]);
  runGit(work, ['push', '--quiet', 'origin', `refs/heads/${branch}`, '--tags']);
  runGit(work, ['fetch', '--quiet', 'origin']);
  runGit(work, ['remote', 'set-head', 'origin', branch]);
  const whole = built({ folder, root: work, remote, commits });
  return description.depth === undefined ? whole : whole.clone({ depth: description.depth });
}

/** When a described commit was made, as RFC 3339. */
export function commitTime(commit: CommitDescription, index: number): string {
  return commit.time ?? new Date(firstTimeMs + index * stepMs).toISOString();
}

function built(where: {
  readonly folder: string;
  readonly root: string;
  readonly remote: string | null;
  readonly commits: readonly string[];
}): BuiltRepository {
  const { folder, root, remote, commits } = where;
  return {
    root,
    remote,
    commits,
    git: (...args) => runGit(root, args),
    gitRemote: (...args) => runGit(remoteOf(remote), args),
    async clone({ depth } = {}) {
      const target = await mkdtemp(join(folder, 'clone-'));
      const shallow = depth === undefined ? [] : [`--depth=${depth}`, '--no-tags'];
      runGit(folder, ['clone', '--quiet', ...shallow, pathToFileURL(remoteOf(remote)).href, target]);
      setIdentity(target);
      return built({ folder, root: target, remote, commits });
    },
    dispose: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

async function makeCommit(work: string, commit: CommitDescription, time: string): Promise<string> {
  for (const [path, content] of Object.entries(commit.files ?? {})) {
    const file = join(work, path);
    if (content === null) {
      await rm(file, { recursive: true });
    } else {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  }
  const dates = { GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time };
  runGit(work, ['add', '--all', '--force', '.']);
  runGit(work, ['commit', '--quiet', '--allow-empty', '-m', commit.message ?? 'A commit'], dates);
  for (const tag of commit.tags ?? []) {
    const { name, message } = typeof tag === 'string' ? { name: tag, message: tag } : tag;
    runGit(work, message === undefined ? ['tag', name] : ['tag', '--annotate', '-m', message, name], dates);
  }
  return runGit(work, ['rev-parse', 'HEAD']);
}

function setIdentity(root: string): void {
  runGit(root, ['config', 'user.name', 'Alice']);
  runGit(root, ['config', 'user.email', 'alice@example.test']);
  runGit(root, ['config', 'core.autocrlf', 'false']);
  runGit(root, ['config', 'commit.gpgsign', 'false']);
}

function runGit(cwd: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): string {
  const output = execFileSync('git', args, {
    cwd,
    env: { ...process.env, ...hermeticGitEnvironment, ...more },
    encoding: 'utf8',
    maxBuffer: maxOutputBytes,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return output.replace(/\n$/, '');
}

function remoteOf(remote: string | null): string {
  if (remote === null) throw new Error('this repository was built without a remote');
  return remote;
}
