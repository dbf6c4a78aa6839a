import type { ModelCatalogue } from '../catalogue.js';
import type { EventOf, EventType } from '../event.js';

/** What folding an event came to. A conflict is won by looking again; what is illegal stays so. */
export type FoldOutcome = { readonly outcome: 'folded'; readonly catalogue: ModelCatalogue } | Refusal;

export interface Refusal {
  readonly outcome: 'conflict' | 'illegal';
  readonly because: string;
}

/** Where an event stands, and what the log says of all models there. */
export interface FoldContext {
  /** Index of the entry. */
  readonly entry: number;
  /** Stages of the last policy-changed entry, in order. */
  readonly stages: readonly string[];
}

/** Folds the events of one type about one model. */
export type Fold<Type extends EventType> = (
  catalogue: ModelCatalogue,
  event: EventOf<Type>,
  context: FoldContext,
) => FoldOutcome;

/** The stage that is a set and not a pointer: versions enter it by an archived entry, and never leave. */
export const archivedStage = 'archived';

export function folded(catalogue: ModelCatalogue): FoldOutcome {
  return { outcome: 'folded', catalogue };
}

export function illegal(because: string): Refusal {
  return { outcome: 'illegal', because };
}

export function conflict(because: string): Refusal {
  return { outcome: 'conflict', because };
}
