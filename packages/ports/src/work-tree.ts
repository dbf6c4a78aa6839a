import type { ByteSource } from '@weighbridge/formats';

/**
 * The files of a checkout. Paths are relative to the repository root, with `/`, never `..`, never a followed symlink: a
 * path that is one, or leads through one, is refused. All methods that take a path @throws git/path, git/symlink
 */
export interface WorkTree {
  /** Absolute path of the root, for messages. */
  readonly root: string;
  /**
   * Files under `folder` ('' for all), tracked or untracked but not ignored, sorted. With `ignored: true` also those
   * that git ignores (model weights often are). `.git` and node_modules are never listed; symlinks are, so that
   * reading one says what is wrong. @throws git/too-many-files
   */
  list(folder: string, options?: { readonly ignored?: boolean }): Promise<readonly string[]>;
  /** Whole file, or null when absent or not a file, with the line ends that a commit of it has. @throws git/file-too-large above `maxBytes`. */
  read(path: string, maxBytes: number): Promise<Uint8Array | null>;
  /** Random access, or null when absent or not a file, with the line ends that a commit of it has. The caller closes it. */
  open(path: string): Promise<(ByteSource & { close(): Promise<void> }) | null>;
  /** Writes atomically (temporary file and rename), making folders as needed. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Which of the paths git ignores. Files that are tracked never are. */
  ignored(paths: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Which of the paths differ from the commit HEAD names: changed, staged, removed, untracked or ignored. A folder
   * differs when a file in it does.
   */
  changed(paths: readonly string[]): Promise<ReadonlySet<string>>;
}
