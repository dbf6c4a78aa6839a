export { formatSafetensorsHeader } from './format-header.js';
export { looksLikeSafetensors, maxSafetensorsHeaderBytes, readSafetensorsHeader } from './read-header.js';
export {
  maxShards,
  type OpenedSource,
  parseSafetensorsIndex,
  readShardedSafetensors,
  type SafetensorsIndex,
  safetensorsIndexFacts,
} from './sharded.js';
