import type { Repository } from '@weighbridge/ports';
import type { RepositoryDescription, TagDescription } from '../repository-builder.js';

/** One repository for one test, and what others do to it from outside. */
export interface RepositoryUnderTest {
  readonly repository: Repository;
  /** Ids of the described commits, in order. */
  readonly commits: readonly string[];
  tagFromOutside(where: 'clone' | 'remote', tag: TagDescription & { readonly commit: string }): Promise<void>;
  /** Commits that the tags at the remote lead to, by name. */
  remoteTags(): Promise<ReadonlyMap<string, string>>;
  /** Tips of the branches at the remote, or in the clone when it has none. */
  branches(): Promise<ReadonlyMap<string, string>>;
  dispose(): Promise<void>;
}

/** Opens a repository that is disposed of after the test, with the ids of some of its commits by name. */
export type OpenRepository = (description: RepositoryDescription) => Promise<
  RepositoryUnderTest & {
    readonly first: string;
    readonly second: string;
    readonly third: string;
    readonly last: string;
  }
>;

export const text = (content: string) => new TextEncoder().encode(content);
export const absentCommit = 'd'.repeat(40);
export const time = '2026-03-04T05:06:07Z';

/** The first and the third have the same tree. */
export const threeCommits = [{ files: { a: '1' } }, { files: { a: '2' } }, { files: { a: '1' } }];
