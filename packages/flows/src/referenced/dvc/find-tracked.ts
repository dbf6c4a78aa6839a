import { weighbridgeError } from '@weighbridge/core';
import {
  formatAddress,
  type LockedArtifact,
  readAddress,
  readPath,
  type RemoteAddress,
  resolveManifestPath,
} from '@weighbridge/manifest';
import type { RemoteFile, RemoteListing } from '@weighbridge/ports';
import type { Files } from '../../reading/files.js';
import type { GovernedModel } from '../../governing/governance.js';
import { inParallel } from '../../reading/in-parallel.js';
import type { Reading } from '../../artifacts/measure-file.js';
import type { Surroundings } from '../../surroundings.js';
import { about, localArtifacts } from '../written-references.js';
import { isDvcSource, objectOf, parseDvcSource, partsOfAddress, referenceTo } from './dvc-source.js';
import { readDvcFolder } from './read-folder.js';
import { type ObjectPlace, placeOfRemote, plainAddress } from './remote-place.js';
import {
  fixedPart,
  isWithin,
  matches,
  mayMeet,
  type TrackedOutput,
  trackedOutputs,
  type UnreadRecord,
} from './tracked-outputs.js';
import { recordUnread } from './unread-records.js';

const looksAtOnce = 8;

/** A file that is at a remote of DVC and not at hand. */
export interface TrackedFile {
  readonly path: string;
  /** As the lock is to have it. */
  readonly reference: string;
  readonly md5: string;
  readonly isLegacy: boolean;
  /** The `.dvc` file or `dvc.lock` that names it. */
  readonly record: string;
  readonly file: Omit<RemoteFile, 'name'>;
}

/** What DVC tells of the artifacts of a model. */
export interface Tracked {
  /** Entries of the lock that are what DVC says today. */
  readonly locked: readonly LockedArtifact[];
  /** Files that have to be read at a remote. */
  readonly remote: readonly TrackedFile[];
  /** What DVC wrote beside its outputs: records, and `.gitignore`. It is no part of the model. */
  readonly beside: ReadonlySet<string>;
  /** Records that may speak of the model and are too large to be read. */
  readonly unread: readonly UnreadRecord[];
}

interface Finding {
  readonly surroundings: Surroundings;
  readonly model: GovernedModel;
  readonly patterns: readonly string[];
  readonly isAnew: boolean;
}

/**
 * The artifacts of a model that DVC tracks and that are not at hand: as the lock tells them, and then nobody is asked;
 * else as they are at the remote. `references: 'anew'` asks for each.
 * @throws source/dvc-remote, source/dvc-record, source/dvc-missing, source/dvc-elsewhere, source/dvc-differs, source/not-locked, source/lock-stale, source/unread,
 * flow/lock-differs, formats/*
 */
export async function findTracked(
  surroundings: Surroundings,
  model: GovernedModel,
  reading: Pick<Reading, 'references'>,
): Promise<Tracked> {
  const patterns = localArtifacts(model).map((written) => resolveManifestPath(model.manifestPath, written));
  const finding = { surroundings, model, patterns, isAnew: reading.references === 'anew' };
  const locked: LockedArtifact[] = [];
  const remote = new Map<string, TrackedFile>();
  const beside = new Set<string>();
  const { outputs, unread } = await trackedOutputs(model.files, patterns);
  for (const { record } of unread) if (!patterns.includes(record)) beside.add(record);
  for (const entry of await lockedByUnread(finding, unread)) {
    locked.push(entry);
    const ignoring = `${folderOf(entry.path)}.gitignore`;
    if (!patterns.includes(ignoring)) beside.add(ignoring);
  }
  for (const output of outputs) {
    for (const path of [output.record, `${folderOf(output.path)}.gitignore`])
      if (!patterns.includes(path)) beside.add(path);
    const told = await lockedOutput(finding, output);
    if (told !== null) locked.push(...told);
    else for (const file of await findAtRemote(finding, output)) remote.set(file.path, file);
  }
  return { locked, remote: [...remote.values()], beside, unread };
}

/**
 * What the lock has from records that are not read today, so that files which did not change keep the address at which
 * they can be had. Each has to be here: without it the model would be another one. @throws source/dvc-record
 */
async function lockedByUnread(
  { model, patterns }: Finding,
  unread: readonly UnreadRecord[],
): Promise<readonly LockedArtifact[]> {
  const kept: LockedArtifact[] = [];
  const records = new Set(unread.map(({ record }) => record));
  for (const entry of records.size === 0 ? [] : (model.lock?.artifacts ?? [])) {
    const { path, source } = entry;
    const record = source === undefined ? null : (parseDvcSource(source)?.record ?? null);
    if (record === null || !records.has(record) || !patterns.some((pattern) => matches(pattern, path))) continue;
    if (!(await isFile(model.files, path))) throw recordUnread(model, { record, path });
    kept.push(entry);
  }
  return kept;
}

/** With a slash at its end; empty for the root. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** What the lock has of an output from its remote, where nobody has to be asked; null where its remote has to be. */
async function lockedOutput(finding: Finding, output: TrackedOutput): Promise<readonly LockedArtifact[] | null> {
  const { model, patterns, isAnew } = finding;
  const entries = (model.lock?.artifacts ?? []).filter(
    ({ path }) => isWithin(path, output.path) && patterns.some((pattern) => matches(pattern, path)),
  );
  const current = entries.filter(({ source }) => source?.reference === referenceTo(output));
  // Nobody is asked: where the environment would ask does not count.
  const place = await placeOfRemote(model.files, output, undefined);
  if (await isAtHand(model.files, output, patterns))
    return current.filter((entry) => !('because' in place) && isKeptAt(place, output, entry));
  const wasAtHand = entries.some(({ source }) => source === undefined);
  if (isAnew) return 'because' in place && wasAtHand ? current : null;
  if (wasAtHand) return current;
  for (const entry of current) {
    if ('because' in place) throw remoteUnread(output, place);
    if (!isKeptAt(place, output, entry)) throw otherAddress(model, output, entry);
  }
  if (current.length > 0) return current;
  const reference = referenceTo(output);
  if (entries.some(({ source }) => isDvcSource(source)))
    throw weighbridgeError('source/lock-stale', { ...about(model), reference });
  return null;
}

/** Whatever a pattern may mean of an output is in the checkout. */
async function isAtHand(files: Files, output: TrackedOutput, patterns: readonly string[]): Promise<boolean> {
  const roots = new Set(
    patterns
      .map(fixedPart)
      .filter((fixed) => mayMeet(fixed, output.path))
      .map((fixed) => (isWithin(fixed, output.path) ? fixed : output.path)),
  );
  for (const root of roots) {
    if (await isFile(files, root)) continue;
    if ((await files.list(root, { ignored: true })).length === 0) return false;
  }
  return true;
}

async function isFile(files: Files, path: string): Promise<boolean> {
  const source = await files.open(path);
  await source?.close();
  return source !== null;
}

/**
 * Whether an address is where the remote has what DVC says. Whoever wrote the lock may have written anything. What a
 * folder lists is compared at registration.
 */
function isKeptAt(place: ObjectPlace, output: TrackedOutput, { path, source }: LockedArtifact): boolean {
  const address = source === undefined ? null : readAddress(source.address);
  const parts = source === undefined ? null : partsOfAddress(source);
  if (address === null || parts === null || plainAddress(address) !== plainAddress(place(parts.md5))) return false;
  return output.isFolder ? path !== output.path : parts.md5 === output.md5;
}

function otherAddress(model: GovernedModel, { record }: TrackedOutput, { path }: LockedArtifact): Error {
  const what = `its address is not what ${record} names at the DVC remote`;
  return weighbridgeError('flow/lock-differs', { path, what, ...about(model) });
}

function remoteUnread(output: TrackedOutput, why: { readonly because: string; readonly remedy: string }): Error {
  return weighbridgeError('source/dvc-remote', { path: output.path, record: output.record, ...why });
}

/** What DVC itself does not push is at no remote of this repository, and no "dvc push" brings it there. */
function keptElsewhere({ elsewhere, path, record }: TrackedOutput): Error | null {
  if (elsewhere === null) return null;
  const unpushed = `it has "push: false"${record.endsWith('dvc.lock') ? ' in the dvc.yaml beside it' : ''}`;
  const because = elsewhere === 'imported' ? 'it was imported from another repository' : unpushed;
  return weighbridgeError('source/dvc-elsewhere', { path, record, because });
}

async function findAtRemote(finding: Finding, output: TrackedOutput): Promise<readonly TrackedFile[]> {
  const { surroundings, model, patterns } = finding;
  const place = await placeOfRemote(model.files, output, surroundings.remote);
  if ('because' in place) throw keptElsewhere(output) ?? remoteUnread(output, place);
  const found = await lookAt(finding, output, { object: objectOf(output), path: output.path, place });
  if (!output.isFolder) {
    if (output.sizeBytes !== null && output.sizeBytes !== found.sizeBytes)
      throw weighbridgeError('source/dvc-differs', {
        address: formatAddress(found.address),
        record: output.record,
        path: output.path,
        what: `it has ${found.sizeBytes} bytes instead of ${output.sizeBytes}`,
      });
    return [trackedFile(output, { path: output.path, md5: output.md5, file: found })];
  }
  const members = await readDvcFolder(surroundings, { ...output, ...found });
  const wanted: { readonly path: string; readonly md5: string }[] = [];
  for (const member of members) {
    const path = pathInside(output, member.path);
    if (patterns.some((pattern) => matches(pattern, path)) && !(await isFile(model.files, path)))
      wanted.push({ path, md5: member.md5 });
  }
  return inParallel(wanted, looksAtOnce, async ({ path, md5 }) =>
    trackedFile(output, { path, md5, file: await lookAt(finding, output, { object: md5, path, place }) }),
  );
}

function trackedFile(
  output: TrackedOutput,
  { path, md5, file }: { readonly path: string; readonly md5: string; readonly file: TrackedFile['file'] },
): TrackedFile {
  const { record, isLegacy } = output;
  return { path, md5, isLegacy, record, reference: referenceTo(output), file };
}

/** @throws source/dvc-remote for a list that names what cannot be in the folder */
function pathInside(output: TrackedOutput, name: string): string {
  const path = `${output.path}/${name}`;
  const read = readPath('', path);
  if (read.ok && read.path === path) return path;
  const because = `its list of ${output.path} names ${JSON.stringify(name)}, which is no path in a folder`;
  throw remoteUnread(output, { because, remedy: 'Rename the file and run "dvc add" and "dvc push".' });
}

/** The size of one object; that the remote knows a SHA-256 does not help, because DVC names it by its MD5. */
async function lookAt(
  { surroundings, model, isAnew }: Finding,
  output: TrackedOutput,
  { object, path, place }: { readonly object: string; readonly path: string; readonly place: ObjectPlace },
): Promise<TrackedFile['file']> {
  const address: RemoteAddress = place(object);
  const listing: RemoteListing = (await surroundings.remote?.list(address)) ?? offline;
  if (listing.kind === 'absent') {
    const told = { address: formatAddress(address), record: output.record, path };
    throw keptElsewhere(output) ?? weighbridgeError('source/dvc-missing', told);
  }
  if (listing.kind === 'unread') {
    const { because, remedy } = listing;
    if (isAnew) throw weighbridgeError('source/unread', { reference: formatAddress(address), because, remedy });
    throw weighbridgeError('source/not-locked', { ...about(model), reference: path, because, remedy });
  }
  const [found] = listing.kind === 'files' ? listing.files : [];
  if (found === undefined) throw weighbridgeError('core/invariant', { reason: 'a listing of files was empty' });
  return { address: found.address, sizeBytes: found.sizeBytes, sha256: null };
}

const offline = {
  kind: 'unread',
  because: 'nobody is asked offline',
  remedy: 'Run it without --offline.',
} satisfies RemoteListing;
