import { digestBytes, digestJson, type Digest, weighbridgeError } from '@weighbridge/core';
import {
  type AttestedDocument,
  confirmDocument,
  type Evaluation,
  type EvaluationRun,
  formatEvaluation,
  formatTolerance,
  type Recomputation,
  type Tolerance,
} from '@weighbridge/evidence';
import { resolveManifestPath } from '@weighbridge/manifest';
import { identityOf, type Snapshot } from '@weighbridge/versioning';
import { parseMetricDocument } from '@weighbridge/formats';
import { formatTime } from '../events.js';
import { filesOfWorkTree } from '../reading/files.js';
import { findModel, type GovernedModel, maxFileBytes, readGovernance } from '../governing/governance.js';
import type { Surroundings } from '../surroundings.js';
import { takeSnapshot } from '../snapshot/take-snapshot.js';

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
  /** Documents that a second measurement made, by which those above are to be confirmed; null: they are the signer's own. */
  readonly recomputed: RecomputedDocuments | null;
}

/** Documents of a second measurement, by path from the root, in the order of those that they are to confirm. */
export interface RecomputedDocuments {
  readonly paths: readonly string[];
  readonly tolerance: Tolerance;
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
 * @throws flow/unknown-model, flow/path-not-found, evidence/which-id, evidence/no-metrics, evidence/not-confirmed and as
 * takeSnapshot
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
  const { recomputed } = request;
  const confirmed = recomputed === null ? null : await confirm(surroundings, name, documents, recomputed);
  const artifacts = snapshot.artifacts.flatMap(({ path, sha256 }) =>
    sha256 === null ? [] : [{ name: path, digest: sha256 }],
  );
  const evaluation: Evaluation = {
    model: name,
    subjects: [{ name, digest: identity }, ...artifacts],
    // Nobody compared scores by example: what reads them takes a document that was measured again as a whole.
    documents: confirmed === null ? documents : documents.map((document) => ({ ...document, examples: null })),
    dataset: await nameDataset(surroundings, snapshot, request.dataset),
    harness: request.harness,
    commit: (await surroundings.repository.commit('HEAD'))?.id ?? null,
    run: runOf(surroundings),
    claim: confirmed === null ? request.claim : 'recomputed',
    ...(confirmed === null ? {} : { recomputation: confirmed }),
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

/** @throws evidence/not-confirmed, flow/path-not-found, formats/* */
async function confirm(
  surroundings: Surroundings,
  model: string,
  documents: readonly AttestedDocument[],
  { paths, tolerance }: RecomputedDocuments,
): Promise<Recomputation> {
  const measured: { id: string; digest: Digest }[] = [];
  if (paths.length !== documents.length) {
    const id = documents.map((document) => document.id).join(', ');
    const reason = `${paths.length} documents were measured for ${documents.length} that are claimed`;
    throw weighbridgeError('evidence/not-confirmed', { id, model, reason });
  }
  for (const [place, { id, document }] of documents.entries()) {
    const path = paths[place] ?? '';
    const bytes = await surroundings.workTree.read(path, 64 * maxFileBytes);
    if (bytes === null) throw weighbridgeError('flow/path-not-found', { path });
    const disagreements = confirmDocument(document, parseMetricDocument({ name: path, bytes }), tolerance);
    if (disagreements.length > 0) {
      const more =
        disagreements.length > namedDisagreements ? `; and ${disagreements.length - namedDisagreements} more` : '';
      const reason = `${disagreements.slice(0, namedDisagreements).join('; ')}${more}`;
      throw weighbridgeError('evidence/not-confirmed', { id, model, reason });
    }
    measured.push({ id, digest: digestBytes(surroundings.sha256, bytes) });
  }
  return { tolerance: formatTolerance(tolerance), measured };
}

const namedDisagreements = 5;

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
