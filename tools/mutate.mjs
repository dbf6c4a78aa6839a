// `npm run mutate [-- FILE…]`: puts small faults into the sources, one at a time, and counts how many the tests notice.
// Without files it takes those of stryker.config.mjs. Slow (a fraction of a second for each fault), so no part of `npm test`.
// Results of earlier runs are used again for what did not change; .cache/mutation.json lists every fault.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './command.mjs';

const files = process.argv.slice(2);
const absent = files.filter((file) => !file.includes('*') && !existsSync(join(root, file)));
if (absent.length > 0) {
  console.error(`mutate: there is no file ${absent.join(', ')}; name sources from the root of the repository`);
  process.exit(2);
}
const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
const chosen = files.length === 0 ? [] : ['--mutate', [...files, '!**/*.test.ts'].join(',')];
const packages = [...new Set(files.map((file) => /^packages\/([^/]+)\//.exec(file)?.[1] ?? 'gates'))];
const { status } = spawnSync(process.execPath, [stryker, 'run', ...chosen], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, MUTATED_PACKAGES: files.length === 0 ? 'gates' : packages.join(',') },
});
process.exitCode = status ?? 1;
