import { createHash } from 'node:crypto';
import { type Digest, digestHex, hexToBytes, WeighbridgeError } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { objectKey } from '@weighbridge/storage';
import { readCompressed, readPlainSize } from '../reading/read-object.js';

/** The bytes of an object that one of its forms holds, compared with its name; null where that form is not there. */
export type ReadForm = Uint8Array | 'damaged' | 'archived' | null;

/** The object as it is. @throws as Bucket.read, but for what is said of the object itself */
export function readPlain(bucket: Bucket, object: Digest): Promise<ReadForm> {
  return readForm(object, async () => (await bucket.read(objectKey(object)))?.bytes ?? null);
}

/** The object out of its compressed form. @throws as readPlain */
export function readPacked(bucket: Bucket, object: Digest): Promise<ReadForm> {
  return readForm(object, () => readCompressed(bucket, object));
}

/** How many bytes its compressed form says that an object has. @throws as readPlain */
export function readHead(bucket: Bucket, object: Digest): Promise<number | 'damaged' | 'archived' | null> {
  return unlessFaulty(() => readPlainSize(bucket, object));
}

function readForm(object: Digest, read: () => Promise<Uint8Array | null>): Promise<ReadForm> {
  return unlessFaulty(async () => {
    const bytes = await read();
    return bytes === null || isRight(bytes, object) ? bytes : 'damaged';
  });
}

async function unlessFaulty<Result>(read: () => Promise<Result>): Promise<Result | 'damaged' | 'archived'> {
  try {
    return await read();
  } catch (cause) {
    const fault = cause instanceof WeighbridgeError ? faultOf(cause) : null;
    if (fault === null) throw cause;
    return fault;
  }
}

/** Null for what says nothing of the object. What the service cannot read out, however often it is asked, is damaged. */
function faultOf({ code, fields }: WeighbridgeError): 'damaged' | 'archived' | null {
  if (code === 'store/archived') return 'archived';
  return code === 'store/corrupt' || (code === 'store/io' && fields['action'] === 'read') ? 'damaged' : null;
}

function isRight(bytes: Uint8Array, object: Digest): boolean {
  return createHash('sha256')
    .update(bytes)
    .digest()
    .equals(hexToBytes(digestHex(object)));
}
