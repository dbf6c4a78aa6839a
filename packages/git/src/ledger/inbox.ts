import { type Digest, digestHex } from '@weighbridge/core';
import {
  type EntryGroup,
  formatBundle,
  maxEvidenceBytes,
  maxGroupEntries,
  parseBundle,
  parseEvidencePath,
} from '@weighbridge/ledger';
import { listRoots, measureBlobs, readBlobs, type RootEntry } from './objects.js';
import type { Session } from './session.js';
import { writeCommit } from './write-commit.js';

const entriesName = 'entries';
/** An entry may come with a few pieces of evidence. */
const maxGroupFiles = 4 * maxGroupEntries;
/** The largest group that anybody may leave for others to append. */
const maxGroupBytes = 2 * maxEvidenceBytes;

/** A group left by somebody who had no time to append it; `fault` when it cannot be one. */
export type InboxItem =
  | { readonly name: string; readonly group: EntryGroup }
  | { readonly name: string; readonly fault: string };

/** Writes a group as a commit without parents, for a ref of the inbox: all files lie flat in its root. */
export async function writeGroup(session: Session, group: EntryGroup, time: string): Promise<string> {
  const files = new Map<string, Uint8Array>([[entriesName, formatBundle(group.entries)]]);
  for (const [digest, bytes] of group.evidence) files.set(evidenceName(digest), bytes);
  return writeCommit(session, { parent: null, files, message: `Inbox ${group.name}\n`, time });
}

/** Reads groups of the inbox, all in few trips. Names and sizes are checked before bytes are read. */
export async function readGroups(
  session: Session,
  commits: ReadonlyMap<string, string>,
): Promise<readonly InboxItem[]> {
  const roots = await listRoots(session, [...commits.values()]);
  const listed = [...commits].map(([name, commit]) => ({ name, files: roots.get(commit) ?? [] }));
  const faults = new Map(listed.flatMap(({ name, files }) => namedFault(name, listingFault(files))));
  const sound = listed.filter(({ name }) => !faults.has(name));
  const sizes = await measureBlobs(
    session,
    sound.flatMap(({ files }) => files.map(({ id }) => id)),
  );
  for (const { name, files } of sound) {
    const sizeBytes = files.reduce((sum, { id }) => sum + (sizes.get(id) ?? Number.POSITIVE_INFINITY), 0);
    if (sizeBytes > maxGroupBytes) faults.set(name, `it has more than ${maxGroupBytes} bytes`);
  }
  const readable = sound.filter(({ name }) => !faults.has(name));
  const blobs = await readBlobs(
    session,
    readable.flatMap(({ files }) => files.map(({ id }) => id)),
  );
  const items = readable.map(({ name, files }) => readGroup(name, files, blobs));
  return [...[...faults].map(([name, fault]) => ({ name, fault })), ...items];
}

function namedFault(name: string, fault: string | null): readonly (readonly [string, string])[] {
  return fault === null ? [] : [[name, fault]];
}

function listingFault(files: readonly RootEntry[]): string | null {
  if (!files.some(({ name }) => name === entriesName)) return 'it has no entries';
  if (files.length > maxGroupFiles) return 'it has too many files';
  const stray = files.some(({ name, isFile }) => !isFile || (name !== entriesName && digestOfName(name) === null));
  return stray ? 'it has files that are not evidence' : null;
}

function readGroup(name: string, files: readonly RootEntry[], blobs: ReadonlyMap<string, Uint8Array>): InboxItem {
  const bytesOf = (id: string | undefined): Uint8Array => blobs.get(id ?? '') ?? new Uint8Array(0);
  const entries = parseBundle(bytesOf(files.find((file) => file.name === entriesName)?.id));
  if (entries === null || entries.length === 0) return { name, fault: 'its entries are not well-formed' };
  const evidence = new Map<Digest, Uint8Array>();
  for (const file of files) {
    const digest = digestOfName(file.name);
    if (digest !== null) evidence.set(digest, bytesOf(file.id));
  }
  return { name, group: { name, entries, evidence } };
}

function evidenceName(digest: Digest): string {
  return `${digestHex(digest)}.json`;
}

function digestOfName(name: string): Digest | null {
  return parseEvidencePath(`evidence/sha256/${name.slice(0, 2)}/${name}`);
}
