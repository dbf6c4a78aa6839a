import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { kill, pid } from 'node:process';
import { weighbridgeError } from '@weighbridge/core';
import { runGit } from '../run-git.js';
import type { LedgerServer } from './server.js';

/** Clones of the ledger that processes of one machine may have beside each other. */
const maxSlots = 64;
/** Packs that a scratch repository may gather before it is thrown away: it is a cache, and git slows down with them. */
const maxPacks = 200;
/** A claim of another machine, such as on a shared disk, counts for this long. */
const foreignClaimMs = 60 * 60 * 1000;

/** Written into a scratch repository when git has made it, with the format of its objects: it is not made again. */
const readyName = 'weighbridge-ready';

/** A bare repository that holds the ledger branch, shallow and without blobs, so that the user's clone stays as it is. */
export interface Scratch {
  readonly folder: string;
  /** Runs one task of this process after the other. */
  exclusive<Result>(task: () => Promise<Result>): Promise<Result>;
}

/** Scratch repositories that this process holds. Claims of a process end with it: the next one sees that it is gone. */
const held = new Map<string, Promise<Scratch>>();

/** The scratch repository of a clone: this process's own, made when there is none. @throws git/scratch-busy */
export function openScratch(server: LedgerServer): Promise<Scratch> {
  const known = held.get(server.gitFolder);
  if (known !== undefined) return known;
  const opened = claimScratch(server);
  held.set(server.gitFolder, opened);
  opened.catch(() => held.delete(server.gitFolder));
  return opened;
}

async function claimScratch(server: LedgerServer): Promise<Scratch> {
  const parent = join(server.gitFolder, 'weighbridge');
  await mkdir(parent, { recursive: true });
  for (let slot = 0; slot < maxSlots; slot++) {
    const name = slot === 0 ? 'ledger' : `ledger-${slot}`;
    if (!(await claim(join(parent, `${name}.lock`)))) continue;
    const folder = join(parent, `${name}.git`);
    await prepare(folder, server);
    return { folder, exclusive: oneAtATime() };
  }
  throw weighbridgeError('git/scratch-busy', { folder: parent, count: maxSlots });
}

/** Makes a claim unless a living process has it. */
async function claim(path: string): Promise<boolean> {
  const claimText = JSON.stringify({ host: hostname(), pid });
  for (const attempt of [0, 1]) {
    try {
      await writeFile(path, claimText, { flag: 'wx' });
      return true;
    } catch (error) {
      if (!isCode(error, 'EEXIST') || attempt === 1 || (await isLive(path))) {
        if (isCode(error, 'EEXIST')) return false;
        throw error;
      }
      // Whoever renames it first takes the dead claim away; the others find none to rename.
      await rename(path, `${path}.${pid}.dead`).catch(ignoreAbsent);
      await rm(`${path}.${pid}.dead`, { force: true });
    }
  }
  return false;
}

async function isLive(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const owner = parseClaim(text);
  const changed = await stat(path).catch(() => null);
  if (changed === null) return false;
  const ageMs = Date.now() - changed.mtimeMs;
  // A claim without text is being written at this moment, or its writer died in between.
  if (owner === null) return ageMs < 5_000;
  if (owner.host !== hostname()) return ageMs < foreignClaimMs;
  return owner.pid !== pid && isRunning(owner.pid);
}

function parseClaim(text: string): { readonly host: string; readonly pid: number } | null {
  try {
    const value = JSON.parse(text) as { host?: unknown; pid?: unknown } | null;
    if (typeof value?.host !== 'string' || typeof value.pid !== 'number') return null;
    return { host: value.host, pid: value.pid };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Signal 0 asks and does nothing; a process of another user answers with EPERM. */
function isRunning(other: number): boolean {
  try {
    return kill(other, 0);
  } catch (error) {
    if (isCode(error, 'EPERM')) return true;
    if (isCode(error, 'ESRCH')) return false;
    throw error;
  }
}

async function prepare(folder: string, server: LedgerServer): Promise<void> {
  const packs = await readdir(join(folder, 'objects', 'pack')).catch(() => []);
  if (packs.filter((name) => name.endsWith('.pack')).length > maxPacks)
    await rm(folder, { recursive: true, force: true });
  // A process that was ended leaves lock files behind, and nobody else may be in here.
  for (const name of ['shallow.lock', 'config.lock', 'HEAD.lock', 'packed-refs.lock'])
    await rm(join(folder, name), { force: true });
  for (const name of ['inbox', 'tip.lock', 'draft.lock']) {
    await rm(join(folder, 'refs', 'weighbridge', name), { recursive: true, force: true });
  }
  if (await isReady(folder, server.objectFormat)) return;
  await runGit(['init', '--quiet', '--bare', '--template=', `--object-format=${server.objectFormat}`, folder], {
    cwd: server.gitFolder,
  });
  await writeFile(join(folder, readyName), server.objectFormat);
}

/** Whether git has made all of a scratch repository, and it is still there. */
async function isReady(folder: string, objectFormat: string): Promise<boolean> {
  if ((await readFile(join(folder, readyName), 'utf8').catch(() => null)) !== objectFormat) return false;
  return ['HEAD', 'config', 'objects', 'refs'].every((name) => existsSync(join(folder, name)));
}

function oneAtATime(): Scratch['exclusive'] {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const next = last.then(task, task);
    last = next;
    return next;
  };
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function ignoreAbsent(error: unknown): void {
  if (!isCode(error, 'ENOENT')) throw error;
}
