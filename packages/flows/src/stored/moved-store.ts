import { WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import type { Store } from '@weighbridge/ports';

/** A version that was stored, and where that was. */
export interface StoredWhere {
  readonly model: string;
  readonly version: string;
  /** Address of the store at its registration. */
  readonly store: string | null;
}

/**
 * Reads from a store. Of bytes that it lacks and that were registered in another one it says so: the policy names
 * another store since. @throws flow/store-moved instead of store/missing
 */
export async function readMoved<Answer>(
  { address }: Pick<Store, 'address'>,
  where: StoredWhere,
  read: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await read();
  } catch (cause) {
    throw isElsewhere(cause, address, where.store) ? storeMoved(cause, address, where) : cause;
  }
}

/** Whether an error says that a store lacks what was registered in another one. */
export function isElsewhere(cause: unknown, address: string, registered: string | null): cause is WeighbridgeError {
  const isMissing = cause instanceof WeighbridgeError && cause.code === 'store/missing';
  return isMissing && registered !== null && registered !== address;
}

function storeMoved(cause: WeighbridgeError, address: string, { model, version, store }: StoredWhere): Error {
  const digest = String(cause.fields['digest'] ?? '');
  const about = { model, version, registered: store ?? '', address, digest };
  return weighbridgeError('flow/store-moved', about, { cause });
}
