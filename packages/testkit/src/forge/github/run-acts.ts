import { createHash } from 'node:crypto';
import type { Scene } from './scene.js';
import type { Repository, Run } from './state.js';

/** What a run of a workflow is about. */
export interface RunDescription {
  readonly by: string;
  readonly workflowPath: string;
  readonly name?: string;
  readonly event: string;
  readonly branch: string;
  readonly commit: string;
  readonly headRepository?: string;
}

/** What workflows and other machines do. */
export function runActs(scene: Scene) {
  const { state } = scene;

  function addRun(repository: Repository, run: RunDescription & { readonly conclusion: string | null }): Run {
    const time = scene.at();
    const suite = { id: state.nextId(), commit: run.commit, branch: run.branch, app: 'github-actions', at: time };
    repository.suites.push(suite);
    const made: Run = {
      id: state.nextId(),
      suite: suite.id,
      name: run.name ?? run.workflowPath.replace(/^.*\/|\.ya?ml$/g, ''),
      path: run.workflowPath,
      event: run.event,
      branch: run.branch,
      commit: run.commit,
      headRepository: run.headRepository ?? repository.fullName,
      attempt: 1,
      status: run.conclusion === null ? 'in_progress' : 'completed',
      conclusion: run.conclusion,
      actor: state.account(run.by),
      at: time,
    };
    repository.runs.set(made.id, made);
    return made;
  }

  return {
    /** A check of a workflow's job, or of an app; null while it runs. Answers the check's id. */
    reportCheck(
      repository: Repository,
      check: {
        readonly commit: string;
        readonly name: string;
        readonly conclusion: string | null;
        readonly run?: number;
        readonly app?: string;
      },
    ): number {
      const { commit, name, conclusion, app = 'github-actions' } = check;
      const time = scene.at();
      const held =
        check.run === undefined
          ? repository.suites.find((suite) => suite.commit === commit && suite.app === app)
          : repository.suites.find(({ id }) => id === repository.runs.get(check.run ?? 0)?.suite);
      const suite = held ?? { id: state.nextId(), commit, branch: repository.defaultBranch, app, at: time };
      if (held === undefined) repository.suites.push(suite);
      const id = state.nextId();
      repository.checkRuns.push({ id, suite: suite.id, name, commit, conclusion, at: time });
      return id;
    },

    reportStatus(
      repository: Repository,
      status: {
        readonly by: string;
        readonly commit: string;
        readonly context: string;
        readonly state: string;
        readonly description?: string;
      },
    ): void {
      const { commit, context, description = null } = status;
      const creator = state.account(status.by);
      repository.statuses.push({
        id: state.nextId(),
        commit,
        context,
        state: status.state,
        description,
        targetUrl: null,
        creator,
        at: scene.at(),
      });
    },

    finishRun(repository: Repository, run: RunDescription & { readonly conclusion: string | null }): Run {
      const made = addRun(repository, run);
      if (run.conclusion !== null)
        scene.happened(repository, 'workflow_run', { action: 'completed', run: made }, run.by);
      return made;
    },

    /** A run begins, and those who wait for it are told: the first half of {@link finishRun}. */
    startRun(repository: Repository, run: RunDescription): Run {
      const made = addRun(repository, { ...run, conclusion: null });
      scene.happened(repository, 'workflow_run', { action: 'requested', run: made }, run.by);
      return made;
    },

    /** A run that began comes to its end. */
    endRun(
      repository: Repository,
      end: { readonly by: string; readonly run: number; readonly conclusion: string },
    ): void {
      const run = repository.runs.get(end.run);
      if (run === undefined) throw new Error(`no run ${end.run}`);
      run.conclusion = end.conclusion;
      run.status = 'completed';
      scene.happened(repository, 'workflow_run', { action: 'completed', run }, end.by);
    },

    /** Runs a run again: another attempt under the same id, with the event of the first. */
    rerun(
      repository: Repository,
      again: { readonly by: string; readonly run: number; readonly conclusion: string },
    ): void {
      const run = repository.runs.get(again.run);
      if (run === undefined) throw new Error(`no run ${again.run}`);
      run.attempt++;
      run.conclusion = again.conclusion;
      run.status = 'completed';
      scene.happened(repository, 'workflow_run', { action: 'completed', run }, again.by);
    },

    keepArtifact(
      repository: Repository,
      artifact: {
        readonly run: number;
        readonly name: string;
        readonly zip: Uint8Array;
        readonly expired?: boolean;
        /** Instead of the true one, as after a swap in the storage. */
        readonly digest?: string;
      },
    ): number {
      const { run, name, zip, expired = false } = artifact;
      const id = state.nextId();
      const digest = artifact.digest ?? `sha256:${createHash('sha256').update(zip).digest('hex')}`;
      repository.artifacts.set(id, { id, run, name, zip, digest, expired, at: scene.at() });
      return id;
    },

    dispatch(
      repository: Repository,
      dispatch: { readonly by: string; readonly ref?: string; readonly inputs: Readonly<Record<string, string>> },
    ): void {
      const ref = dispatch.ref ?? `refs/heads/${repository.defaultBranch}`;
      scene.happened(repository, 'workflow_dispatch', { ref, inputs: dispatch.inputs, workflow: '' }, dispatch.by);
    },
  };
}
