import { createHash } from 'node:crypto';
import type { Bucket } from '@weighbridge/ports';
import { openAzureBucket, openGcsBucket, openS3Bucket } from '@weighbridge/stores';
import { vi } from 'vitest';
import { account, accountKey, keyEnvironment, startAzurite } from './azurite.js';
import { startFakeGcs } from './gcs-servers.js';
import { rootKeys, startMoto, startVersityGateway } from './s3-servers.js';

/** A bucket of a server that keeps files for somebody, and how a job reads it. */
export interface Kept {
  /** Of a job that may read it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Of `runs/42/` in the bucket, with its slash. */
  readonly prefix: string;
  /** The service says the SHA-256. */
  readonly says: boolean;
  /** Instead of what was there. */
  put(key: string, bytes: Uint8Array): Promise<unknown>;
  remove(key: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** Every server, by its name. The keys of S3 are given to the process. */
export const servers: Readonly<Record<string, () => Promise<Kept>>> = {
  versitygw: async () => keptInS3(await startVersityGateway()),
  moto: async () => keptInS3(await startMoto()),
  async 'fake-gcs-server'() {
    const server = await startFakeGcs();
    const place = await server.makeBucket();
    const environment = { STORAGE_EMULATOR_HOST: server.endpoint };
    const told = { environment, prefix: `gs://${place.bucket}/runs/42/`, says: false };
    return { ...told, ...writing(openGcsBucket(place)), stop: server.stop };
  },
  async azurite() {
    const server = await startAzurite();
    const place = await server.makeContainer();
    const environment = { AZURE_STORAGE_CONNECTION_STRING: connectionTo(place.endpoint, accountKey) };
    const told = { environment, prefix: `az://${place.container}@${account}/runs/42/`, says: false };
    return { ...told, ...writing(openAzureBucket({ ...place, environment: keyEnvironment })), stop: server.stop };
  },
};

/** How a job says who it is to an Azurite. */
export function connectionTo(endpoint: string, key: string): string {
  return `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};BlobEndpoint=${endpoint};`;
}

async function keptInS3(server: Awaited<ReturnType<typeof startMoto>>): Promise<Kept> {
  const place = await server.makeBucket();
  // The chain of the AWS SDK reads the environment of the process.
  vi.stubEnv('AWS_ACCESS_KEY_ID', rootKeys.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', rootKeys.secretAccessKey);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  const environment = { AWS_ENDPOINT_URL: server.endpoint };
  const told = { environment, prefix: `s3://${place.bucket}/runs/42/`, says: true };
  return { ...told, ...writing(openS3Bucket({ ...place, credentials: async () => rootKeys })), stop: server.stop };
}

function writing(bucket: Bucket): Pick<Kept, 'put' | 'remove'> {
  return {
    async put(key, bytes) {
      await bucket.remove(key);
      await bucket.create(key, [bytes], { sha256: createHash('sha256').update(bytes).digest() });
    },
    remove: (key) => bucket.remove(key),
  };
}
