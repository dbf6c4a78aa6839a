import { type ArtifactSource, readAddress } from '@weighbridge/manifest';
import { plainAddress } from './remote-place.js';
import type { TrackedOutput } from './tracked-outputs.js';

/** What a locked file of DVC goes back to. */
export interface DvcSource {
  /** The `.dvc` file or `dvc.lock`, from the root of the repository. */
  readonly record: string;
  /** The object that the record names: an MD5, with `.dir` after it for a folder. */
  readonly object: string;
}

/** `dvc:/models/weights.dvc#22a1….dir`: where DVC says what an output is, and what it says. */
export function referenceTo({ record, md5, isFolder }: TrackedOutput): string {
  return `dvc:/${record}#${objectOf({ md5, isFolder })}`;
}

/** What DVC calls the object of an output. */
export function objectOf({ md5, isFolder }: Pick<TrackedOutput, 'md5' | 'isFolder'>): string {
  return isFolder ? `${md5}.dir` : md5;
}

/** Whether a lock has a file from a remote of DVC. */
export function isDvcSource(source: Pick<ArtifactSource, 'reference'> | null | undefined): boolean {
  return source?.reference.startsWith('dvc:') ?? false;
}

/** Inverse of referenceTo; null for every other text. */
export function parseDvcSource({ reference }: Pick<ArtifactSource, 'reference'>): DvcSource | null {
  const [, record, object] = /^dvc:\/(.+)#([0-9a-f]{32}(?:\.dir)?)$/.exec(reference) ?? [];
  return record === undefined || object === undefined ? null : { record, object };
}

/** An address of a remote of DVC in its parts: what is before the object, and the MD5 that the object is called. */
export function partsOfAddress({ address }: Pick<ArtifactSource, 'address'>): {
  readonly before: string;
  readonly md5: string;
  readonly isLegacy: boolean;
} | null {
  const read = readAddress(address);
  if (read === null) return null;
  const [, before, first, rest] = /^(.*[/:])([0-9a-f]{2})\/([0-9a-f]{30})$/.exec(plainAddress(read)) ?? [];
  if (before === undefined || first === undefined || rest === undefined) return null;
  return { before, md5: first + rest, isLegacy: !before.endsWith('/files/md5/') && before !== 'file:files/md5/' };
}
