import type { Forge } from '@weighbridge/ports';
import type { ForgeWorld } from './forge-world.js';

/** One forge for one test, with the world that it looks at. Its repository has a branch `main`. */
export interface ForgeUnderTest {
  readonly forge: Forge;
  readonly world: ForgeWorld;
  dispose(): Promise<void>;
}
