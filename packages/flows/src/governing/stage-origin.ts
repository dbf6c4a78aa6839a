import { weighbridgeError } from '@weighbridge/core';
import { policySlice } from '@weighbridge/gates';
import type { CatalogueVersion, ModelCatalogue } from '@weighbridge/ledger';
import type { Governance } from './governance.js';

/** @throws flow/unknown-stage */
export function checkStage(governance: Governance, stage: string): void {
  if (!governance.policy.stages.includes(stage)) {
    throw weighbridgeError('flow/unknown-stage', { stage, known: governance.policy.stages.join(', ') });
  }
}

/**
 * Where a version comes from when it is to enter a stage: among the stages that the target may be entered from, the
 * furthest that it holds, else the furthest that it held before another version took its place; else where it is.
 */
export function originOf(
  governance: Governance,
  catalogue: ModelCatalogue,
  move: { readonly version: CatalogueVersion; readonly to: string },
): string | null {
  const { version, to } = move;
  const at = stageOf(governance, catalogue, version);
  if (version.archived && !mayReturn(governance, version)) return at;
  const { allowedFrom } = policySlice(governance.policy, { model: catalogue.model, transition: { from: at, to } });
  const allowed = governance.policy.stages.filter((stage) => allowedFrom.includes(stage));
  const holds = allowed.filter((stage) => catalogue.stages[stage] === version.version);
  const held = allowed.filter((stage) =>
    catalogue.history.some((move) => move.stage === stage && move.version === version.version),
  );
  return holds.at(-1) ?? held.at(-1) ?? at;
}

/** Whether a waiver lifts the freeze of a version that a rollback archived; the gate judges whether it is good. */
function mayReturn(governance: Governance, { identity }: CatalogueVersion): boolean {
  return governance.policy.waivers.some((waiver) => waiver.gate === 'freeze' && waiver.digest === identity);
}

/** The furthest stage that a version holds, in the policy's order. */
export function stageOf(governance: Governance, catalogue: ModelCatalogue, version: CatalogueVersion): string | null {
  if (version.archived) return governance.policy.stages.at(-1) ?? null;
  const held = governance.policy.stages.filter((stage) => catalogue.stages[stage] === version.version);
  return held.at(-1) ?? null;
}
