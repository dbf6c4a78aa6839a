import {
  canonicalJson,
  type ModelName,
  parseTag,
  type Version,
  WeighbridgeError,
  weighbridgeError,
} from '@weighbridge/core';
import { restOfArchive } from '@weighbridge/formats';
import type { LockedArtifact } from '@weighbridge/manifest';
import type { Store } from '@weighbridge/ports';
import { type ArtifactFile, lockArtifact, requireLookedInto } from '../artifacts/artifact-file.js';
import { type Measured, measureStored } from '../artifacts/measure-file.js';
import { checkListed } from '../referenced/check-listed.js';
import { checkMembers } from '../referenced/dvc/check-members.js';
import { measureSource } from '../referenced/check-source.js';
import { about } from '../referenced/written-references.js';
import type { WeighedModel } from '../assessment/assess-models.js';
import { filesAtCommit } from '../reading/files.js';
import { dvcLocksAbove } from '../data/pin-dvc.js';
import { dataPaths, pinData } from '../snapshot/pin-references.js';
import type { Effect } from '../plan.js';
import type { Surroundings } from '../surroundings.js';
import { coldRegistration, type ComparedFiles, openComparedFiles } from '../tiers/registering-cold.js';

/** The version that a tag names. @throws flow/not-a-version-tag */
export function checkTag(tag: string, model: ModelName): Version {
  const parsed = parseTag(tag);
  if (parsed === null || parsed.event !== 'registered' || parsed.model !== model) {
    throw weighbridgeError('flow/not-a-version-tag', { tag });
  }
  return parsed.version;
}

/**
 * The effects that put a model's artifacts into the store, after checking that what is at hand is what the lock says
 * and that everything else that the version is made of is committed.
 * @throws formats/inflation-budget, flow/artifact-ignored, flow/uncommitted, flow/lock-differs, flow/no-store, store/missing, store/corrupt, source/*
 */
export async function checkStoreFor(surroundings: Surroundings, weighed: WeighedModel): Promise<Effect[]> {
  requireLookedInto(weighed.files);
  await checkCommitted(surroundings, weighed);
  checkLock(weighed);
  const unlocked = weighed.files.find(({ from }) => from === 'remote')?.source ?? null;
  if (unlocked !== null) {
    throw weighbridgeError('source/lock-needed', { ...about(weighed.model), reference: unlocked.reference });
  }
  await checkListed(surroundings, weighed.model);
  if (weighed.model.manifest.store === 'reference') {
    await checkReferred(surroundings, weighed);
    return [];
  }
  const effects: Effect[] = [];
  const compared = openComparedFiles(surroundings, weighed);
  for (const file of weighed.files) {
    if (file.sha256 === null) continue;
    if (surroundings.store === null) throw weighbridgeError('flow/no-store', { path: file.path });
    if (file.from === 'checkout') {
      effects.push({ kind: 'store', path: file.path, digest: file.sha256, sizeBytes: file.size });
    } else {
      await checkStored(surroundings, surroundings.store, { weighed, file, compared });
    }
  }
  return effects;
}

/** Files that were stored before, by a pull request: from now on no collection takes them for forgotten. */
export async function keepStored({ store }: Surroundings, { model, files }: WeighedModel): Promise<void> {
  if (store === null || model.manifest.store === 'reference') return;
  for (const { from, sha256 } of files) if (from === 'lock' && sha256 !== null) await store.keep(sha256);
}

/**
 * What a manifest only refers to is compared with the lock all the same: where a service keeps it, or where the store
 * happens to have it.
 */
async function checkReferred(surroundings: Surroundings, weighed: WeighedModel): Promise<void> {
  const { store } = surroundings;
  await checkMembers(surroundings, weighed);
  const compared = openComparedFiles(surroundings, weighed);
  for (const file of weighed.files) {
    if (file.source !== null) {
      compareWithLock({ weighed, file }, await measureReferred(surroundings, weighed, file), file.source.address);
      continue;
    }
    if (store === null || file.from !== 'lock' || file.sha256 === null || !(await store.has(file.sha256))) continue;
    await checkStored(surroundings, store, { weighed, file, compared });
  }
}

/**
 * A header does not tell the digests of tensors that a lock may have, as of weights that were copied before. Where the
 * last version has them of the same bytes they were compared then; else the bytes are read, for a lock that claims the
 * tensors of other weights would make new weights look unchanged.
 */
async function measureReferred(
  surroundings: Surroundings,
  { previous, files }: WeighedModel,
  file: ArtifactFile,
): Promise<Measured> {
  const isCompared = (previous?.snapshot.artifacts ?? []).some(
    ({ sha256, tensors }) => sha256 === file.sha256 && canonicalJson(tensors) === canonicalJson(file.tensors),
  );
  const hasTensors = Object.keys(file.tensors).length > 0;
  const bytes = hasTensors && !isCompared ? 'all' : 'needed';
  const measured = await measureSource(surroundings, file, { beside: files, bytes });
  if (isCompared) return { ...measured, tensors: file.tensors };
  if (hasTensors && measured.unopened !== undefined) throw measured.unopened;
  return measured;
}

/** A file whose bytes the store has, with what earlier versions say of it. */
interface StoredCheck {
  readonly weighed: WeighedModel;
  readonly file: ArtifactFile;
  readonly compared: ComparedFiles;
}

/**
 * The bytes in the store must be what the lock says of them, header and tensors, too: whoever proposed the change wrote
 * the lock, and the version and its gates rest on it. They are read once, to their end. What lies in an archive cannot
 * be: it needs not to be where it was compared before.
 * @throws flow/lock-cold, flow/lock-differs, store/missing, store/corrupt
 */
async function checkStored(
  surroundings: Surroundings,
  store: Store,
  { weighed, file, compared }: StoredCheck,
): Promise<void> {
  const measured = await measureUnlessCold(surroundings, store, { weighed, file, compared });
  if (measured === null) return;
  if (measured.sha256 !== file.sha256) {
    const [expected, actual] = [`${file.sha256}`, `${measured.sha256}`];
    throw weighbridgeError('store/corrupt', { path: store.address, expected, actual });
  }
  if (measured.unopened !== undefined) throw measured.unopened;
  compareWithLock({ weighed, file }, measured, 'the store');
}

/** Null for archived bytes of which the ledger says what the lock says. @throws flow/lock-cold where it does not */
async function measureUnlessCold(
  surroundings: Surroundings,
  store: Store,
  { weighed, file, compared }: StoredCheck,
): Promise<Measured | null> {
  try {
    return await measureStored(surroundings, store, { file, beside: weighed.files });
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || error.code !== 'store/archived') throw error;
    if (await compared.has(file)) return null;
    throw (await coldRegistration(surroundings, store, { weighed, file })) ?? error;
  }
}

/** @throws flow/lock-differs */
function compareWithLock(
  { weighed, file }: { readonly weighed: WeighedModel; readonly file: ArtifactFile },
  measured: Measured,
  place: string,
): void {
  const { lockPath, manifest } = weighed.model;
  const told = lockArtifact(file, null);
  const found = asFarAs(told, lockArtifact({ ...file, ...measured }, null));
  const parts = { size: 'size', header: 'header', tensors: 'tensors', document: 'content' } as const;
  for (const [part, name] of Object.entries(parts)) {
    const key = part as keyof typeof parts;
    if (key === 'tensors' && tellsNoMembers(told)) continue;
    if (canonicalJson(told[key] ?? null) === canonicalJson(found[key] ?? null)) continue;
    const what = `its ${name} in ${place} ${name === 'tensors' ? 'are others' : 'is another'}`;
    throw weighbridgeError('flow/lock-differs', { path: file.path, lock: lockPath, what, model: manifest.name });
  }
}

/**
 * Of a file without a header a lock may leave out what it holds, as older ones do, and of one behind a reference whose
 * header alone was read: then the bytes are compared as a whole.
 */
function tellsNoMembers({ header, tensors, source }: LockedArtifact): boolean {
  return (header === null || source !== undefined) && Object.keys(tensors).length === 0;
}

/** What an archive holds beside its tensors is missing in older locks; leaving it out only makes a comparison stricter. */
function asFarAs(told: LockedArtifact, found: LockedArtifact): LockedArtifact {
  if (Object.hasOwn(told.tensors, restOfArchive)) return found;
  const { [restOfArchive]: _rest, ...tensors } = found.tensors;
  return { ...found, tensors };
}

async function checkCommitted(surroundings: Surroundings, weighed: WeighedModel): Promise<void> {
  const { workTree } = surroundings;
  const artifacts = weighed.files.filter((file) => file.from === 'checkout').map((file) => file.path);
  const ignored = await workTree.ignored(artifacts);
  const unlocked = [...ignored].filter((path) => !isLocked(weighed, path));
  if (unlocked[0] !== undefined) {
    const model = weighed.model.manifest.name;
    throw weighbridgeError('flow/artifact-ignored', { path: unlocked[0], model });
  }
  const governed = [
    weighed.model.lockPath,
    ...weighed.sources,
    ...artifacts.filter((path) => !ignored.has(path) && !isLocked(weighed, path)),
  ];
  const changed = [...(await workTree.changed(governed)), ...(await changedData(surroundings, weighed))].sort();
  if (changed.length > 0) throw weighbridgeError('flow/uncommitted', { paths: changed.slice(0, 10).join(', ') });
}

/** Data files of the repository that are not, to the byte, what HEAD has of them. */
async function changedData(surroundings: Surroundings, weighed: WeighedModel): Promise<string[]> {
  const { model, snapshot } = weighed;
  const paths = dataPaths(model);
  // Of what DVC tracks, the files that say so count.
  const told = [...paths.values()].flatMap((path) => [`${path}.dvc`, ...dvcLocksAbove(path).map(({ lock }) => lock)]);
  const suspects = await surroundings.workTree.changed([...new Set([...paths.values(), ...told])]);
  const head = suspects.size === 0 ? null : await surroundings.repository.commit('HEAD');
  if (head === null) return [...suspects];
  // A folder differs by what git ignores in it, too, which is no part of what was pinned.
  const committed = await pinData(surroundings, { ...model, files: filesAtCommit(surroundings.repository, head.id) });
  const pins = new Map(committed.data.map(({ name, pinned }) => [name, pinned]));
  const differing = snapshot.data.filter(({ name, pinned }) => pinned !== pins.get(name));
  return differing.flatMap(({ name }) => paths.get(name) ?? []);
}

function isLocked(weighed: WeighedModel, path: string): boolean {
  return weighed.model.lock?.artifacts.some((artifact) => artifact.path === path) ?? false;
}

function checkLock(weighed: WeighedModel): void {
  const { lock, lockPath, manifest } = weighed.model;
  if (lock === null) return;
  for (const file of weighed.files) {
    const locked = lock.artifacts.find((artifact) => artifact.path === file.path);
    if (locked === undefined || file.from === 'lock') continue;
    const differs = (what: string) =>
      weighbridgeError('flow/lock-differs', { path: file.path, lock: lockPath, what, model: manifest.name });
    if (locked.size !== file.size) throw differs(`${file.size} bytes instead of ${locked.size}`);
    if (file.sha256?.replace('sha256:', '') !== locked.sha256.replace('sha256:', ''))
      throw differs('its SHA-256 is another');
  }
}
