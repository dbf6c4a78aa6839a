import { weighbridgeError } from '@weighbridge/core';
import type { Decision } from '@weighbridge/gates';
import { type CatalogueVersion, type LedgerEvent, readEvents, type StageChange } from '@weighbridge/ledger';
import type { VersioningPolicy } from '@weighbridge/manifest';
import type { RecordedMove, VersionRecord } from '@weighbridge/report';
import { assess, type Change, type Snapshot } from '@weighbridge/versioning';
import { readSnapshot } from '../registry/read-snapshot.js';
import { bumpsOfParts } from '../assessment/built-on.js';
import { certainMoves } from '../assessment/certain-moves.js';
import { readVersionEvidence } from '../registry/gate-facts.js';
import type { FoundVersion } from '../registry/find-registered.js';
import { parseStoredDecision } from '../registry/stored-documents.js';
import type { Surroundings } from '../surroundings.js';
import { artifactsOf } from '../registry/version-artifacts.js';

/** Which version, and by which rules its changes are weighed. */
export interface RecordQuestion {
  readonly model: string;
  /** As findVersion takes it; null for the newest release. */
  readonly version: string | null;
  readonly versioning: VersioningPolicy;
}

/**
 * Everything that the ledger knows of a version now, with evidence and moves that came after its registration.
 * @throws flow/evidence-missing, flow/evidence-malformed
 */
export async function readVersionRecord(
  surroundings: Surroundings,
  { catalogue, version }: FoundVersion,
  versioning: VersioningPolicy,
): Promise<VersionRecord> {
  const snapshot = await readSnapshot(surroundings, version);
  const earlier = catalogue.versions.find((known) => known.version === version.previous) ?? null;
  const registered = await readEntry(surroundings, version.entry);
  const moves: RecordedMove[] = [];
  for (const change of catalogue.history)
    if (change.version === version.version) moves.push(await readMove(surroundings, change));
  return {
    model: catalogue.model,
    version: version.version,
    tag: version.tag,
    commit: version.commit,
    registeredAt: version.registeredAt,
    bump: version.bump,
    previous: earlier === null ? null : { version: earlier.version, identity: earlier.identity },
    changes: earlier === null ? [] : await readChanges(surroundings, { earlier, snapshot, versioning }),
    digests: { identity: version.identity, evidence: version.evidence, record: version.record },
    snapshot,
    artifacts: await artifactsOf(surroundings.ledger, version),
    store: version.store,
    evidence: await readVersionEvidence(surroundings, version, snapshot),
    moves,
    repository: repositoryAddress(surroundings),
    run: registered.context.run?.url ?? null,
  };
}

/** One entry of the ledger by its index. */
export async function readEntry({ ledger }: Pick<Surroundings, 'ledger'>, index: number): Promise<LedgerEvent> {
  const [event] = readEvents(await ledger.entries(index, index + 1), index);
  if (event === undefined) throw weighbridgeError('core/invariant', { reason: `the ledger has no entry ${index}` });
  return event;
}

/** Where people look at the repository; null where no forge is known. */
export function repositoryAddress({ forge }: Pick<Surroundings, 'forge'>): string | null {
  return forge === null ? null : `https://${forge.address}`;
}

async function readChanges(
  surroundings: Surroundings,
  compared: {
    readonly earlier: CatalogueVersion;
    readonly snapshot: Snapshot;
    readonly versioning: VersioningPolicy;
  },
): Promise<readonly Change[]> {
  const { earlier, snapshot, versioning } = compared;
  const previous = await readSnapshot(surroundings, earlier);
  return assess({
    previous: { version: earlier.version, snapshot: previous },
    significant: certainMoves(previous, snapshot, versioning).moves,
    parts: await bumpsOfParts(surroundings, previous, snapshot),
    candidate: snapshot,
    policy: versioning,
    existing: [],
    declared: null,
    sha256: surroundings.sha256,
  }).changes;
}

async function readMove(surroundings: Surroundings, change: StageChange): Promise<RecordedMove> {
  const event = await readEntry(surroundings, change.entry);
  const moved = event.type === 'transitioned' ? event.body : null;
  const approvals = event.type === 'transitioned' || event.type === 'rolled-back' ? event.body.approvals : [];
  return {
    to: change.stage,
    time: change.time,
    actor: change.actor,
    justification: change.justification,
    pull: change.pull,
    approvals: (approvals ?? []).map(({ login, roster }) => ({ login, roster })),
    decision: moved === null || moved.decision === null ? null : await readDecision(surroundings, moved.decision),
  };
}

async function readDecision(
  { ledger }: Pick<Surroundings, 'ledger'>,
  digest: Parameters<typeof parseStoredDecision>[1],
): Promise<Pick<Decision, 'verdict' | 'because' | 'requirements'>> {
  const bytes = await ledger.evidence(digest);
  if (bytes === null) throw weighbridgeError('flow/evidence-missing', { digest });
  return parseStoredDecision(bytes, digest);
}
