import type { Branches } from './branches.js';
import type { Scene } from './scene.js';
import { type Pull, type Repository, pullOf } from './state.js';

/** How a pull request is merged. */
export type MergeMethod = 'merge' | 'squash' | 'rebase';

/** Merges, by hand and by a queue. */
export function mergeActs(scene: Scene, { moveBranch, addSuite }: Branches) {
  const { state } = scene;
  return {
    merge(
      repository: Repository,
      merge: { readonly by: string; readonly pull: number; readonly method?: MergeMethod },
    ): string {
      const pull = pullOf(repository, merge.pull);
      const commit = mergedCommit(repository, pull, merge.method ?? 'merge', {
        identity: scene.identity(merge.by),
        time: scene.at(),
      });
      const time = scene.at();
      pull.state = 'closed';
      pull.merged = { commit, by: state.account(merge.by), at: time };
      pull.closedAt = time;
      pull.updatedAt = time;
      moveBranch(repository, merge.by, pull.base, commit);
      scene.happened(repository, 'pull_request', { action: 'closed', number: pull.number, pull }, merge.by);
      return commit;
    },

    /**
     * Brings a pull request up to date with its base by a merge commit, as the button of GitHub does. `files` are put into
     * that commit besides, which the button never does and somebody by hand can.
     */
    updateBranch(
      repository: Repository,
      update: {
        readonly by: string;
        readonly pull: number;
        readonly files?: Readonly<Record<string, string | Uint8Array>>;
      },
    ): string {
      const pull = pullOf(repository, update.pull);
      const base = repository.git.resolve(`refs/heads/${pull.base}`) ?? pull.baseCommit;
      const tree = repository.git.mergeTree(pull.headCommit, base);
      if (tree === null) throw new Error(`pull request ${update.pull} conflicts`);
      const commit = repository.git.makeCommit({
        parents: [pull.headCommit, base],
        tree,
        ...(update.files === undefined ? {} : { files: update.files }),
        message: `Merge branch '${pull.base}' into ${pull.headBranch}`,
        author: scene.identity(update.by),
        committer: { name: 'GitHub', email: 'noreply@github.com' },
        time: scene.at(),
      });
      moveBranch(repository, update.by, pull.headBranch, commit);
      return commit;
    },

    /** Puts pull requests into a merge queue as one group, and answers its head. Nothing is merged yet. */
    enqueue(repository: Repository, group: { readonly by: string; readonly pulls: readonly number[] }): string {
      const pulls = group.pulls.map((number) => pullOf(repository, number));
      const [first] = pulls;
      const last = pulls.at(-1);
      if (first === undefined || last === undefined) throw new Error('an empty merge group');
      const base = repository.git.resolve(`refs/heads/${first.base}`) ?? first.baseCommit;
      let head = base;
      for (const pull of pulls) {
        const tree = repository.git.mergeTree(head, pull.headCommit);
        if (tree === null) throw new Error(`pull request ${pull.number} conflicts`);
        head = repository.git.makeCommit({
          parents: [head, pull.headCommit],
          tree,
          message: `Merge pull request #${pull.number} from ${pull.headBranch}`,
          author: scene.identity(group.by),
          committer: { name: 'GitHub', email: 'noreply@github.com' },
          time: scene.at(),
        });
      }
      const ref = `refs/heads/gh-readonly-queue/${first.base}/pr-${last.number}-${base}`;
      repository.git.setRef(ref, head);
      addSuite(repository, ref.replace('refs/heads/', ''), head, scene.at());
      const mergeGroup = { head_sha: head, head_ref: ref, base_sha: base, base_ref: `refs/heads/${first.base}` };
      scene.happened(repository, 'merge_group', { action: 'checks_requested', merge_group: mergeGroup }, group.by);
      return head;
    },

    /** Merges a group whose checks passed: the base moves to its head and every pull request of it is merged. */
    mergeGroup(repository: Repository, group: { readonly pulls: readonly number[]; readonly head: string }): void {
      const [first] = group.pulls.map((number) => pullOf(repository, number));
      if (first === undefined) throw new Error('an empty merge group');
      const queue = 'github-merge-queue[bot]';
      moveBranch(repository, queue, first.base, group.head);
      for (const number of group.pulls) {
        const pull = pullOf(repository, number);
        const time = scene.at();
        const commit = repository.git
          .git(['rev-list', '--first-parent', '--reverse', `${pull.baseCommit}..${group.head}`])
          .split('\n')
          .find((id) => repository.git.commit(id).parents.includes(pull.headCommit));
        pull.state = 'closed';
        pull.closedAt = time;
        pull.updatedAt = time;
        pull.merged = { commit: commit ?? group.head, by: state.account(queue), at: time };
        scene.happened(repository, 'pull_request', { action: 'closed', number, pull }, queue);
      }
    },
  };
}

function mergedCommit(
  repository: Repository,
  pull: Pull,
  method: MergeMethod,
  by: { readonly identity: { readonly name: string; readonly email: string }; readonly time: string },
): string {
  const { git } = repository;
  const base = git.resolve(`refs/heads/${pull.base}`) ?? pull.baseCommit;
  const tree = git.mergeTree(base, pull.headCommit);
  if (tree === null) throw new Error(`pull request ${pull.number} conflicts`);
  const web = { name: 'GitHub', email: 'noreply@github.com' };
  if (method === 'merge') {
    const message = `Merge pull request #${pull.number} from ${pull.headBranch}\n\n${pull.title}`;
    const parents = [base, pull.headCommit];
    return git.makeCommit({ parents, tree, message, author: by.identity, committer: web, time: by.time });
  }
  const commits = git.between(base, pull.headCommit);
  if (method === 'squash') {
    const author = commits[0]?.author ?? by.identity;
    const message = `${pull.title} (#${pull.number})`;
    return git.makeCommit({ parents: [base], tree, message, author, committer: web, time: by.time });
  }
  return commits.reduce((tip, commit) => {
    const replayed = git.replayedTree(tip, commit);
    const { author, message } = commit;
    return git.makeCommit({ parents: [tip], tree: replayed, message, author, committer: by.identity, time: by.time });
  }, base);
}
