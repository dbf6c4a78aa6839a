import { join, resolve } from 'node:path';
import { runGit } from './run-git.js';

/** A folder of ours inside the clone's git directory, shared by its work trees: for keys and caches, never committed. */
export async function readPrivateFolder(root: string): Promise<string> {
  const { stdout } = await runGit(['rev-parse', '--git-common-dir'], { cwd: root });
  return join(resolve(root, stdout.toString('utf8').trim()), 'weighbridge');
}
