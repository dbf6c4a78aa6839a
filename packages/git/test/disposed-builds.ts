import { type BuiltRepository, buildRepository, type RepositoryDescription } from '@weighbridge/testkit';
import { afterEach } from 'vitest';

/** Five commits that change one file. */
export const fiveCommits = Array.from({ length: 5 }, (_, index) => ({ files: { a: String(index) } }));

/** Commits of a built repository, in whose history something is looked for. */
export const [firstOf, lastOf] = [
  (built: BuiltRepository): string => built.commits[0] ?? '',
  (built: BuiltRepository): string => built.commits.at(-1) ?? '',
];

/** A builder whose repositories go away after each test of the suite that asked for it. */
export function disposedBuilds(): (description: RepositoryDescription) => Promise<BuiltRepository> {
  const builts: BuiltRepository[] = [];
  afterEach(async () => {
    for (const built of builts.splice(0)) await built.dispose();
  });
  return async (description) => {
    const built = await buildRepository(description);
    builts.push(built);
    return built;
  };
}
