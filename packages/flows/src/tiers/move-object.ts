import type { StoreTiers } from '@weighbridge/ports';
import type { PlannedMove } from './plan-moves.js';

/** How long a copy of what is archived lasts, in days: time enough for the next nightly run to move it. */
const copyDays = 3;

/**
 * What became of an object: `moved`; `restoring`, because it was archived and is moved by a later run; `changed`, because
 * it went away or was written anew meanwhile.
 */
export type MoveOutcome = 'moved' | 'restoring' | 'changed';

/** Moves one object. Done again, or by two at once, it ends the same; killed, it leaves the object as it was or moved. */
export async function moveObject(tiers: StoreTiers, { object, to }: PlannedMove): Promise<MoveOutcome> {
  const outcome = await tiers.move(object, to);
  if (outcome !== 'archived') return outcome;
  const restored = await tiers.restore(object.object, { days: copyDays, speed: 'cheap' });
  if (restored === 'missing') return 'changed';
  return restored === 'readable' && (await tiers.move(object, to)) === 'moved' ? 'moved' : 'restoring';
}
