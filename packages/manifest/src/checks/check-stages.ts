import type { Fault } from '../source/fault.js';
import type { Place } from '../source/place.js';
import { showText } from '../source/quoting.js';
import { checkKnownStage, checkVersion } from './place-checks.js';

/** What a schema cannot say of stages.yaml. `stages` are those of the policy, in order; null when it is not known. */
export function* checkStages(root: Place, stages: readonly string[] | null): Generator<Fault> {
  for (const [name, place] of root.members()) {
    if (name === 'aliases') continue;
    if (stages !== null) yield* checkKnownStage(place, stages, 'key');
    yield* checkVersion(place);
    if (place.value === null && name === stages?.at(-1))
      yield place.fault('manifest/archive', { stage: showText(name) }, 'key');
  }
  for (const [name, place] of root.at('aliases').members()) {
    if (stages?.includes(name)) yield place.fault('manifest/reserved-key', { key: showText(name) }, 'key');
    yield* checkVersion(place);
  }
}
