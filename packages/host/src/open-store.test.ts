import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesSource } from '@weighbridge/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from './open-store.js';

describe('a folder as a store', () => {
  let root: string;
  let outside: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'weighbridge-checkout-'));
    outside = await mkdtemp(join(tmpdir(), 'weighbridge-store-'));
  });
  afterAll(async () => {
    for (const folder of [root, outside]) await rm(folder, { recursive: true });
  });

  const inCheckout = () => 'store';
  const elsewhere = () => outside;
  const hosted = { GITHUB_ACTIONS: 'true', RUNNER_ENVIRONMENT: 'github-hosted' };

  it.each([
    ['in the checkout on a machine of somebody', inCheckout, {}, true],
    ['in the checkout of a job of GitHub', inCheckout, { GITHUB_ACTIONS: 'true' }, false],
    ['in the checkout of a job of any other', inCheckout, { CI: 'true' }, false],
    ['outside of it, on a runner that stays', elsewhere, { CI: 'true', GITHUB_ACTIONS: 'true' }, true],
    ['outside of it, on a runner that vanishes', elsewhere, hosted, false],
  ])('%s takes bytes only where it stays', async (_, path, environment, isWritten) => {
    const store = await openStore({ type: 'folder', path: path() }, { root, mainRoot: null, environment });
    const written = store?.ingest(bytesSource(Uint8Array.of(1, 2, 3), 'model.bin'));
    if (isWritten) expect(await written).toMatchObject({ sizeBytes: 3 });
    else await expect(written).rejects.toMatchObject({ code: 'flow/store-not-persistent' });
  });

  it('has the buffers that the environment asks for', async () => {
    const environment = { WEIGHBRIDGE_BUFFER_MIB: 'many' };
    await expect(
      openStore({ type: 'folder', path: outside }, { root, mainRoot: null, environment }),
    ).rejects.toMatchObject({
      code: 'store/buffer-size',
    });
  });

  it('is told from the main work tree in one that is linked to it, and refused there by CI like its own', async () => {
    const linked = join(outside, 'linked');
    const at = (environment: Readonly<Record<string, string>>) =>
      openStore({ type: 'folder', path: 'store' }, { root: linked, mainRoot: root, environment });
    expect((await at({}))?.address).toBe(`folder:${join(root, 'store')}`);
    const written = (await at({ CI: 'true' }))?.ingest(bytesSource(Uint8Array.of(1), 'model.bin'));
    await expect(written).rejects.toMatchObject({ code: 'flow/store-not-persistent' });
  });
});
