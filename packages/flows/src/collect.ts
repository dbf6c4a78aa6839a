import { type Digest, formatDigest, hexToBytes, weighbridgeError } from '@weighbridge/core';
import type { CollectionOutcome, Store, StoreCollector } from '@weighbridge/ports';
import type { Policy } from '@weighbridge/manifest';
import { findLostLedger } from './lost-ledger.js';
import { readOwner } from './own-store.js';
import { readBranchPolicy } from './policy-of-branch.js';
import { versionKey } from './retention/due-versions.js';
import { planRelease, recordRelease, type Release } from './retention/release-bytes.js';
import type { Surroundings } from './surroundings.js';

/** How a collection is asked for. */
export interface CollectRequest {
  /** The policy that named ledger and store when they were opened. */
  readonly opened: Policy;
  /** Instead of the grace of the policy; null for that one. */
  readonly graceMs: number | null;
  readonly dryRun: boolean;
  /** Notes first that no other repository keeps bytes in the store. */
  readonly claim: boolean;
}

/** What a run came to: of versions whose time is over, and of bytes that nothing names. */
export interface Collection {
  readonly release: Release;
  readonly outcome: CollectionOutcome;
}

/**
 * Gives up the bytes of versions that the policy of the default branch keeps no longer, which is an entry of the ledger,
 * and takes the next step of removing what no version names that keeps its bytes: condemns it, waits, or deletes it.
 * Nothing happens without a ledger that was read whole, at the remote that keeps it.
 * @throws flow/not-collectable, flow/policy-outdated, flow/no-policy, flow/unsigned, ledger/offline, and as
 * StoreCollector.collect and all reads of the ledger
 */
export async function collectStore(surroundings: Surroundings, request: CollectRequest): Promise<Collection> {
  const { store, collector } = requireCollector(surroundings);
  const remote = await surroundings.ledger.readOnly();
  if (remote !== null) throw weighbridgeError('ledger/offline', { remote });
  const owner = await readOwner(surroundings);
  if (owner === null) throw await noLedger(surroundings);
  const branch = await readBranchPolicy(surroundings, request.opened);
  if (request.claim && !request.dryRun) await collector.claim(owner);
  const release = await planRelease(surroundings, store, branch);
  if (!request.dryRun) await recordRelease(surroundings, branch, release.due);
  const foreseen = new Set(release.due.map(({ model, version }) => versionKey(model, version.version)));
  const { unregisteredMs, graceMs } = branch.policy.retention;
  const outcome = await collector.collect({
    live: () => readLive(surroundings, request.dryRun ? foreseen : new Set()),
    owner,
    unregisteredMs,
    graceMs: request.graceMs ?? graceMs,
    dryRun: request.dryRun,
    now: surroundings.clock.now(),
  });
  return { release, outcome };
}

/**
 * Every file of every version that keeps its bytes, as the ledger says at this moment.
 * @param foreseen versions that a dry run takes for given up
 */
async function readLive(surroundings: Surroundings, foreseen: ReadonlySet<string>): Promise<ReadonlySet<Digest>> {
  const { ledger } = surroundings;
  if ((await ledger.head()).size === 0) throw await noLedger(surroundings);
  const live = new Set<Digest>();
  for (const model of await ledger.models()) {
    const catalogue = await ledger.catalogue(model);
    if (catalogue === null) throw notCollectable(`the ledger lists the model ${model} and has no catalogue of it`);
    for (const { version, artifacts, released } of catalogue.versions) {
      if (released !== undefined || foreseen.has(versionKey(model, version))) continue;
      for (const { sha256 } of artifacts) live.add(formatDigest(hexToBytes(sha256)));
    }
  }
  return live;
}

function requireCollector({ store }: Surroundings): { readonly store: Store; readonly collector: StoreCollector } {
  if (store === null) throw notCollectable('weighbridge.yaml names no store');
  if (store.collector === null) throw notCollectable(`nothing is ever removed from ${store.address}`);
  return { store, collector: store.collector };
}

async function noLedger(surroundings: Surroundings) {
  const because = await findLostLedger(surroundings);
  return because === null
    ? notCollectable('there is no ledger that could say what is named')
    : weighbridgeError('flow/ledger-missing', { because });
}

function notCollectable(reason: string) {
  return weighbridgeError('flow/not-collectable', { reason });
}
