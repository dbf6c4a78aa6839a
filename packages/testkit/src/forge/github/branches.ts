import type { Scene } from './scene.js';
import { type Pull, type Repository, type TimelineEvent, noreplyOf } from './state.js';

/** One commit to push. */
export interface PushDescription {
  readonly by: string;
  readonly branch: string;
  readonly files?: Readonly<Record<string, string | Uint8Array | null>>;
  readonly message?: string;
  readonly author?: string | null;
  readonly coAuthors?: readonly string[];
  readonly force?: boolean;
}

/** Pushes, and what they do to branches, pull requests and check suites. */
export type Branches = ReturnType<typeof branches>;

/** What moves branches. */
export function branches(scene: Scene) {
  const { state } = scene;

  /** Points a branch to a commit that is there, as a push does. */
  function moveBranch(repository: Repository, by: string, branch: string, commit: string): void {
    const ref = `refs/heads/${branch}`;
    const before = repository.git.resolve(ref);
    const forced = before !== null && !repository.git.isAncestor(before, commit);
    repository.git.setRef(ref, commit);
    const time = scene.at();
    addSuite(repository, branch, commit, time);
    scene.happened(
      repository,
      'push',
      { ref, before: before ?? '0'.repeat(40), after: commit, forced, deleted: false },
      by,
    );
    for (const { owner, pull } of pullsFrom(repository, branch)) {
      pull.headCommit = commit;
      pull.updatedAt = time;
      pull.baseCommit = owner.git.resolve(`refs/heads/${pull.base}`) ?? pull.baseCommit;
      bringHead(repository, owner, pull);
      if (owner !== repository) addSuite(owner, branch, commit, time);
      if (forced && before !== null) {
        const event = { type: 'HeadRefForcePushedEvent', at: time, actor: state.account(by), before, after: commit };
        pull.timeline.push(event as TimelineEvent);
      }
      scene.happened(
        owner,
        'pull_request',
        { action: 'synchronize', number: pull.number, before, after: commit, pull },
        by,
      );
    }
  }

  function pullsFrom(repository: Repository, branch: string): readonly { owner: Repository; pull: Pull }[] {
    return [...state.repositories.values()].flatMap((owner) =>
      [...owner.pulls.values()]
        .filter(
          (pull) => pull.state === 'open' && pull.headBranch === branch && pull.headRepository === repository.fullName,
        )
        .map((pull) => ({ owner, pull })),
    );
  }

  function addSuite(repository: Repository, branch: string, commit: string, time: string): void {
    if (scene.token?.kind === 'actions') return;
    repository.suites.push({ id: state.nextId(), commit, branch, app: 'github-actions', at: time });
  }

  function bringHead(from: Repository, to: Repository, pull: Pull): void {
    if (from !== to) to.git.git(['fetch', '--quiet', from.git.folder, pull.headCommit]);
    to.git.setRef(`refs/pull/${pull.number}/head`, pull.headCommit);
    const tree = to.git.mergeTree(pull.baseCommit, pull.headCommit);
    if (tree === null) return;
    const test = to.git.makeCommit({
      parents: [pull.baseCommit, pull.headCommit],
      tree,
      message: `Merge ${pull.headCommit} into ${pull.baseCommit}`,
      author: { name: 'GitHub', email: 'noreply@github.com' },
      committer: { name: 'GitHub', email: 'noreply@github.com' },
      time: pull.updatedAt,
    });
    to.git.setRef(`refs/pull/${pull.number}/merge`, test);
  }

  return {
    moveBranch,
    addSuite,
    bringHead,

    push(repository: Repository, push: PushDescription): string {
      const { by, branch, files = {}, message = 'A commit', author = by, coAuthors = [], force = false } = push;
      const tip = repository.git.resolve(`refs/heads/${branch}`);
      const start = force || tip === null ? repository.git.resolve(`refs/heads/${repository.defaultBranch}`) : tip;
      const trailers = coAuthors.map((login) => `Co-authored-by: ${login} <${noreplyOf(login)}>`);
      for (const login of coAuthors) state.account(login);
      const commit = repository.git.makeCommit({
        parents: start === null ? [] : [start],
        files,
        message: trailers.length === 0 ? message : `${message}\n\n${trailers.join('\n')}`,
        author: scene.identity(author),
        committer: scene.identity(by),
        time: scene.at(),
      });
      moveBranch(repository, by, branch, commit);
      return commit;
    },
  };
}
