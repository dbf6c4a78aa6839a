import type { Command } from '../host.js';
import { storeCollectCommand } from './store-collect.js';
import { storeTierCommand } from './store-tier.js';
import { storeRestoreCommand } from './store-restore.js';
import { storePushCommand } from './store-push.js';
import { storeStatsCommand } from './store-stats.js';
import { storeVerifyCommand } from './store-verify.js';

/** What is done with a store in jobs: `store url` is left out, since addresses are secrets and outputs are none. */
export const storeCommands: readonly Command[] = [
  storePushCommand,
  storeStatsCommand,
  storeVerifyCommand,
  storeCollectCommand,
  storeTierCommand,
  storeRestoreCommand,
];
