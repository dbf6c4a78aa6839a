import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { KeptBytes } from '@weighbridge/flows';

/** A file that is kept between runs and that may be removed at any time. It is put into place whole. */
export function keptFile(path: string): KeptBytes {
  return {
    read: () => readFile(path).catch(nullWhenMissing),
    write: async (bytes) => {
      const draft = `${path}.${process.pid}`;
      await mkdir(dirname(path), { recursive: true });
      try {
        await writeFile(draft, bytes);
        await rename(draft, path);
      } finally {
        await rm(draft, { force: true });
      }
    },
  };
}

function nullWhenMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
