import type { Digest } from '@weighbridge/core';
import { type EvidenceTrust, matchGlob } from '@weighbridge/manifest';
import { isAllowedEvent, show } from './workflow-signer.js';

/** A workflow run as the forge tells it. The forge port's `WorkflowRun` fits. */
export interface RunFacts {
  readonly id: string;
  readonly attempt: number;
  readonly url: string;
  readonly workflowPath: string;
  readonly event: string;
  readonly commit: string;
  readonly branch: string | null;
  readonly headRepository: string | null;
  readonly status: 'completed' | 'running';
  readonly conclusion: string | null;
  readonly startedAt: string;
}

/** A run among those of its workflow on the same commit: whoever may start several could wait for the best. */
export interface RunStanding {
  /** How many there are, this one too; attempts of one run are one. */
  readonly runs: number;
  /** Those that began later and succeeded. */
  readonly newer: number;
  /** False when there are more than were counted. */
  readonly complete: boolean;
}

/** A metric document that was found in an artifact of a run. Plain JSON: the ledger keeps it. */
export interface RunProof {
  readonly run: RunFacts;
  readonly artifact: {
    readonly id: string;
    readonly name: string;
    /** Of the archive, as the forge recorded it and as it came. */
    readonly digest: Digest;
  };
  /** `owner/name` of the repository that was asked. */
  readonly repository: string;
  /** Of the metric document's file in the artifact, and of the canonical JSON of what gates read of it. */
  readonly document: { readonly file: Digest; readonly values: Digest };
  /** How the run stands among others; absent in what the ledger recorded before that was asked. */
  readonly standing?: RunStanding;
  /** An unsigned statement about it that the artifact holds, as text; null when there is none. */
  readonly statement: string | null;
}

/** How a run stands among others, as a clause; null where it is the only one and ran once. */
export function describeStanding({ run, standing }: Pick<RunProof, 'run' | 'standing'>): string | null {
  const told: string[] = [];
  if (standing !== undefined && (standing.runs > 1 || !standing.complete)) {
    const runs = `${standing.complete ? '' : 'more than '}${standing.runs} runs on that commit`;
    const { newer } = standing;
    const later = newer === 1 ? 'a newer one succeeded' : `${newer} newer ones succeeded`;
    told.push(newer === 0 ? `the newest success of ${runs}` : `one of ${runs}, of which ${later}`);
  }
  if (run.attempt > 1) told.push(`attempt ${run.attempt}`);
  return told.length === 0 ? null : told.join(', ');
}

/** Why a run stands behind nothing, as a sentence that goes on after `it`; null when it may. */
export function refuseRun(proof: Pick<RunProof, 'run' | 'repository'>, trust: EvidenceTrust): string | null {
  const { run, repository } = proof;
  if (run.status !== 'completed' || run.conclusion !== 'success') {
    return `run ${run.id} is not a success but ${show(run.conclusion ?? run.status)}`;
  }
  if (run.headRepository === null || run.headRepository.toLowerCase() !== repository.toLowerCase()) {
    return `run ${run.id} ran code of ${show(run.headRepository)}, and not of ${repository}`;
  }
  const allowed = trust.workflows.find(({ path }) => path === run.workflowPath);
  if (allowed === undefined) return `${show(run.workflowPath)} is none of evidence.workflows`;
  if (!isAllowedEvent(run.event, allowed.events)) return `the event ${show(run.event)} started run ${run.id}`;
  const branch = run.branch;
  if (branch === null || !allowed.branches.some((pattern) => matchGlob(pattern, branch))) {
    return `run ${run.id} was on ${show(branch)}, which is none of ${allowed.branches.join(', ')}`;
  }
  return null;
}
