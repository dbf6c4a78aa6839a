import type { Digest, Version } from '@weighbridge/core';
import type { CatalogueVersion, ModelCatalogue, StageChange } from '../catalogue.js';
import type { LedgerEvent } from '../event.js';

/** A version of a catalogue, or null. */
export function versionOf(catalogue: ModelCatalogue, version: Version | null): CatalogueVersion | null {
  return catalogue.versions.find((known) => known.version === version) ?? null;
}

/** What a stage or alias points to; null for none. Names such as `constructor` are names like any other. */
export function pointerOf(pointers: Readonly<Record<string, Version | null>>, name: string): Version | null {
  return Object.hasOwn(pointers, name) ? (pointers[name] ?? null) : null;
}

/** Stages that point to a version, sorted: the order of members must not matter. */
export function stagesHeldBy(catalogue: ModelCatalogue, version: Version): readonly string[] {
  const held = Object.keys(catalogue.stages).filter((stage) => catalogue.stages[stage] === version);
  return held.sort();
}

export function hasHeld(catalogue: ModelCatalogue, stage: string, version: Version): boolean {
  return catalogue.history.some((change) => change.stage === stage && change.version === version);
}

/** The freeze of an identity, or null. */
export function freezeOf(catalogue: ModelCatalogue, identity: Digest): ModelCatalogue['frozen'][number] | null {
  return catalogue.frozen.find((freeze) => freeze.identity === identity) ?? null;
}

/**
 * Whether a waiver with the gate `freeze` lifts a freeze at a time: it names the identity, stands after the freeze in
 * the log, and has not expired. A day expires at its end, UTC.
 */
export function isLifted(catalogue: ModelCatalogue, freeze: ModelCatalogue['frozen'][number], time: string): boolean {
  return catalogue.waivers.some(
    (waiver) =>
      waiver.gate === 'freeze' &&
      waiver.identity === freeze.identity &&
      waiver.entry > freeze.entry &&
      (waiver.expires === null || expiryOf(waiver.expires) >= time),
  );
}

/** The last second of a day, or the time itself; such texts compare as times do. */
export function expiryOf(expires: string): string {
  return expires.includes('T') ? expires : `${expires}T23:59:59Z`;
}

/** A catalogue in which one stage points elsewhere, and its history says so. */
export function moveStage(
  catalogue: ModelCatalogue,
  event: LedgerEvent,
  move: Pick<StageChange, 'stage' | 'version' | 'kind' | 'entry'>,
): ModelCatalogue {
  const change: StageChange = {
    ...move,
    previous: pointerOf(catalogue.stages, move.stage),
    time: event.context.time,
    actor: event.context.actor.login,
    justification: event.context.justification,
    ...warrantOf(event),
  };
  return {
    ...catalogue,
    stages: { ...catalogue.stages, [move.stage]: move.version },
    history: [...catalogue.history, change],
  };
}

/** The pull request and the reviews behind a move, as far as its event tells them. */
function warrantOf(event: LedgerEvent): Pick<StageChange, 'pull' | 'approvedBy'> {
  if (event.type !== 'transitioned' && event.type !== 'rolled-back') return { pull: null, approvedBy: [] };
  const { pull = null, approvals = [] } = event.body;
  return { pull, approvedBy: approvals.map(({ login }) => login) };
}

/** A catalogue in which one version is described anew. */
export function replaceVersion(
  catalogue: ModelCatalogue,
  version: Version,
  changes: Partial<CatalogueVersion>,
): ModelCatalogue {
  return {
    ...catalogue,
    versions: catalogue.versions.map((known) => (known.version === version ? { ...known, ...changes } : known)),
  };
}
