import { execFileSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PullFacts } from '@weighbridge/gates';
import { readPrivateFolder } from '@weighbridge/git';
import type { Surroundings } from '@weighbridge/flows';
import { type MemoryForge, memoryForge, pullCommit, pullFacts, pullReview } from '@weighbridge/testkit';
import { type GovernedRepository, makeGovernedRepository, openSurroundings } from './governed-repository.js';

/** Minutes of the story: each thing that happens is one later than the last. */
const firstMs = Date.parse('2026-06-01T00:00:00Z');

/** A governed repository with a remote, and a forge in memory whose pull requests are of real commits. */
export interface ReviewedRepository {
  readonly repository: GovernedRepository;
  readonly forge: MemoryForge;
  /** Files of a branch that begins at main, or goes on where it is, committed and pushed. Answers its head. */
  push(branch: string, files: Readonly<Record<string, string | Uint8Array | null>>): Promise<string>;
  /** Opens a pull request of a branch, by alice unless said otherwise. */
  open(branch: string, facts?: Partial<PullFacts>): number;
  review(number: number, by: string, state?: 'approved' | 'changes-requested'): void;
  /** Moves the pull request to its branch's head, as a push does. */
  sync(number: number): void;
  /** Merges with a merge commit, squashed into one, or commit by commit. Answers main's head. */
  merge(number: number, how?: 'merge' | 'squash' | 'rebase'): string;
  /** What a fresh clone of depth 1 of main has, with the forge. */
  job(): Promise<Surroundings>;
  now(): string;
  dispose(): Promise<void>;
}

export async function makeReviewedRepository(policy: string): Promise<ReviewedRepository> {
  const repository = await makeGovernedRepository({ remote: true, policy });
  const { built, root, write } = repository;
  const forge = memoryForge();
  for (const login of ['alice', 'bob', 'carol', 'dana']) forge.state.permissions.set(login, 'write');
  const git = built.git;
  let minutes = 0;
  const tick = () => new Date(firstMs + 60_000 * minutes++).toISOString().replace('.000Z', 'Z');
  const commitFact = (id: string) =>
    pullCommit({
      id,
      tree: git('rev-parse', `${id}^{tree}`),
      parents: git('rev-list', '--parents', '-n1', id).split(' ').slice(1),
      committedAt: new Date(Number(git('log', '-1', '--format=%ct', id)) * 1000).toISOString().replace('.000Z', 'Z'),
    });
  const commitsOf = (head: string) =>
    git('rev-list', '--reverse', `origin/main..${head}`).split('\n').filter(Boolean).map(commitFact);
  const branches = new Map<number, string>();
  // The forge in memory knows commits of pull requests; these are all of the repository's.
  const commits: MemoryForge['commits'] = async (ids) => {
    const placed = [...forge.state.pulls.values()].flatMap((pull) => pull.commits.map((one) => [one.id, one] as const));
    const known = new Map(placed);
    return ids.map((id) => known.get(id) ?? commitFact(id));
  };
  Object.assign(forge, { commits });
  return {
    repository,
    forge,
    now: () => tick(),
    async push(branch, files) {
      const at = tick();
      const exists = built.gitRemote('branch', '--list', branch) !== '';
      git('fetch', '--quiet', 'origin');
      git('checkout', '--quiet', '-B', branch, exists ? `origin/${branch}` : 'origin/main');
      for (const [path, content] of Object.entries(files)) {
        if (content === null) await rm(join(root, path));
        else await write(path, content);
      }
      git('add', '-A');
      execFileSync('git', ['commit', '--quiet', '-m', `Change of ${branch}`], {
        cwd: root,
        env: { ...process.env, GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at },
      });
      git('push', '--quiet', '--force', 'origin', branch);
      const head = git('rev-parse', 'HEAD');
      git('checkout', '--quiet', 'main');
      return head;
    },
    open(branch, facts = {}) {
      const number = forge.state.nextNumber();
      const head = built.gitRemote('rev-parse', branch);
      branches.set(number, branch);
      forge.place(
        pullFacts({
          number,
          openedAt: tick(),
          base: { ref: 'main', commit: built.gitRemote('rev-parse', 'main') },
          head: { ref: branch, commit: head, repository: 'acme/models', fork: false },
          headSeenAt: tick(),
          commits: commitsOf(head),
          ...facts,
        }),
      );
      return number;
    },
    review(number, by, state = 'approved') {
      forge.state.edit(number, (pull) => ({
        reviews: [
          ...pull.reviews,
          { ...pullReview({ by, commit: pull.head.commit, state, submittedAt: tick() }), id: `${minutes}` },
        ],
      }));
    },
    sync(number) {
      const head = built.gitRemote('rev-parse', branches.get(number) ?? '');
      forge.state.edit(number, (pull) => ({
        head: { ...pull.head, commit: head },
        headSeenAt: tick(),
        commits: commitsOf(head),
      }));
    },
    merge(number, how = 'merge') {
      const branch = branches.get(number) ?? '';
      git('fetch', '--quiet', 'origin');
      git('checkout', '--quiet', 'main');
      git('reset', '--quiet', '--hard', 'origin/main');
      if (how === 'rebase') git('merge', '--quiet', '--ff-only', `origin/${branch}`);
      else if (how === 'merge') git('merge', '--quiet', '--no-ff', '-m', `Merge #${number}`, `origin/${branch}`);
      else {
        git('merge', '--quiet', '--squash', `origin/${branch}`);
        git('commit', '--quiet', '-m', `Change (#${number})`);
      }
      git('push', '--quiet', 'origin', 'main');
      const commit = git('rev-parse', 'HEAD');
      forge.state.edit(number, (_pull, at) => ({ state: 'merged', merged: { commit, by: null, at } }));
      return commit;
    },
    async job() {
      const clone = await built.clone({ depth: 1 });
      const key = await readFile(join(await readPrivateFolder(root), 'signing.key'), 'utf8');
      return { ...(await openSurroundings(clone.root, key)), forge };
    },
    async dispose() {
      await repository.dispose();
    },
  };
}
