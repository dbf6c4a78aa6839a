import type { Decision } from '@weighbridge/gates';
import type { ModelCatalogue } from '@weighbridge/ledger';
import type { Commit } from '@weighbridge/ports';
import type { Governance, GovernedModel } from '../governing/governance.js';
import type { ModelHistory } from '../registry/history.js';
import type { Surroundings } from '../surroundings.js';

/** Which models are brought in line with stages.yaml of the default branch. */
export interface ApplyRequest {
  /** All when empty. */
  readonly models: readonly string[];
  readonly dryRun: boolean;
  /** Context of the commit status that tells what was not applied; null to set none. */
  readonly statusContext: string | null;
}

/** One line of stages.yaml that asked for something new, and what became of it. */
export interface AppliedLine {
  readonly stage: string;
  readonly version: string;
  /**
   * `applied`: the pointer moved. `already-there`: the ledger said so. `held-back`: the gate does not permit it.
   * `bypassed`: it reached the branch without a pull request that was judged. `unknown`: no such version is registered.
   */
  readonly outcome: 'applied' | 'already-there' | 'held-back' | 'bypassed' | 'unknown';
  readonly because: string;
  readonly commit: string | null;
  readonly pull: number | null;
  readonly decision: Decision | null;
}

/** What the work on one model needs. */
export interface Applying {
  readonly surroundings: Surroundings;
  readonly governance: Governance;
  readonly model: GovernedModel;
  readonly history: ModelHistory;
  readonly catalogue: ModelCatalogue;
  readonly tip: Commit;
  readonly branch: string;
  readonly request: ApplyRequest;
}
