import { parseUtf8 } from '@weighbridge/core';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** UTF-8 text from base64 (RFC 4648, padded), as JSON of protocol buffers writes bytes; null where it is no such text. */
export function parseBase64Text(base64: string): string | null {
  const letters = base64.replace(/={1,2}$/, '');
  if (base64.length % 4 !== 0 || letters.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
  let [bits, held, written] = [0, 0, 0];
  for (const letter of letters) {
    const value = alphabet.indexOf(letter);
    if (value < 0) return null;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[written++] = (bits >> held) & 0xff;
  }
  try {
    return parseUtf8(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
