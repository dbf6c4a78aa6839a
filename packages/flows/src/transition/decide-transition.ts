import type { Digest, Version } from '@weighbridge/core';
import { digestJson } from '@weighbridge/core';
import { pickleCompression } from '@weighbridge/formats';
import {
  type AmendmentFact,
  type ArtifactFacts,
  assume,
  type Assumption,
  type BaselineFacts,
  type Decision,
  decide,
  type GateFacts,
  type GateRequest,
  type MetadataFacts,
  type PointerFacts,
  type PolicySlice,
  policySlice,
  type ReviewFacts,
  type SourceFacts,
  type Transition,
} from '@weighbridge/gates';
import type { CatalogueVersion, ModelCatalogue } from '@weighbridge/ledger';
import { roleOf, toldData } from '@weighbridge/lineage';
import { digestSnapshot, type Snapshot } from '@weighbridge/versioning';
import { isImmutableReference, parseReference } from '@weighbridge/manifest';
import type { ArtifactFile } from '../artifacts/artifact-file.js';
import { backDocuments } from '../evidence/back-documents.js';
import { readSnapshot } from '../registry/read-snapshot.js';
import { formatTime } from '../events.js';
import { evidenceOfSnapshot, heldSince, readVersionEvidence, resolveBaseline } from '../registry/gate-facts.js';
import type { Governance, GovernedModel } from '../governing/governance.js';
import { type LockedPart, lockedParts } from '../registry/registry-parts.js';
import { requireBytes } from '../retention/require-bytes.js';
import { isStillGranted } from './revoked-waivers.js';
import { signatureFacts } from '../signing/signature-facts.js';
import type { Surroundings } from '../surroundings.js';
import { shownPath } from '../snapshot/take-snapshot.js';

/** A version that is to enter a stage: of the checkout (`registered` null) or of the ledger. */
export interface Candidate {
  readonly version: Version;
  readonly snapshot: Snapshot;
  readonly identity: Digest;
  readonly registered: CatalogueVersion | null;
  /** Of what is not registered: the commit that brings it. Default: HEAD. */
  readonly commit?: string | null;
  /** Of what is not registered: its files as they were measured, since a snapshot does not tell what was not looked into. */
  readonly files?: readonly ArtifactFile[];
}

/** A registered version as a candidate, with what the ledger holds of it. @throws flow/evidence-missing */
export async function registeredCandidate(
  surroundings: Surroundings,
  registered: CatalogueVersion,
): Promise<Candidate> {
  const { version, identity } = registered;
  return { version, snapshot: await readSnapshot(surroundings, registered), identity, registered };
}

export interface AskedTransition {
  readonly model: GovernedModel;
  readonly catalogue: ModelCatalogue | null;
  readonly candidate: Candidate;
  readonly from: string | null;
  readonly to: string;
  /** Gathers the reviews that count for it. Absent where no pull request is at hand. */
  readonly reviewing?: (content: ReviewedContent) => Promise<ReviewFacts>;
  /** Checks of the version's commit. Absent where no forge was asked. */
  readonly checks?: GateFacts['checks'];
  /** What the change says that it replaces. Absent where no change of stages.yaml asks for the move. */
  readonly pointer?: PointerFacts;
  /** What the change amends of its own rules. Absent where no pull request is at hand. */
  readonly amendments?: readonly AmendmentFact[];
  /** For a what-if. The decision says so, and must not be acted on. */
  readonly assumptions?: readonly Assumption[];
}

/** What reviews must be about to count for a transition. */
export interface ReviewedContent {
  readonly transition: Transition;
  readonly slice: PolicySlice;
  readonly digests: { readonly identity: Digest; readonly evidence: Digest };
  /** Versions that it is locked to: an approval is of them too. */
  readonly parts: readonly LockedPart[];
}

/**
 * Gathers the facts that the gate of a stage needs and judges by them. Evidence of a registered version comes from the
 * ledger only, and baselines always do. @throws flow/bytes-released
 */
export async function decideTransition(
  surroundings: Surroundings,
  governance: Governance,
  asked: AskedTransition,
): Promise<Decision> {
  const transition = { from: asked.from, to: asked.to };
  const model = asked.model.manifest.name;
  const { registered } = asked.candidate;
  if (registered !== null && asked.to !== governance.policy.stages.at(-1)) requireBytes(model, registered);
  const request: GateRequest = {
    model,
    version: asked.candidate.version,
    transition,
    policy: policySlice(governance.policy, { model, transition, amendments: asked.amendments ?? [] }),
  };
  const facts = await gatherFacts(surroundings, request, { ...asked, governance });
  const question = assume({ request, facts }, asked.assumptions ?? []);
  return decide(question.request, question.facts, surroundings.sha256);
}

async function gatherFacts(
  surroundings: Surroundings,
  request: GateRequest,
  asked: AskedTransition & { readonly governance: Governance },
): Promise<GateFacts> {
  const { candidate, catalogue, model, governance } = asked;
  const { snapshot, registered } = candidate;
  const { transition, policy: slice } = request;
  const digests = { identity: candidate.identity, evidence: evidenceDigest(surroundings, candidate) };
  // A document of the checkout is as old as the commit that brings it, as far as anybody can tell.
  const head = registered === null ? await surroundings.repository.commit(candidate.commit ?? 'HEAD') : null;
  const documents =
    registered === null
      ? evidenceOfSnapshot(snapshot, head?.time ?? null)
      : await readVersionEvidence(surroundings, registered, snapshot);
  const commit = registered === null ? (head?.id ?? null) : registered.commit;
  const evidence =
    slice.trust === undefined
      ? documents
      : await backDocuments(surroundings, slice.trust, {
          candidate: { model, snapshot, identity: candidate.identity, commit, registered },
          evidence: documents,
        });
  return {
    now: formatTime(surroundings.clock.now()),
    candidate: {
      identity: candidate.identity,
      evidence: digests.evidence,
      kind: snapshot.kind,
      impact: model.manifest.impact,
      owners: model.manifest.owners,
    },
    evidence,
    baselines: await readBaselines(surroundings, request, asked),
    ...(await signatureFacts(surroundings, slice, { model, registered })),
    artifacts: artifactFacts(model, candidate),
    metadata: metadataFacts(snapshot, commit),
    data: sourceFacts(snapshot),
    stagesEntered: stagesEntered(request, catalogue, candidate.version),
    frozen: catalogue?.frozen ?? [],
    waivers: (catalogue?.waivers ?? []).map((waiver) => ({
      ...waiver,
      justification: waiver.reason ?? waiver.justification,
      ...(isStillGranted(governance.policy, catalogue?.model ?? '', waiver)
        ? {}
        : { revoked: 'was taken back: weighbridge.yaml does not name it any more' }),
    })),
    ...(asked.checks === undefined ? {} : { checks: asked.checks }),
    ...(asked.pointer === undefined ? {} : { pointer: asked.pointer }),
    ...(asked.amendments === undefined ? {} : { amendments: asked.amendments }),
    ...(asked.reviewing === undefined
      ? {}
      : { review: await asked.reviewing({ transition, slice, digests, parts: lockedParts(snapshot) }) }),
  };
}

/** Metric documents by content, whenever they came: what approvals and decisions name. */
function evidenceDigest({ sha256 }: Surroundings, { snapshot, registered }: Candidate): Digest {
  const { evidence } = digestSnapshot(snapshot, sha256);
  const added = registered?.addedEvidence.map(({ id, metrics }) => ({ id, metrics })) ?? [];
  return added.length === 0 ? evidence : digestJson(sha256, { evidence, added });
}

async function readBaselines(
  surroundings: Surroundings,
  request: GateRequest,
  asked: AskedTransition,
): Promise<Record<string, BaselineFacts | null>> {
  const baselines: Record<string, BaselineFacts | null> = {};
  for (const metric of request.policy.gate?.metrics ?? []) {
    const ref = metric.baseline?.ref;
    if (ref === undefined || Object.hasOwn(baselines, ref)) continue;
    const version = resolveBaseline(asked.catalogue, ref, asked.candidate.version);
    baselines[ref] =
      version === null
        ? null
        : {
            version: version.version,
            identity: version.identity,
            evidence: await readVersionEvidence(surroundings, version),
          };
  }
  return baselines;
}

function artifactFacts(model: GovernedModel, { snapshot, files = [] }: Candidate): ArtifactFacts[] {
  const unread = new Map(files.map(({ path, unreadFormat }) => [shownPath(model, path), unreadFormat]));
  return snapshot.artifacts.map(({ path, header, document }) => {
    const unreadFormat = unread.get(path);
    if (unreadFormat !== undefined) return { path, format: unreadFormat, imports: [], unread: true };
    const format = header?.format ?? (document === null ? null : 'document');
    const isSealed = header !== null && pickleCompression(header) !== null;
    return { path, format, imports: header?.imports ?? [], ...(isSealed ? { unread: true } : {}) };
  });
}

/** Data and base, each with what it was resolved to when the snapshot was taken. */
function sourceFacts({ base, data }: Snapshot): SourceFacts[] {
  const sources = data.map(({ name, ref, pinned }) => ({ name, ref, pinned }));
  if (base === null) return sources;
  const { model, content, version, revision } = base;
  const fixed = content ?? version ?? revision ?? (isImmutableReference(parseReference(model)) ? model : null);
  return [...sources, { name: 'base', ref: model, pinned: fixed }];
}

/** What the metadata standard asks of training, as a snapshot and its commit tell it. */
export function metadataFacts(snapshot: Snapshot, commit: string | null): MetadataFacts {
  const text = (key: string) => {
    const value = snapshot.training[key];
    return typeof value === 'string' ? value : null;
  };
  return {
    data: trainingPins(snapshot),
    commit,
    framework: snapshot.runtime.framework ?? text('framework'),
    frameworkVersion: snapshot.runtime.frameworkVersion ?? text('framework_version'),
    duration: text('duration'),
    hardware: text('hardware'),
  };
}

/** What the manifest names counts; where it names none, what the captured runs told, and says so. */
function trainingPins({ data, training }: Snapshot): string | null {
  const named = data.filter(({ role }) => role === 'train').map(({ pinned }) => pinned);
  const told = toldData(training).filter((set) => roleOf(set) === 'train');
  const [pins, whose] = named.length > 0 ? [named, ''] : [told.map(({ pin }) => pin), ' (told by the run)'];
  const pinned = pins.filter((pin) => pin !== null);
  return pinned.length > 0 && pinned.length === pins.length ? `${pinned.join(', ')}${whose}` : null;
}

function stagesEntered(
  request: GateRequest,
  catalogue: ModelCatalogue | null,
  version: Version,
): Record<string, string> {
  const entered: Record<string, string> = {};
  if (catalogue === null) return entered;
  for (const stage of request.policy.stages) {
    const since = heldSince(catalogue, stage, version);
    if (since !== null) entered[stage] = since;
  }
  return entered;
}
