import { refuseRun, type RunStanding } from '@weighbridge/evidence';
import type { EvidenceTrust } from '@weighbridge/manifest';
import type { Forge, WorkflowRun } from '@weighbridge/ports';

/** Runs of one workflow on one commit that are looked at; more are told as such. */
const maxRuns = 20;
/** Workflows of the policy that are asked for runs. */
const maxWorkflows = 10;

type RunForge = Pick<Forge, 'address' | 'runsAt'>;

/** Every run of the workflow of a run on the same commit, as far as they are looked at. */
export async function runsBeside(
  forge: Pick<Forge, 'runsAt'>,
  { workflowPath: workflow, commit }: Pick<WorkflowRun, 'workflowPath' | 'commit'>,
): ReturnType<Forge['runsAt']> {
  return forge.runsAt({ workflow, commit, limit: maxRuns });
}

/** How a run stands among those. */
export function standingOf(run: WorkflowRun, beside: Awaited<ReturnType<Forge['runsAt']>>): RunStanding {
  const others = beside.runs.filter(({ id }) => id !== run.id);
  const newer = others.filter((other) => succeeded(other) && other.startedAt > run.startedAt).length;
  return { runs: others.length + 1, newer, complete: beside.complete };
}

/**
 * The newest successful run on a commit of each workflow that the policy trusts, where nobody named one: never the best
 * of several, and of those only such as the policy lets count.
 */
export async function findRuns(
  forge: RunForge,
  { workflows, ...trust }: EvidenceTrust,
  commit: string,
): Promise<readonly WorkflowRun[]> {
  const repository = forge.address.split('/').slice(-2).join('/');
  const found: WorkflowRun[] = [];
  for (const workflowPath of [...new Set(workflows.map(({ path }) => path))].slice(0, maxWorkflows)) {
    const { runs } = await runsBeside(forge, { workflowPath, commit });
    const counting = runs.filter((run) => refuseRun({ run, repository }, { ...trust, workflows }) === null);
    const newest = counting.reduce<WorkflowRun | null>((held, run) => {
      return held === null || run.startedAt > held.startedAt ? run : held;
    }, null);
    if (newest !== null) found.push(newest);
  }
  return found;
}

function succeeded({ status, conclusion }: WorkflowRun): boolean {
  return status === 'completed' && conclusion === 'success';
}
