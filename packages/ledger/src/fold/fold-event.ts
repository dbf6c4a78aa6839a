import type { ModelName } from '@weighbridge/core';
import type { ModelCatalogue } from '../catalogue.js';
import type { EventType, LedgerEvent } from '../event.js';
import { pointerOf, versionOf } from './lookup.js';
import { type Fold, type FoldContext, type FoldOutcome, folded, illegal } from './outcome.js';
import { foldApplied, foldBypassed, foldWaived, foldWaiverRevoked } from './records.js';
import { foldBytesReleased, foldHeld, foldHoldReleased, refuseReleased } from './retention.js';
import { foldRolledBack, foldTransitioned } from './stages.js';
import { foldArchived, foldDeprecated, foldEvidenceAdded, foldRegistered, foldSigned } from './versions.js';

/** An alias is set, moved or removed by compare and swap. */
const foldAliased: Fold<'aliased'> = (catalogue, event, { stages }) => {
  const { alias, replaces, removed } = event.body;
  const current = pointerOf(catalogue.aliases, alias);
  if (current !== replaces) {
    const because = `the alias ${alias} of ${catalogue.model} points to ${current ?? 'nothing'} and not to ${replaces ?? 'nothing'}`;
    return { outcome: 'conflict', because };
  }
  const { [alias]: _, ...others } = catalogue.aliases;
  if (removed)
    return current === null ? illegal(`there is no alias ${alias}`) : folded({ ...catalogue, aliases: others });
  if (stages.includes(alias)) return illegal(`"${alias}" is a stage and cannot be an alias`);
  const known = versionOf(catalogue, event.version);
  if (event.version === null || known === null) return illegal(`${catalogue.model} ${event.version} is not registered`);
  const gone = refuseReleased(catalogue, known);
  if (gone !== null) return gone;
  return folded({ ...catalogue, aliases: { ...others, [alias]: event.version } });
};

/** Said of something that may not be registered yet, such as a decision on a pull request. */
const foldRemark = (catalogue: ModelCatalogue): FoldOutcome => folded(catalogue);

/** Said of a version that is there, or of a model that has some. */
const foldObservation = (catalogue: ModelCatalogue, event: LedgerEvent): FoldOutcome => {
  if (event.version !== null && versionOf(catalogue, event.version) === null) {
    return illegal(`${catalogue.model} ${event.version} is not registered`);
  }
  return catalogue.versions.length === 0 ? illegal(`${catalogue.model} has no registered version`) : folded(catalogue);
};

const folds: { readonly [Type in Exclude<EventType, 'policy-changed'>]: Fold<Type> } = {
  registered: foldRegistered,
  transitioned: foldTransitioned,
  'rolled-back': foldRolledBack,
  aliased: foldAliased,
  archived: foldArchived,
  deprecated: foldDeprecated,
  approved: foldRemark,
  waived: foldWaived,
  'waiver-revoked': foldWaiverRevoked,
  'gate-decided': foldRemark,
  'evidence-added': foldEvidenceAdded,
  signed: foldSigned,
  deployed: foldObservation,
  observed: foldObservation,
  synced: foldObservation,
  tiered: foldObservation,
  annotated: foldRemark,
  'bytes-released': foldBytesReleased,
  held: foldHeld,
  'hold-released': foldHoldReleased,
  applied: foldApplied,
  bypassed: foldBypassed,
};

/** What a deprecated model still takes: reports of what others do with it, what becomes of its bytes, and the removal of aliases. */
const takenAfterDeprecation: ReadonlySet<EventType> = new Set([
  'annotated',
  'observed',
  'synced',
  'tiered',
  'deployed',
  'gate-decided',
  'waiver-revoked',
  'applied',
  'bypassed',
  'bytes-released',
  'held',
  'hold-released',
]);

/**
 * Folds one event about a model into its catalogue (null: the log does not know the model yet). Nothing is changed in
 * place; the same arguments give the same outcome. A move whose `replaces` is not what the stage points to is a
 * conflict, everything else that is not allowed is illegal.
 */
export function foldEvent(catalogue: ModelCatalogue | null, event: LedgerEvent, context: FoldContext): FoldOutcome {
  if (event.type === 'policy-changed' || event.model === null) return illegal(`${event.type} names no model`);
  const before = catalogue ?? emptyCatalogue(event.model);
  const isRemoval = event.type === 'aliased' && event.body.removed;
  if (before.deprecated && !takenAfterDeprecation.has(event.type) && !isRemoval) {
    return illegal(`${event.model} is deprecated, and its name is not used again`);
  }
  const fold = folds[event.type] as Fold<EventType>;
  const after = fold(before, event, context);
  return after.outcome === 'folded' ? folded({ ...after.catalogue, entries: before.entries + 1 }) : after;
}

export function emptyCatalogue(model: ModelName): ModelCatalogue {
  return {
    model,
    versions: [],
    stages: {},
    aliases: {},
    frozen: [],
    waivers: [],
    applied: null,
    bypasses: [],
    history: [],
    deprecated: false,
    entries: 0,
  };
}
