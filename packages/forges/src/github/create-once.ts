import { WeighbridgeError } from '@weighbridge/core';

/** How often something is made before giving up. */
const maxTries = 3;

/**
 * Makes something that must not be made twice. A request that broke may have gone through, so that its answer is looked
 * for before the next try; the client's own retries are to be off in `create`.
 */
export async function createOnce<Made>(
  look: () => Promise<Made | null>,
  create: () => Promise<Made>,
): Promise<{ readonly made: Made; readonly outcome: 'created' | 'present' }> {
  const held = await look();
  if (held !== null) return { made: held, outcome: 'present' };
  for (let tries = 1; ; tries++) {
    try {
      return { made: await create(), outcome: 'created' };
    } catch (error) {
      if (!(error instanceof WeighbridgeError) || error.code !== 'forge/unavailable' || tries >= maxTries) throw error;
      const made = await look();
      if (made !== null) return { made, outcome: 'created' };
    }
  }
}

/** Request options of a write that is not tried again blindly. */
export const onlyOnce = { request: { retries: 0 } } as const;
