import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  folder,
  type GovernedRepository,
  localEnvironment,
  makeGovernedRepository,
  weights,
} from '../scenarios/governed-repository.js';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const program = at('../../packages/cli/build/main.js');
const counter = new URL('../bench/count-reads.mjs', import.meta.url).href;
/** Magic numbers, headers and what tells a format are read before the one pass. */
const headBytes = 128 * 1024;

let repository: GovernedRepository;
beforeEach(async () => {
  repository = await makeGovernedRepository();
  await repository.write(`${folder}/model.safetensors`, weights(1, [6_000, 1_000]));
  repository.commit('Larger weights');
});
afterEach(() => repository.dispose());

/** Bytes that the built program reads of the weights, through handles of its own process. */
async function readsOf(...words: readonly string[]): Promise<number> {
  const report = join(repository.store, 'reads.json');
  await promisify(execFile)(process.execPath, ['--import', counter, program, ...words, '-C', repository.root], {
    env: {
      ...localEnvironment(),
      BENCH_READS_OF: join(repository.root, folder, 'model.safetensors'),
      BENCH_READS_TO: report,
    },
  });
  return (JSON.parse(await readFile(report, 'utf8')) as { readonly ofFile: number }).ofFile;
}

test.each(['register', 'store push'])('"%s" reads each file once, as it is built', async (words) => {
  const { size } = await stat(join(repository.root, folder, 'model.safetensors'));
  expect(size).toBeGreaterThan(24_000_000);
  const read = await readsOf(...words.split(' '));
  expect(read).toBeGreaterThanOrEqual(size);
  expect(read).toBeLessThanOrEqual(size + headBytes);
});
