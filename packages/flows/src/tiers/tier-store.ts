import { weighbridgeError } from '@weighbridge/core';
import type { Policy } from '@weighbridge/manifest';
import { inParallel } from '../in-parallel.js';
import { readBranchPolicy } from '../policy-of-branch.js';
import { openTransfer } from '../progress/transfer.js';
import { readArchivings, readCatalogues } from '../retention/release-bytes.js';
import type { Surroundings } from '../surroundings.js';
import { moveObject, type MoveOutcome } from './move-object.js';
import { type MovePlan, type PlannedMove, planMoves } from './plan-moves.js';

const movesAtOnce = 16;

/** How a run is asked for. */
export interface TierRequest {
  /** The policy that named ledger and store when they were opened. */
  readonly opened: Policy;
  readonly dryRun: boolean;
}

/** What a run came to: each move with its outcome, which a dry run foresees as `planned`. */
export interface Tiering extends Pick<MovePlan, 'kept'> {
  readonly moves: readonly (PlannedMove & { readonly outcome: MoveOutcome | 'planned' })[];
}

/**
 * Moves the objects of versions to the storage classes that the policy of the default branch names for them. What is to
 * become readable and is archived is asked for, and moved by a later run.
 * @throws flow/no-tiers, flow/policy-outdated, flow/no-policy, ledger/offline, store/*, and all reads of the ledger
 */
export async function tierStore(surroundings: Surroundings, request: TierRequest): Promise<Tiering> {
  const { store, ledger, clock } = surroundings;
  if (store === null) throw weighbridgeError('flow/no-store-to-read', { what: 'the objects of versions' });
  if (store.tiers === null) throw noTiers(`${store.address} has no storage classes`);
  const { tiers } = store;
  const remote = await ledger.readOnly();
  if (remote !== null) throw weighbridgeError('ledger/offline', { remote });
  const { policy } = await readBranchPolicy(surroundings, request.opened);
  if (policy.tiers === undefined) throw noTiers('weighbridge.yaml of the default branch has no "tiers"');
  const catalogues = await readCatalogues(surroundings);
  const archivedAt = await readArchivings(surroundings, catalogues);
  const facts = { policy: { ...policy, tiers: policy.tiers }, archivedAt, now: clock.now() };
  const { moves, kept } = await planMoves({ store, tiers, dryRun: request.dryRun }, catalogues, facts);
  if (request.dryRun) return { kept, moves: moves.map((move) => ({ ...move, outcome: 'planned' })) };
  const sizeBytes = moves.reduce((sum, { object }) => sum + object.sizeBytes, 0);
  const told = openTransfer(surroundings, { title: 'Moving', files: moves.length, sizeBytes });
  const done = await inParallel(moves, movesAtOnce, async (move) => {
    const outcome = await moveObject(tiers, move);
    told.endFile();
    told.addBytes(move.object.sizeBytes);
    return { ...move, outcome };
  });
  return { kept, moves: done };
}

function noTiers(reason: string) {
  return weighbridgeError('flow/no-tiers', { reason });
}
