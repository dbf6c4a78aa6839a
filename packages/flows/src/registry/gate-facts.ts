import { compareVersions, isPrerelease, type JsonObject, type Version, weighbridgeError } from '@weighbridge/core';
import type { EvidenceFacts, EvidenceLevel } from '@weighbridge/gates';
import type { CatalogueVersion, ModelCatalogue } from '@weighbridge/ledger';
import type { Snapshot } from '@weighbridge/versioning';
import { readSnapshot } from './read-snapshot.js';
import { parseStoredMetrics } from './stored-documents.js';
import type { Surroundings } from '../surroundings.js';

type EvidenceById = Readonly<Record<string, EvidenceFacts>>;

/** Metric documents of a snapshot by id. `time` is when the ledger learned of them, null before that. */
export function evidenceOfSnapshot(snapshot: Snapshot, time: string | null): EvidenceById {
  const documents: Record<string, EvidenceFacts> = {};
  const evaluatedOn = evaluationContext(snapshot);
  for (const { id, digest, format, values, context, examples } of snapshot.metrics) {
    documents[id] = {
      document: { format, values, context },
      digest,
      level: 'reported',
      levelChecked: false,
      time,
      context: evaluatedOn,
      ...(examples === undefined ? {} : { examples }),
    };
  }
  return documents;
}

/** The evaluation data of the manifest by content, so that results on other data are not compared. */
function evaluationContext(snapshot: Snapshot): JsonObject {
  const pinned = snapshot.data.flatMap(({ role, pinned: pin }) => (role === 'eval' && pin !== null ? [pin] : []));
  pinned.sort((left, right) => (left < right ? -1 : 1));
  return pinned.length === 0 ? {} : { dataset: pinned.join(' ') };
}

/** Metric documents of a registered version: those of its snapshot, then those added later, the newest of an id winning. */
export async function readVersionEvidence(
  surroundings: Surroundings,
  version: CatalogueVersion,
  snapshot?: Snapshot,
): Promise<EvidenceById> {
  const documents: Record<string, EvidenceFacts> = {
    ...evidenceOfSnapshot(snapshot ?? (await readSnapshot(surroundings, version)), version.registeredAt),
  };
  for (const added of version.addedEvidence) {
    const bytes = await surroundings.ledger.evidence(added.metrics, added.entry);
    if (bytes === null) throw weighbridgeError('flow/evidence-missing', { digest: added.metrics });
    const { examples, ...document } = parseStoredMetrics(bytes, added.metrics);
    documents[added.id] = {
      document,
      digest: added.metrics,
      level: added.level as EvidenceLevel,
      levelChecked: false,
      time: added.time,
      context: {},
      ...(examples === undefined ? {} : { examples }),
    };
  }
  return documents;
}

/** The version that a baseline reference names: `stage:production`, `alias:champion`, `previous` or a version. */
export function resolveBaseline(
  catalogue: ModelCatalogue | null,
  ref: string,
  candidate: Version | null,
): CatalogueVersion | null {
  if (catalogue === null) return null;
  const version = baselineVersion(catalogue, ref, candidate);
  return catalogue.versions.find((known) => known.version === version) ?? null;
}

function baselineVersion(catalogue: ModelCatalogue, ref: string, candidate: Version | null): string | null {
  if (ref.startsWith('stage:')) return catalogue.stages[ref.slice('stage:'.length)] ?? null;
  if (ref.startsWith('alias:')) return catalogue.aliases[ref.slice('alias:'.length)] ?? null;
  return ref === 'previous' ? previousVersion(catalogue, candidate) : ref;
}

/** The highest final version below the candidate that is not deprecated: of a hotfix that is not the newest of all. */
function previousVersion(catalogue: ModelCatalogue, candidate: Version | null): string | null {
  const below = catalogue.versions.filter(({ version, deprecated }) => {
    return !deprecated && !isPrerelease(version) && (candidate === null || compareVersions(version, candidate) < 0);
  });
  below.sort((left, right) => compareVersions(right.version, left.version));
  return below[0]?.version ?? null;
}

/** Since when a version has held a stage without a break; null when it does not hold it. */
export function heldSince(catalogue: ModelCatalogue, stage: string, version: Version): string | null {
  if (catalogue.stages[stage] !== version) return null;
  const last = catalogue.history.filter((change) => change.stage === stage).at(-1);
  return last?.version === version ? last.time : null;
}
