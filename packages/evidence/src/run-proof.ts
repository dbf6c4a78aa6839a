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
  /** An unsigned statement about it that the artifact holds, as text; null when there is none. */
  readonly statement: string | null;
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
