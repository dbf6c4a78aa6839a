import type { Repository, WorkTree } from '@weighbridge/ports';

/** Files to read from, be it the checkout or a commit. Paths are relative to the repository root. */
export interface Files {
  /** What messages call it: `the checkout` or a short commit id. */
  readonly name: string;
  list(folder: string): Promise<readonly string[]>;
  read(path: string, maxBytes: number): Promise<Uint8Array | null>;
}

/** The files of the checkout as they are. */
export function filesOfWorkTree(workTree: WorkTree): Files {
  return {
    name: 'the checkout',
    list: (folder) => workTree.list(folder),
    read: (path, maxBytes) => workTree.read(path, maxBytes),
  };
}

/** The files of one commit, whatever the checkout holds. */
export function filesAtCommit(repository: Repository, commit: string): Files {
  return {
    name: commit.slice(0, 12),
    list: (folder) => repository.listAt(commit, folder),
    read: (path, maxBytes) => repository.readFileAt(commit, path, maxBytes),
  };
}
