import type { CatalogueVersion, LegalHold, ModelCatalogue } from '../catalogue.js';
import { expiryOf, replaceVersion, stagesHeldBy, versionOf } from './lookup.js';
import { conflict, type Fold, folded, illegal, type Refusal } from './outcome.js';

/** Holds of a version that are in force at a time (RFC 3339, UTC, whole seconds). */
export function holdsAt(version: Pick<CatalogueVersion, 'holds'>, time: string): readonly LegalHold[] {
  return (version.holds ?? []).filter(({ until }) => until === null || expiryOf(until) >= time);
}

/** What has no bytes enters no stage, and no alias points to it. */
export function refuseReleased(catalogue: ModelCatalogue, { version, released }: CatalogueVersion): Refusal | null {
  if (released === undefined) return null;
  return illegal(`the bytes of ${catalogue.model} ${version} were released on ${released.time}, by ${released.rule}`);
}

/**
 * The bytes of a version are given up, once. Refused while anything points to it or a hold is in force: of this and of a
 * promotion, a rollback or a hold at the same moment, the first in the log wins and the other is refused. A decision that
 * lay in the inbox for long, because its writer died, is refused once the model has moved on.
 */
export const foldBytesReleased: Fold<'bytes-released'> = (catalogue, event, { entry }) => {
  const { version, body, context } = event;
  const known = versionOf(catalogue, version);
  if (version === null || known === null) return illegal(`${catalogue.model} ${version} is not registered`);
  if (known.store === null) return illegal(`the bytes of ${catalogue.model} ${version} were never stored`);
  const gone = refuseReleased(catalogue, known);
  if (gone !== null) return gone;
  if (catalogue.entries !== event.body.entries)
    return conflict(`${catalogue.model} has another entry since it was decided that ${version} gives up its bytes`);
  const aliases = Object.keys(catalogue.aliases).filter((alias) => catalogue.aliases[alias] === version);
  const pointers = [...stagesHeldBy(catalogue, version), ...aliases.sort()];
  if (pointers.length > 0) return conflict(`${pointers.join(' and ')} of ${catalogue.model} points to ${version}`);
  const [hold] = holdsAt(known, context.time);
  if (hold !== undefined) return conflict(`${catalogue.model} ${version} is on hold for ${hold.matter}`);
  const { rule, policy, since, bytes } = body;
  const released = { time: context.time, actor: context.actor.login, rule, policy, since, bytes, entry };
  return folded(replaceVersion(catalogue, version, { released }));
};

/** A hold begins; one for the same matter that is there already is replaced, so that its end and reason can change. */
export const foldHeld: Fold<'held'> = (catalogue, event, { entry }) => {
  const { version, body, context } = event;
  const known = versionOf(catalogue, version);
  if (version === null || known === null) return illegal(`${catalogue.model} ${version} is not registered`);
  if (known.store === null) return illegal(`the bytes of ${catalogue.model} ${version} were never stored`);
  const gone = refuseReleased(catalogue, known);
  if (gone !== null) return gone;
  const { time: since, actor, justification: reason } = context;
  const hold = { matter: body.matter, until: body.until, since, actor: actor.login, reason, entry };
  const others = (known.holds ?? []).filter(({ matter }) => matter !== body.matter);
  return folded(replaceVersion(catalogue, version, { holds: [...others, hold] }));
};

/**
 * A hold ends. That it was, and that it went, stays in the log. One that was placed anew since somebody decided to end
 * the earlier one stays: nobody has decided about that one.
 */
export const foldHoldReleased: Fold<'hold-released'> = (catalogue, event) => {
  const { version, body } = event;
  const known = versionOf(catalogue, version);
  if (version === null || known === null) return illegal(`${catalogue.model} ${version} is not registered`);
  const holds = known.holds ?? [];
  const hold = holds.find(({ matter }) => matter === body.matter);
  if (hold === undefined) return illegal(`${catalogue.model} ${version} is not on hold for ${body.matter}`);
  if (body.entry !== undefined && body.entry !== hold.entry)
    return conflict(`${catalogue.model} ${version} was put on hold for ${body.matter} anew, by entry ${hold.entry}`);
  return folded(replaceVersion(catalogue, version, { holds: holds.filter(({ matter }) => matter !== body.matter) }));
};
