import type { MetricGate } from '@weighbridge/manifest';
import type { EvidenceFacts } from '../facts.js';

/** One metric gate with the candidate's evidence that it speaks of. */
export interface MetricSetting {
  readonly gate: MetricGate;
  /** The model's name, for commands that people can run. */
  readonly model: string;
  /** The key within the document. */
  readonly key: string;
  readonly evidence: EvidenceFacts;
  /** What `evidence.same` of the policy lists. */
  readonly same: readonly string[];
  /** Names the random numbers of this gate for this content: nobody can choose a luckier one. */
  readonly seed: string;
}
