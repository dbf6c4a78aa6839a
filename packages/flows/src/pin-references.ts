import { type Digest, digestHex, formatDigest, isModelName, type ModelName, parseUtf8, utf8 } from '@weighbridge/core';
import { formatReference, isImmutableReference, parseReference, resolveManifestPath } from '@weighbridge/manifest';
import { parseStrictYaml } from '@weighbridge/formats';
import type { BaseFacet, DataFacet, Snapshot } from '@weighbridge/versioning';
import { digestSource } from './measure-file.js';
import type { Files } from './files.js';
import { maxPointerBytes, parseLfsPointer } from './lfs-pointer.js';
import { maxFileBytes, type GovernedModel } from './governance.js';
import { type ResolvedPart, resolvePart } from './registry-parts.js';
import type { Notice, Surroundings } from './surroundings.js';

/** Data references of a manifest, each with the immutable reference it stands for, or a notice that there is none. */
export async function pinData(
  surroundings: Surroundings,
  model: GovernedModel,
): Promise<{ readonly data: readonly DataFacet[]; readonly notices: readonly Notice[] }> {
  const notices: Notice[] = [];
  const data: DataFacet[] = [];
  for (const { name, role, ref } of model.manifest.data) {
    const pinned = await pinReference(surroundings, model, ref);
    if (pinned === null) notices.push(unpinned(model, `data "${name}"`, ref));
    data.push({ name, role, ref, pinned });
  }
  data.sort((left, right) => (left.name < right.name ? -1 : 1));
  return { data, notices };
}

/** Repository paths of the data sources that are files of the repository, by the name of the source. */
export function dataPaths(model: GovernedModel): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const { name, ref } of model.manifest.data) {
    const reference = parseReference(ref);
    if (reference.scheme === 'path' || reference.scheme === 'dvc')
      paths.set(name, resolveManifestPath(model.manifestPath, reference.path));
  }
  return paths;
}

/** What a manifest is built on, resolved. */
export interface PinnedBase {
  readonly base: BaseFacet | null;
  readonly uses: Snapshot['uses'];
  /** Models of this registry of which no version fits. */
  readonly open: readonly ResolvedPart[];
  readonly notices: readonly Notice[];
}

/** The base model and the parts that a manifest uses, resolved against this registry where they live in it. */
export async function pinBase(surroundings: Surroundings, model: GovernedModel): Promise<PinnedBase> {
  const notices: Notice[] = [];
  const parts: ResolvedPart[] = [];
  for (const { model: name, version: range } of model.manifest.uses)
    parts.push(await resolvePart(surroundings, name, range));
  const uses = parts
    .map(({ model: name, range, version, identity }) => ({ model: name as ModelName, range, version, identity }))
    .sort((left, right) => (left.model < right.model ? -1 : 1));
  const base = await pinBaseModel(surroundings, model, { notices, parts });
  const open = parts.filter(({ version }) => version === null);
  for (const { model: name, range, known } of open) {
    if (known.length > 0) continue;
    const text = `${name}@${range} is not registered here yet: it is locked to a version when there is one.`;
    notices.push({ level: 'warning', text, file: model.manifestPath, line: model.line });
  }
  return { base, uses, open, notices };
}

async function pinBaseModel(
  surroundings: Surroundings,
  model: GovernedModel,
  { notices, parts }: { readonly notices: Notice[]; readonly parts: ResolvedPart[] },
): Promise<BaseFacet | null> {
  const written = model.manifest.base;
  if (written === null) return null;
  const reference = parseReference(written.model);
  if (reference.scheme === 'registry' && isModelName(reference.name)) {
    const range = written.revision ?? reference.range ?? '*';
    const found = await resolvePart(surroundings, reference.name, range);
    parts.push(found);
    const { identity: content, version } = found;
    return { model: `registry:${reference.name}`, revision: null, content, version, range };
  }
  const revision = written.revision ?? (reference.scheme === 'hf' ? reference.revision : null) ?? null;
  if (revision === null && reference.scheme !== 'vendor')
    notices.push(unpinned(model, 'the base model', written.model));
  const bare = reference.scheme === 'hf' ? formatReference({ ...reference, revision: null }) : written.model;
  return { model: bare, revision, content: null, version: null };
}

/** The immutable form of a data reference, or null when what it names can change under the same name. */
async function pinReference(surroundings: Surroundings, model: GovernedModel, text: string): Promise<string | null> {
  const reference = parseReference(text);
  if (reference.scheme === 'path')
    return pinPath(surroundings, model.files, resolveManifestPath(model.manifestPath, reference.path));
  if (reference.scheme === 'dvc') return pinDvc(model.files, resolveManifestPath(model.manifestPath, reference.path));
  return isImmutableReference(reference) ? formatReference(reference) : null;
}

/**
 * A file by its SHA-256; a folder by the SHA-256 of its files' names and digests. What git ignores is part of no commit,
 * so nothing holds it still: it stays unpinned.
 */
async function pinPath(surroundings: Surroundings, files: Files, path: string): Promise<string | null> {
  const whole = (await files.ignored([path])).has(path) ? null : await digestFile(surroundings, files, path);
  if (whole !== null) return whole;
  const listed = await files.list(path);
  if (listed.length === 0) return null;
  const hash = surroundings.newHash();
  for (const file of listed) {
    const digest = await digestFile(surroundings, files, file);
    if (digest !== null) hash.update(utf8(`${digestHex(digest)}  ${file.slice(path.length + 1)}\n`));
  }
  return `tree:${digestHex(formatDigest(hash.digest()))}`;
}

/** The digest of a file's bytes, be they here or behind a Git LFS pointer; null when there is none. */
async function digestFile(surroundings: Surroundings, files: Files, path: string): Promise<Digest | null> {
  const source = await files.open(path);
  if (source === null) return null;
  try {
    const pointer = source.sizeBytes > maxPointerBytes ? null : parseLfsPointer(await source.read(0, source.sizeBytes));
    return pointer?.sha256 ?? (await digestSource(source, surroundings.newHash()));
  } finally {
    await source.close();
  }
}

/** The content hash that a .dvc file records (DVC 3: `outs[0].md5`, with `.dir` for folders). */
async function pinDvc(files: Files, path: string): Promise<string | null> {
  const bytes = await files.read(path, maxFileBytes);
  if (bytes === null) return null;
  const document: unknown = parseStrictYaml(parseUtf8(bytes), path);
  const outs = (document as { outs?: readonly { md5?: unknown; hash?: unknown }[] } | null)?.outs;
  const first = Array.isArray(outs) ? outs[0] : undefined;
  return typeof first?.md5 === 'string' ? `dvc-md5:${first.md5}` : null;
}

function unpinned(model: GovernedModel, what: string, ref: string): Notice {
  return {
    level: 'warning',
    text: `${what} of ${model.manifest.name} (${ref}) cannot be pinned: what it names may change without a trace. Name an immutable revision, object version or digest.`,
    file: model.manifestPath,
    line: model.line,
  };
}
