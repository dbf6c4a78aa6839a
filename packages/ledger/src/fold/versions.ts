import { compareVersions } from '@weighbridge/core';
import type { CatalogueVersion, ModelCatalogue } from '../catalogue.js';
import type { EventOf } from '../event.js';
import { moveStage, pointerOf, replaceVersion, stagesHeldBy, versionOf } from './lookup.js';
import { type Fold, type FoldOutcome, folded, illegal } from './outcome.js';

/** A version comes into being: once, and never under a name that was given up. */
export const foldRegistered: Fold<'registered'> = (catalogue, event, { entry }) => {
  const { version, body, context } = event;
  if (version === null) return illegal('a registration names no version');
  if (versionOf(catalogue, version) !== null) return illegal(`${catalogue.model} ${version} is registered already`);
  if (catalogue.versions.some((known) => known.tag === body.tag)) return illegal(`the tag ${body.tag} is taken`);
  if (body.previous !== null && versionOf(catalogue, body.previous) === null) {
    return illegal(`the previous version ${body.previous} is not registered`);
  }
  const { tag, identity, evidence, record, snapshot, artifacts, store, bump, previous, dependencies } = body;
  const added: CatalogueVersion = {
    version,
    tag,
    commit: context.commit,
    registeredAt: context.time,
    identity,
    evidence,
    record,
    snapshot,
    artifacts,
    store,
    bump,
    previous,
    archived: false,
    deprecated: false,
    addedEvidence: [],
    ...(dependencies === undefined ? {} : { dependencies }),
    entry,
  };
  // They are in order, and a new one is nearly always the highest: a log of many versions is not sorted for each.
  const before = catalogue.versions.findLastIndex((known) => bySemver(known, added) < 0);
  return folded({ ...catalogue, versions: catalogue.versions.toSpliced(before + 1, 0, added) });
};

/** Precedence first; versions that differ in build metadata alone by their text, so that the order is total. */
function bySemver(left: CatalogueVersion, right: CatalogueVersion): number {
  return compareVersions(left.version, right.version) || (left.version < right.version ? -1 : 1);
}

/**
 * A version is put away for good. `from` names the furthest stage that it leaves with this, and it leaves the ones
 * before that as well; without `from` it must not be in any.
 */
export const foldArchived: Fold<'archived'> = (catalogue, event, { entry, stages }) => {
  const { version, body } = event;
  const known = versionOf(catalogue, version);
  if (version === null || known === null) return illegal(`${catalogue.model} ${version} is not registered`);
  if (known.archived) return illegal(`${catalogue.model} ${version} is archived already`);
  if (body.from !== null && !stages.includes(body.from)) return illegal(`"${body.from}" is no stage`);
  if (body.from !== null && pointerOf(catalogue.stages, body.from) !== version) {
    return illegal(`${catalogue.model} ${version} is not in ${body.from}`);
  }
  const held = stagesHeldBy(catalogue, version);
  if (body.from === null && held.length > 0)
    return illegal(`${catalogue.model} ${version} is still in ${held.join(', ')}`);
  let left = catalogue;
  for (const stage of held) left = moveStage(left, event, { stage, version: null, kind: 'archived', entry });
  return folded(replaceVersion(left, version, { archived: true }));
};

/** A version, or the model as a whole, is given up. Its history stays; its name is never used again. */
export const foldDeprecated: Fold<'deprecated'> = (catalogue, event) => {
  const { version, body } = event;
  return body.scope === 'model' ? deprecateModel(catalogue, event) : deprecateVersion(catalogue, version);
};

function deprecateModel(catalogue: ModelCatalogue, event: EventOf<'deprecated'>): FoldOutcome {
  if (event.version !== null) return illegal('the deprecation of a model names a version');
  const held = Object.entries(catalogue.stages).find(([, version]) => version !== null);
  if (held !== undefined) return illegal(`${held[0]} still runs ${catalogue.model} ${held[1]}`);
  return folded({ ...catalogue, deprecated: true });
}

function deprecateVersion(catalogue: ModelCatalogue, version: EventOf<'deprecated'>['version']): FoldOutcome {
  const known = versionOf(catalogue, version);
  if (version === null || known === null) return illegal(`${catalogue.model} ${version} is not registered`);
  if (known.deprecated) return illegal(`${catalogue.model} ${version} is deprecated already`);
  const held = stagesHeldBy(catalogue, version);
  if (held.length > 0) return illegal(`${catalogue.model} ${version} is still in ${held.join(', ')}`);
  return folded(replaceVersion(catalogue, version, { deprecated: true }));
}

/** A metric document that became known after registration. */
export const foldEvidenceAdded: Fold<'evidence-added'> = (catalogue, event, { entry }) => {
  const { version, body, context } = event;
  const known = versionOf(catalogue, version);
  if (version === null || known === null) return illegal(`${catalogue.model} ${version} is not registered`);
  const { id, metrics, level, proof = null } = body;
  const addedEvidence = [...known.addedEvidence, { id, metrics, level, proof, time: context.time, entry }];
  return folded(replaceVersion(catalogue, version, { addedEvidence }));
};

/** Somebody signed a version. */
export const foldSigned: Fold<'signed'> = (catalogue, event) => {
  const { version, body, context } = event;
  const known = versionOf(catalogue, version);
  if (version === null || known === null) return illegal(`${catalogue.model} ${version} is not registered`);
  const signatures = [...(known.signatures ?? []), { ...body, time: context.time }];
  return folded(replaceVersion(catalogue, version, { signatures }));
};
