import { createHash } from 'node:crypto';
import { utf8, WeighbridgeError } from '@weighbridge/core';
import { formatRecipe, type Recipe, recipeKey } from '@weighbridge/storage';
import { findMissing } from '../collection/pins.js';
import { type ObjectKeeper, placeObject } from '../place-object.js';
import { fileOfRecipe } from '../reading/stored-file.js';
import { streamFile } from '../reading/stream-file.js';
import type { TransferMeans } from '../transfer/means.js';

/** Codes that say of a recipe that is there that no file comes of it. */
const uselessCodes: readonly string[] = ['store/missing', 'store/corrupt', 'store/recipe-malformed'];

/**
 * Writes the recipe of a file whose bytes are stored. Another recipe that is there already is as good when it can be
 * read and its objects are there, and where present objects are compared when its file comes out right; else it is set aside and replaced.
 */
export async function commitRecipe(
  keeper: ObjectKeeper,
  means: TransferMeans,
  recipe: Recipe,
): Promise<'created' | 'present' | 'healed'> {
  const { digest } = recipe;
  const { bucket } = keeper;
  const key = recipeKey(digest);
  const body = utf8(formatRecipe(recipe));

  async function accepts(present: Uint8Array): Promise<boolean> {
    try {
      const file = fileOfRecipe(present, { digest, path: `${bucket.address}/${key}` });
      if (keeper.comparesPresent) await streamFile(file, { bucket, means });
      else return (await findMissing(bucket, new Set(file.segments.map(({ object }) => object)))) === null;
      return true;
    } catch (cause) {
      if (cause instanceof WeighbridgeError && uselessCodes.includes(cause.code)) return false;
      throw cause;
    }
  }

  const sha256 = createHash('sha256').update(body).digest();
  return placeObject(keeper, { key, about: digest, body: [body], sizeBytes: body.length, sha256, accepts });
}
