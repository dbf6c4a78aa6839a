import type { Sha256Stream } from '@weighbridge/core';

const [carriageReturn, lineFeed] = [0x0d, 0x0a];

/** The MD5 of bytes as DVC counts it. */
export interface DvcHash {
  update(bytes: Uint8Array): void;
  /** Hexadecimal: of the bytes and, as releases before 3 do of text, of the bytes with Unix line ends. */
  digests(): readonly string[];
}

/** @param isLegacy whether an earlier release than 3 named the content */
export function dvcHash(newMd5: () => Sha256Stream, isLegacy: boolean): DvcHash {
  const whole = newMd5();
  const unix = isLegacy ? newMd5() : null;
  let held = false;
  return {
    update(bytes) {
      whole.update(bytes);
      if (unix === null || bytes.length === 0) return;
      if (held && bytes[0] !== lineFeed) unix.update(Uint8Array.of(carriageReturn));
      held = bytes.at(-1) === carriageReturn;
      unix.update(withUnixEnds(held ? bytes.subarray(0, -1) : bytes));
    },
    digests() {
      if (held) unix?.update(Uint8Array.of(carriageReturn));
      return [whole, ...(unix === null ? [] : [unix])].map((hash) => hexOf(hash.digest()));
    },
  };
}

function withUnixEnds(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, place) => byte !== carriageReturn || bytes[place + 1] !== lineFeed);
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
