import { type Digest, WeighbridgeError } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { parseRecipe, quarantineKey, type Recipe, recipeLimits } from '@weighbridge/storage';
import { readAsItLies } from '../reading/read-as-it-lies.js';

/** What quarantine has under the digest of a file. */
export interface SetAsideRecipes {
  /** Those that can be read, each with its text: earlier releases set the recipe of a file aside with its damage. */
  readonly recipes: readonly { readonly recipe: Recipe; readonly bytes: Uint8Array }[];
  /** Whether there is anything, of which it is then known that it was stored here. */
  readonly isKnown: boolean;
}

/** Looks for recipes of a file in quarantine. @throws store/recipe-newer */
export async function findSetAside(bucket: Bucket, digest: Digest): Promise<SetAsideRecipes> {
  const recipes: SetAsideRecipes['recipes'][number][] = [];
  let isKnown = false;
  for await (const { key, sizeBytes } of bucket.list(quarantineKey(digest, ''))) {
    isKnown = true;
    const held = sizeBytes > recipeLimits.maxBytes ? null : await readAsItLies(bucket, key);
    const recipe = held === null ? null : unlessMalformed(held.bytes, digest, `${bucket.address}/${key}`);
    if (held !== null && recipe !== null) recipes.push({ recipe, bytes: held.bytes });
  }
  return { recipes, isKnown };
}

/** Null for what is no recipe: damage has many forms, and objects lie there, too. */
function unlessMalformed(bytes: Uint8Array, digest: Digest, path: string): Recipe | null {
  try {
    return parseRecipe(bytes, { digest, path });
  } catch (cause) {
    if (cause instanceof WeighbridgeError && cause.code === 'store/recipe-malformed') return null;
    throw cause;
  }
}
