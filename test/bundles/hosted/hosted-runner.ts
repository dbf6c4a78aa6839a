import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FakeGitHub, HubEvent, ListeningHub, Repository } from '@weighbridge/testkit';
import { exportActions } from '../harness/run-act.js';
import { type EventContext, contextOf } from './event-context.js';
import { holds } from './expressions.js';
import { type JobRan, type StartingJob, runJob, runJobUnderAct } from './run-job.js';
import { type Permissions, type WorkflowFile, type WorkflowJob, listensTo, parseWorkflow } from './workflow-file.js';

/** A run of a workflow that an event started. */
export interface WorkflowRan {
  readonly workflow: string;
  readonly event: HubEvent;
  readonly jobs: readonly JobRan[];
}

/** The half of GitHub that starts workflows, for one repository of the fake: events in, jobs with fitting tokens out. */
export interface HostedRunner {
  /**
   * Runs the workflows of everything that happened since it was last asked, and of what that sets off, in order. Events
   * that a workflow's own token caused start nothing.
   */
  settle(options?: SettleOptions): Promise<readonly WorkflowRan[]>;
  /** What a schedule starts. */
  tick(options?: SettleOptions): Promise<readonly WorkflowRan[]>;
  /** Somebody runs a workflow by hand. */
  dispatch(
    by: string,
    workflow: string,
    inputs: Readonly<Record<string, string>>,
    options?: SettleOptions,
  ): Promise<WorkflowRan>;
  /** Somebody runs a run again: the event of the first, with the workflows and the state of now. */
  rerun(ran: WorkflowRan): Promise<readonly WorkflowRan[]>;
  dispose(): Promise<void>;
}

/** How jobs are run. */
export interface SettleOptions {
  /** Under act, in place of the bundle by itself. */
  readonly act?: boolean;
  /**
   * GitHub starts a workflow that follows another one twice: as that begins, and as it ends. Without this, only the
   * second is looked at, to save time; the verdict does not depend on it.
   */
  readonly requested?: boolean;
  /** Only these workflows run, by name; the events of the others are spent. */
  readonly only?: readonly string[];
}

export interface RunnerOptions {
  readonly hub: FakeGitHub;
  readonly listening: ListeningHub;
  readonly repository: Repository;
  /** Secrets by environment. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const workflowFolder = '.github/workflows';

/** @throws when a workflow uses more than the stories' runner knows */
export async function openRunner(options: RunnerOptions): Promise<HostedRunner> {
  const { hub, repository } = options;
  const under = await mkdtemp(join(tmpdir(), 'weighbridge-runner-'));
  let exported: Promise<Readonly<Record<string, string>>> | undefined;
  let seen = hub.events.length;

  const start = async (event: HubEvent, settling: SettleOptions): Promise<readonly WorkflowRan[]> => {
    const target = { ...event, name: 'pull_request_target' };
    return event.name === 'pull_request'
      ? [...(await startOne(event, settling)), ...(await startOne(target, settling))]
      : startOne(event, settling);
  };

  const startOne = async (event: HubEvent, settling: SettleOptions): Promise<WorkflowRan[]> => {
    const context = event.starts && event.repository === repository.fullName ? contextOf(repository, event) : null;
    if (context === null) return [];
    const ran: WorkflowRan[] = [];
    for (const workflow of workflowsAt(repository, context.sha)) {
      if (!listensTo(workflow, questionOf(event, context)) || settling.only?.includes(workflow.name) === false)
        continue;
      ran.push(await run({ workflow, event, context }, settling));
    }
    return ran;
  };

  const run = async (
    { workflow, event, context }: { workflow: WorkflowFile; event: HubEvent; context: EventContext },
    settling: SettleOptions,
  ): Promise<WorkflowRan> => {
    const by = (event.payload['sender'] as { login: string }).login;
    const about = { by, workflowPath: workflow.path, name: workflow.name, event: event.name };
    const { branch, commit, repository: headRepository } = context.run;
    const started = hub.people.startRun(repository, { ...about, branch, commit, headRepository });
    const jobs: JobRan[] = [];
    for (const job of workflow.jobs) {
      const starting = startingJob(options, { job, workflow, event, context, by, run: started.id, under });
      if (!holds(job.if, starting.values)) continue;
      if (settling.act === true) exported ??= exportActions(join(under, 'actions'));
      jobs.push(
        await (exported === undefined || settling.act !== true
          ? runJob(starting)
          : runJobUnderAct(starting, await exported)),
      );
    }
    const conclusion = jobs.every((job) => job.conclusion === 'success') ? 'success' : 'failure';
    hub.people.endRun(repository, { by, run: started.id, conclusion });
    return { workflow: workflow.name, event, jobs };
  };

  const settle = async (settling: SettleOptions = {}): Promise<readonly WorkflowRan[]> => {
    const ran: WorkflowRan[] = [];
    while (seen < hub.events.length) {
      const event = hub.events[seen++];
      const early = event?.name === 'workflow_run' && event.payload['action'] === 'requested';
      if (event !== undefined && (!early || settling.requested === true)) ran.push(...(await start(event, settling)));
    }
    return ran;
  };

  const sweep = (): HubEvent => ({
    name: 'schedule',
    repository: repository.fullName,
    starts: true,
    payload: { schedule: '17 * * * *', sender: { login: repository.owner.login } },
  });

  return {
    settle,
    tick: async (settling = {}) => [...(await start(sweep(), settling)), ...(await settle(settling))],
    dispatch: async (by, workflow, inputs, settling = {}) => {
      hub.people.dispatch(repository, { by, inputs });
      const [ran] = await settle({ ...settling, only: [workflow] });
      if (ran === undefined) throw new Error(`no workflow "${workflow}" can be run by hand`);
      return ran;
    },
    rerun: async ({ event, workflow }) => start(event, { only: [workflow] }),
    dispose: () => rm(under, { recursive: true, force: true, maxRetries: 3 }),
  };
}

function workflowsAt({ git }: Repository, commit: string): readonly WorkflowFile[] {
  const paths = git
    .git(['ls-tree', '--name-only', commit, `${workflowFolder}/`])
    .split('\n')
    .filter(Boolean);
  return paths.map((path) => parseWorkflow(path, git.git(['cat-file', 'blob', `${commit}:${path}`])));
}

function questionOf(event: HubEvent, { ref }: EventContext) {
  const { action, workflow_run: followed } = event.payload as {
    readonly action?: string;
    readonly workflow_run?: { readonly name: string };
  };
  return { event: event.name, action: action ?? null, ref, followed: followed?.name ?? null };
}

function startingJob(
  { hub, listening, repository, secrets }: RunnerOptions,
  about: {
    readonly job: WorkflowJob;
    readonly workflow: WorkflowFile;
    readonly event: HubEvent;
    readonly context: EventContext;
    readonly by: string;
    readonly run: number;
    readonly under: string;
  },
): StartingJob {
  const { job, workflow, event, context, by, run, under } = about;
  const { sha, ref, fork } = context;
  const { urls } = listening;
  const token = hub.actionsToken(repository, fork ? readOnly(job.permissions) : job.permissions);
  const held = fork || job.environment === null ? {} : (secrets[job.environment] ?? {});
  const inputs = (event.payload['inputs'] ?? {}) as Readonly<Record<string, string>>;
  return {
    job,
    workflowPath: workflow.path,
    event,
    repository: repository.fullName,
    server: urls.server,
    sha,
    ref,
    token,
    secrets: held,
    under,
    env: {
      GITHUB_API_URL: urls.api,
      GITHUB_GRAPHQL_URL: urls.graphql,
      GITHUB_SERVER_URL: urls.server,
      GITHUB_REPOSITORY: repository.fullName,
      GITHUB_REPOSITORY_ID: String(repository.id),
      GITHUB_SHA: sha,
      GITHUB_REF: ref,
      GITHUB_REF_NAME: ref.replace(/^refs\/(?:heads|tags|pull)\//, ''),
      GITHUB_REF_TYPE: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
      GITHUB_RUN_ID: String(run),
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_WORKFLOW: workflow.name,
      GITHUB_WORKFLOW_REF: `${repository.fullName}/${workflow.path}@${ref}`,
      GITHUB_ACTOR: by,
      GITHUB_ACTOR_ID: String(hub.state.account(by).id),
      GITHUB_TRIGGERING_ACTOR: by,
      RUNNER_ENVIRONMENT: 'self-hosted',
    },
    values: {
      'github.event_name': event.name,
      'github.token': token,
      'github.sha': sha,
      'github.event.workflow_run.conclusion': conclusionOf(event),
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`inputs.${name}`, value])),
      ...Object.fromEntries(Object.entries(held).map(([name, value]) => [`secrets.${name}`, value])),
    },
  };
}

/** What the run came to that an event of workflow_run tells of; empty for all others, as on the runner. */
function conclusionOf({ payload }: HubEvent): string {
  const run = payload['workflow_run'] as { readonly conclusion?: string | null } | undefined;
  return run?.conclusion ?? '';
}

function readOnly(permissions: Permissions): Permissions {
  return Object.fromEntries(Object.keys(permissions).map((name) => [name, 'read']));
}
