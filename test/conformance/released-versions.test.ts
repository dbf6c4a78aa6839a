import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Digest, invariant } from '@weighbridge/core';
import type { Store } from '@weighbridge/ports';
import { openBucketStore } from '@weighbridge/stores';
import { bytesSource, openMemoryBucket, seededBytes } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import type { DueVersion } from '../../packages/flows/src/retention/due-versions.js';
import { measureFreed } from '../../packages/flows/src/retention/freed-bytes.js';
import type { WholeCatalogue, WholeVersion } from '../../packages/flows/src/registry/version-artifacts.js';

type File = { readonly digest: Digest; readonly sizeBytes: number };

function version(name: string, files: readonly File[]): WholeVersion {
  const artifacts = files.map(({ digest, sizeBytes }, index) => {
    return { path: `${index}`, size: sizeBytes, sha256: digest.slice('sha256:'.length) };
  });
  return { version: name, artifacts, store: 'memory:test' } as unknown as WholeVersion;
}

function catalogueOf(...versions: readonly WholeVersion[]): WholeCatalogue {
  return { model: 'fraud', versions } as unknown as WholeCatalogue;
}

function due(...versions: readonly WholeVersion[]): readonly DueVersion[] {
  return versions.map((each) => ({ model: 'fraud', version: each }) as unknown as DueVersion);
}

describe('what giving up versions frees', () => {
  test('is what no version has which stays, and none before it', async () => {
    const store = openBucketStore(openMemoryBucket());
    const put = async (bytes: Uint8Array): Promise<File> => store.put(bytesSource(bytes));
    const [a, b, c] = [seededBytes(1, 300_000), seededBytes(2, 200_000), seededBytes(3, 1000)];
    const own = await put(a);
    const shared = await put(b);
    const small = await put(c);
    const [first, second, kept] = [
      version('1.0.0', [own, shared, small]),
      version('1.0.1', [own, small, small]),
      version('1.1.0', [shared]),
    ];
    const sizes = await measureFreed(store, [catalogueOf(first, second, kept)], due(first, second));
    expect(sizes).toEqual([
      { bytes: 501_000, freed: 301_000 },
      { bytes: 302_000, freed: 0 },
    ]);
    expect((await measureFreed(store, [catalogueOf(first, second, kept)], due(second)))[0]?.freed).toBe(0);
  });

  test('holds the layouts of a few files at a time, however many versions stay', async () => {
    const store = openBucketStore(openMemoryBucket());
    const files: File[] = [];
    for (let seed = 0; seed < 60; seed++) files.push(await store.put(bytesSource(seededBytes(seed, 500))));
    const answered: WeakRef<object>[] = [];
    let most = 0;
    const watching: Store = {
      ...store,
      async describe(digest) {
        // What was asked for by a WeakRef stays until this turn is over.
        await setImmediate();
        collectGarbage();
        most = Math.max(most, answered.filter((each) => each.deref() !== undefined).length);
        const layout = await store.describe(digest);
        invariant(layout !== null, 'a file was stored and is not there');
        answered.push(new WeakRef(layout));
        return layout;
      },
    };
    const versions = files.map((file, index) => version(`1.0.${index}`, [file]));
    await measureFreed(watching, [catalogueOf(...versions)], due(...versions.slice(0, 30)));
    expect(most).toBeLessThanOrEqual(16);
  });
});

/** Without a flag of the command line. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}
