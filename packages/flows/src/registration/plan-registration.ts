import {
  canonicalJson,
  type Digest,
  digestBytes,
  invariant,
  utf8,
  type Version,
  versionTag,
  weighbridgeError,
} from '@weighbridge/core';
import type { Decision, PullFacts } from '@weighbridge/gates';
import {
  type CatalogueVersion,
  type Dependency,
  type LedgerEvent,
  maxDependencies,
  nameArtifacts,
} from '@weighbridge/ledger';
import { dependenciesOf } from '@weighbridge/lineage';
import type { Commit } from '@weighbridge/ports';
import { approvalsOf } from './approvals.js';
import type { WeighedModel } from '../assessment/assess-models.js';
import { documentRegistration } from '../documents/document-registration.js';
import { eventContext, makeEvent } from '../events.js';
import { planBackedDocuments } from '../evidence/plan-evidence.js';
import { evidenceOfSnapshot } from '../registry/gate-facts.js';
import type { Governance } from '../governing/governance.js';
import type { Effect, Plan } from '../plan.js';
import { planPolicyEntry } from '../registry/policy-entry.js';
import { requireRecordable } from './record-size.js';
import { checkStoreFor } from './register-checks.js';
import { planSigning } from '../signing/make-signature.js';
import { planStageTags, planVersionTag } from '../transition/stage-tags.js';
import type { Surroundings } from '../surroundings.js';
import { recordDocuments, type VersionDocuments } from '../documents/version-documents.js';

/** A decision with the pull request whose reviews it rests on, where there is one. */
export interface Decided {
  readonly decision: Decision;
  readonly pull: PullFacts | null;
}

/** What enters the registry, and as whose wish. */
export interface Entrant {
  readonly surroundings: Surroundings;
  readonly governance: Governance;
  readonly head: Commit;
  readonly weighed: WeighedModel;
  readonly request: {
    readonly reason: string | null;
    readonly dryRun: boolean;
    /** Begins a ledger although tags speak of an earlier one. */
    readonly newLedger?: boolean;
  };
}

/**
 * What registering a version would do: bytes before the entry that names them, the entry before its tags. Writes nothing.
 * @throws flow/no-store, flow/lock-differs, signing/no-signer, and as the rest of the registration
 */
export async function planRegistration(
  { surroundings, governance, head, weighed, request }: Entrant,
  version: Version,
  { decision, pull }: Decided,
): Promise<{ readonly plan: Plan; readonly documents: VersionDocuments }> {
  const { manifest } = weighed.model;
  const now = surroundings.clock.now();
  const stored = await checkStoreFor(surroundings, weighed);
  const evidence = new Map<Digest, string>();
  const remember = (value: unknown): Digest => {
    const text = canonicalJson(value);
    const digest = digestBytes(surroundings.sha256, utf8(text));
    evidence.set(digest, text);
    return digest;
  };
  const contextAt = (commit: Commit) =>
    eventContext(surroundings, { commit, justification: request.reason, time: now });
  const at = await commitOf({ surroundings, head, weighed }, version);
  const context = contextAt(at);
  const about = { model: manifest.name, version, context };
  const artifacts = weighed.files.map((file) => ({
    path: file.path,
    size: file.size,
    sha256: artifactHex(file.sha256),
    ...(manifest.store === 'reference' && file.source !== null ? { address: file.source.address } : {}),
  }));
  const named = nameArtifacts(surroundings.sha256, artifacts);
  for (const [digest, text] of named.evidence) evidence.set(digest, text);
  // Also where a training job stored the bytes before, and the checkout has but the lock.
  const isStored = manifest.store === 'copy' && artifacts.length > 0;
  const store = isStored ? (surroundings.store?.address ?? null) : null;
  const first = governance.policy.stages[0] ?? 'development';
  const held = weighed.history.catalogue?.stages[first] ?? null;
  const body = {
    tag: versionTag(manifest.name, version),
    previous: weighed.previous?.version.version ?? null,
    bump: weighed.assessment.bump,
    identity: weighed.assessment.identity,
    evidence: weighed.assessment.evidence,
    record: weighed.assessment.snapshot,
    snapshot: remember(weighed.snapshot),
    artifacts: named.artifacts,
    store,
    ...listedDependencies(weighed),
  };
  const approvals = approvalsOf(decision, pull);
  const registration = {
    ...body,
    artifacts,
    version,
    context,
    decision,
    approvals,
    pull: pull?.number ?? null,
    to: first,
  };
  const documents = await documentRegistration(surroundings, weighed, registration);
  const { named: documented, evidence: texts } = recordDocuments(surroundings, documents);
  for (const [digest, text] of texts) evidence.set(digest, text);
  const backed = await planBackedDocuments(
    surroundings,
    governance.policy.evidence,
    {
      candidate: {
        model: weighed.model,
        snapshot: weighed.snapshot,
        identity: body.identity,
        commit: at.id,
        registered: null,
      },
      version,
      context,
    },
    evidenceOfSnapshot(weighed.snapshot, null),
  );
  const signed = await planSigning(surroundings, governance, {
    signed: { model: manifest.name, version, artifacts },
    context,
    dryRun: request.dryRun,
  });
  for (const [digest, text] of [...backed.evidence, ...signed.evidence]) evidence.set(digest, text);
  requireRecordable(evidence, { model: manifest.name, files: artifacts.length });
  const events: LedgerEvent[] = [
    ...(await planPolicyEntry(surroundings, governance, contextAt(head), { newLedger: request.newLedger ?? false })),
    makeEvent(surroundings.sha256, { type: 'registered', ...about, body: { ...body, documents: documented } }),
    ...signed.events,
    ...backed.events,
    makeEvent(surroundings.sha256, {
      type: 'transitioned',
      ...about,
      body: {
        from: null,
        to: first,
        replaces: held,
        identity: body.identity,
        decision: remember(decision),
        verdict: decision.verdict,
        approvals,
        pull: pull?.number ?? null,
      },
    }),
  ];
  const registered = { ...body, version, commit: at.id } as unknown as CatalogueVersion;
  const tags = planVersionTag(manifest.name, weighed.history, { version, commit: at.id }, now);
  const stageTime = new Date(now.getTime() + 1000 * tags.length);
  const effects: Effect[] = [
    ...stored,
    { kind: 'append', events, evidence },
    ...tags,
    ...planStageTags(manifest.name, weighed.history, { [first]: registered }, stageTime),
  ];
  return { plan: { effects }, documents };
}

/** A version that was tagged before there was a ledger keeps its commit: its tag is there and is not moved. */
async function commitOf(
  { surroundings, head, weighed }: Pick<Entrant, 'surroundings' | 'head' | 'weighed'>,
  version: Version,
): Promise<Commit> {
  const { takenOver } = weighed;
  if (takenOver?.version !== version) return head;
  const commit = await surroundings.repository.commit(takenOver.commit);
  invariant(commit !== null, 'the commit of a tag that was read is gone');
  return commit;
}

/** Left out where there are so many that they would crowd the entry: the snapshot has them. */
function listedDependencies({ snapshot, model: { manifest, manifestPath } }: WeighedModel): {
  readonly dependencies?: readonly Dependency[];
} {
  const dependencies = dependenciesOf(snapshot, { path: manifestPath, manifest });
  return dependencies.length > maxDependencies ? {} : { dependencies };
}

function artifactHex(digest: Digest | null): string {
  if (digest === null)
    throw weighbridgeError('core/invariant', { reason: 'an artifact without a digest was to be registered' });
  return digest.slice('sha256:'.length);
}
