import { type Manifest, type Parsed, parseManifest } from '@weighbridge/manifest';

/** Manifests that are kept; a repository has hundreds. */
const maxKept = 4_096;

interface KeptManifest {
  readonly bytes: Uint8Array;
  readonly parsed: Parsed<Manifest>;
}

/** By path, the last that was read first. */
const kept = new Map<string, readonly KeptManifest[]>();
/** Of one path: a change is looked at from its base, its head, and where it is merged. */
const maxStates = 4;

/**
 * As parseManifest. The same bytes at the same path are read once in a process, because a change is looked at from
 * several commits that have nearly all their manifests in common: what is read grows with what differs.
 */
export function readManifestOnce(path: string, bytes: Uint8Array): Parsed<Manifest> {
  const states = kept.get(path) ?? [];
  const known = states.find((state) => isSame(state.bytes, bytes));
  if (known !== undefined) return known.parsed;
  const parsed = parseManifest({ path, bytes });
  // The oldest goes: those of the commit that is looked at now stay together.
  if (kept.size >= maxKept) for (const oldest of kept.keys()) if (kept.delete(oldest)) break;
  kept.set(path, [{ bytes, parsed }, ...states.slice(0, maxStates - 1)]);
  return parsed;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}
