import { isAbsolute, join, relative } from 'node:path';
import { weighbridgeError } from '@weighbridge/core';
import type { FolderStorePolicy, StorePolicy } from '@weighbridge/manifest';
import type { Store } from '@weighbridge/ports';
import { openBucketStore, openFolderStore } from '@weighbridge/stores';
import { bufferBytesOf } from './buffer-size.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a store is opened from. */
export interface StoreSurroundings {
  /** Of the checkout. */
  readonly root: string;
  /** Of the main work tree, where the checkout is linked to one: relative folders are told from there. */
  readonly mainRoot: string | null;
  readonly environment: Environment;
}

/**
 * The store that a policy names; null when it names none. Nothing is written or asked before the first use.
 * @throws store/misconfigured for an endpoint that is no address, store/buffer-size
 */
export async function openStore(policy: StorePolicy | null, surroundings: StoreSurroundings): Promise<Store | null> {
  switch (policy?.type) {
    case undefined:
      return null;
    case 'folder':
      return openLastingFolder(policy, surroundings);
    case 's3':
    case 'gcs':
    case 'azure': {
      const { openBucket } = await import('./open-bucket.js');
      const bufferBytes = bufferBytesOf(surroundings.environment);
      return openBucketStore(openBucket(policy, surroundings.environment), { bufferBytes });
    }
  }
}

/**
 * A folder store in a CI job must outlive the job: what will vanish can be read, and writing to it throws
 * flow/store-not-persistent.
 */
function openLastingFolder(policy: FolderStorePolicy, surroundings: StoreSurroundings): Store {
  const bufferBytes = bufferBytesOf(surroundings.environment);
  const store = openFolderStore(placeOf(policy.path, surroundings), { bufferBytes });
  if (!vanishesWithJob(policy.path, surroundings)) return store;
  const refuse = async () => {
    throw weighbridgeError('flow/store-not-persistent', { path: policy.path });
  };
  return { ...storeMethods(store), put: refuse, ingest: refuse, collector: null, arranger: null };
}

/** Whether this is a job of a CI that a folder store does not outlive. The path is as a policy has it. */
export function vanishesWithJob(path: string, surroundings: StoreSurroundings): boolean {
  const { root, mainRoot, environment } = surroundings;
  const inJob = environment['GITHUB_ACTIONS'] === 'true' || environment['CI'] === 'true';
  const place = placeOf(path, surroundings);
  const inCheckout = isInside(root, place) || (mainRoot !== null && isInside(mainRoot, place));
  return inJob && (environment['RUNNER_ENVIRONMENT'] === 'github-hosted' || inCheckout);
}

function placeOf(path: string, { root, mainRoot }: StoreSurroundings): string {
  return isAbsolute(path) ? path : join(mainRoot ?? root, path);
}

function isInside(folder: string, path: string): boolean {
  const inner = relative(folder, path);
  return !inner.startsWith('..') && !isAbsolute(inner);
}

/** Reading a store that will vanish is harmless; only writing to it would lose bytes. */
function storeMethods(store: Store): Store {
  return {
    address: store.address,
    has: (digest) => store.has(digest),
    keep: (digest) => store.keep(digest),
    collector: store.collector,
    tiers: store.tiers,
    arranger: store.arranger,
    ingest: (source, options) => store.ingest(source, options),
    put: (source, options) => store.put(source, options),
    verify: (digest) => store.verify(digest),
    open: (digest) => store.open(digest),
    fetchTo: (digest, path, options) => store.fetchTo(digest, path, options),
    describe: (digest) => store.describe(digest),
    presign: (digest, options) => store.presign(digest, options),
    quarantine: (digest) => store.quarantine(digest),
  };
}
