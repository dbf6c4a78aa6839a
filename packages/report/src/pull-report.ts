import type { ErrorDetail } from '@weighbridge/core';
import type { AmendmentDecision, Decision } from '@weighbridge/gates';
import type { LineageGraph } from '@weighbridge/lineage';
import type { Assessment } from '@weighbridge/versioning';
import type { ImpactReport } from './lineage/render-impact.js';

/** Everything that a comment or a job summary on one change shows. Plain values, so that any host can gather them. */
export interface PullReport {
  /** The commit that was judged, in full, so that a stale report shows itself. */
  readonly commit: string;
  /** When, RFC 3339 in UTC. */
  readonly time: string;
  /** The run that judged it; null outside of one. */
  readonly url: string | null;
  /** Address of the pull request, as the forge gives it; null where there is none. Its pages are shown as links. */
  readonly pull: string | null;
  /** False when the base has no policy: everything is a preview then. */
  readonly governed: boolean;
  readonly assessments: readonly Assessment[];
  /** What sets the status. */
  readonly decisions: readonly Decision[];
  /** What the change amends of its own rules, judged; null where it amends nothing. Sets the status too. */
  readonly amendments: AmendmentDecision | null;
  /** Models, or the files as a whole, that could not be read. They set the status too. */
  readonly faults: readonly ReportedFault[];
  /** What the gates after that would say as things stand; never part of the status. */
  readonly forecast: readonly Decision[];
  readonly notices: readonly ReportNotice[];
  readonly evidence: readonly ReportedEvidence[];
  /** What depends on what the change touches; absent or empty where nothing does. Sets no status. */
  readonly impact?: ImpactReport | null;
  /** Where each changed model comes from. */
  readonly lineages?: readonly ReportedLineage[];
  /** How hard the set-up is to get around, as `doctor` has it; null where nobody looked. */
  readonly setup: ReportedSetup | null;
}

/** The past of one changed model. */
export interface ReportedLineage {
  readonly model: string;
  /** Id of the node that it is seen from. */
  readonly start: string;
  readonly graph: LineageGraph;
}

/** How hard a set-up is to get around. */
export interface ReportedSetup {
  readonly level: string;
  readonly because: string;
  /** The one thing that would raise it most; null where nothing is left, or nobody could tell. */
  readonly remedy: string | null;
}

/** A finding for people that stops nothing. */
export interface ReportNotice {
  readonly level: 'warning' | 'notice';
  readonly text: string;
  readonly file?: string;
  readonly line?: number;
}

/** One metric document and how much stands behind it. */
export interface ReportedEvidence {
  readonly model: string;
  /** As the manifest calls it. */
  readonly id: string;
  readonly level: string;
  /** When it was made; null when that is not known. */
  readonly time: string | null;
}

/** Files of a change that are wrong. */
export interface ReportedFault {
  /** Null where it is about no one model. */
  readonly model: string | null;
  readonly message: string;
  readonly remedy: string;
  readonly details: readonly ErrorDetail[];
}
