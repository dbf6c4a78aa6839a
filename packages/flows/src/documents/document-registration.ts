import type { Version } from '@weighbridge/core';
import type { Decision } from '@weighbridge/gates';
import type { Approval, EventBodies, EventContext, RegisteredArtifact } from '@weighbridge/ledger';
import type { WeighedModel } from '../assessment/assess-models.js';
import { evidenceOfSnapshot } from '../registry/gate-facts.js';
import type { Surroundings } from '../surroundings.js';
import { makeDocuments, readReadme, type VersionDocuments } from './version-documents.js';
import { repositoryAddress } from './version-record.js';

/** What is about to be recorded of a version, with the gate that let it in. */
export interface RegistrationToDocument
  extends Omit<EventBodies['registered'], 'snapshot' | 'documents' | 'artifacts'> {
  readonly artifacts: readonly RegisteredArtifact[];
  readonly version: Version;
  readonly context: EventContext;
  readonly decision: Decision;
  readonly approvals: readonly Approval[];
  readonly pull: number | null;
  /** The stage that it enters. */
  readonly to: string;
}

/** The documents of a version that is about to be registered, from the files at hand. */
export async function documentRegistration(
  surroundings: Surroundings,
  weighed: WeighedModel,
  { version, context, decision, approvals, pull, to, ...body }: RegistrationToDocument,
): Promise<VersionDocuments> {
  const { assessment, snapshot, previous, model } = weighed;
  const record = {
    model: model.manifest.name,
    version,
    tag: body.tag,
    commit: context.commit,
    registeredAt: context.time,
    bump: body.bump,
    previous: previous === null ? null : { version: previous.version.version, identity: previous.version.identity },
    changes: assessment.changes,
    digests: { identity: body.identity, evidence: body.evidence, record: body.record },
    snapshot,
    artifacts: body.artifacts,
    store: body.store,
    evidence: evidenceOfSnapshot(snapshot, context.time),
    moves: [
      {
        to,
        time: context.time,
        actor: context.actor.login,
        justification: context.justification,
        pull,
        approvals: approvals.map(({ login, roster }) => ({ login, roster })),
        decision,
      },
    ],
    repository: repositoryAddress(surroundings),
    run: context.run?.url ?? null,
  };
  return makeDocuments(surroundings, record, await readReadme(model));
}
