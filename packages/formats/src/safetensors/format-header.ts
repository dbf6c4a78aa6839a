import { utf8 } from '@weighbridge/core';
import type { TensorFact } from '../header.js';

/** Readers map the file: data that begins at a multiple of 8 can be used where it lies. */
const alignment = 8;

/**
 * The first bytes of a safetensors file that holds these tensors one behind the other, in the order given; `lengthBytes`
 * is that of each tensor's bytes. Inverse of readSafetensorsHeader but for the order.
 */
export function formatSafetensorsHeader(
  tensors: readonly (Pick<TensorFact, 'name' | 'dtype' | 'shape'> & { readonly lengthBytes: number })[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  // Written member by member: a tensor may be called like a member of Object.prototype.
  const members: string[] = [];
  if (Object.keys(metadata).length > 0) members.push(`"__metadata__":${JSON.stringify(metadata)}`);
  let position = 0;
  for (const { name, dtype, shape, lengthBytes } of tensors) {
    const data_offsets = [position, position + lengthBytes];
    members.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets })}`);
    position += lengthBytes;
  }
  const text = utf8(`{${members.join(',')}}`);
  const paddedBytes = Math.ceil(text.length / alignment) * alignment;
  const bytes = new Uint8Array(alignment + paddedBytes).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(paddedBytes), true);
  bytes.set(text, alignment);
  return bytes;
}
