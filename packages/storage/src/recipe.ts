import { canonicalJson, type Digest, digestHex, formatDigest, hexToBytes, weighbridgeError } from '@weighbridge/core';
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

/** Bounds of what a reader takes for a recipe. */
export const recipeLimits = { maxSegments: cutLimits.maxPieces, maxBytes: 80 * 1024 * 1024 } as const;

/** A recipe as it lies in a store: canonical JSON, so that there is one text for one recipe. Inverse of parseRecipe. */
export function formatRecipe(recipe: Recipe): string {
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
 * @throws store/recipe-malformed when it is no canonical recipe for `digest`, or breaks a bound
 */
export function parseRecipe(
  bytes: Uint8Array,
  { digest, path }: { readonly digest: Digest; readonly path: string },
): Recipe {
  const refuse = (reason: string) => weighbridgeError('store/recipe-malformed', { path, reason });
  if (bytes.length > recipeLimits.maxBytes) throw refuse(`it has more than ${recipeLimits.maxBytes} bytes`);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const recipe = readRecipe(parseJson(text));
  if (recipe === null) throw refuse('it is not what a recipe looks like');
  if (recipe.digest !== digest) throw refuse('it is the recipe of another file');
  const total = recipe.segments.reduce((sum, segment) => sum + segment.lengthBytes, 0);
  if (total !== recipe.sizeBytes) throw refuse(`its segments have ${total} bytes and the file has ${recipe.sizeBytes}`);
  if (formatRecipe(recipe) !== text) throw refuse('it is not written canonically');
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

type Members = Readonly<Record<string, unknown>>;

function readRecipe(value: unknown): Recipe | null {
  if (!isMembers(value) || value['version'] !== 1) return null;
  const { sha256, size, segments: listed } = value;
  if (!isHex(sha256) || !isCount(size) || !Array.isArray(listed)) return null;
  if (listed.length === 0 || listed.length > recipeLimits.maxSegments) return null;
  const segments: Segment[] = [];
  for (const item of listed as readonly unknown[]) {
    const segment = readSegment(item);
    if (segment === null) return null;
    segments.push(segment);
  }
  return { digest: digestOf(sha256), sizeBytes: size, segments };
}

function readSegment(value: unknown): Segment | null {
  if (!isMembers(value)) return null;
  const { sha256, length, pack, offset } = value;
  if (!isHex(sha256) || !isCount(length) || length === 0 || length > cutLimits.maxSegmentBytes) return null;
  const segment = { digest: digestOf(sha256), lengthBytes: length };
  if (pack === undefined && offset === undefined) return { ...segment, packed: null };
  if (!isHex(pack) || !isCount(offset) || offset + length > packLimits.maxBytes) return null;
  return { ...segment, packed: { pack: digestOf(pack), offset } };
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
