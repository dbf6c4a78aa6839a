import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { formatDigest, weighbridgeError } from '@weighbridge/core';
import type { Resource } from '@weighbridge/evidence';
import { newHash } from './sha256.js';

/** As many as a signature can list. */
const maxFiles = 65_535;

/**
 * Every file of a folder of the local disk with its SHA-256, by its path in it with `/`. Links are not followed, since
 * what they point at may change after the comparison. @throws signing/folder-unreadable
 */
export async function readFolder(folder: string): Promise<readonly Resource[]> {
  const files: Resource[] = [];
  for (const name of await listFiles(folder, '')) {
    files.push({ name, digest: await hashFile(join(folder, name)) });
  }
  return files;
}

async function listFiles(folder: string, inside: string): Promise<readonly string[]> {
  const names: string[] = [];
  for (const item of await readEntries(join(folder, inside))) {
    const name = `${inside}${item.name}`;
    if (item.isDirectory()) names.push(...(await listFiles(folder, `${name}/`)));
    else if (item.isFile()) names.push(name);
    else throw weighbridgeError('signing/folder-unreadable', { path: name, reason: 'it is a link or no plain file' });
    if (names.length > maxFiles) {
      throw weighbridgeError('signing/folder-unreadable', {
        path: folder,
        reason: `it holds more than ${maxFiles} files`,
      });
    }
  }
  return names;
}

async function readEntries(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    throw weighbridgeError(
      'signing/folder-unreadable',
      { path: folder, reason: 'it is no folder that can be read' },
      { cause },
    );
  }
}

async function hashFile(path: string): Promise<Resource['digest']> {
  const hash = newHash();
  for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(bytes as Uint8Array);
  return formatDigest(hash.digest());
}
