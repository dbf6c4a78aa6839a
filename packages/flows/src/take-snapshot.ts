import { digestBytes, type JsonObject, parseUtf8, weighbridgeError } from '@weighbridge/core';
import { type ArtifactHeader, exampleLimits } from '@weighbridge/formats';
import { resolveManifestPath } from '@weighbridge/manifest';
import type {
  ArtifactFacet,
  DocumentFacet,
  FileFacet,
  MetricsFacet,
  PromptFacet,
  Snapshot,
  SnapshotHeader,
} from '@weighbridge/versioning';
import { type ArtifactFile, type Depth, expandPatterns, readArtifactFiles } from './artifact-files.js';
import { pinBase, pinData } from './pin-references.js';
import { parseDocument, parseSettings, promptVariables } from './read-documents.js';
import type { GovernedModel } from './governance.js';
import { readMetrics } from './read-metrics.js';
import type { Notice, Surroundings } from './surroundings.js';

/** Configuration, prompts and documents above this are no text that people wrote. */
const maxDocumentBytes = 64 * 1024 * 1024;

/** A snapshot with what it was made from. */
export interface TakenSnapshot {
  readonly model: GovernedModel;
  readonly snapshot: Snapshot;
  readonly files: readonly ArtifactFile[];
  /** Repository paths of everything that the snapshot read, besides the artifacts. */
  readonly sources: readonly string[];
  readonly notices: readonly Notice[];
}

/** How closely a snapshot looks. */
export interface SnapshotOptions {
  readonly depth: Depth;
}

/**
 * Resolves every reference of a manifest to digests and reads every header, in the checkout as it is.
 * @throws flow/artifact-missing, flow/pattern-matches-nothing, flow/path-not-found, format/* and manifest/*
 */
export async function takeSnapshot(
  surroundings: Surroundings,
  model: GovernedModel,
  options: SnapshotOptions,
): Promise<TakenSnapshot> {
  const { manifest } = model;
  const reader = new SourceReader(surroundings, model);
  const files = await readArtifactFiles(surroundings, model, options);
  const artifacts: ArtifactFacet[] = [];
  for (const file of files) artifacts.push(await artifactFacet(reader, file));
  const { data, notices: dataNotices } = await pinData(surroundings, model);
  const { base, uses, notices: baseNotices } = await pinBase(surroundings, model);
  const metrics = [];
  for (const metric of manifest.metrics) metrics.push(await reader.metrics(metric));
  const lock = manifest.environment.lock;
  const snapshot: Snapshot = {
    schema: 1,
    model: manifest.name,
    kind: manifest.kind,
    base,
    artifacts,
    data,
    config: await reader.documents(manifest.config),
    code: await reader.digests(manifest.code),
    prompts: await reader.prompts(),
    retrieval: manifest.retrieval === null ? null : await reader.document(manifest.retrieval),
    interface: manifest.interface === null ? null : await reader.document(manifest.interface),
    metrics: metrics.sort((left, right) => (left.id < right.id ? -1 : 1)),
    runtime: {
      framework: manifest.training.framework,
      frameworkVersion: manifest.training.framework_version,
      image: manifest.environment.image,
      lock: lock === null ? null : await reader.digest(lock),
    },
    uses,
    training: {
      hardware: manifest.training.hardware,
      duration: manifest.training.duration,
      run: manifest.training.run,
    },
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
    sources: reader.sources(),
    notices: [...dataNotices, ...baseNotices, ...lockNotices(model, files)],
  };
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

/** How an artifact is written in the manifest's terms: relative to its folder, else from the root with a slash. */
export function shownPath(model: GovernedModel, path: string): string {
  if (model.folder === '') return path;
  return path.startsWith(`${model.folder}/`) ? path.slice(model.folder.length + 1) : `/${path}`;
}

async function artifactFacet(reader: SourceReader, file: ArtifactFile): Promise<ArtifactFacet> {
  const path = shownPath(reader.model, file.path);
  const known = file.header === null ? await reader.documentOf(file) : null;
  return {
    path,
    size: file.size,
    sha256: file.sha256,
    header: file.header === null ? null : snapshotHeader(file.header),
    tensors: file.tensors,
    document: known,
  };
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

  /** @throws flow/path-not-found */
  async read(written: string): Promise<Uint8Array> {
    return this.readPath(resolveManifestPath(this.model.manifestPath, written));
  }

  async readPath(path: string, maxBytes = maxDocumentBytes): Promise<Uint8Array> {
    this.#sources.add(path);
    const bytes = await this.#surroundings.workTree.read(path, maxBytes);
    if (bytes === null) throw weighbridgeError('flow/path-not-found', { path });
    return bytes;
  }

  async metrics(metric: GovernedModel['manifest']['metrics'][number]): Promise<MetricsFacet> {
    const examples = [];
    for (const path of await expandPatterns(this.#surroundings, this.model, metric.examples))
      examples.push({ name: path, bytes: await this.readPath(path, exampleLimits.sizeBytes) });
    const { id, path } = metric;
    return readMetrics({ id, path, bytes: await this.read(path), examples }, this.#surroundings.sha256);
  }

  async digest(written: string): Promise<FileFacet> {
    return this.digestPath(resolveManifestPath(this.model.manifestPath, written));
  }

  async digestPath(path: string): Promise<FileFacet> {
    return {
      path: shownPath(this.model, path),
      digest: digestBytes(this.#surroundings.sha256, await this.readPath(path)),
    };
  }

  async digests(patterns: readonly string[]): Promise<FileFacet[]> {
    const facets: FileFacet[] = [];
    for (const path of await expandPatterns(this.#surroundings, this.model, patterns))
      facets.push(await this.digestPath(path));
    return facets.sort(byPath);
  }

  async document(written: string): Promise<DocumentFacet> {
    return this.documentAt(resolveManifestPath(this.model.manifestPath, written));
  }

  async documentAt(path: string): Promise<DocumentFacet> {
    const bytes = await this.readPath(path);
    return {
      path: shownPath(this.model, path),
      digest: digestBytes(this.#surroundings.sha256, bytes),
      content: parseSettings(path, bytes),
    };
  }

  async documents(patterns: readonly string[]): Promise<DocumentFacet[]> {
    const facets: DocumentFacet[] = [];
    for (const path of await expandPatterns(this.#surroundings, this.model, patterns))
      facets.push(await this.documentAt(path));
    return facets.sort(byPath);
  }

  async prompts(): Promise<PromptFacet[]> {
    const facets: PromptFacet[] = [];
    for (const path of await expandPatterns(this.#surroundings, this.model, this.model.manifest.prompts)) {
      const bytes = await this.readPath(path);
      facets.push({
        path: shownPath(this.model, path),
        digest: digestBytes(this.#surroundings.sha256, bytes),
        variables: promptVariables(parseUtf8(bytes)),
      });
    }
    return facets.sort(byPath);
  }

  /** README files beside the manifest: documentation, which never moves a version. */
  async readme(): Promise<FileFacet[]> {
    const listed = await this.#surroundings.workTree.list(this.model.folder);
    const own = listed.filter((path) =>
      /^README(?:\.[a-z]+)?$/i.test(path.slice(this.model.folder === '' ? 0 : this.model.folder.length + 1)),
    );
    const facets: FileFacet[] = [];
    for (const path of own) facets.push(await this.digestPath(path));
    return facets.sort(byPath);
  }

  /** What a small file beside the weights says, when its kind is known; read only if it is at hand. */
  async documentOf(
    file: ArtifactFile,
  ): Promise<{ type: NonNullable<ArtifactFacet['document']>['type']; facts: JsonObject } | null> {
    if (file.size > maxDocumentBytes) return null;
    const bytes = await this.#surroundings.workTree.read(file.path, maxDocumentBytes);
    return bytes === null ? null : parseDocument(file.path, bytes, this.#surroundings.sha256);
  }
}

function byPath(left: { readonly path: string }, right: { readonly path: string }): number {
  return left.path < right.path ? -1 : left.path > right.path ? 1 : 0;
}
