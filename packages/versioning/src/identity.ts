import { type Digest, digestJson, type JsonObject, type JsonValue, type Sha256 } from '@weighbridge/core';
import { hasAllDigests, weightGroups } from './artifacts/weight-group.js';
import { holdsInexact } from './documents.js';
import { compareText, sortedBy } from './order.js';
import type { ArtifactFacet, BaseFacet, DocumentFacet, FileFacet, Snapshot } from './snapshot.js';

/** The three digests of a snapshot: what a version is, what speaks for it, and everything. */
export function digestSnapshot(
  snapshot: Snapshot,
  sha256: Sha256,
): { readonly identity: Digest; readonly evidence: Digest; readonly record: Digest } {
  return {
    identity: digestJson(sha256, identityOf(snapshot)),
    evidence: digestJson(sha256, evidenceOf(snapshot)),
    record: digestJson(sha256, recordOf(snapshot)),
  };
}

/**
 * What the identity digest is taken of: the content that makes a version what it is. It leaves out metrics, evaluation
 * data (both are evidence), documentation, owners, model cards, training records and free metadata, and the model's own
 * name, so that a base is the same under two names.
 *
 * Deliberately strict: paths count, and every artifact counts with its file's digest, except safetensors and GGUF files
 * all of whose tensors were hashed. Those hold nothing but tensors and a header, so they count with names, dtypes, shapes
 * and digests of their tensors (and GGUF's key-values), and saving them again changes nothing. Archives and pickles count
 * with their file's digest although a comparison looks into them, so that one that was packed again is no change and yet
 * another identity. Whether an archive can be looked into hangs on what can be inflated here, on bounds and on a budget that
 * other files of the run may have spent, while an identity must be the same wherever and beside whatever it is taken;
 * and what is approved is what was looked at, down to bytes that only some loader sees. Settings, retrieval and
 * interface count with their parsed content, so that comments and the order of keys do not. Equal identity means "same
 * content"; the reverse does not hold: a renamed or re-sharded file is another identity, yet no change that moves a
 * version.
 */
export function identityOf(snapshot: Snapshot): JsonObject {
  return {
    schema: 1,
    kind: snapshot.kind,
    base: baseIdentity(snapshot.base),
    artifacts: byPath(snapshot.artifacts.filter(({ document }) => document?.type !== 'model-card')).map(
      artifactIdentity,
    ),
    data: sortedBy(snapshot.data, ({ role, name }) => `${role} ${name}`)
      .filter(({ role }) => role !== 'eval')
      .map(({ name, role, ref, pinned }) => ({ name, role, content: pinned ?? ref })),
    config: byPath(snapshot.config).map(documentIdentity),
    code: byPath(snapshot.code).map(fileIdentity),
    prompts: byPath(snapshot.prompts).map(fileIdentity),
    retrieval: snapshot.retrieval === null ? null : documentIdentity(snapshot.retrieval),
    interface: snapshot.interface === null ? null : documentIdentity(snapshot.interface),
    runtime: {
      framework: snapshot.runtime.framework,
      frameworkVersion: snapshot.runtime.frameworkVersion,
      image: snapshot.runtime.image,
      lock: snapshot.runtime.lock?.digest ?? null,
    },
    uses: sortedBy(snapshot.uses, ({ model }) => model).map(({ model, range, version, identity }) => ({
      model,
      range,
      content: identity ?? version,
    })),
  };
}

/** What the evidence digest is taken of: the metric documents, and the evaluation data that they speak of. */
export function evidenceOf(snapshot: Snapshot): JsonObject {
  return {
    schema: 1,
    metrics: sortedBy(snapshot.metrics, ({ id }) => id).map(({ id, digest, format, values, context, examples }) => ({
      id,
      digest,
      format,
      values: sortedBy(values, ({ key }) => key) as unknown as JsonValue,
      context,
      ...(examples === undefined ? {} : { examples: examples as unknown as JsonValue }),
    })),
    data: sortedBy(snapshot.data, ({ name }) => name)
      .filter(({ role }) => role === 'eval')
      .map(({ name, ref, pinned }) => ({ name, content: pinned ?? ref })),
  };
}

/** What the record digest is taken of: everything, as the ledger keeps it. */
export function recordOf(snapshot: Snapshot): JsonObject {
  return snapshot as unknown as JsonObject;
}

function baseIdentity(base: BaseFacet | null): JsonValue {
  if (base === null) return null;
  return base.content === null
    ? { model: base.model, revision: base.revision, version: base.version }
    : { content: base.content, ...(base.range === undefined ? {} : { range: base.range }) };
}

function artifactIdentity(artifact: ArtifactFacet): JsonObject {
  const { path, size, sha256, header, tensors } = artifact;
  const [group] = weightGroups([artifact]);
  if (
    header !== null &&
    group !== undefined &&
    ['safetensors', 'gguf'].includes(header.format) &&
    hasAllDigests(group)
  ) {
    const own = [...header.tensors].sort(([left], [right]) => compareText(left, right));
    return {
      path,
      tensors: own.map(([name, dtype, shape]) => [name, dtype, shape, tensors[name] ?? null]),
      attributes: header.format === 'gguf' ? header.attributes : null,
    };
  }
  if (sha256 !== null) return { path, sha256 };
  // Without the bytes, what the header tells is all there is; such a snapshot is never registered.
  return { path, size, header: headerIdentity(header) };
}

function headerIdentity(header: ArtifactFacet['header']): JsonValue {
  if (header === null) return null;
  const own = {
    ...header,
    tensors: sortedBy(header.tensors, ([name]) => name),
    imports: [...header.imports].sort(compareText),
  };
  return own as unknown as JsonValue;
}

function documentIdentity(document: DocumentFacet): JsonObject {
  const { path, digest, content } = document;
  return content === null || holdsInexact(content) ? { path, digest } : { path, content };
}

function fileIdentity({ path, digest }: FileFacet): JsonObject {
  return { path, digest };
}

function byPath<Item extends { readonly path: string }>(items: readonly Item[]): Item[] {
  return sortedBy(items, ({ path }) => path);
}
