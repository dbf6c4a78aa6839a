import type { Fault } from '../source/fault.js';
import type { Place } from '../source/place.js';
import { hintFor, showChoices, showText, showValue } from '../source/quoting.js';
import { checkDistinct, checkKnownStage } from './place-checks.js';

/** A list of stages that versions may come from. */
export function* checkOrigins(
  origins: Place,
  { target, stages }: { readonly target: string; readonly stages: readonly string[] },
): Generator<Fault> {
  yield* checkDistinct(origins.items());
  for (const origin of origins.items()) {
    yield* checkKnownStage(origin, stages, 'origin');
    if (origin.text() === target) yield origin.fault('manifest/transition', { stage: showText(target) });
  }
}

/** A roster that the policy names. */
export function* checkRoster(place: Place, root: Place): Generator<Fault> {
  const name = place.text();
  const rosters = root
    .at('reviewers')
    .members()
    .map(([roster]) => roster);
  if (name === null || rosters.includes(name)) return;
  const hint =
    rosters.length === 0 ? `Add it: "reviewers: { ${showText(name)}: { users: [ … ] } }".` : hintFor(name, rosters);
  yield place.fault('manifest/unknown-roster', { found: showValue(name), rosters: showChoices(rosters), hint });
}

/**
 * An owner is a roster or a login, so any word is one. What can only be a slip is told: a word that differs from a
 * roster in case alone would be taken for a login.
 */
export function* checkOwner(place: Place, root: Place): Generator<Fault> {
  const name = place.text();
  if (name === null) return;
  const rosters = root
    .at('reviewers')
    .members()
    .map(([roster]) => roster);
  const meant = rosters.find((roster) => roster !== name && roster.toLowerCase() === name.toLowerCase());
  if (meant === undefined || rosters.includes(name)) return;
  const fields = { found: showValue(name), rosters: showChoices(rosters), hint: hintFor(name, rosters) };
  yield place.fault('manifest/unknown-roster', fields);
}
