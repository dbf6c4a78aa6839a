import { weighbridgeError } from '@weighbridge/core';
import type { CatalogueVersion } from '@weighbridge/ledger';

/** A version whose bytes were given up is not read, and enters no stage. @throws flow/bytes-released */
export function requireBytes(model: string, { version, released }: CatalogueVersion): void {
  if (released === undefined) return;
  const { time, actor, rule, policy } = released;
  throw weighbridgeError('flow/bytes-released', { model, version, time, actor, rule, policy });
}
