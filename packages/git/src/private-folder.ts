import { privateFolderOf, readClone } from './clone.js';

/** The private folder of the clone that a folder lies in. @throws git/failed outside of one */
export async function readPrivateFolder(root: string): Promise<string> {
  return privateFolderOf(await readClone(root));
}
