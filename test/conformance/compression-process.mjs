// One process of a shared folder store: `node compression-process.mjs <root> <register|arrange|collect> <seed> <count>`.
// Registers files that share tensors, one line of the file `registered` each; or compresses and expands them all in turn;
// or collects.
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { arrangeObjects, openFolderBucket, openFolderStore } from '@weighbridge/stores';

const [root, task, seed, count] = process.argv.slice(2);
const leaseMs = 1500;
const store = openFolderStore(root, { collector: { leaseMs } });
const bucket = openFolderBucket(root);
const tensorBytes = 80 * 1024;
const named = join(root, '..', 'registered');

/** Makes models; only who registers pays for loading what that takes, since many processes are started. */
async function openModels() {
  const { bytesSource, seededBytes, writeSafetensors } = await import('@weighbridge/testkit');
  /** Noise but for the exponents. */
  const weights = (from) =>
    seededBytes(from, tensorBytes).map((byte, index) => (index % 4 === 3 ? 0x3c + (byte & 1) : byte));
  const tensor = (name, from) => ({ name, dtype: 'F32', shape: [tensorBytes / 4], bytes: weights(from) });
  return (number) => {
    const tensors = [tensor('a', 1 + (number % 6)), tensor('b', 1 + ((number * 5 + 2) % 6))];
    return bytesSource(writeSafetensors({ tensors }), 'model');
  };
}
const modelOf = task === 'register' ? await openModels() : null;
const registered = () =>
  readFileSync(named, 'utf8')
    .split('\n')
    .filter((line) => line.length === 71);
const unregisteredMs = 2 * 24 * 60 * 60 * 1000;

console.log('begins');
for (let turn = 0; turn < Number(count); turn++) {
  if (task === 'register') {
    const { digest } = await store.put(modelOf((Number(seed) + turn * 3) % 8));
    await store.keep(digest);
    appendFileSync(named, `${digest}\n`);
  } else if (task === 'arrange') {
    const [compressed, plain] = (turn + Number(seed)) % 2 === 0 ? [registered(), []] : [[], registered()];
    const done = await arrangeObjects(bucket, { compressed, plain, unregisteredMs, means: { leaseMs } });
    console.log(`compressed ${done.compressed.objects - done.waiting > 0} expanded ${done.expanded.objects > 0}`);
  } else {
    const given = { owner: 'processes', unregisteredMs, graceMs: 30, dryRun: false, now: new Date() };
    console.log((await store.collector.collect({ live: async () => new Set(registered()), ...given })).phase);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
