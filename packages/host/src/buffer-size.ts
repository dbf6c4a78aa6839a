import { weighbridgeError } from '@weighbridge/core';
import { defaultBufferBytes, leastBufferBytes } from '@weighbridge/stores';

const mebibyte = 1024 * 1024;
const mostMebibytes = 4096;

/**
 * Bytes of the buffers that the transfers of a store share, as WEIGHBRIDGE_BUFFER_MIB asks of this machine; 128 MiB where
 * it says nothing. @throws store/buffer-size for what is no such number
 */
export function bufferBytesOf(environment: Readonly<Record<string, string | undefined>>): number {
  const value = environment['WEIGHBRIDGE_BUFFER_MIB']?.trim() ?? '';
  if (value === '') return defaultBufferBytes;
  const [usual, least, most] = [defaultBufferBytes / mebibyte, leastBufferBytes / mebibyte, mostMebibytes];
  const mebibytes = /^[0-9]{1,5}$/.test(value) ? Number(value) : 0;
  if (mebibytes < least || mebibytes > most) throw weighbridgeError('store/buffer-size', { value, least, most, usual });
  return mebibytes * mebibyte;
}
