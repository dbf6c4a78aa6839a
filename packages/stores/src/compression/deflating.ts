import { promisify } from 'node:util';
import { constants, deflateRaw, inflateRaw } from 'node:zlib';
import type { Deflate, Inflate } from '@weighbridge/storage';

const deflating = promisify(deflateRaw);
const inflating = promisify(inflateRaw);

/** Deflates in a thread of Node's pool. */
export const deflate: Deflate = (bytes, strategy) =>
  deflating(bytes, { strategy: strategy === 'huffman' ? constants.Z_HUFFMAN_ONLY : constants.Z_DEFAULT_STRATEGY });

/** Inflates in a thread of Node's pool. */
export const inflate: Inflate = async (bytes, maxBytes) => {
  try {
    return await inflating(bytes, { maxOutputLength: maxBytes });
  } catch (cause) {
    if (isBroken(cause)) return null;
    throw cause;
  }
};

/** What zlib says of streams that are none, that end early, and that have more bytes than they may. */
function isBroken(cause: unknown): boolean {
  if (!(cause instanceof Error) || !('code' in cause)) return false;
  return ['Z_DATA_ERROR', 'Z_BUF_ERROR', 'Z_NEED_DICT', 'ERR_BUFFER_TOO_LARGE'].includes(String(cause.code));
}
