import { type Digest, parseDigest } from '@weighbridge/core';

/** Pointers are smaller than this (Git LFS specification). */
export const maxPointerBytes = 1024;

/** What stands in git for a file whose bytes are elsewhere. */
export interface LfsPointer {
  readonly sha256: Digest;
  readonly sizeBytes: number;
}

/** Git LFS specification 1: a short text with version, oid and size. Null for every other content. */
export function parseLfsPointer(bytes: Uint8Array): LfsPointer | null {
  if (bytes.length > maxPointerBytes) return null;
  const text = new TextDecoder('latin1').decode(bytes);
  const match =
    /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:ext-[^\n]*\n)*oid (sha256:[0-9a-f]{64})\nsize (\d{1,15})\n$/.exec(
      text,
    );
  return match === null ? null : { sha256: parseDigest(match[1] ?? ''), sizeBytes: Number(match[2]) };
}
