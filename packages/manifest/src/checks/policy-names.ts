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
