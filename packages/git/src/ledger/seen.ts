import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bytesToHex, type Sha256, utf8 } from '@weighbridge/core';
import type { LedgerServer } from './server.js';

/** The end of a log that this clone saw last: it was verified then, and every later end must go on from it. */
export interface Seen {
  readonly commit: string;
  /** The checkpoint as it stood on the branch. */
  readonly checkpoint: string;
}

/** One ledger of one server, as this clone knows it. */
export interface SeenPlace {
  readonly server: Pick<LedgerServer, 'gitFolder' | 'address'>;
  /** Full name of the branch at the server. */
  readonly branch: string;
  readonly sha256: Sha256;
}

/** What this clone saw; null when it saw nothing, or what it wrote down cannot be read: then the next look begins anew. */
export async function readSeen(place: SeenPlace): Promise<Seen | null> {
  const text = await readFile(pathOf(place), 'utf8').catch(whenAbsent);
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<Seen> | null;
    if (typeof value?.commit !== 'string' || typeof value.checkpoint !== 'string') return null;
    return { commit: value.commit, checkpoint: value.checkpoint };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Whole or not at all: other processes of this clone read it at any time. */
export async function writeSeen(place: SeenPlace, seen: Seen): Promise<void> {
  const path = pathOf(place);
  const draft = `${path}.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(draft, JSON.stringify(seen));
  await rename(draft, path);
}

/** False when there was nothing to forget. */
export async function removeSeen(place: SeenPlace): Promise<boolean> {
  const known = (await readFile(pathOf(place)).catch(whenAbsent)) !== null;
  await rm(pathOf(place), { force: true });
  return known;
}

/** Beside the scratch repositories. The address may hold a password, so that only its hash is written. */
function pathOf({ server, branch, sha256 }: SeenPlace): string {
  const name = bytesToHex(sha256(utf8(`${server.address}\n${branch}`))).slice(0, 16);
  return join(server.gitFolder, 'weighbridge', 'seen', `${name}.json`);
}

function whenAbsent(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
