import { randomUUID } from 'node:crypto';
import { type Digest, weighbridgeError } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { packLimits, quarantineKey } from '@weighbridge/storage';
import { readAsItLies } from './reading/read-as-it-lies.js';

/** For larger objects, packs among them, a question costs less than sending what is there already. */
const askFirstBytes = packLimits.minBytes;

/** How often a name may be taken and freed again under one writer before it gives up. */
const maxPlaceTries = 5;

/** A bucket, and how far what it holds is trusted when something is to be written there. */
export interface ObjectKeeper {
  readonly bucket: Bucket;
  /** Whether an object that is there already is read and compared: cheap in a folder, dear in a distant bucket. */
  readonly comparesPresent: boolean;
  /** Gives an object a second key. */
  copy(from: string, to: string): Promise<void>;
}

/** What an object is to be. */
export interface PlacedObject {
  readonly key: string;
  /** The digest that the key is about: of the body, or of the file whose recipe the body is. */
  readonly about: Digest;
  readonly body: readonly Uint8Array[];
  readonly sizeBytes: number;
  /** 32 bytes. */
  readonly sha256: Uint8Array;
  /** Whether the same bytes lie under another key, compressed, and need not be sent. Default: there is no such key. */
  liesCompressed?(): Promise<boolean>;
  /** Whether other bytes than the body will do, when they are there. Default: they are damaged. */
  accepts?(present: Uint8Array): Promise<boolean>;
}

/**
 * Sees to it that a bucket holds an object. Other bytes under the key are kept in quarantine and replaced: always where
 * present objects are compared, else where their size shows it.
 */
export async function placeObject(
  keeper: ObjectKeeper,
  object: PlacedObject,
): Promise<'created' | 'present' | 'healed'> {
  const { bucket } = keeper;
  const { key, body, sizeBytes, sha256 } = object;
  let distrusts = keeper.comparesPresent || object.accepts !== undefined;
  if (!distrusts && sizeBytes > askFirstBytes) {
    const held = await bucket.describe(key);
    if (held?.sizeBytes === sizeBytes) return 'present';
    distrusts = held !== null;
  }
  if (object.liesCompressed !== undefined) {
    // Readers take the object as it is before its compressed form: what lies there has to be right.
    const isBare = keeper.comparesPresent ? (await bucket.describe(key)) === null : !distrusts;
    if (isBare && (await object.liesCompressed())) return 'present';
  }
  for (let attempt = 0; attempt < maxPlaceTries; attempt++) {
    if ((await bucket.create(key, body, { sha256 })) === 'created') return 'created';
    if (!distrusts) return 'present';
    const held = await readAsItLies(bucket, key);
    if (held === null) continue;
    if (isJoined(body, held.bytes) || (await object.accepts?.(held.bytes)) === true) return 'present';
    await keeper.copy(key, quarantineKey(object.about, randomUUID()));
    if ((await bucket.replace(key, joined(body, sizeBytes), held.revision)) !== null) return 'healed';
  }
  const path = `${bucket.address}/${key}`;
  throw weighbridgeError('store/io', { action: 'write', path, reason: 'its name came and went' });
}

function isJoined(body: readonly Uint8Array[], whole: Uint8Array): boolean {
  let offset = 0;
  for (const piece of body) {
    if (Buffer.compare(piece, whole.subarray(offset, offset + piece.length)) !== 0) return false;
    offset += piece.length;
  }
  return offset === whole.length;
}

function joined(body: readonly Uint8Array[], sizeBytes: number): Uint8Array {
  const [first] = body;
  return body.length === 1 && first !== undefined ? first : Buffer.concat(body, sizeBytes);
}
