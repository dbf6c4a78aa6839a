import { digestBytes, digestJson, type Digest, weighbridgeError } from '@weighbridge/core';
import { type AttestedDocument, type Evaluation, type EvaluationRun, formatEvaluation } from '@weighbridge/evidence';
import { resolveManifestPath } from '@weighbridge/manifest';
import { identityOf, type Snapshot } from '@weighbridge/versioning';
import { parseMetricDocument } from '@weighbridge/formats';
import { formatTime } from './events.js';
import { filesOfWorkTree } from './files.js';
import { findModel, type GovernedModel, maxFileBytes, readGovernance } from './governance.js';
import type { Surroundings } from './surroundings.js';
import { takeSnapshot } from './take-snapshot.js';

/** What is to be attested. */
export interface AttestRequest {
  /** Null where the repository has one model. */
  readonly model: string | null;
  /** Documents by path from the root; their ids by the manifest where none is given. Empty: those of the manifest. */
  readonly metrics: readonly { readonly id: string | null; readonly path: string }[];
  /** What it was measured on; null for the evaluation data of the manifest. A path of the repository is hashed. */
  readonly dataset: string | null;
  readonly harness: string | null;
  readonly claim: Evaluation['claim'];
}

/** A statement that waits for a signature. */
export interface PreparedStatement {
  readonly model: string;
  readonly identity: Digest;
  readonly evaluation: Evaluation;
  /** Canonical JSON. */
  readonly text: string;
}

/**
 * States what was measured of a model as it is in the checkout: its identity and its artifacts, and every value that
 * gates read. Reads no store and no forge, and the ledger only for bases of this registry.
 * @throws flow/unknown-model, flow/path-not-found, evidence/which-id, evidence/no-metrics and as takeSnapshot
 */
export async function prepareStatement(surroundings: Surroundings, request: AttestRequest): Promise<PreparedStatement> {
  const governance = await readGovernance(filesOfWorkTree(surroundings.workTree), surroundings.sha256);
  const only = governance.models.length === 1 ? governance.models[0]?.manifest.name : undefined;
  const model = findModel(governance, request.model ?? only ?? '');
  const { snapshot } = await takeSnapshot(surroundings, model, { depth: 'bytes' });
  const identity = digestJson(surroundings.sha256, identityOf(snapshot));
  const name = model.manifest.name;
  const documents = await readDocuments(surroundings, { model, snapshot, request });
  if (documents.length === 0) throw weighbridgeError('evidence/no-metrics', { model: name });
  const artifacts = snapshot.artifacts.flatMap(({ path, sha256 }) =>
    sha256 === null ? [] : [{ name: path, digest: sha256 }],
  );
  const evaluation: Evaluation = {
    model: name,
    subjects: [{ name, digest: identity }, ...artifacts],
    documents,
    dataset: await nameDataset(surroundings, snapshot, request.dataset),
    harness: request.harness,
    commit: (await surroundings.repository.commit('HEAD'))?.id ?? null,
    run: runOf(surroundings),
    claim: request.claim,
    time: formatTime(surroundings.clock.now()),
  };
  return { model: name, identity, evaluation, text: formatEvaluation(evaluation) };
}

interface Reading {
  readonly model: GovernedModel;
  readonly snapshot: Snapshot;
  readonly request: AttestRequest;
}

async function readDocuments(surroundings: Surroundings, reading: Reading): Promise<readonly AttestedDocument[]> {
  const { model, snapshot, request } = reading;
  if (request.metrics.length === 0) {
    return snapshot.metrics.map(({ id, path, digest, format, values, context, examples }) => ({
      id,
      path: resolveManifestPath(model.manifestPath, path),
      digest,
      document: { format, values, context },
      examples: examples === undefined ? null : digestJson(surroundings.sha256, examples),
    }));
  }
  const documents: AttestedDocument[] = [];
  for (const { id, path } of request.metrics) {
    const bytes = await surroundings.workTree.read(path, 64 * maxFileBytes);
    if (bytes === null) throw weighbridgeError('flow/path-not-found', { path });
    const { format, values, context } = parseMetricDocument({ name: path, bytes });
    const known = id ?? idOf(model, path);
    // Scores by example are those that the manifest names for the document.
    const examples = snapshot.metrics.find((metric) => metric.id === known)?.examples;
    documents.push({
      id: known,
      path,
      digest: digestBytes(surroundings.sha256, bytes),
      document: { format, values, context },
      examples: examples === undefined ? null : digestJson(surroundings.sha256, examples),
    });
  }
  return documents;
}

/** @throws evidence/which-id */
function idOf({ manifest, manifestPath }: GovernedModel, path: string): string {
  const known = manifest.metrics.find((metric) => resolveManifestPath(manifestPath, metric.path) === path);
  if (known !== undefined) return known.id;
  const ids = manifest.metrics.map(({ id }) => id).join(', ') || 'none';
  throw weighbridgeError('evidence/which-id', { path, model: manifest.name, known: ids });
}

async function nameDataset(
  surroundings: Surroundings,
  snapshot: Snapshot,
  written: string | null,
): Promise<string | null> {
  if (written === null) {
    const pinned = snapshot.data.flatMap(({ role, pinned: pin }) => (role === 'eval' && pin !== null ? [pin] : []));
    return pinned.length === 0 ? null : pinned.sort().join(' ');
  }
  const bytes = /^[a-z0-9]+:/.test(written) ? null : await surroundings.workTree.read(written, 64 * maxFileBytes);
  return bytes === null ? written : digestBytes(surroundings.sha256, bytes);
}

function runOf({ run }: Surroundings): EvaluationRun | null {
  if (run === null) return null;
  return { url: run.url, workflow: run.workflow, id: run.url.split('/').at(-1) ?? '', attempt: run.attempt };
}
