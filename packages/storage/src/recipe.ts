import {
  canonicalJson,
  type Digest,
  digestHex,
  formatBase64,
  formatDigest,
  hexToBytes,
  parseBase64,
  weighbridgeError,
} from '@weighbridge/core';
import { cutLimits } from './cut.js';
import { packLimits } from './pack.js';

/** One piece of a file as a recipe names it: an object of its own, or a part of a pack. */
export interface Segment {
  readonly digest: Digest;
  readonly lengthBytes: number;
  /** Where the bytes lie when the object that holds them is not named by them. */
  readonly packed: { readonly pack: Digest; readonly offset: number } | null;
}

/** How a file is put together: its segments, one behind the other. */
export interface Recipe {
  readonly digest: Digest;
  readonly sizeBytes: number;
  readonly segments: readonly Segment[];
}

/** The version that is written; older ones are read, newer ones are told from damage. */
const recipeVersion = 2;

/** Bounds of what a reader takes for a recipe. */
export const recipeLimits = { maxSegments: cutLimits.maxPieces, maxBytes: 80 * 1024 * 1024 } as const;

/**
 * A recipe as it lies in a store: canonical JSON, so that there is one text for one recipe. Inverse of parseRecipe.
 * `packs` lists packs in the order in which they are first named; a segment is `[length, digest]`, or `[length, digest,
 * index of its pack, offset]`; digests are base64 without padding. A segment takes some 60 bytes; the objects with hexadecimal
 * digests of version 1, which earlier releases wrote, took 190, and that showed for files that were cut by content.
 */
export function formatRecipe(recipe: Recipe): string {
  const packs = new Map<Digest, number>();
  const segments = recipe.segments.map(({ digest, lengthBytes, packed }) => {
    if (packed === null) return [lengthBytes, base64Of(digest)];
    const index = packs.get(packed.pack) ?? packs.size;
    packs.set(packed.pack, index);
    return [lengthBytes, base64Of(digest), index, packed.offset];
  });
  const { digest, sizeBytes } = recipe;
  return canonicalJson({
    version: recipeVersion,
    sha256: digestHex(digest),
    size: sizeBytes,
    packs: [...packs.keys()].map(base64Of),
    segments,
  });
}

/** The same as releases before version 2 wrote it. */
function formatFirstVersion(recipe: Recipe): string {
  return canonicalJson({
    version: 1,
    sha256: digestHex(recipe.digest),
    size: recipe.sizeBytes,
    segments: recipe.segments.map(({ digest, lengthBytes, packed }) => ({
      sha256: digestHex(digest),
      length: lengthBytes,
      ...(packed === null ? {} : { pack: digestHex(packed.pack), offset: packed.offset }),
    })),
  });
}

/**
 * Reads a recipe that anybody may have written. What it says of the bytes has still to be compared with the bytes.
 * @param path what messages call it
 * @throws store/recipe-malformed when it is no canonical recipe for `digest`, or breaks a bound; store/recipe-newer for
 * one of a later version, which may name objects in a way that is not known here
 */
export function parseRecipe(
  bytes: Uint8Array,
  { digest, path }: { readonly digest: Digest; readonly path: string },
): Recipe {
  const refuse = (reason: string) => weighbridgeError('store/recipe-malformed', { path, reason });
  if (bytes.length > recipeLimits.maxBytes) throw refuse(`it has more than ${recipeLimits.maxBytes} bytes`);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const value = parseJson(text);
  const version = versionOf(value);
  if (version > recipeVersion) {
    throw weighbridgeError('store/recipe-newer', { path, version, known: recipeVersion });
  }
  const recipe = readRecipe(value);
  if (value === null || recipe === null) throw refuse('it is not what a recipe looks like');
  if (recipe.digest !== digest) throw refuse('it is the recipe of another file');
  const total = recipe.segments.reduce((sum, segment) => sum + segment.lengthBytes, 0);
  if (total !== recipe.sizeBytes) throw refuse(`its segments have ${total} bytes and the file has ${recipe.sizeBytes}`);
  const format = isMembers(value) && value['version'] === 1 ? formatFirstVersion : formatRecipe;
  if (format(recipe) !== text) throw refuse('it is not written canonically');
  return recipe;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The caller says of it what it says of every other value that is no recipe.
    return null;
  }
}

/** 0 for what says none. */
function versionOf(value: unknown): number {
  const version = isMembers(value) ? value['version'] : null;
  return isCount(version) ? version : 0;
}

type Members = Readonly<Record<string, unknown>>;

function readRecipe(value: unknown): Recipe | null {
  if (!isMembers(value)) return null;
  const { version, sha256, size, segments: listed } = value;
  if (!isHex(sha256) || !isCount(size) || !Array.isArray(listed)) return null;
  if (listed.length === 0 || listed.length > recipeLimits.maxSegments) return null;
  const reader = version === 1 ? readFirstVersion : version === 2 ? readerOf(value['packs']) : null;
  if (reader === null) return null;
  const segments: Segment[] = [];
  for (const item of listed as readonly unknown[]) {
    const segment = reader(item);
    if (segment === null) return null;
    segments.push(segment);
  }
  return { digest: digestOf(sha256), sizeBytes: size, segments };
}

function readerOf(listed: unknown): ((value: unknown) => Segment | null) | null {
  if (!Array.isArray(listed) || listed.length > recipeLimits.maxSegments) return null;
  const packs = (listed as readonly unknown[]).map(digestOfBase64);
  return (value) => {
    if (!Array.isArray(value)) return null;
    const [length, sha256, pack, offset, more] = value as readonly unknown[];
    const digest = digestOfBase64(sha256);
    if (digest === null || more !== undefined) return null;
    if (pack === undefined) return segmentOf({ digest, length, packed: null });
    return segmentOf({ digest, length, packed: { pack: isCount(pack) ? (packs[pack] ?? null) : null, offset } });
  };
}

function readFirstVersion(value: unknown): Segment | null {
  if (!isMembers(value)) return null;
  const { sha256, length, pack, offset } = value;
  if (!isHex(sha256)) return null;
  const digest = digestOf(sha256);
  if (pack === undefined && offset === undefined) return segmentOf({ digest, length, packed: null });
  return segmentOf({ digest, length, packed: { pack: isHex(pack) ? digestOf(pack) : null, offset } });
}

interface UncheckedSegment {
  readonly digest: Digest;
  readonly length: unknown;
  readonly packed: { readonly pack: Digest | null; readonly offset: unknown } | null;
}

function segmentOf({ digest, length, packed }: UncheckedSegment): Segment | null {
  if (!isCount(length) || length === 0 || length > cutLimits.maxSegmentBytes) return null;
  if (packed === null) return { digest, lengthBytes: length, packed };
  const { pack, offset } = packed;
  if (pack === null || !isCount(offset) || offset + length > packLimits.maxBytes) return null;
  return { digest, lengthBytes: length, packed: { pack, offset } };
}

/** 43 letters and a padding, which is left out. */
function base64Of(digest: Digest): string {
  return formatBase64(hexToBytes(digestHex(digest))).slice(0, -1);
}

function digestOfBase64(value: unknown): Digest | null {
  const bytes = typeof value === 'string' && value.length === 43 ? parseBase64(`${value}=`) : null;
  return bytes === null ? null : formatDigest(bytes);
}

function digestOf(hex: string): Digest {
  return formatDigest(hexToBytes(hex));
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isHex(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
