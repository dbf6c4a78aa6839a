import { digestBytes, type Sha256 } from '@weighbridge/core';
import { type Manifest, type Parsed, parseManifest } from '@weighbridge/manifest';

/** Manifests that are kept; a repository has hundreds. */
const maxKept = 4_096;
const kept = new Map<string, Parsed<Manifest>>();

/**
 * As parseManifest. The same bytes at the same path are read once in a process, because a change is looked at from
 * several commits that have nearly all their manifests in common: what is read grows with what differs.
 */
export function readManifestOnce(path: string, bytes: Uint8Array, sha256: Sha256): Parsed<Manifest> {
  const key = `${digestBytes(sha256, bytes)} ${path}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const parsed = parseManifest({ path, bytes });
  // The oldest goes: those of the commit that is looked at now stay together.
  if (kept.size >= maxKept) for (const oldest of kept.keys()) if (kept.delete(oldest)) break;
  kept.set(key, parsed);
  return parsed;
}
