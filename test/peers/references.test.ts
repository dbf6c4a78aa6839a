// needs: azurite, fake-gcs-server, moto, versitygw
import { createHash } from 'node:crypto';
import { formatAddress, remoteReferenceOf, type RemoteReference } from '@weighbridge/manifest';
import type { RemoteFiles } from '@weighbridge/ports';
import { openAzureBucket, openGcsBucket, openS3Bucket } from '@weighbridge/stores';
import { seededBytes } from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSources } from '../../packages/host/src/open-sources.js';
import { account, accountKey, keyEnvironment, startAzurite } from './azurite.js';
import { startFakeGcs } from './gcs-servers.js';
import { rootKeys, startMoto, startVersityGateway } from './s3-servers.js';

const weights = seededBytes(3, 100_000);
const labels = new TextEncoder().encode('{"a": 1}\n');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

/** A server, what was put into it below `runs/`, and how it is asked. */
interface Kept {
  readonly environment: Readonly<Record<string, string>>;
  /** Of the prefix `runs/42/`, with its slash. */
  readonly prefix: string;
  /** The service says the SHA-256. */
  readonly says: boolean;
  readonly stop: () => Promise<void>;
}

type Put = (key: string, bytes: Uint8Array) => Promise<unknown>;
async function fill(put: Put): Promise<void> {
  await put('runs/42/model.onnx', weights);
  await put('runs/42/text/labels.json', labels);
  await put('runs/421/model.onnx', labels);
}

const servers: Readonly<Record<string, () => Promise<Kept>>> = {
  versitygw: async () => keptInS3(await startVersityGateway()),
  moto: async () => keptInS3(await startMoto()),
  async 'fake-gcs-server'() {
    const server = await startFakeGcs();
    const place = await server.makeBucket();
    const bucket = openGcsBucket(place);
    await fill((key, bytes) => bucket.create(key, [bytes], { sha256: sha256(bytes) }));
    const environment = { STORAGE_EMULATOR_HOST: server.endpoint };
    return { environment, prefix: `gs://${place.bucket}/runs/42/`, says: false, stop: server.stop };
  },
  async azurite() {
    const server = await startAzurite();
    const place = await server.makeContainer();
    const bucket = openAzureBucket({ ...place, environment: keyEnvironment });
    await fill((key, bytes) => bucket.create(key, [bytes], { sha256: sha256(bytes) }));
    const connection = `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${accountKey};BlobEndpoint=${place.endpoint};`;
    const environment = { AZURE_STORAGE_CONNECTION_STRING: connection };
    return { environment, prefix: `az://${place.container}@${account}/runs/42/`, says: false, stop: server.stop };
  },
};

async function keptInS3(server: Awaited<ReturnType<typeof startMoto>>): Promise<Kept> {
  const place = await server.makeBucket();
  const bucket = openS3Bucket({ ...place, credentials: async () => rootKeys });
  await fill((key, bytes) => bucket.create(key, [bytes], { sha256: sha256(bytes) }));
  // The chain of the AWS SDK reads the environment of the process.
  vi.stubEnv('AWS_ACCESS_KEY_ID', rootKeys.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', rootKeys.secretAccessKey);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  const environment = { AWS_ENDPOINT_URL: server.endpoint };
  return { environment, prefix: `s3://${place.bucket}/runs/42/`, says: true, stop: server.stop };
}

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
