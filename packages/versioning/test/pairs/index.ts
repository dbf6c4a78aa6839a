import type { Pair } from './pair.js';
import { architecturePairs } from './architecture.js';
import { estimatorPairs } from './estimators.js';
import { graphsPairs } from './graphs.js';
import { interfacePairs } from './interface.js';
import { lineagePairs } from './lineage.js';
import { settingsPairs } from './settings.js';
import { tokenizerPairs } from './tokenizer.js';
import { weightsPairs } from './weights.js';

/** Every pair there is. */
export const pairs: readonly Pair[] = [
  ...weightsPairs,
  ...architecturePairs,
  ...estimatorPairs,
  ...graphsPairs,
  ...tokenizerPairs,
  ...settingsPairs,
  ...interfacePairs,
  ...lineagePairs,
];
