import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import type { Processes } from '@weighbridge/stores';

/** The processes of this machine. */
export const processes: Processes = {
  own: process.pid,
  space: spaceOfIds(),
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

/**
 * Where an id means one process: on Linux the PID namespace of this start of the kernel, since containers of one host, and
 * those of one name, have ids of their own; on other systems the machine, by its name and its network cards. Where a
 * system does not say it, this process is alone in its space.
 */
function spaceOfIds(): string {
  const parts = [hostname(), ...(process.platform === 'linux' ? namespaceParts() : networkCards())];
  return parts.length === 1 ? randomUUID() : parts.join(' ');
}

function namespaceParts(): readonly string[] {
  try {
    return [readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(), readlinkSync('/proc/self/ns/pid')];
  } catch (cause) {
    // Some sandboxes show no /proc; anything else is a bug.
    if (!(cause instanceof Error) || !('code' in cause)) throw cause;
    return [];
  }
}

function networkCards(): readonly string[] {
  const cards = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return [...new Set(cards.filter(({ internal }) => !internal).map(({ mac }) => mac))].sort();
}
