import type { CatalogueVersion } from '@weighbridge/ledger';
import { type ModelName, weighbridgeError } from '@weighbridge/core';
import type { LocalFolder } from '@weighbridge/ports';
import { requireReadable } from '../stored/cold-bytes.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { findContent } from './find-content.js';
import { inStore, type VersionQuestion } from './find-stored.js';
import { inParallel } from '../reading/in-parallel.js';
import type { fetchTensors as FetchTensors } from './fetch-tensors.js';
import { openTransfer } from '../progress/transfer.js';
import { bytesOf, type VersionBytes } from './version-bytes.js';
import { type FetchedFile, selectFiles, type VersionFile } from './version-files.js';

/** Files that are compared at once. */
const maxFilesAtOnce = 16;

/** What is brought here. */
export interface FetchRequest extends VersionQuestion {
  /** Files whose name or path the pattern matches; null for all. */
  readonly only: string | null;
  /** Of safetensors files, the tensors whose name the pattern matches; null for whole files. */
  readonly tensors: string | null;
  /** Refuse a version without a signature that counts. */
  readonly signed: boolean;
  readonly dryRun: boolean;
  /** The folder to bring it to, when the version is known. */
  openFolder(found: { readonly model: ModelName; readonly version: string }): LocalFolder;
}

/** A version that was brought here. */
export interface FetchedVersion {
  readonly model: ModelName;
  readonly version: CatalogueVersion;
  /** Its store; null where the files came from the pinned addresses of what was registered by reference. */
  readonly store: string | null;
  /** Absolute path. */
  readonly folder: string;
  readonly files: readonly FetchedFile[];
  readonly notices: readonly Notice[];
}

/**
 * Brings the files of a version into a folder: verified, each into place atomically, several at once. What is there and
 * right is left alone; what a broken attempt has left is gone on with.
 * @throws as findStored, flow/nothing-selected, flow/tensors-not-selectable, flow/tensor-differs, flow/not-verified,
 * flow/bytes-cold, store/*, source/*
 */
export async function fetchVersion(surroundings: Surroundings, request: FetchRequest): Promise<FetchedVersion> {
  const kept = await findContent(surroundings, request);
  const about = { model: kept.model, version: kept.version.version };
  const selected = selectFiles(kept.files, request.only, about);
  const bytes = await bytesOf(surroundings, kept, selected);
  const { notices } = bytes.store === null ? kept : inStore(surroundings, kept);
  if (request.signed) await requireSignature(surroundings, about);
  // What a stage runs is kept hot: only for the others is it worth to ask for each object first.
  if (!kept.isPointed && bytes.store !== null) await requireReadable(bytes.store, selected, about);
  const folder = request.openFolder(about);
  const files =
    request.tensors === null
      ? await fetchFiles(surroundings, bytes, { selected, folder, dryRun: request.dryRun })
      : await fetchChosenTensors(
          surroundings,
          { ...kept, bytes },
          { selected, folder, dryRun: request.dryRun, pattern: request.tensors },
        );
  const { model, version } = kept;
  return { model, version, store: bytes.store?.address ?? null, folder: folder.path, files, notices };
}

/** The readers of model files are loaded with the first pattern: most pulls have none. */
async function fetchChosenTensors(...asked: Parameters<typeof FetchTensors>): ReturnType<typeof FetchTensors> {
  const { fetchTensors } = await import('./fetch-tensors.js');
  return fetchTensors(...asked);
}

/** Every file that is fetched is compared with the ledger, and this compares the signatures with it. @throws flow/not-verified */
async function requireSignature(
  surroundings: Surroundings,
  about: { readonly model: ModelName; readonly version: string },
): Promise<void> {
  const { verifyVersion } = await import('../signing/verify-version.js');
  const { verified, signatures } = await verifyVersion(surroundings, { ...about, files: null });
  if (verified) return;
  const reason = signatures.refused.length === 0 ? ': there is none' : `: ${signatures.refused.join('; ')}`;
  throw weighbridgeError('flow/not-verified', { ...about, reason });
}

interface FilesToFetch {
  readonly selected: readonly VersionFile[];
  readonly folder: LocalFolder;
  readonly dryRun: boolean;
}

async function fetchFiles(
  surroundings: Surroundings,
  bytes: VersionBytes,
  { selected, folder, dryRun }: FilesToFetch,
): Promise<readonly FetchedFile[]> {
  const looked = await inParallel(selected, maxFilesAtOnce, async (file) => ({
    file,
    isPresent: await isPresent(folder, file),
  }));
  const missing = looked.filter((each) => !each.isPresent).map(({ file }) => file);
  const sizeBytes = missing.reduce((sum, file) => sum + file.sizeBytes, 0);
  const told = openTransfer(surroundings, { title: 'Fetching', files: missing.length, sizeBytes });
  if (!dryRun)
    await inParallel(missing, bytes.filesAtOnce, async (file) => {
      await bytes.bring(file, folder, told);
      told.endFile();
    });
  const outcome = dryRun ? 'missing' : 'fetched';
  return looked.map(({ file, isPresent }) => ({ ...file, outcome: isPresent ? 'present' : outcome, tensors: null }));
}

/** Whether a folder has a file already, byte for byte. */
export async function isPresent(
  folder: LocalFolder,
  { name, sizeBytes, digest }: Pick<VersionFile, 'name' | 'sizeBytes' | 'digest'>,
): Promise<boolean> {
  return (await folder.sizeOf(name)) === sizeBytes && (await folder.digestOf(name)) === digest;
}
