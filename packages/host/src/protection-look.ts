import { glanceAtProtection, type Protection } from '@weighbridge/flows';
import type { Forge } from '@weighbridge/ports';
import type { Host } from './host.js';

/** What protects a branch, for those who read a verdict: looked at once in a job, and only where it is told. */
export interface ProtectionLook {
  /** Looks, at the cost of two requests the first time. */
  look(branch: string): Promise<Protection>;
  /** What was looked at already; null where nobody looked. */
  seen(branch: string): Promise<Protection | null>;
}

/** A look at branches of one forge. */
export function openProtectionLook({ surroundings }: Pick<Host, 'surroundings'>, forge: Forge): ProtectionLook {
  const looks = new Map<string, Promise<Protection>>();
  return {
    look(branch) {
      const known = looks.get(branch) ?? glanceAtProtection(surroundings, forge, branch);
      looks.set(branch, known);
      return known;
    },
    seen: async (branch) => (await looks.get(branch)) ?? null,
  };
}
