import { type Digest, digestBytes, utf8 } from '@weighbridge/core';
import { nodeSha256 } from './ledger/test-keys.js';

/** SHA-256 of bytes, or of a text in UTF-8, as Weighbridge writes digests: tests name things by what they say. */
export function digestOf(content: Uint8Array | string): Digest {
  return digestBytes(nodeSha256, typeof content === 'string' ? utf8(content) : content);
}
