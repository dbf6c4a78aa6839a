import { randomUUID } from 'node:crypto';
import { lstatSync, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { invariant, weighbridgeError } from '@weighbridge/core';
import type { LocalFolder } from '@weighbridge/ports';
import { makeFolder, removeFile, replaceFile, syncFolder, writeAll } from '../durable-files.js';
import { openFileSource } from '../file-source.js';
import { hashFile } from '../hash-file.js';
import { explainIo } from '../io-errors.js';
import type { Processes } from './partial-files.js';
import { resumeFile } from './resume-file.js';

const writtenMode = 0o644;

/** Opens a folder that files are brought into; it is made by the first write. */
export function openLocalFolder(path: string, processes: Processes): LocalFolder {
  const root = resolve(path);

  /** The folder itself may be a link, since its owner named it; nothing below it may. */
  async function place(name: string): Promise<string> {
    const words = name.split('/');
    invariant(!words.some((word) => word === '' || word === '.' || word === '..'), 'a name would leave its folder');
    let at = root;
    for (const word of words.slice(0, -1)) {
      at = join(at, word);
      const status = await look(at);
      if (status === null || status.isDirectory()) continue;
      const reason = status.isSymbolicLink() ? 'it is a symbolic link' : 'it is no folder';
      throw weighbridgeError('store/io', { action: 'write below', path: at, reason });
    }
    return join(root, name);
  }

  async function sizeOf(name: string): Promise<number | null> {
    const target = await place(name);
    const status = await look(target);
    return status?.isFile() === true ? status.size : null;
  }

  return {
    path: root,
    place,
    sizeOf,
    digestOf: async (name) => (await hashFile(await place(name))).digest,
    open: async (name) => ((await sizeOf(name)) === null ? null : openFileSource(await place(name), name)),
    async write(name, pieces) {
      const target = await place(name);
      const folder = dirname(target);
      await explainIo('write', target, async () => {
        await makeFolder(folder);
        const partial = join(folder, `.weighbridge-${randomUUID()}.partial`);
        try {
          await writePieces(partial, pieces);
          await replaceFile(partial, target);
        } catch (cause) {
          await removeFile(partial);
          throw cause;
        }
        await syncFolder(folder);
      });
    },
    async resume(name, known, pieces) {
      const target = await place(name);
      await explainIo('write', target, () => resumeFile(target, { known, processes }, pieces));
    },
  };
}

/** What lies at a path, or null. Without waiting: of each file that is fetched this is asked, and known in a moment. */
function look(path: string): Promise<Stats | null> {
  return explainIo('look at', path, async () => lstatSync(path, { throwIfNoEntry: false }) ?? null);
}

async function writePieces(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    let offset = 0;
    for await (const piece of pieces) {
      await writeAll(file, piece, offset);
      offset += piece.length;
    }
    await file.chmod(writtenMode);
    await file.sync();
  } finally {
    await file.close();
  }
}
