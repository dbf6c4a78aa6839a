import type { Digest } from '@weighbridge/core';
import type { TiersPolicy } from '@weighbridge/manifest';
import type { Arranged, StoreArranger } from '@weighbridge/ports';
import { openTransfer, type TransferMeter } from '../progress/transfer.js';
import type { Surroundings } from '../surroundings.js';
import type { Wanted } from './plan-moves.js';
import type { TierName } from './tier-of-version.js';

/** How files are to lie. */
export interface ArrangementWanted {
  readonly files: ReadonlyMap<Digest, Wanted>;
  readonly tiers: TiersPolicy;
  /** `retention.unregistered`. */
  readonly unregisteredMs: number;
  readonly dryRun: boolean;
}

/**
 * Compresses the objects of files whose tier says so, and expands the others. It comes before objects are moved to
 * classes, since what is in an archive cannot be read. @throws as StoreArranger.arrange
 */
export function arrangeFiles(
  surroundings: Surroundings,
  arranger: StoreArranger,
  { files, tiers, unregisteredMs, dryRun }: ArrangementWanted,
): Promise<Arranged> {
  const filesOf = (compress: boolean) =>
    [...files].filter(([, { tier }]) => compresses(tiers, tier) === compress).map(([digest]) => digest);
  let told: TransferMeter | null = null;
  return arranger.arrange({
    compressed: filesOf(true),
    plain: filesOf(false),
    unregisteredMs,
    dryRun,
    progress: {
      begin: (objects, sizeBytes) => {
        told = openTransfer(surroundings, { title: 'Compressing', files: objects, sizeBytes });
      },
      done: (sizeBytes) => {
        told?.endFile();
        told?.addBytes(sizeBytes);
      },
    },
  });
}

function compresses({ warm, cold }: TiersPolicy, tier: TierName): boolean {
  if (tier === 'hot') return false;
  return (tier === 'warm' ? warm : cold)?.compress ?? false;
}
