import { isAbsolute, join, relative } from 'node:path';
import { weighbridgeError } from '@weighbridge/core';
import type { FolderStorePolicy, StorePolicy } from '@weighbridge/manifest';
import type { Store } from '@weighbridge/ports';
import { openBucketStore, openFolderStore } from '@weighbridge/stores';

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
 * @throws store/misconfigured for an endpoint that is no address
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
      return openBucketStore(openBucket(policy, surroundings.environment));
    }
  }
}

/**
 * A folder store in a CI job must outlive the job: what will vanish can be read, and writing to it throws
 * flow/store-not-persistent.
 */
function openLastingFolder(policy: FolderStorePolicy, { root, mainRoot, environment }: StoreSurroundings): Store {
  const path = isAbsolute(policy.path) ? policy.path : join(mainRoot ?? root, policy.path);
  const store = openFolderStore(path);
  const inCheckout = isInside(root, path) || (mainRoot !== null && isInside(mainRoot, path));
  const vanishes = environment['RUNNER_ENVIRONMENT'] === 'github-hosted' || inCheckout;
  const inJob = environment['GITHUB_ACTIONS'] === 'true' || environment['CI'] === 'true';
  if (!inJob || !vanishes) return store;
  const refuse = async () => {
    throw weighbridgeError('flow/store-not-persistent', { path: policy.path });
  };
  return { ...storeMethods(store), put: refuse, ingest: refuse, collector: null, arranger: null };
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
