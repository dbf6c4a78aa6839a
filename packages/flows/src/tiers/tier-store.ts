import { weighbridgeError } from '@weighbridge/core';
import type { Policy } from '@weighbridge/manifest';
import type { Arranged, StoreTiers } from '@weighbridge/ports';
import { inParallel } from '../reading/in-parallel.js';
import { readOwner } from '../registry/own-store.js';
import { readBranchPolicy } from '../governing/policy-of-branch.js';
import { openTransfer } from '../progress/transfer.js';
import { readCatalogues } from '../registry/read-catalogues.js';
import { readArchivings } from '../retention/release-bytes.js';
import type { Surroundings } from '../surroundings.js';
import { arrangeFiles } from './arrange-files.js';
import { describeFiles, gatherMoveFacts, type UntoldFile } from './gather-moves.js';
import { moveObject, type MoveOutcome } from './move-object.js';
import { type MovePlan, type PlannedMove, planMoves, wantedFiles } from './plan-moves.js';

const movesAtOnce = 16;

/** How a run is asked for. */
export interface TierRequest {
  /** The policy that named ledger and store when they were opened. */
  readonly opened: Policy;
  readonly dryRun: boolean;
}

/**
 * What a run came to: what was compressed and expanded, null where the store has one form only, and each move with its
 * outcome, which a dry run foresees as `planned`.
 */
export interface Tiering extends Pick<MovePlan, 'kept'> {
  readonly moves: readonly (PlannedMove & { readonly outcome: MoveOutcome | 'planned' })[];
  readonly arranged: Arranged | null;
  /** Files that the store cannot tell of, because their one object is damaged or archived. */
  readonly untold: readonly UntoldFile[];
}

/**
 * Compresses and expands the objects of versions and moves them to storage classes, as the policy of the default branch
 * has it. What is to become readable and is archived is asked for, and moved by a later run, which expands it, too.
 * @throws flow/no-tiers, store/not-owned, flow/policy-outdated, flow/no-policy, ledger/offline, store/*, and all reads of the ledger
 */
export async function tierStore(surroundings: Surroundings, request: TierRequest): Promise<Tiering> {
  const { store, ledger, clock } = surroundings;
  if (store === null) throw weighbridgeError('flow/no-store-to-read', { what: 'the objects of versions' });
  const { tiers, arranger } = store;
  if (tiers === null && arranger === null) {
    throw noTiers(`${store.address} has no storage classes and compresses nothing, or is not written to from here`);
  }
  const remote = await ledger.readOnly();
  if (remote !== null) throw weighbridgeError('ledger/offline', { remote });
  const owner = await readOwner(surroundings);
  if (owner === null) throw noTiers('there is no ledger that could say what is deployed');
  // Another ledger may have deployed what this one archived.
  await store.collector?.requireSoleOwner(owner);
  const { policy } = await readBranchPolicy(surroundings, request.opened);
  if (policy.tiers === undefined) throw noTiers('weighbridge.yaml of the default branch has no "tiers"');
  const catalogues = await readCatalogues(surroundings);
  const archivedAt = await readArchivings(surroundings, catalogues);
  const facts = { policy: { ...policy, tiers: policy.tiers }, archivedAt, now: clock.now() };
  const files = wantedFiles(catalogues, facts);
  const { dryRun } = request;
  const { unregisteredMs } = policy.retention;
  const wanted = { files, tiers: policy.tiers, unregisteredMs, dryRun };
  const arranged = arranger === null ? null : await arrangeFiles(surroundings, arranger, wanted);
  if (tiers === null) return { arranged, kept: 0, moves: [], untold: (await describeFiles(store, files)).untold };
  const about = { files, policy: policy.tiers, now: facts.now, dryRun };
  const { facts: moveFacts, untold } = await gatherMoveFacts({ store, tiers }, about);
  const { moves, kept } = planMoves(moveFacts);
  const outcomes: Tiering['moves'] = dryRun
    ? moves.map((move) => ({ ...move, outcome: 'planned' }))
    : await moveAll(surroundings, tiers, moves);
  return { arranged, kept, moves: outcomes, untold };
}

async function moveAll(
  surroundings: Surroundings,
  tiers: StoreTiers,
  moves: readonly PlannedMove[],
): Promise<Tiering['moves']> {
  const sizeBytes = moves.reduce((sum, { object }) => sum + object.sizeBytes, 0);
  const told = openTransfer(surroundings, { title: 'Moving', files: moves.length, sizeBytes });
  return inParallel(moves, movesAtOnce, async (move) => {
    const outcome = await moveObject(tiers, move);
    told.endFile();
    told.addBytes(move.object.sizeBytes);
    return { ...move, outcome };
  });
}

function noTiers(reason: string) {
  return weighbridgeError('flow/no-tiers', { reason });
}
