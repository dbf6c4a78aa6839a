import { digestBytes, weighbridgeError } from '@weighbridge/core';
import { type ArtifactHeader, exampleLimits, pickleCompression } from '@weighbridge/formats';
import { resolveManifestPath } from '@weighbridge/manifest';
import type {
  ArtifactFacet,
  DocumentFacet,
  FileFacet,
  MetricsFacet,
  Snapshot,
  SnapshotHeader,
} from '@weighbridge/versioning';
import { captureRuns } from '../capture/capture-runs.js';
import { recordTraining } from '../capture/training-record.js';
import type { ArtifactFile } from '../artifacts/artifact-file.js';
import { expandPatterns, readArtifactFiles } from './artifact-files.js';
import type { Reading } from '../artifacts/measure-file.js';
import { ignoredLockNotice, isLockIgnored, tellLockIgnored } from './ignored-lock.js';
import { pinBase, pinData } from './pin-references.js';
import { parseLfsPointer } from '../artifacts/lfs-pointer.js';
import { parseInterface, parseSettings } from '../reading/read-documents.js';
import type { GovernedModel } from '../governing/governance.js';
import { parseDvcSource } from '../referenced/dvc/dvc-source.js';
import { promptFacets, type ReadPrompt } from './prompt-facets.js';
import type { ResolvedPart } from '../registry/registry-parts.js';
import { doubtfulNotices } from './doubtful-weights.js';
import { readMetrics } from '../reading/read-metrics.js';
import type { Notice, Surroundings } from '../surroundings.js';

/** Configuration, prompts and documents above this are no text that people wrote. */
const maxDocumentBytes = 64 * 1024 * 1024;

/** A snapshot with what it was made from. */
export interface TakenSnapshot {
  readonly model: GovernedModel;
  readonly snapshot: Snapshot;
  readonly files: readonly ArtifactFile[];
  /** Repository paths of everything that the snapshot read, besides the artifacts. */
  readonly sources: readonly string[];
  /** Models of this registry that it is built on and of which no version fits. */
  readonly open: readonly ResolvedPart[];
  readonly notices: readonly Notice[];
}

/**
 * Resolves every reference of a manifest to digests and reads every header. It is taken where the manifest
 * was read, in the checkout as it is or at a commit; a clean checkout of a commit gives the same as the commit itself.
 * @throws flow/lock-ignored, flow/artifact-missing, flow/pattern-matches-nothing, flow/named-file-missing, flow/lfs-pointer, format/* and
 * manifest/*
 */
export async function takeSnapshot(
  surroundings: Surroundings,
  model: GovernedModel,
  reading: Reading,
): Promise<TakenSnapshot> {
  const { manifest } = model;
  const reader = new SourceReader(surroundings, model);
  const lockIgnored = await isLockIgnored(model);
  const read = await readArtifactFiles(surroundings, model, reading).catch((error: unknown) => {
    if (lockIgnored) tellLockIgnored(model, error);
    throw error;
  });
  const { files } = read;
  const artifacts = files.map((file) => artifactFacet(model, file));
  const { data, notices: dataNotices } = await pinData(surroundings, model);
  const { base, uses, open, notices: baseNotices } = await pinBase(surroundings, model);
  const { prompts, notices: promptNotices } = await promptFacets(surroundings, model, {
    files,
    prompts: await reader.prompts(),
    builtOn: { base, uses },
  });
  const metrics = [];
  for (const metric of manifest.metrics) metrics.push(await reader.metrics(metric));
  const lock = manifest.environment.lock;
  const captured = await captureRuns(surroundings, model, files);
  const { record: training, notices: trainingNotices } = recordTraining(model, captured.runs);
  const snapshot: Snapshot = {
    schema: 1,
    model: manifest.name,
    kind: manifest.kind,
    base,
    artifacts,
    data,
    config: await reader.documents(manifest.config),
    code: await reader.digests(manifest.code),
    prompts,
    retrieval: manifest.retrieval === null ? null : await reader.document(manifest.retrieval),
    interface: manifest.interface === null ? null : await reader.interface(manifest.interface),
    metrics: metrics.sort((left, right) => (left.id < right.id ? -1 : 1)),
    runtime: {
      // What a service says is not part of what a version is: a check that cannot ask it must come to the same identity.
      framework: manifest.training.framework ?? captured.own?.framework ?? null,
      frameworkVersion: manifest.training.framework_version ?? captured.own?.frameworkVersion ?? null,
      image: manifest.environment.image,
      lock: lock === null ? null : await reader.digest(lock),
    },
    uses,
    training,
    documentation: {
      description: manifest.description,
      owners: manifest.owners,
      files: await reader.readme(),
    },
    metadata: manifest.metadata,
  };
  return {
    model,
    snapshot,
    files,
    sources: [...new Set([...reader.sources(), ...captured.sources, ...recordsOf(files)])].sort(),
    open,
    notices: [
      ...read.notices,
      ...dataNotices,
      ...baseNotices,
      ...promptNotices,
      ...captured.notices,
      ...trainingNotices,
      ...(lockIgnored ? [ignoredLockNotice(model)] : []),
      ...lockNotices(model, files),
      ...pointerNotices(model, files),
      ...unopenedNotices(model, files),
      ...sealedNotices(model, files),
      ...doubtfulNotices(model, files),
      ...remoteNotices(model, files),
    ],
  };
}

/** Where DVC says what the files at its remotes are. */
function recordsOf(files: readonly ArtifactFile[]): string[] {
  return files.flatMap(({ source }) => {
    const from = source === null ? null : parseDvcSource(source);
    return from === null ? [] : [from.record];
  });
}

/** Files at hand that are not what the lock says: a check elsewhere will judge by the lock. */
function lockNotices(model: GovernedModel, files: readonly ArtifactFile[]): Notice[] {
  const locked = new Map(
    (model.lock?.artifacts ?? []).map((artifact) => [artifact.path, artifact.sha256.replace(/^sha256:/, '')]),
  );
  return files.flatMap((file): Notice[] => {
    const expected = locked.get(file.path);
    if (file.from === 'lock' || file.sha256 === null || expected === undefined || file.sha256.endsWith(expected))
      return [];
    const text = `${file.path} is not what ${model.lockPath} describes: run "weighbridge store push ${model.manifest.name}" and commit the lock.`;
    return [{ level: 'warning', text, file: model.manifestPath, line: model.line }];
  });
}

/** A pointer without a lock tells the digest and no more: such an artifact is compared as a whole. */
function pointerNotices(model: GovernedModel, files: readonly ArtifactFile[]): Notice[] {
  const bare = files.filter((file) => file.from === 'lock' && !isLocked(model, file.path));
  return bare.map((file) => ({
    level: 'warning',
    text: `${file.path} is in Git LFS and ${model.lockPath} does not describe it: without its bytes only its digest is compared. Run "weighbridge store push ${model.manifest.name}" and commit the lock.`,
    file: model.manifestPath,
    line: model.line,
  }));
}

/** Archives that were compared as files because others took what a run may inflate. */
function unopenedNotices(model: GovernedModel, files: readonly ArtifactFile[]): Notice[] {
  return files.flatMap(({ path, unopened, unread }): Notice[] => {
    if (unopened === undefined) return [];
    const text =
      unread === undefined
        ? `${path} is compared as a whole: ${unopened.message} Packing it again counts as other weights.`
        : `${path} was not looked into: ${unread.message} It counts as a pickle that may import anything.`;
    return [{ level: 'warning', text, file: model.manifestPath, line: model.line }];
  });
}

/** Compressed pickles, as the bytes or the lock tell them: what a gate makes of them is known before it is asked. */
function sealedNotices(model: GovernedModel, files: readonly ArtifactFile[]): Notice[] {
  return files.flatMap(({ path, header }): Notice[] => {
    const compression = header === null ? null : pickleCompression(header);
    if (compression === null) return [];
    const text = `${path} is compressed with ${compression} and was not looked into: it is compared as a whole and counts as a pickle that may import anything. Save it with joblib.dump(model, path, compress=0), or in a format that runs no code.`;
    return [{ level: 'warning', text, file: model.manifestPath, line: model.line }];
  });
}

/** What was read where it is kept may be other bytes by the time that it is registered: the lock holds it still. */
function remoteNotices(model: GovernedModel, files: readonly ArtifactFile[]): Notice[] {
  const references = new Map<string, ArtifactFile[]>();
  for (const file of files) {
    if (file.from !== 'remote' || file.source === null) continue;
    references.set(file.source.reference, [...(references.get(file.source.reference) ?? []), file]);
  }
  return [...references].map(([reference, found]) => {
    const isOpen = found.some(({ sha256 }) => sha256 === null);
    const open = isOpen ? ' No digest of its bytes is known, so that a retrained model looks unchanged.' : '';
    const text = `${reference} was read where it is kept, since ${model.lockPath} does not list it.${open} Run "weighbridge store push ${model.manifest.name}" and commit the lock before it is registered.`;
    return { level: 'warning', text, file: model.manifestPath, line: model.line };
  });
}

function isLocked(model: GovernedModel, path: string): boolean {
  return model.lock?.artifacts.some((artifact) => artifact.path === path) ?? false;
}

/** How an artifact is written in the manifest's terms: relative to its folder, else from the root with a slash. */
export function shownPath(model: GovernedModel, path: string): string {
  if (model.folder === '') return path;
  return path.startsWith(`${model.folder}/`) ? path.slice(model.folder.length + 1) : `/${path}`;
}

function artifactFacet(model: GovernedModel, file: ArtifactFile): ArtifactFacet {
  const { size, sha256, tensors, document } = file;
  const header = file.header === null ? null : snapshotHeader(file.header);
  return { path: shownPath(model, file.path), size, sha256, header, tensors, document };
}

function snapshotHeader(header: ArtifactHeader): SnapshotHeader {
  return {
    format: header.format,
    tensors: header.tensors.map((tensor) => [tensor.name, tensor.dtype, tensor.shape] as const),
    attributes: header.attributes,
    graph: header.graph,
    imports: header.imports,
  };
}

/** Reads the small files that a manifest names, and remembers which. */
class SourceReader {
  readonly model: GovernedModel;
  readonly #surroundings: Surroundings;
  readonly #sources = new Set<string>();

  constructor(surroundings: Surroundings, model: GovernedModel) {
    this.#surroundings = surroundings;
    this.model = model;
    this.#sources.add(model.manifestPath);
  }

  sources(): readonly string[] {
    return [...this.#sources].sort();
  }

  /** @throws flow/named-file-missing */
  async read(written: string): Promise<Uint8Array> {
    return this.readPath(resolveManifestPath(this.model.manifestPath, written));
  }

  async readPath(path: string, maxBytes = maxDocumentBytes): Promise<Uint8Array> {
    const bytes = (await this.readPaths([path], maxBytes)).get(path);
    if (bytes === undefined)
      throw weighbridgeError('flow/named-file-missing', { path, manifest: this.model.manifestPath });
    return bytes;
  }

  /** @throws flow/lfs-pointer, because a pointer says nothing of what it stands for */
  async readPaths(paths: readonly string[], maxBytes = maxDocumentBytes): Promise<ReadonlyMap<string, Uint8Array>> {
    for (const path of paths) this.#sources.add(path);
    const files = await this.model.files.readAll(paths, maxBytes);
    for (const [path, bytes] of files)
      if (parseLfsPointer(bytes) !== null) throw weighbridgeError('flow/lfs-pointer', { path });
    return files;
  }

  async metrics(metric: GovernedModel['manifest']['metrics'][number]): Promise<MetricsFacet> {
    const examples = [];
    for (const name of await expandPatterns(this.model, metric.examples))
      examples.push({ name, bytes: await this.readPath(name, exampleLimits.sizeBytes) });
    const { id, path } = metric;
    const file = resolveManifestPath(this.model.manifestPath, path);
    return readMetrics({ id, path, file, bytes: await this.readPath(file), examples }, this.#surroundings.sha256);
  }

  /** Every file that patterns match, sorted by path. @throws flow/pattern-matches-nothing, flow/artifact-missing */
  async readMatching(patterns: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
    return this.readPaths(await expandPatterns(this.model, patterns));
  }

  async digest(written: string): Promise<FileFacet> {
    const path = resolveManifestPath(this.model.manifestPath, written);
    return this.#fileFacet(path, await this.readPath(path));
  }

  async digests(patterns: readonly string[]): Promise<FileFacet[]> {
    return facetsOf(await this.readMatching(patterns), (path, bytes) => this.#fileFacet(path, bytes));
  }

  async document(written: string): Promise<DocumentFacet> {
    const path = resolveManifestPath(this.model.manifestPath, written);
    return this.#documentFacet(path, await this.readPath(path));
  }

  async interface(written: string): Promise<DocumentFacet> {
    const path = resolveManifestPath(this.model.manifestPath, written);
    const bytes = await this.readPath(path);
    return { ...this.#fileFacet(path, bytes), content: parseInterface(path, bytes) };
  }

  async documents(patterns: readonly string[]): Promise<DocumentFacet[]> {
    return facetsOf(await this.readMatching(patterns), (path, bytes) => this.#documentFacet(path, bytes));
  }

  async prompts(): Promise<ReadPrompt[]> {
    return facetsOf(await this.readMatching(this.model.manifest.prompts), (path, bytes) => ({
      ...this.#fileFacet(path, bytes),
      bytes,
    }));
  }

  /** README files beside the manifest: documentation, which never moves a version. */
  async readme(): Promise<FileFacet[]> {
    const { files, folder } = this.model;
    const own = (await files.list(folder)).filter((path) =>
      /^README(?:\.[a-z]+)?$/i.test(path.slice(folder === '' ? 0 : folder.length + 1)),
    );
    return facetsOf(await this.readPaths(own), (path, bytes) => this.#fileFacet(path, bytes));
  }

  #fileFacet(path: string, bytes: Uint8Array): FileFacet {
    return { path: shownPath(this.model, path), digest: digestBytes(this.#surroundings.sha256, bytes) };
  }

  #documentFacet(path: string, bytes: Uint8Array): DocumentFacet {
    return { ...this.#fileFacet(path, bytes), content: parseSettings(path, bytes) };
  }
}

function facetsOf<Facet extends { readonly path: string }>(
  files: ReadonlyMap<string, Uint8Array>,
  facet: (path: string, bytes: Uint8Array) => Facet,
): Facet[] {
  return [...files].map(([path, bytes]) => facet(path, bytes)).sort(byPath);
}

function byPath(left: { readonly path: string }, right: { readonly path: string }): number {
  return left.path < right.path ? -1 : left.path > right.path ? 1 : 0;
}
