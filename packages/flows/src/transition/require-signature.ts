import { permits, type VerdictNode, weighbridgeError } from '@weighbridge/core';
import { applyMode, judgeSignature, policySlice } from '@weighbridge/gates';
import type { CatalogueVersion, ModelCatalogue } from '@weighbridge/ledger';
import { formatTime } from '../events.js';
import type { Governance, GovernedModel } from '../governing/governance.js';
import type { Surroundings } from '../surroundings.js';
import { registeredCandidate } from './decide-transition.js';
import { signatureFacts } from '../signing/signature-facts.js';

/** A registered version that is to be used as a stage asks. */
export interface StagedVersion {
  readonly model: GovernedModel;
  readonly catalogue: ModelCatalogue;
  readonly version: CatalogueVersion;
  readonly stage: string;
}

/**
 * What the gate of a stage says of the signatures of a version, waivers applied; null when it asks for none. For what
 * moves or fetches versions without going through a whole gate: rollback, pull.
 */
export async function judgeStageSignature(
  surroundings: Surroundings,
  governance: Governance,
  { model, catalogue, version, stage }: StagedVersion,
): Promise<VerdictNode | null> {
  const transition = { from: null, to: stage };
  const policy = policySlice(governance.policy, { model: model.manifest.name, transition });
  // Where nothing is asked, nothing may stand in the way of a rollback, a snapshot that cannot be read least of all.
  if (policy.signing === undefined) return null;
  const { snapshot, identity } = await registeredCandidate(surroundings, version);
  const signature = await signatureFacts(surroundings, policy, { model, registered: version });
  return judgeSignature(
    { model: model.manifest.name, version: version.version, transition, policy },
    {
      now: formatTime(surroundings.clock.now()),
      candidate: {
        identity,
        evidence: version.evidence,
        kind: snapshot.kind,
        impact: model.manifest.impact,
        owners: model.manifest.owners,
      },
      artifacts: snapshot.artifacts.map(({ path }) => ({ path, format: null, imports: [] })),
      waivers: catalogue.waivers.map((waiver) => ({ ...waiver, justification: waiver.reason ?? waiver.justification })),
      ...signature,
    },
  );
}

/**
 * Stops where the gate of a stage asks for a signature and none counts. In mode `warn` it answers what would have
 * stopped it. @throws signing/required
 */
export async function requireStageSignature(
  surroundings: Surroundings,
  governance: Governance,
  asked: StagedVersion,
): Promise<string | null> {
  const node = await judgeStageSignature(surroundings, governance, asked);
  if (node === null || permits(node.verdict)) return null;
  const { verdict, because } = applyMode(node, governance.policy.mode);
  if (permits(verdict)) return because;
  const { model, version, stage } = asked;
  throw weighbridgeError('signing/required', {
    model: model.manifest.name,
    version: version.version,
    stage,
    because,
    remedy: node.remedy ?? '',
  });
}
