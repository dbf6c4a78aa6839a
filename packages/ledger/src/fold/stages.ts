import type { Digest, Version } from '@weighbridge/core';
import type { CatalogueVersion, ModelCatalogue } from '../catalogue.js';
import {
  freezeOf,
  hasHeld,
  isLifted,
  moveStage,
  pointerOf,
  replaceVersion,
  stagesHeldBy,
  versionOf,
} from './lookup.js';
import { refuseReleased } from './retention.js';
import { archivedStage, conflict, type Fold, type FoldContext, folded, illegal, type Refusal } from './outcome.js';

/** The pointer of a stage moves, provided that it stands where the event says it stood. */
export const foldTransitioned: Fold<'transitioned'> = (catalogue, event, context) => {
  const { version, body } = event;
  const refusal =
    refuseStage(body.to, context) ??
    (body.from === null ? null : refuseKnownStage(body.from, context)) ??
    refusePointer(catalogue, body.to, body.replaces);
  if (refusal !== null) return refusal;
  const known = versionOf(catalogue, version);
  if (version === null || known === null) return illegal(`${catalogue.model} ${version} is not registered`);
  if (pointerOf(catalogue.stages, body.to) === version)
    return illegal(`${catalogue.model} ${version} is in ${body.to} already`);
  const unfit = refuseVersion(catalogue, known, { identity: body.identity, time: event.context.time });
  if (unfit !== null) return unfit;
  const moved = moveStage(catalogue, event, { stage: body.to, version, kind: 'transitioned', entry: context.entry });
  // A version that a rollback put away comes back when a waiver lifted the freeze.
  return folded(known.archived ? replaceVersion(moved, version, { archived: false }) : moved);
};

/** A stage goes back to a version that it had. The one it leaves is archived, leaves every stage, and is frozen. */
export const foldRolledBack: Fold<'rolled-back'> = (catalogue, event, context) => {
  const { version, body } = event;
  const refusal = refuseStage(body.stage, context) ?? refusePointer(catalogue, body.stage, body.replaces);
  if (refusal !== null) return refusal;
  const target = versionOf(catalogue, version);
  const bad = versionOf(catalogue, body.replaces);
  if (version === null || target === null || bad === null)
    return illegal(`${catalogue.model} ${version} is not registered`);
  if (version === body.replaces) return illegal(`${body.stage} cannot go back to ${version}, which it runs`);
  if (!hasHeld(catalogue, body.stage, version))
    return illegal(`${catalogue.model} ${version} was never in ${body.stage}`);
  if (body.frozen !== bad.identity)
    return illegal(`the frozen identity is not that of ${catalogue.model} ${bad.version}`);
  if (target.identity === bad.identity) return illegal(`${version} is the same content as ${bad.version}`);
  const unfit = refuseVersion(catalogue, target, { identity: body.identity, time: event.context.time });
  if (unfit !== null) return unfit;
  let next = moveStage(catalogue, event, { stage: body.stage, version, kind: 'rolled-back', entry: context.entry });
  for (const stage of stagesHeldBy(next, bad.version)) {
    next = moveStage(next, event, { stage, version: null, kind: 'archived', entry: context.entry });
  }
  if (target.archived) next = replaceVersion(next, version, { archived: false });
  return folded(freeze(replaceVersion(next, bad.version, { archived: true }), bad, { event, entry: context.entry }));
};

function freeze(
  catalogue: ModelCatalogue,
  bad: CatalogueVersion,
  by: { readonly event: Parameters<typeof moveStage>[1]; readonly entry: number },
): ModelCatalogue {
  const { time: since, justification } = by.event.context;
  const frozen = [
    ...catalogue.frozen.filter((known) => known.identity !== bad.identity),
    { identity: bad.identity, version: bad.version, since, justification, entry: by.entry },
  ];
  return { ...catalogue, frozen };
}

function refuseStage(stage: string, context: FoldContext): Refusal | null {
  if (stage === archivedStage) return illegal('a version is archived by an archived entry, not by a transition');
  return refuseKnownStage(stage, context);
}

function refuseKnownStage(stage: string, { stages }: FoldContext): Refusal | null {
  return stages.includes(stage) ? null : illegal(`"${stage}" is no stage; they are ${stages.join(', ')}`);
}

/** Compare and swap: of two moves that leave the same version, the first in the log wins. */
function refusePointer(catalogue: ModelCatalogue, stage: string, replaces: Version | null): Refusal | null {
  const current = pointerOf(catalogue.stages, stage);
  if (current === replaces) return null;
  return conflict(
    `${stage} of ${catalogue.model} points to ${current ?? 'nothing'} and not to ${replaces ?? 'nothing'}`,
  );
}

function refuseVersion(
  catalogue: ModelCatalogue,
  version: CatalogueVersion,
  claim: { readonly identity: Digest; readonly time: string },
): Refusal | null {
  const name = `${catalogue.model} ${version.version}`;
  if (claim.identity !== version.identity) return illegal(`${name} has another identity than the event says`);
  if (version.deprecated) return illegal(`${name} is deprecated`);
  const gone = refuseReleased(catalogue, version);
  if (gone !== null) return gone;
  const frozen = freezeOf(catalogue, version.identity);
  const lifted = frozen !== null && isLifted(catalogue, frozen, claim.time);
  if (frozen !== null && !lifted)
    return illegal(`${name} was frozen by a rollback on ${frozen.since}, and no waiver lifts that`);
  if (version.archived && !(lifted && frozen?.version === version.version)) return illegal(`${name} is archived`);
  return null;
}
