import {
  type Digest,
  digestBytes,
  digestHex,
  type JsonObject,
  parseUtf8,
  utf8,
  weighbridgeError,
} from '@weighbridge/core';
import type { LocalFolder } from '@weighbridge/ports';
import { readSnapshot } from '../registry/read-snapshot.js';
import type { Surroundings } from '../surroundings.js';
import { isPresent } from './fetch-version.js';
import { findContent } from './find-content.js';
import { inStore, type KeptVersion, type VersionQuestion } from './find-stored.js';
import { inParallel } from '../reading/in-parallel.js';
import { formatLayoutIndex, formatPackConfig, formatPackManifest, nameInLayout } from './model-pack.js';
import { openTransfer } from '../progress/transfer.js';
import { bytesOf, type VersionBytes } from './version-bytes.js';

/** Each of them is large, or one of few. */
const maxFilesAtOnce = 4;

/** An index that names more than this is none of a layout that people keep. */
const maxIndexBytes = 4 * 1024 * 1024;

/** What is written where. */
export interface OciExportRequest extends VersionQuestion {
  readonly folder: LocalFolder;
  readonly dryRun: boolean;
}

/** A version as an OCI image layout. */
export interface OciExport extends Pick<KeptVersion, 'model' | 'version' | 'notices'> {
  /** Absolute path. */
  readonly folder: string;
  /** Its name in the layout. */
  readonly tag: string;
  readonly manifest: Digest;
  readonly layers: readonly { readonly name: string; readonly digest: Digest; readonly sizeBytes: number }[];
  /** Files whose blob was there already. */
  readonly present: number;
}

/**
 * Writes a version as an OCI image layout (image-spec 1.1) with the manifest and configuration of CNCF ModelPack. Its
 * layers are the files as they are, fetched from the store, or from where services keep them, and verified; the index,
 * written last, makes the version visible. Other images of the layout stay, those that earlier releases called by their
 * version alone as well.
 * @throws as findStored, flow/oci-layout-unreadable, store/*, source/*
 */
export async function exportOci(surroundings: Surroundings, request: OciExportRequest): Promise<OciExport> {
  const { folder } = request;
  const found = await findContent(surroundings, request);
  const { model, version, files } = found;
  const bytes = await bytesOf(surroundings, found, files);
  const { notices } = bytes.store === null ? found : inStore(surroundings, found);
  await readIndex(folder);
  const packed = { model, version, files, snapshot: await readSnapshot(surroundings, version) };
  const config = formatPackConfig(packed);
  const manifest = formatPackManifest(packed, referenceTo(surroundings, config));
  const about = { ...referenceTo(surroundings, manifest), name: nameInLayout(model, version.version) };
  const present = await fetchBlobs(surroundings, { bytes, files }, request);
  if (!request.dryRun) {
    for (const text of [config, manifest]) {
      await writeText(folder, blobName(referenceTo(surroundings, text).digest), text);
    }
    await writeText(folder, 'oci-layout', '{"imageLayoutVersion":"1.0.0"}');
    // As it is now: another export may have ended while files were fetched.
    await writeText(folder, 'index.json', formatLayoutIndex(await readIndex(folder), about));
  }
  const layers = files.map(({ name, digest, sizeBytes }) => ({ name, digest, sizeBytes }));
  return {
    model,
    version,
    notices,
    folder: folder.path,
    tag: about.name,
    manifest: about.digest,
    layers,
    present,
  };
}

/** Fetches what is missing, each blob once; answers how many were there. */
async function fetchBlobs(
  surroundings: Surroundings,
  { bytes, files }: Pick<KeptVersion, 'files'> & { readonly bytes: VersionBytes },
  { folder, dryRun }: OciExportRequest,
): Promise<number> {
  const distinct = [...new Map(files.map((file) => [file.digest, file])).values()];
  const sizeBytes = distinct.reduce((sum, file) => sum + file.sizeBytes, 0);
  const told = openTransfer(surroundings, { title: 'Exporting', files: distinct.length, sizeBytes });
  const outcomes = await inParallel(distinct, maxFilesAtOnce, async (file) => {
    const name = blobName(file.digest);
    const there = await isPresent(folder, { ...file, name });
    if (!there && !dryRun) await bytes.bring({ ...file, name }, folder, told);
    told.endFile();
    return there;
  });
  return outcomes.filter((there) => there).length;
}

function blobName(digest: Digest): string {
  return `blobs/sha256/${digestHex(digest)}`;
}

function referenceTo({ sha256 }: Surroundings, text: string): { readonly digest: Digest; readonly sizeBytes: number } {
  const bytes = utf8(text);
  return { digest: digestBytes(sha256, bytes), sizeBytes: bytes.length };
}

async function writeText(folder: LocalFolder, name: string, text: string): Promise<void> {
  await folder.write(
    name,
    (async function* () {
      yield utf8(text);
    })(),
  );
}

/** Manifests of the layout that is there; none for a new folder. @throws flow/oci-layout-unreadable */
async function readIndex(folder: LocalFolder): Promise<readonly JsonObject[]> {
  const source = await folder.open('index.json');
  if (source === null) return [];
  const refuse = (reason: string) =>
    weighbridgeError('flow/oci-layout-unreadable', { path: `${folder.path}/index.json`, reason });
  try {
    if (source.sizeBytes > maxIndexBytes) throw refuse(`it has ${source.sizeBytes} bytes`);
    const value = parseJson(await source.read(0, source.sizeBytes));
    const manifests = isObject(value) && value['schemaVersion'] === 2 ? value['manifests'] : undefined;
    if (!Array.isArray(manifests) || !manifests.every(isObject)) throw refuse('it lists no manifests');
    return manifests;
  } finally {
    await source.close();
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(parseUtf8(bytes));
  } catch {
    // The caller says of it what it says of every other value that is no index.
    return null;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
