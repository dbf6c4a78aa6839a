import { storageClasses, storeKind } from '../read-tiers.js';
import type { Fault } from '../source/fault.js';
import type { Place } from '../source/place.js';
import { hintFor, showChoices, showValue } from '../source/quoting.js';
import { checkDuration } from './check-numbers.js';

/** Classes that the store has; what is deployed must be readable at once; a tier says how bytes lie there, and when. */
export function* checkTiers(root: Place): Generator<Fault> {
  const tiers = root.at('tiers');
  if (!tiers.written) return;
  if (!root.at('store').written) {
    yield tiers.fault('manifest/form', { expected: 'a store', found: 'none', example: 's3://models/prod' });
    return;
  }
  const known = storageClasses[storeKind(root.at('store')) ?? ''] ?? null;
  for (const name of ['hot', 'warm', 'cold']) {
    const tier = tiers.at(name);
    if (!tier.written) continue;
    if (known !== null) {
      yield* checkClass(tier.at('class'), name === 'cold' ? [...known.readable, ...known.archive] : known.readable);
    } else if (tier.at('class').written) {
      const about = { expected: 'no storage class, since the store is a folder', found: 'one' };
      const example = '{ compress: true, archived: 7d }';
      yield tier
        .at('class')
        .fault('manifest/form', { ...about, example: name === 'hot' ? `cold: ${example}` : example });
    }
    if (name !== 'hot' && !tier.at('class').written && tier.at('compress').truth() === null) {
      const hint = `Add ${known === null ? '' : `"class: ${known.readable[1] ?? ''}" or `}"compress: true".`;
      yield tier.fault('manifest/missing-key', { key: known === null ? 'compress' : 'class', hint });
    }
    yield* checkDuration(tier.at('after'));
    yield* checkDuration(tier.at('archived'));
    if (name === 'hot' || tier.at('after').written || tier.at('archived').written) continue;
    yield tier.fault('manifest/missing-key', { key: 'after', hint: 'Add "after: 90d" or "archived: 7d".' });
  }
}

function* checkClass(place: Place, choices: readonly string[]): Generator<Fault> {
  const name = place.text();
  if (name === null || choices.includes(name)) return;
  const fields = { found: showValue(name), choices: showChoices(choices), hint: hintFor(name, choices) };
  yield place.fault('manifest/not-a-choice', fields);
}
