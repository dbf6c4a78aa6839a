import { type Digest, digestBytes, digestHex, formatDigest, hexToBytes, weighbridgeError } from '@weighbridge/core';
import type { CollectionOutcome, StoreCollector } from '@weighbridge/ports';
import type { Policy } from '@weighbridge/manifest';
import { findLostLedger } from './lost-ledger.js';
import type { Surroundings } from './surroundings.js';

/** How a collection is asked for. */
export interface CollectRequest {
  readonly retention: Policy['retention'];
  readonly dryRun: boolean;
  /** Notes first that no other repository keeps bytes in the store. */
  readonly claim: boolean;
}

/**
 * Takes the next step of removing what no registered version names: condemns it, waits, or deletes it. Nothing is
 * removed that the ledger names, and nothing happens without a ledger that was read whole, at the remote that keeps it.
 * @throws flow/not-collectable, ledger/offline, and as StoreCollector.collect and all reads of the ledger
 */
export async function collectStore(surroundings: Surroundings, request: CollectRequest): Promise<CollectionOutcome> {
  const collector = requireCollector(surroundings);
  const remote = await surroundings.ledger.readOnly();
  if (remote !== null) throw weighbridgeError('ledger/offline', { remote });
  const owner = await readOwner(surroundings);
  if (owner === null) throw await noLedger(surroundings);
  if (request.claim && !request.dryRun) await collector.claim(owner);
  const { unregisteredMs, graceMs } = request.retention;
  return collector.collect({
    live: () => readLive(surroundings),
    owner,
    unregisteredMs,
    graceMs,
    dryRun: request.dryRun,
    now: surroundings.clock.now(),
  });
}

/**
 * Notes in the store that this ledger names bytes of it, so that no other repository takes them for its own. Nothing
 * where there is no ledger yet.
 */
export async function ownStore(surroundings: Surroundings): Promise<void> {
  const collector = surroundings.store?.collector ?? null;
  const owner = collector === null ? null : await readOwner(surroundings);
  if (owner !== null) await collector?.own(owner);
}

/** A name is not enough: two repositories can have the same. The first entry of a log never changes. */
async function readOwner({ ledger, sha256 }: Surroundings): Promise<string | null> {
  const { origin, size } = await ledger.head();
  const [first] = size === 0 ? [] : await ledger.entries(0, 1);
  return first === undefined ? null : `${origin}+${digestHex(digestBytes(sha256, first)).slice(0, 16)}`;
}

/** Every file that any registered version is made of, as the ledger says at this moment. */
async function readLive(surroundings: Surroundings): Promise<ReadonlySet<Digest>> {
  const { ledger } = surroundings;
  if ((await ledger.head()).size === 0) throw await noLedger(surroundings);
  const live = new Set<Digest>();
  for (const model of await ledger.models()) {
    const catalogue = await ledger.catalogue(model);
    if (catalogue === null) throw notCollectable(`the ledger lists the model ${model} and has no catalogue of it`);
    for (const { artifacts } of catalogue.versions) {
      for (const { sha256 } of artifacts) live.add(formatDigest(hexToBytes(sha256)));
    }
  }
  return live;
}

function requireCollector({ store }: Surroundings): StoreCollector {
  if (store === null) throw notCollectable('weighbridge.yaml names no store');
  if (store.collector === null) throw notCollectable(`nothing is ever removed from ${store.address}`);
  return store.collector;
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
