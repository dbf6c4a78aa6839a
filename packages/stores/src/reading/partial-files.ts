import { createHash, randomBytes } from 'node:crypto';
import { copyFile, constants, lstat, readdir, rename, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Digest } from '@weighbridge/core';
import { removeFile } from '../durable-files.js';
import { unlessErrno } from '../io-errors.js';

/** A file that is known by its digest. */
export interface KnownFile {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** Who writes a file touches it each minute: whoever has not done so for this long has ended, or was stopped. */
const desertedMs = 15 * 60_000;

const suffix = '.partial';

/** What a file system answers for what is gone meanwhile, or belongs to somebody else: then there is nothing to go on with. */
const notOursCodes = ['ENOENT', 'EPERM', 'EACCES'];

/** What it answers where a copy does not fit. */
const fullCodes = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** Processes of this machine, as far as who writes files has to know them. */
export interface Processes {
  /** The id of this one. */
  readonly own: number;
  /**
   * What is the same for those processes alone whose ids `isAlive` knows. Two containers of one host, or of one name, each
   * have their own.
   */
  readonly space: string;
  /** False only where there is surely none of that id. */
  isAlive(id: number): boolean;
}

/** What an unfinished file is called: like no other one before or after, with whoever writes it in its name. */
export function partialName(
  target: string,
  known: KnownFile,
  { own, space }: Pick<Processes, 'own' | 'space'>,
): string {
  return `${stemOf(target, known)}${spaceTag(space)}-${own}-${randomBytes(4).toString('hex')}${suffix}`;
}

/** Who asks for what was left. */
export interface Claimant {
  readonly processes: Processes;
  /** The owner of what this process writes in that folder, by the folder's file system. Nothing of others is touched. */
  readonly uid: number;
  /** Whether this process writes a file of that path now. */
  isInUse(path: string): boolean;
}

/**
 * Puts the longest of what others have left of a file into the place of one's own, and removes the rest. What a process
 * has left that surely ended is taken as it is. What merely was not written to for long is copied, since whoever was
 * stopped may write to it once more; where there is no room for that, the file is begun anew. What cannot be taken counts
 * as nothing, and what is longer than the file is none of it.
 */
export async function claimPartial(target: string, known: KnownFile, own: string, claimant: Claimant): Promise<void> {
  let isTaken = false;
  for (const left of await findDeserted(target, known, claimant)) {
    if (isTaken || left.sizeBytes > known.sizeBytes) await removeLeft(left);
    else isTaken = left.hasEnded ? await take(left, own) : await copy(left, own);
  }
}

/** Removes what others have left of a file, where they are surely or by all signs gone. */
export async function removeDeserted(target: string, known: KnownFile, claimant: Claimant): Promise<void> {
  for (const left of await findDeserted(target, known, claimant)) await removeLeft(left);
}

interface Left {
  readonly path: string;
  readonly sizeBytes: number;
  /** Surely; else it has not been written to for long. */
  readonly hasEnded: boolean;
}

/** Another process that claims at the same time is faster, or it is not: one rename succeeds. */
async function take({ path }: Left, own: string): Promise<boolean> {
  const taken = await unlessErrno(notOursCodes, async () => {
    // At once young: a rename leaves the time alone, and by it others elsewhere tell what is deserted.
    await utimes(path, new Date(), new Date());
    await rename(path, own);
    return true;
  });
  return taken ?? false;
}

async function copy(left: Left, own: string): Promise<boolean> {
  const copied = await unlessErrno([...notOursCodes, ...fullCodes], async () => {
    await copyFile(left.path, own, constants.COPYFILE_FICLONE);
    return true;
  });
  await removeLeft(left);
  return copied ?? false;
}

async function removeLeft({ path }: Left): Promise<void> {
  await unlessErrno(notOursCodes, () => removeFile(path));
}

/** The longest first. */
async function findDeserted(target: string, known: KnownFile, claimant: Claimant): Promise<readonly Left[]> {
  const [folder, stem] = [dirname(target), stemOf(target, known)];
  const found: Left[] = [];
  for (const name of (await unlessErrno(notOursCodes, () => readdir(folder))) ?? []) {
    if (!name.startsWith(stem) || !name.endsWith(suffix)) continue;
    const path = join(folder, name);
    const status = await unlessErrno(notOursCodes, () => lstat(path));
    // A second name of the same file may be anything of its owner's.
    if (status?.isFile() !== true || status.uid !== claimant.uid || status.nlink !== 1) continue;
    if ((status.mode & 0o600) !== 0o600 || claimant.isInUse(path)) continue;
    const writer = writerOf(name.slice(stem.length, -suffix.length), claimant.processes);
    if (writer === 'ended' || (writer === 'unknown' && Date.now() - status.mtimeMs > desertedMs))
      found.push({ path, sizeBytes: status.size, hasEnded: writer === 'ended' });
  }
  return found.sort((left, right) => right.sizeBytes - left.sizeBytes);
}

/** What a file is called by whoever writes it: so much of the names of target and digest as no other file has. */
function stemOf(target: string, { digest }: KnownFile): string {
  const name = createHash('sha256')
    .update(`following ${digest} ${basename(target)}`)
    .digest('hex')
    .slice(0, 16);
  return `.weighbridge-${name}-`;
}

function spaceTag(space: string): string {
  return createHash('sha256').update(space).digest('hex').slice(0, 16);
}

/** What became of the process that a name has, which is another one than this, or this one that is done with the file. */
function writerOf(tag: string, { own, space, isAlive }: Processes): 'ended' | 'alive' | 'unknown' {
  const [, where, id] = /^([0-9a-f]{16})-(\d{1,10})-[0-9a-f]{8}$/.exec(tag) ?? [];
  if (where !== spaceTag(space)) return 'unknown';
  return Number(id) === own || !isAlive(Number(id)) ? 'ended' : 'alive';
}
