import { isModelName, type ModelName } from '@weighbridge/core';
import {
  formatReference,
  isImmutableReference,
  parseReference,
  type Reference,
  resolveManifestPath,
} from '@weighbridge/manifest';
import type { Pinning } from '@weighbridge/ports';
import type { BaseFacet, DataFacet, Snapshot } from '@weighbridge/versioning';
import { pinDvc } from '../data/pin-dvc.js';
import { pinPath } from '../data/pin-path.js';
import type { GovernedModel } from '../governing/governance.js';
import { type ResolvedPart, resolvePart } from '../registry/registry-parts.js';
import type { Notice, Surroundings } from '../surroundings.js';

/** Data references of a manifest, each with the immutable reference it stands for, or a notice that there is none. */
export async function pinData(
  surroundings: Surroundings,
  model: GovernedModel,
): Promise<{ readonly data: readonly DataFacet[]; readonly notices: readonly Notice[] }> {
  const notices: Notice[] = [];
  const data: DataFacet[] = [];
  for (const { name, role, ref } of model.manifest.data) {
    const pinning = await pinReference(surroundings, model, ref);
    if (pinning.pinned === null) notices.push(unpinned(model, { what: `data "${name}"`, ref }, pinning));
    data.push({ name, role, ref, pinned: pinning.pinned });
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
  const bare = reference.scheme === 'hf' ? formatReference({ ...reference, revision: null }) : written.model;
  const named = written.revision ?? (reference.scheme === 'hf' ? reference.revision : null) ?? null;
  if (reference.scheme === 'vendor' || (named !== null && (reference.scheme !== 'hf' || isCommitId(named))))
    return { model: bare, revision: named, content: null, version: null };
  if (reference.scheme === 'path' && named === null) {
    const revision = await pinBasePath(surroundings, model, reference.path);
    if (revision !== null) return { model: bare, revision, content: null, version: null };
  }
  const pinning =
    reference.scheme === 'hf' ? await pinRemote(surroundings, { ...reference, revision: named }) : notNamed;
  if (pinning.pinned === null) {
    notices.push(unpinned(model, { what: 'the base model', ref: written.model }, pinning));
    return { model: bare, revision: named, content: null, version: null };
  }
  const pinned = parseReference(pinning.pinned);
  return { model: bare, revision: pinned.scheme === 'hf' ? pinned.revision : named, content: null, version: null };
}

/** What a base in this repository holds; of what a prompt names, the tokenizer that its tokens are counted by. */
async function pinBasePath(surroundings: Surroundings, model: GovernedModel, written: string): Promise<string | null> {
  const path = resolveManifestPath(model.manifestPath, written);
  const tokenizer = model.manifest.kind === 'prompt' ? `${path}/tokenizer.json` : path;
  return (await pinPath(surroundings, model.files, tokenizer)) ?? pinPath(surroundings, model.files, path);
}

/** Also a shortened one: whoever wrote it means one commit, and no branch is called so. */
function isCommitId(revision: string): boolean {
  return /^[0-9a-f]{7,40}$/.test(revision);
}

const notNamed: Pinning = {
  pinned: null,
  because: 'what it names may change without a trace',
  remedy: 'Name an immutable revision, object version or digest.',
};

/** The immutable form of a data reference, or why what it names can change under the same name. */
async function pinReference(surroundings: Surroundings, model: GovernedModel, text: string): Promise<Pinning> {
  const reference = parseReference(text);
  if (reference.scheme !== 'path' && reference.scheme !== 'dvc') return pinRemote(surroundings, reference);
  const path = resolveManifestPath(model.manifestPath, reference.path);
  if (reference.scheme === 'path') {
    const pinned = await pinPath(surroundings, model.files, path);
    // Data that git ignores is often DVC's: its own file beside says what it is.
    return pinned === null ? ((await pinDvc(model.files, path)) ?? ignoredPath(path)) : { pinned };
  }
  return (await pinDvc(model.files, path)) ?? untracked(path);
}

/** What services keep is asked of them; where nobody is asked, as offline, only what is immutable already is pinned. */
async function pinRemote({ data }: Surroundings, reference: Reference): Promise<Pinning> {
  if (isImmutableReference(reference)) return { pinned: formatReference(reference) };
  return data === undefined ? notNamed : data.pin(reference);
}

function ignoredPath(path: string): Pinning {
  return {
    pinned: null,
    because: `no commit holds ${path === '' ? 'the repository' : path}, and neither Git LFS nor DVC tracks it`,
    remedy: 'Commit it, put it under Git LFS or DVC, or name where it lies.',
  };
}

function untracked(path: string): Pinning {
  return {
    pinned: null,
    because: `neither ${path.endsWith('.dvc') ? path : `${path}.dvc`} nor a dvc.lock says what ${path} is`,
    remedy: 'Correct the path, or run "dvc add" and commit the file that it writes.',
  };
}

/** "cannot be pinned", the reason and what to do about it. */
function unpinned(
  model: GovernedModel,
  { what, ref }: { readonly what: string; readonly ref: string },
  { because, remedy }: Extract<Pinning, { readonly pinned: null }>,
): Notice {
  return {
    level: 'warning',
    text: `${what} of ${model.manifest.name} (${ref}) cannot be pinned: ${because}. ${remedy}`,
    file: model.manifestPath,
    line: model.line,
  };
}
