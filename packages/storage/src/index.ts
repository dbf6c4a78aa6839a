export { type ChunkLimits, chunkLimits, endOfChunk } from './chunk.js';
export { type ByteSpan, type CutLimits, cutLimits, type Piece, planCut, type Stretch } from './cut.js';
export {
  type Condemned,
  condemnedKey,
  condemnedLimits,
  formatCondemned,
  isNewerCondemned,
  parseCondemned,
  type Suspended,
} from './condemned.js';
export { type ElementWidth, elementWidths, guessElementWidth } from './byte-planes.js';
export {
  type CompressedHeader,
  compressedHeaderBytes,
  compressionLimits,
  compressObject,
  type Deflate,
  expandObject,
  type Inflate,
  readCompressedHeader,
} from './compressed-object.js';
export {
  compressedKey,
  digestOfKey,
  digestOfPin,
  digestOfRestored,
  incompressibleKey,
  isObjectKey,
  objectKey,
  pinKey,
  quarantineKey,
  recipeKey,
  restoredKey,
} from './object-keys.js';
export { endsPack, fitsPack, isPacked, packLimits } from './pack.js';
export { type LocatedPart, locateParts } from './locate.js';
export { formatRecipe, parseRecipe, type Recipe, recipeLimits, type Segment } from './recipe.js';
export { formatOwners, ownersKey, parseOwners } from './owners.js';
