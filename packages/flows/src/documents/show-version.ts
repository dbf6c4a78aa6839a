import type { VersionRecord } from '@weighbridge/report';
import type { Surroundings } from '../surroundings.js';
import { findRegistered } from '../registry/find-registered.js';
import { readVersionRecord, type RecordQuestion } from './version-record.js';

/** One registered version with everything that the ledger knows of it, and where it stands. */
export interface ShownVersion {
  readonly record: VersionRecord;
  /** Stages and aliases that point to it. */
  readonly places: readonly string[];
  /** Whether the catalogue has no earlier version. */
  readonly isFirst: boolean;
  readonly archived: boolean;
  /** It was given up: the next version is not compared with it. */
  readonly deprecated: boolean;
  /** A rollback froze its content, which enters no stage again without a waiver. */
  readonly frozen: boolean;
  /** When its bytes were given up; null while they are kept. RFC 3339, UTC. */
  readonly releasedAt: string | null;
}

/**
 * One version, named by its number, a stage, an alias or a digest, with its files, however many they are.
 * @throws core/model-name, flow/unknown-version, flow/not-registered, flow/evidence-missing, flow/evidence-malformed
 */
export async function showVersion(surroundings: Surroundings, question: RecordQuestion): Promise<ShownVersion> {
  const found = await findRegistered(surroundings, question);
  const { catalogue, version } = found;
  const pointers = [...Object.entries(catalogue.stages), ...Object.entries(catalogue.aliases)];
  return {
    record: await readVersionRecord(surroundings, found, question.versioning),
    places: pointers.filter(([, pointed]) => pointed === version.version).map(([name]) => name),
    isFirst: catalogue.versions.every(({ entry }) => entry >= version.entry),
    archived: version.archived,
    deprecated: version.deprecated,
    frozen: catalogue.frozen.some(({ identity }) => identity === version.identity),
    releasedAt: version.released?.time ?? null,
  };
}
