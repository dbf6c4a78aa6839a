import type { Processes } from '@weighbridge/stores';

/** The processes of this machine. */
export const processes: Processes = {
  own: process.pid,
  isAlive(id) {
    try {
      // Signal 0 is sent to nobody: it only asks.
      process.kill(id, 0);
      return true;
    } catch (cause) {
      const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : null;
      return code !== 'ESRCH';
    }
  },
};
