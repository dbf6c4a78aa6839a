const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Map(Array.from(alphabet, (letter, value) => [letter, value] as const));

/** RFC 4648 section 4, with padding. */
export function formatBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = bytes.subarray(at, at + 3);
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    parts.push(
      alphabet.charAt(bits >> 18) +
        alphabet.charAt((bits >> 12) & 63) +
        (second === undefined ? '=' : alphabet.charAt((bits >> 6) & 63)) +
        (third === undefined ? '=' : alphabet.charAt(bits & 63)),
    );
  }
  return parts.join('');
}

/** Null for every text that formatBase64 does not make: other letters, missing padding, stray bits. */
export function parseBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let written = 0;
  for (let at = 0; at < text.length; at += 4) {
    let bits = 0;
    for (let place = 0; place < 4; place++) {
      const isPadding = at + place >= text.length - padding;
      const value = isPadding ? 0 : values.get(text.charAt(at + place));
      if (value === undefined) return null;
      bits = bits * 64 + value;
    }
    for (const byte of [bits >> 16, (bits >> 8) & 255, bits & 255]) {
      if (written < bytes.length) bytes[written++] = byte;
      else if (byte !== 0) return null;
    }
  }
  return bytes;
}
