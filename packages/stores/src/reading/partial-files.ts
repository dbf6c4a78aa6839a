import { createHash } from 'node:crypto';
import { lstat, readdir, rename } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { removeFile } from '../durable-files.js';
import { unlessErrno } from '../io-errors.js';
import type { KnownFile } from './resume-file.js';

/** Nobody waits as long for a piece: whoever has not written since then has ended. */
const desertedMs = 15 * 60_000;

const suffix = '.partial';

/** Processes of this machine, as far as who writes files has to know them. */
export interface Processes {
  /** The id of this one. */
  readonly own: number;
  /** False only where there is surely none of that id. */
  isAlive(id: number): boolean;
}

/** What this process calls an unfinished file. Nobody else writes to it while this process lives. */
export function partialName(target: string, known: KnownFile, { own }: Pick<Processes, 'own'>): string {
  return `${stemOf(target, known)}${hostTag()}-${own}${suffix}`;
}

/**
 * Takes over what another process has left of a file that it does not write any more, under this process's own name for
 * it. Of several the longest; the others are removed. One that this process has left itself counts as it is.
 */
export async function claimPartial(target: string, known: KnownFile, processes: Processes): Promise<void> {
  const folder = dirname(target);
  const [own, ...others] = await findDeserted(folder, stemOf(target, known), { known, processes });
  if (own === undefined) return;
  for (const other of others) await removeFile(join(folder, other.name));
  // Another process that claims at the same time is faster, or it is not: one rename succeeds.
  await unlessErrno(['ENOENT'], () =>
    rename(join(folder, own.name), join(folder, partialName(target, known, processes))),
  );
}

interface Left {
  readonly name: string;
  readonly sizeBytes: number;
}

/** The longest first. */
async function findDeserted(
  folder: string,
  stem: string,
  { known: { sizeBytes }, processes }: { readonly known: KnownFile; readonly processes: Processes },
): Promise<readonly Left[]> {
  const found: Left[] = [];
  for (const name of await readdir(folder)) {
    if (!name.startsWith(stem) || !name.endsWith(suffix)) continue;
    const status = await unlessErrno(['ENOENT'], () => lstat(join(folder, name)));
    if (status?.isFile() !== true || status.size > sizeBytes) continue;
    const tag = name.slice(stem.length, -suffix.length);
    if (isOver(tag, processes) || Date.now() - status.mtimeMs > desertedMs)
      found.push({ name, sizeBytes: status.size });
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

function hostTag(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}

/** Whether the process of a tag has ended, as far as this machine knows, or is this one. */
function isOver(tag: string, { own, isAlive }: Processes): boolean {
  const [, host, id] = /^([0-9a-f]{8})-(\d{1,10})$/.exec(tag) ?? [];
  return host === hostTag() && id !== undefined && (Number(id) === own || !isAlive(Number(id)));
}
