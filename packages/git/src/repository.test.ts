import { type BuiltRepository, buildRepository, describeRepository } from '@weighbridge/testkit';
import { openRepository } from './repository.js';

const refLines = (output: string, prefix: string) =>
  output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' ') as [string, string])
    .map(([ref, commit]): [string, string] => [ref.slice(prefix.length), commit]);

const tagArguments = (tag: { name: string; commit: string; message?: string }) =>
  tag.message === undefined ? ['tag', tag.name, tag.commit] : ['tag', '-a', '-m', tag.message, tag.name, tag.commit];

describeRepository('git', async (description) => {
  const built: BuiltRepository = await buildRepository(description);
  const runAtRemote = built.remote === null ? built.git : built.gitRemote;
  return {
    repository: await openRepository(built.root),
    commits: built.commits,
    async tagFromOutside(where, tag) {
      if (where === 'clone') built.git(...tagArguments(tag));
      else built.gitRemote(...tagArguments(tag));
    },
    async remoteTags() {
      if (built.remote === null) return new Map();
      const names = built
        .gitRemote('tag', '--list')
        .split('\n')
        .filter((name) => name !== '');
      return new Map(names.map((name) => [name, built.gitRemote('rev-parse', `${name}^{commit}`)]));
    },
    async branches() {
      return new Map(
        refLines(runAtRemote('for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads/'), 'refs/heads/'),
      );
    },
    dispose: built.dispose,
  };
});
