// needs: azurite, fake-gcs-server, moto, versitygw
import { createHash } from 'node:crypto';
import { formatAddress, remoteReferenceOf, type RemoteReference } from '@weighbridge/manifest';
import type { RemoteFiles } from '@weighbridge/ports';
import { seededBytes } from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSources } from '../../packages/host/src/open-sources.js';
import { type Kept, servers } from './kept-files.js';

const weights = seededBytes(3, 100_000);
const labels = new TextEncoder().encode('{"a": 1}\n');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

function reference(text: string): RemoteReference {
  const parsed = remoteReferenceOf(text);
  if (parsed === null) throw new Error(`${text} is not remote`);
  return parsed;
}

describe.each(Object.keys(servers))('files that %s keeps', (name) => {
  let kept: Kept;
  beforeEach(async () => {
    const start = servers[name];
    if (start === undefined) throw new Error('no such server');
    kept = await start();
    await kept.put('runs/42/model.onnx', weights);
    await kept.put('runs/42/text/labels.json', labels);
    await kept.put('runs/421/model.onnx', labels);
  });
  afterEach(async () => {
    await kept.stop();
    vi.unstubAllEnvs();
  });
  const open = (): RemoteFiles => openSources(kept.environment).remote;

  it('are listed below a prefix and by patterns, and read by ranges of what was pinned', async () => {
    const { prefix, says } = kept;
    const listing = await open().list(reference(prefix));
    if (listing.kind !== 'files') throw new Error(listing.because);
    const found = Object.fromEntries(listing.files.map((file) => [file.name, file]));
    expect(Object.keys(found).sort()).toEqual(['model.onnx', 'text/labels.json']);
    const model = found['model.onnx'];
    if (model === undefined) throw new Error('no model');
    expect(model.sizeBytes).toBe(weights.length);
    expect(model.sha256).toBe(says ? `sha256:${sha256(weights).toString('hex')}` : null);
    const source = await open().open(model);
    expect(Buffer.compare(await source.read(70_000, 300), weights.subarray(70_000, 70_300))).toBe(0);
    expect(Buffer.compare(await source.read(0, weights.length), weights)).toBe(0);
    expect((await source.read(5, 0)).length).toBe(0);

    const pinned = await open().list(model.address);
    expect(pinned).toMatchObject({ kind: 'files', files: [{ sizeBytes: weights.length, sha256: model.sha256 }] });
    const matching = await open().list(reference(`${prefix}*.onnx`));
    expect(matching).toMatchObject({ kind: 'files', files: [{ name: 'model.onnx', address: model.address }] });
    if (name === 'fake-gcs-server') expect(formatAddress(model.address)).toMatch(/#\d+$/);
  });

  it('are absent where there is nothing, and unread where there is no such bucket', async () => {
    const { prefix } = kept;
    expect(await open().list(reference(`${prefix}none.onnx`))).toMatchObject({ kind: 'absent' });
    expect(await open().list(reference(`${prefix}none/`))).toMatchObject({ kind: 'absent' });
    const elsewhere = prefix.replace('models-1', 'nowhere-at-all');
    expect(await open().list(reference(`${elsewhere}model.onnx`))).toMatchObject({ kind: 'unread' });
    // A prefix alone names no object, and the answer says how all below it is meant.
    const bare = await open().list(reference(prefix.slice(0, -1)));
    expect(bare).toMatchObject({ kind: 'absent', remedy: expect.stringContaining('slash') });
    const other = { ...reference(`${prefix}gone.onnx`) };
    await expect((await open().open({ address: other, sizeBytes: 5 })).read(0, 5)).rejects.toMatchObject({
      code: 'source/gone',
    });
    const shorter = { address: reference(`${prefix}text/labels.json`), sizeBytes: 900 };
    await expect((await open().open(shorter)).read(800, 50)).rejects.toMatchObject({ code: 'source/changed' });
  });
});
