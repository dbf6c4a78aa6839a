import { afterEach, describe } from 'vitest';
import type { RepositoryDescription } from '../repository-builder.js';
import { describeCommits } from './describe-commits.js';
import { describeFiles } from './describe-files.js';
import { describeHistory } from './describe-history.js';
import { describeTags } from './describe-tags.js';
import type { OpenRepository, RepositoryUnderTest } from './repository-under-test.js';

/** The contract of the repository port, run by the one in memory and by the one over git. */
export function describeRepository(
  name: string,
  openRepository: (description: RepositoryDescription) => Promise<RepositoryUnderTest>,
): void {
  describe(`repository contract: ${name}`, () => {
    const opened: RepositoryUnderTest[] = [];
    afterEach(async () => {
      for (const subject of opened.splice(0)) await subject.dispose();
    });
    const open: OpenRepository = async (description) => {
      const subject = await openRepository(description);
      opened.push(subject);
      const [first = '', second = '', third = ''] = subject.commits;
      return { ...subject, first, second, third, last: subject.commits.at(-1) ?? '' };
    };
    describeHistory(open);
    describeFiles(open);
    describeTags(open);
    describeCommits(open);
  });
}
