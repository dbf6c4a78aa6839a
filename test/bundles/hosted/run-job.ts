import { dirname } from 'node:path';
import type { Annotation } from '../harness/annotations.js';
import { bundleNode } from '../harness/peer-programs.js';
import { runAct } from '../harness/run-act.js';
import { runBundle } from '../harness/run-bundle.js';
import { spawnProgram } from '../harness/spawn-program.js';
import { checkOut } from './check-out.js';
import { type ExpressionValues, fillIn } from './expressions.js';
import type { WorkflowJob, WorkflowStep } from './workflow-file.js';

/** A job that is about to run, with all that GitHub gives it. */
export interface StartingJob {
  readonly job: WorkflowJob;
  readonly workflowPath: string;
  readonly event: { readonly name: string; readonly payload: unknown };
  readonly repository: string;
  readonly server: string;
  readonly sha: string;
  readonly ref: string;
  readonly token: string;
  readonly secrets: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly values: ExpressionValues;
  /** A folder for its workspace, removed by whoever made it. */
  readonly under: string;
}

export interface StepRan {
  readonly id: string;
  readonly succeeded: boolean;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  readonly output: string;
}

export interface JobRan {
  readonly id: string;
  readonly conclusion: 'success' | 'failure';
  readonly steps: readonly StepRan[];
  /** All that was said, for the message of a failing test. */
  readonly log: string;
}

/** Runs the steps of a job as the runner does, one process each: the built bundle for our actions, bash for `run`. */
export async function runJob(starting: StartingJob): Promise<JobRan> {
  const steps: StepRan[] = [];
  const values = { ...starting.values };
  let workspace = starting.under;
  for (const [place, step] of starting.job.steps.entries()) {
    if (step.uses?.startsWith('actions/checkout@') === true) {
      workspace = await checkOut(starting);
      continue;
    }
    const ran = await runStep(starting, { step, id: step.id ?? String(place), workspace, values });
    steps.push(ran);
    for (const [name, value] of Object.entries(ran.outputs)) values[`steps.${ran.id}.outputs.${name}`] = value;
    if (!ran.succeeded) break;
  }
  const failed = steps.some(({ succeeded }) => !succeeded);
  const log = steps.map(({ id, output, summary }) => `--- ${id}\n${output}\n${summary}`).join('\n');
  return { id: starting.job.id, conclusion: failed ? 'failure' : 'success', steps, log };
}

async function runStep(
  starting: StartingJob,
  about: {
    readonly step: WorkflowStep;
    readonly id: string;
    readonly workspace: string;
    readonly values: ExpressionValues;
  },
): Promise<StepRan> {
  const { step, id, workspace, values } = about;
  const { event, token } = starting;
  const given = Object.fromEntries(
    Object.entries(step.env ?? {}).map(([name, value]) => [name, fillIn(value, values)]),
  );
  const env = { ...starting.env, ...given };
  if (step.run !== undefined) {
    const path = [dirname(bundleNode()), process.env['PATH'] ?? ''].join(':');
    const { exitCode, stdout, stderr } = await spawnProgram('bash', ['-e', '-c', fillIn(step.run, values)], {
      cwd: workspace,
      env: { PATH: path, CI: 'true', ...env },
    });
    return { id, succeeded: exitCode === 0, outputs: {}, summary: '', annotations: [], output: stdout + stderr };
  }
  const inputs = Object.fromEntries(
    Object.entries(step.with ?? {}).map(([name, value]) => [name, fillIn(value, values)]),
  );
  const result = await runBundle({
    action: actionFolder(step.uses ?? ''),
    inputs: { 'github-token': token, ...inputs },
    event,
    cwd: workspace,
    env,
  });
  const { exitCode, outputs, summary, annotations, stdout, stderr } = result;
  return { id, succeeded: exitCode === 0, outputs, summary, annotations, output: stdout + stderr };
}

/** Where an action that a workflow names by `owner/name/folder@ref` is in this checkout. */
function actionFolder(uses: string): string {
  const folder = /^weighbridge-dev\/weighbridge(?:\/([\w/-]+))?@v1$/.exec(uses);
  if (folder === null) throw new Error(`The stories' runner has no action "${uses}".`);
  return folder[1] ?? '.';
}

/** The same job under act, which reads the workflow by itself. */
export async function runJobUnderAct(
  starting: StartingJob,
  actions: Readonly<Record<string, string>>,
): Promise<JobRan> {
  const { job, event, workflowPath, secrets, env, token } = starting;
  const result = await runAct({
    event,
    workflow: workflowPath,
    job: job.id,
    repository: await checkOut(starting),
    actions,
    secrets: { ...secrets, GITHUB_TOKEN: token },
    env,
  });
  return {
    id: job.id,
    conclusion: result.jobs[job.id] === 'success' ? 'success' : 'failure',
    steps: result.steps.map((step) => ({ ...step, succeeded: step.result === 'success' })),
    log: result.log,
  };
}
