import type { FakeGitHub } from './fake-github.js';
import type { Repository } from './state.js';

/** Opens a pull request with so many reviews, commits and files, and answers its number. */
export function largePull(
  { people }: FakeGitHub,
  repository: Repository,
  size: { readonly reviews: number; readonly commits: number; readonly files: number },
): number {
  const { git } = repository;
  const person = { name: 'alice', email: 'alice@users.noreply.github.com' };
  let tip = git.resolve(`refs/heads/${repository.defaultBranch}`) ?? '';
  for (let index = 1; index <= size.commits; index++) {
    const count = index === 1 ? size.files : 1;
    const names = Array.from({ length: count }, (_, file) => `shards/${file}.bin`);
    tip = git.makeCommit({
      parents: [tip],
      files: Object.fromEntries(names.map((name) => [name, `${name} ${index}`])),
      message: `Commit ${index}`,
      author: person,
      committer: person,
      time: '2026-01-02T00:00:00Z',
    });
  }
  people.moveBranch(repository, 'alice', 'large', tip);
  const number = people.openPull(repository, { by: 'alice', branch: 'large' });
  for (let index = 0; index < size.reviews; index++) {
    const state = index % 3 === 0 ? 'APPROVED' : 'COMMENTED';
    people.review(repository, { by: `reviewer-${index % 40}`, pull: number, state });
  }
  return number;
}
