import type { JsonObject } from '@weighbridge/core';

/** The object that DVC keeps of a file or folder, as its records have it. */
export interface DvcKeptObject {
  /** 32 hexadecimal digits. */
  readonly md5: string;
  readonly isFolder: boolean;
  /** Of a file, in bytes; null when it is not told. */
  readonly sizeBytes: number | null;
  /** Written by DVC before its release 3: kept elsewhere in a remote, and of text the MD5 is that with Unix line ends. */
  readonly isLegacy: boolean;
  /** A remote of its own. */
  readonly remote: string | null;
  /**
   * Why `dvc push` brings it to no remote of this repository: `imported` from another repository of DVC (`dvc import`),
   * which is where it is pulled from, or `unpushed` by its own `push: false`. Null for all that it does push, such as
   * what came by `dvc import-url`.
   */
  readonly elsewhere: 'imported' | 'unpushed' | null;
}

/** What a member of `outs:` says that DVC keeps under its MD5; null for what it does not keep. */
export function keptObjectOf({ md5, size, hash, remote, cache, push }: JsonObject): DvcKeptObject | null {
  const [, digits, ending] = typeof md5 === 'string' ? (/^([0-9a-f]{32})(\.dir)?$/.exec(md5) ?? []) : [];
  if (digits === undefined || cache === false) return null;
  return {
    md5: digits,
    isFolder: ending !== undefined,
    sizeBytes: typeof size === 'number' ? size : null,
    isLegacy: hash !== 'md5',
    remote: typeof remote === 'string' ? remote : null,
    elsewhere: push === false ? 'unpushed' : null,
  };
}
