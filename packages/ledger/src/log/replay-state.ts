import type { ModelName } from '@weighbridge/core';
import type { ModelCatalogue } from '../catalogue.js';
import type { LedgerEvent } from '../event.js';
import { foldEvent } from '../fold/fold-event.js';
import { illegal, type Refusal } from '../fold/outcome.js';
import type { LogState } from './state.js';

/** A log folded so far, as much of it as was read. Never changed in place. */
export interface FoldedLog {
  readonly size: number;
  /** Null before entry 0. */
  readonly policy: LogState['policy'] | null;
  /** Null stands for a model that the log does not know. */
  readonly catalogues: ReadonlyMap<ModelName, ModelCatalogue | null>;
}

/** A folded log, one entry longer. */
export interface FoldStep {
  readonly outcome: 'folded';
  readonly policy: LogState['policy'];
  /** The catalogue that changed, if any. */
  readonly changed: ModelCatalogue | null;
}

/** Folds the next entry: policy-changed is of the log, everything else of one model. Entry 0 must be policy-changed. */
export function foldNext(log: FoldedLog, event: LedgerEvent): FoldStep | Refusal {
  if (event.type === 'policy-changed') return foldPolicy(log, event);
  if (log.policy === null) return illegal(`the first entry of a log is policy-changed and not ${event.type}`);
  if (event.model === null) return illegal(`${event.type} names no model`);
  const before = log.catalogues.get(event.model) ?? null;
  const after = foldEvent(before, event, { entry: log.size, stages: log.policy.stages });
  if (after.outcome !== 'folded') return after;
  return { outcome: 'folded', policy: log.policy, changed: after.catalogue };
}

function foldPolicy(log: FoldedLog, event: Extract<LedgerEvent, { type: 'policy-changed' }>): FoldStep | Refusal {
  const { policy: digest, stages } = event.body;
  if (new Set(stages).size !== stages.length) return illegal('a stage is named twice');
  return { outcome: 'folded', policy: { digest, stages, entry: log.size }, changed: null };
}
