// The stores that are compared. Each takes one file after the other and tells, by looking at what lies on the disk, how
// many bytes and objects it keeps. Nobody compresses, so that only what is shared counts.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { endOfChunk } from '@weighbridge/storage';
import { openFileSource, openFolderStore } from '@weighbridge/stores';
import { plainEnvironment, root, runWell } from '../workspace.mjs';

/** The bounds of Xet (https://huggingface.co/docs/xet/chunking): 8 KiB, 64 KiB in the mean, 128 KiB. */
const xetLimits = { minBytes: 8 * 1024, meanBytes: 64 * 1024, maxBytes: 128 * 1024 };
/** What a list of chunks needs for each: a digest and a length. */
const chunkEntryBytes = 36;

/** Ours, as `store push` and `register` use it: what a file is like is named. */
export function openOurs(folder) {
  const store = openFolderStore(folder);
  const digests = new Map();
  return {
    name: 'weighbridge',
    async add(path, { like }) {
      const source = await openFileSource(path);
      try {
        const given = like === undefined ? {} : { like: [digests.get(like)] };
        digests.set(basename(path), (await store.put(source, given)).digest);
      } finally {
        await source.close();
      }
    },
    size: () => sizeOf(folder),
  };
}

/** Chunks of 64 KiB as Xet has them, each distinct one once, with the lists that make files of them. Nothing is written. */
export function openChunks() {
  const known = new Set();
  const size = { sizeBytes: 0, objects: 0 };
  return {
    name: 'chunks of 64 KiB',
    async add(path) {
      const bytes = readFileSync(path);
      for (let start = 0; start < bytes.length; ) {
        const end = endOfChunk(bytes, { start, isEnd: true, limits: xetLimits });
        const digest = createHash('sha256').update(bytes.subarray(start, end)).digest('base64');
        size.sizeBytes += chunkEntryBytes + (known.has(digest) ? 0 : end - start);
        size.objects += known.has(digest) ? 0 : 1;
        known.add(digest);
        start = end;
      }
    },
    size: () => ({ ...size }),
  };
}

/** `dvc add` in a folder without git. Null when DVC is not there. */
export async function openDvc(folder) {
  const program = join(root, '.peers', 'bin', 'dvc');
  if (!existsSync(program)) return null;
  mkdirSync(folder, { recursive: true });
  const environment = { ...plainEnvironment(), DVC_NO_ANALYTICS: '1', DVC_GLOBAL_CONFIG_DIR: folder };
  const dvc = (...words) => runWell(program, words, { cwd: folder, environment });
  await dvc('init', '--no-scm', '--quiet');
  await dvc('config', 'cache.type', 'hardlink,copy');
  return {
    name: 'DVC',
    async add(path) {
      const name = basename(path);
      copyFileSync(path, join(folder, name));
      await dvc('add', '--quiet', name);
      rmSync(join(folder, name));
    },
    size: () => sizeOf(join(folder, '.dvc', 'cache')),
  };
}

/** `restic backup` without compression. Null when restic is not there. */
export async function openRestic(folder) {
  const program = join(root, '.peers', 'restic', 'bin', 'restic');
  if (!existsSync(program)) return null;
  mkdirSync(dirname(folder), { recursive: true });
  const environment = { ...plainEnvironment(), RESTIC_PASSWORD: 'bench', RESTIC_CACHE_DIR: `${folder}-cache` };
  const restic = (...words) => runWell(program, ['--quiet', '--repo', folder, ...words], { environment });
  await restic('init');
  return {
    name: 'restic',
    add: (path) => restic('backup', '--compression', 'off', path),
    size: () => sizeOf(folder),
  };
}

function sizeOf(folder) {
  const size = { sizeBytes: 0, objects: 0 };
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    size.sizeBytes += statSync(join(entry.parentPath, entry.name)).size;
    size.objects += 1;
  }
  return size;
}
