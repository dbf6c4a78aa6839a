import { bytesToHex, type Sha256, utf8 } from '@weighbridge/core';

/**
 * A UUID of version 7 (RFC 9562) that is always the same for the same run: its time is that of the run, and what is
 * random elsewhere comes from the SHA-256 of its name.
 */
export function runIdOf(sha256: Sha256, { name, time }: { readonly name: string; readonly time: string }): string {
  const milliseconds = BigInt(Math.max(0, Date.parse(time) || 0));
  const stamp = milliseconds.toString(16).padStart(12, '0').slice(-12);
  const hash = bytesToHex(sha256(utf8(name)));
  const variant = ((Number.parseInt(hash[3] ?? '0', 16) & 0x3) | 0x8).toString(16);
  return [
    stamp.slice(0, 8),
    stamp.slice(8),
    `7${hash.slice(0, 3)}`,
    `${variant}${hash.slice(4, 7)}`,
    hash.slice(7, 19),
  ].join('-');
}
