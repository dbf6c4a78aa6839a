// One process of a shared folder store: `node collection-process.mjs <root> <register|collect|hold|pull> <seed> <count>`.
// Registers files that share tensors, one line of the file `registered` each, or collects, or pulls what is registered,
// again and again; or begins to delete, and comes to no end.
import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openFolderStore } from '@weighbridge/stores';
import { bytesSource, seededBytes, writeSafetensors } from '@weighbridge/testkit';

const [root, task, seed, count] = process.argv.slice(2);
const leaseMs = 1500;
const store = openFolderStore(root, { collector: { leaseMs } });
const tensorBytes = 70 * 1024;
const named = join(root, '..', 'registered');

const tensor = (name, from) => ({ name, dtype: 'U8', shape: [tensorBytes], bytes: seededBytes(from, tensorBytes) });

/** Files with the numbers 0 to 7 exist in pairs of six tensors, so that each shares some with others. */
function modelOf(number) {
  return writeSafetensors({ tensors: [tensor('a', 1 + (number % 6)), tensor('b', 1 + ((number * 5 + 2) % 6))] });
}

const registered = () =>
  readFileSync(named, 'utf8')
    .split('\n')
    .filter((line) => line.length === 71);

/** What is named is asked for under the lease of a deletion. */
function hold() {
  console.log('holds');
  return new Promise((resolve) => setTimeout(resolve, 3_600_000));
}

const pulled = join(root, '..', 'pulled');
mkdirSync(pulled, { recursive: true });

console.log('begins');
for (let turn = 0; turn < Number(count); turn++) {
  if (task === 'register') {
    const { digest } = await store.put(bytesSource(modelOf((Number(seed) + turn * 3) % 8), 'model'));
    await store.keep(digest);
    appendFileSync(named, `${digest}\n`);
    continue;
  }
  if (task === 'pull') {
    const digests = registered();
    const digest = digests[(Number(seed) + turn * 3) % digests.length];
    if (digest === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      continue;
    }
    const target = join(pulled, digest.slice('sha256:'.length));
    rmSync(target, { force: true });
    await store.fetchTo(digest, target);
    continue;
  }
  const outcome = await store.collector.collect({
    live: task === 'hold' ? hold : async () => new Set(registered()),
    owner: 'processes',
    unregisteredMs: 2 * 24 * 60 * 60 * 1000,
    graceMs: 30,
    dryRun: false,
    now: new Date(),
  });
  console.log(outcome.phase);
  await new Promise((resolve) => setTimeout(resolve, 20));
}
