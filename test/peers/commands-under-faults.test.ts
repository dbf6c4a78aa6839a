// needs: versitygw, fake-gcs-server, azurite
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Digest, digestBytes, WeighbridgeError } from '@weighbridge/core';
import { fetchVersion, readOwner, type Surroundings } from '@weighbridge/flows';
import type { Bucket, CollectionOutcome, Store } from '@weighbridge/ports';
import { openAzureBucket, openBucketStore, openGcsBucket, openLocalFolder, openS3Bucket } from '@weighbridge/stores';
import {
  type AnswerDocuments,
  bytesSource,
  type FaultProxy,
  faultsOf,
  nodeSha256,
  openFaultProxy,
  seededBytes,
  type SeenRequest,
  writeSafetensors,
} from '@weighbridge/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  folder,
  type GovernedRepository,
  makeGovernedRepository,
  openSurroundings,
} from '../scenarios/governed-repository.js';
import * as azure from './azurite.js';
import * as gcs from './gcs-servers.js';
import * as s3 from './s3-servers.js';
import { quickly, type StartedServer } from './start-server.js';

/** A bucket of a service that runs, and how a policy names it. */
interface Served extends StartedServer {
  readonly policy: string;
  bucketAt(endpoint: string): Bucket;
}

const services: readonly {
  readonly name: string;
  readonly documents: AnswerDocuments;
  readonly start: () => Promise<Served>;
}[] = [
  {
    name: 'S3',
    documents: {
      serverError: s3.errorDocument(500, 'InternalError'),
      slowDown: s3.errorDocument(503, 'SlowDown'),
      expired: s3.errorDocument(400, 'ExpiredToken'),
    },
    start: async () => {
      const server = await s3.startVersityGateway();
      const place = await server.makeBucket();
      const credentials = async () => s3.rootKeys;
      return {
        ...server,
        policy: `{ type: s3, bucket: ${place.bucket}, region: ${place.region}, endpoint: "${place.endpoint}" }`,
        bucketAt: (endpoint) => openS3Bucket({ ...place, ...quickly, endpoint, credentials }),
      };
    },
  },
  {
    name: 'Google Cloud Storage',
    documents: {
      serverError: gcs.errorDocument(500, 'internalError'),
      slowDown: gcs.errorDocument(429, 'rateLimitExceeded'),
      expired: gcs.errorDocument(401, 'authError'),
    },
    start: async () => {
      const server = await gcs.startFakeGcs();
      const place = await server.makeBucket();
      const credentials = gcs.makeServiceAccount();
      return {
        ...server,
        policy: `{ type: gcs, bucket: ${place.bucket}, endpoint: "${place.endpoint}" }`,
        bucketAt: (endpoint) => openGcsBucket({ ...place, ...quickly, endpoint, credentials }),
      };
    },
  },
  {
    name: 'Azure',
    documents: {
      serverError: azure.errorDocument(500, 'InternalError'),
      slowDown: azure.errorDocument(503, 'ServerBusy'),
      expired: azure.errorDocument(401, 'InvalidAuthenticationInfo'),
    },
    start: async () => {
      const server = await azure.startAzurite();
      const { account, container, endpoint } = await server.makeContainer();
      const environment = azure.keyEnvironment;
      return {
        ...server,
        policy: `{ type: azure, account: ${account}, container: ${container}, endpoint: "${endpoint}" }`,
        bucketAt: (at) =>
          openAzureBucket({ account, container, ...quickly, endpoint: `${at}/${account}`, environment }),
      };
    },
  },
];

const clearCodes = ['store/io', 'store/denied', 'store/unreachable', 'store/corrupt'];
/** So short that a collection which was broken off is taken over soon. */
const collector = { leaseMs: 2000 };
const pollMs = 200;

/** Two tensors that lie in objects of their own, and what the seed decides of them. */
function modelOf(seed: number): Uint8Array {
  const tensor = (name: string, at: number) => ({
    name,
    dtype: 'U8' as const,
    shape: [100_000],
    bytes: seededBytes(2 * seed + at, 100_000),
  });
  return writeSafetensors({ tensors: [tensor('layer.0', 0), tensor('layer.1', 1)] });
}

/** Takes requests from the one with this number on; `once`, that one alone. */
function fromNumber(index: number): (seen: SeenRequest) => boolean {
  let passed = 0;
  return () => passed++ >= index;
}

describe.each(services)('commands under faults: $name', ({ documents, start }) => {
  let served: Served;
  let proxy: FaultProxy;
  let repository: GovernedRepository;
  let surroundings: Surroundings;
  let direct: Store;
  let scratch: string;
  const registered = modelOf(1);
  const registeredDigest = digestBytes(nodeSha256, registered);
  const faults = faultsOf(documents);

  beforeAll(async () => {
    vi.stubEnv('AWS_PROFILE', undefined);
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_ACCESS_KEY_ID', s3.rootKeys.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', s3.rootKeys.secretAccessKey);
    vi.stubEnv('AZURE_STORAGE_KEY', azure.accountKey);
    served = await start();
    proxy = await openFaultProxy(served.endpoint);
    repository = await makeGovernedRepository();
    const policy = await repository.read('weighbridge.yaml');
    await repository.write('weighbridge.yaml', policy.replace(/^store: .*$/m, `store: ${served.policy}`));
    await repository.write('.gitignore', '*.safetensors\n');
    repository.built.git('rm', '--quiet', '--cached', `${folder}/model.safetensors`);
    await repository.write(`${folder}/model.safetensors`, registered);
    await repository.run('store push');
    repository.commit('Weights are in a bucket');
    await repository.run('register');
    direct = openBucketStore(served.bucketAt(served.endpoint), { collector });
    const store = openBucketStore(served.bucketAt(proxy.address), { collector });
    surroundings = { ...(await openSurroundings(repository.root)), store };
  });
  beforeEach(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'weighbridge-faults-'));
  });
  afterEach(async () => {
    proxy.clear();
    await rm(scratch, { recursive: true, force: true });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await proxy.close();
    await served.stop();
    await repository.dispose();
  });

  const pull = (into: string) =>
    fetchVersion(surroundings, {
      model: 'fraud',
      version: '1.0.0',
      only: null,
      tensors: null,
      signed: false,
      dryRun: false,
      openFolder: () => openLocalFolder(into, { own: process.pid, space: 'here', isAlive: () => true }),
    });

  async function expectWhole(into: string): Promise<void> {
    expect(await readdir(into)).toEqual(['model.safetensors']);
    expect(Buffer.compare(await readFile(join(into, 'model.safetensors')), registered)).toBe(0);
  }

  async function requestsOf(run: () => Promise<unknown>): Promise<number> {
    proxy.clear();
    await run();
    return proxy.seen.length;
  }

  /** What came of it: null, or the code of an error, which is a clear one. */
  async function codeOf(run: () => Promise<unknown>): Promise<string | null> {
    try {
      await run();
      return null;
    } catch (cause) {
      if (!(cause instanceof WeighbridgeError)) throw cause;
      expect(clearCodes).toContain(cause.code);
      return cause.code;
    }
  }

  describe('pull', () => {
    test.each(faults)('$title, at each request once: the files are there and right', async ({ fault }) => {
      const requests = await requestsOf(() => pull(join(scratch, 'counted')));
      expect(requests).toBeGreaterThan(2);
      for (let index = 0; index < requests; index++) {
        const into = join(scratch, String(index));
        proxy.clear();
        proxy.inject(fault, { matches: fromNumber(index) });
        const code = await codeOf(() => pull(into));
        // Nothing vouches for a range, so that damage to it is found by the digest of what was to be there.
        if (code !== null) {
          expect(fault.kind).toBe('damage');
          expect(await readdir(into).catch(() => [])).not.toContain('model.safetensors');
          await pull(into);
        }
        await expectWhole(into);
      }
    });

    test.each(faults.filter(({ fault }) => fault.kind !== 'drip'))(
      '$title, for ever: no file that is not right, and the next pull completes',
      async ({ fault, title }) => {
        const requests = await requestsOf(() => pull(join(scratch, 'counted')));
        const index = faults.findIndex((each) => each.title === title) % requests;
        const into = join(scratch, 'broken');
        proxy.clear();
        proxy.inject(fault, { times: Number.POSITIVE_INFINITY, matches: fromNumber(index) });
        const code = await codeOf(() => pull(into));
        // What is sent while reading has no body that could be damaged.
        expect(code === null).toBe(fault.kind === 'damage' && fault.during === 'request');
        if (code !== null) expect(await readdir(into).catch(() => [])).not.toContain('model.safetensors');
        proxy.clear();
        await pull(into);
        await expectWhole(into);
      },
    );
  });

  describe('store collect', () => {
    let seed = 100;

    /** Stores a file that nothing will ever name. */
    async function forget(): Promise<Digest> {
      return (await direct.put(bytesSource(modelOf(++seed)))).digest;
    }

    /** As `store collect` does, without the days that a policy gives bytes which nobody registered. */
    async function collect(): Promise<CollectionOutcome> {
      const owner = (await readOwner(surroundings)) ?? expect.fail('there is no ledger');
      const collected = surroundings.store?.collector?.collect({
        live: async () => new Set([registeredDigest]),
        owner,
        unregisteredMs: 0,
        graceMs: 0,
        dryRun: false,
        now: new Date(),
      });
      return collected ?? expect.fail('the store collects nothing');
    }
    const condemnAndDelete = async () => {
      await collect();
      return collect();
    };

    /** As a job does that runs every night. */
    async function collectToTheEnd(): Promise<void> {
      for (let run = 0; run < 100; run++) {
        const { phase } = await collect();
        if (phase === 'nothing') return;
        await sleep(pollMs);
      }
      expect.fail('the collection came to no end');
    }

    async function expectNamedAlone(forgotten: Digest): Promise<void> {
      expect(await direct.has(forgotten)).toBe(false);
      await pull(join(scratch, `after-${seed}`));
      await expectWhole(join(scratch, `after-${seed}`));
      expect(await keysOf('recipes/')).toHaveLength(1);
      expect(await keysOf('sha256/')).toHaveLength(namedObjects);
    }

    async function keysOf(prefix: string): Promise<readonly string[]> {
      const keys: string[] = [];
      for await (const { key } of served.bucketAt(served.endpoint).list(prefix)) keys.push(key);
      return keys;
    }

    let namedObjects = 0;
    let requests = 0;
    beforeAll(async () => {
      namedObjects = (await keysOf('sha256/')).length;
      await forget();
      requests = await requestsOf(condemnAndDelete);
    });

    // A listing has no checksum: what is damaged there cannot be told from what was listed.
    const told = faults.filter(({ fault }) => fault.kind !== 'damage');

    test.each(told)('$title, at one request in nine, once: completes', async ({ fault, title }) => {
      expect(requests).toBeGreaterThan(10);
      const first = told.findIndex((each) => each.title === title) % 9;
      for (let index = first; index < requests; index += 9) {
        const forgotten = await forget();
        proxy.clear();
        proxy.inject(fault, { matches: fromNumber(index) });
        expect(await codeOf(condemnAndDelete)).toBeNull();
        expect(proxy.seen.length).toBeGreaterThan(index);
        proxy.clear();
        await collectToTheEnd();
        await expectNamedAlone(forgotten);
      }
    });

    test.each(told.filter(({ fault }) => fault.kind !== 'drip'))(
      '$title, for ever: a clear error, nothing that is named is lost, and a later run completes',
      async ({ fault, title }) => {
        const number = told.findIndex((each) => each.title === title);
        for (const index of [number, Math.floor((requests * (number + 1)) / (told.length + 1))]) {
          const forgotten = await forget();
          proxy.clear();
          proxy.inject(fault, { times: Number.POSITIVE_INFINITY, matches: fromNumber(index) });
          expect(await codeOf(condemnAndDelete)).not.toBeNull();
          proxy.clear();
          await collectToTheEnd();
          await expectNamedAlone(forgotten);
        }
      },
    );
  });
});
