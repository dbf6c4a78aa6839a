import { type Digest, formatDigest, hexToBytes, WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import { readEvents } from '@weighbridge/ledger';
import type { CollectionOutcome, FileOrigin, Store, StoreCollector } from '@weighbridge/ports';
import type { Policy } from '@weighbridge/manifest';
import { formatTime } from './events.js';
import { findLostLedger } from './registry/lost-ledger.js';
import { readOwner } from './registry/own-store.js';
import { readBranchPolicy } from './governing/policy-of-branch.js';
import { versionKey } from './retention/due-versions.js';
import { findNamed, type ModelVersion, versionsOf } from './retention/named-versions.js';
import { planRelease, recordRelease, type Release } from './retention/release-bytes.js';
import type { Notice, Surroundings } from './surroundings.js';
import type { UntoldFile } from './tiers/gather-moves.js';
import { wholeCatalogue } from './registry/version-artifacts.js';

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
  /** Files that keep their bytes and of which the store cannot tell, because their one object is damaged or archived. */
  readonly untold: readonly UntoldFile[];
  readonly notices: readonly Notice[];
}

/**
 * Gives up the bytes of versions that the policy of the default branch keeps no longer, which is an entry of the ledger,
 * and takes the next step of removing what no version names that keeps its bytes: condemns it, waits, or deletes it.
 * Nothing happens without a ledger that was read whole, at the remote that keeps it.
 * @throws flow/not-collectable, flow/clocks-differ, flow/clock-behind, flow/policy-outdated, flow/no-policy, flow/unsigned, ledger/offline, and as
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
  // Before a version is given up: that cannot be taken back, and in a store of others nothing would come of it.
  await collector.requireSoleOwner(owner);
  const keepsAll = branch.policy.retention.versions === undefined;
  const now = keepsAll
    ? surroundings.clock.now()
    : await readRetentionTime(surroundings, { store, collector, dryRun: request.dryRun });
  const release = await planRelease(surroundings, store, { branch, now });
  const gives = !request.dryRun && release.due.length > 0;
  const notices = gives ? await compareWithForge(surroundings, now) : [];
  if (gives) await recordRelease(surroundings, branch, release.due);
  const foreseen = new Set(release.due.map(({ model, version }) => versionKey(model, version.version)));
  const { unregisteredMs, graceMs } = branch.policy.retention;
  let live: ReadonlyMap<Digest, LiveFile> = new Map();
  const outcome = await collector.collect({
    live: async () => {
      live = await readLive(surroundings, request.dryRun ? foreseen : new Set());
      return new Set(live.keys());
    },
    origin: (digest) => originOf(live.get(digest), store),
    owner,
    unregisteredMs,
    graceMs: request.graceMs ?? graceMs,
    dryRun: request.dryRun,
    now: surroundings.clock.now(),
  });
  const untold = outcome.untold.map(({ digest, fault }) => {
    return { digest, version: live.get(digest)?.version ?? '', code: fault.code, because: fault.message };
  });
  return { release, outcome, untold, notices };
}

/** A file that keeps its bytes. */
interface LiveFile {
  /** That was registered first with it, `model@version`. */
  readonly version: string;
  readonly sizeBytes: number;
  /** Addresses that versions with it were registered with. */
  readonly stores: readonly string[];
}

/**
 * Every file of every version that keeps its bytes, as the ledger says at this moment, and of versions without that word
 * that such a version rests on all the same: it was registered at the moment at which they gave up their bytes. Each
 * with the version that was registered first with it, `model@version`.
 * @param foreseen versions that a dry run takes for given up
 */
async function readLive(
  surroundings: Surroundings,
  foreseen: ReadonlySet<string>,
): Promise<ReadonlyMap<Digest, LiveFile>> {
  const { ledger } = surroundings;
  if ((await ledger.head()).size === 0) throw await noLedger(surroundings);
  const [keeping, given]: [ModelVersion[], ModelVersion[]] = [[], []];
  for (const model of await ledger.models()) {
    const catalogue = await ledger.catalogue(model);
    if (catalogue === null) throw notCollectable(`the ledger lists the model ${model} and has no catalogue of it`);
    for (const each of versionsOf([await wholeCatalogue(ledger, catalogue)])) {
      const isGiven = each.version.released !== undefined || foreseen.has(versionKey(model, each.version.version));
      (isGiven ? given : keeping).push(each);
    }
  }
  const named = (await findNamed(surroundings, keeping, given)).map(({ found }) => found);
  const live = new Map<Digest, LiveFile>();
  const all = [...keeping, ...named].sort((left, right) => left.version.entry - right.version.entry);
  for (const { model, version } of all)
    for (const { sha256, size } of version.artifacts) {
      const digest = formatDigest(hexToBytes(sha256));
      const before = live.get(digest) ?? { version: versionKey(model, version.version), sizeBytes: size, stores: [] };
      live.set(digest, { ...before, stores: [...before.stores, ...(version.store === null ? [] : [version.store])] });
    }
  return live;
}

/** A folder is called by another path on another machine, and may be the same one. */
function originOf(file: LiveFile | undefined, { address }: Store): FileOrigin | null {
  if (file === undefined) return null;
  const isHere = file.stores.some((store) => store === address || [store, address].every(isFolder));
  return { sizeBytes: file.sizeBytes, isHere };
}

function isFolder(address: string): boolean {
  return address.startsWith('folder:');
}

/** Clocks of services and of machines that ask one of the time stay within seconds of each other. */
const maxClockDifferenceMs = 5 * 60 * 1000;

/**
 * The time that retention goes by: that of this machine, or of the store, whichever is earlier. A machine whose clock is
 * fast would give up what has years to go. A dry run writes nothing, and so cannot ask the store.
 * @throws flow/clocks-differ, flow/clock-behind
 */
async function readRetentionTime(
  { clock, ledger }: Surroundings,
  { store, collector, dryRun }: { readonly store: Store; readonly collector: StoreCollector; readonly dryRun: boolean },
): Promise<Date> {
  const own = clock.now();
  const theirs = dryRun ? own : await collector.now();
  if (Math.abs(own.getTime() - theirs.getTime()) > maxClockDifferenceMs) {
    const [here, there] = [formatTime(own), formatTime(theirs)];
    throw weighbridgeError('flow/clocks-differ', { here, there, address: store.address });
  }
  const now = own < theirs ? own : theirs;
  await requireNotBehind(ledger, now);
  return now;
}

/** Who is behind the newest entry has a clock that is wrong, or that entry has: either way nothing is given up by it. */
async function requireNotBehind(ledger: Surroundings['ledger'], now: Date): Promise<void> {
  const { size } = await ledger.head();
  const [newest] = readEvents(await ledger.entries(size - 1, size), size - 1);
  const time = newest?.context.time;
  if (time === undefined || Date.parse(time) - now.getTime() <= maxClockDifferenceMs) return;
  throw weighbridgeError('flow/clock-behind', { here: formatTime(now), there: time });
}

/**
 * A folder may have the clock of the job, and then nothing tells that it is fast but the forge, which is asked only when
 * bytes are about to be given up. @throws flow/clocks-differ
 */
async function compareWithForge({ forge }: Surroundings, now: Date): Promise<readonly Notice[]> {
  if (forge === null) return [];
  try {
    const theirs = await forge.time();
    if (theirs === null || now.getTime() - theirs.getTime() <= maxClockDifferenceMs) return [];
    const [here, there] = [formatTime(now), formatTime(theirs)];
    throw weighbridgeError('flow/clocks-differ', { here, there, address: forge.address });
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || error.code === 'flow/clocks-differ') throw error;
    const text = `The time could not be compared with that of ${forge.address}: ${error.message}`;
    return [{ level: 'warning', text }];
  }
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
