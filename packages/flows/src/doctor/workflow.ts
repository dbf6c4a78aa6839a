/** One workflow of the repository, read as data: what decides who may do what with it. */
export interface Workflow {
  readonly path: string;
  readonly name: string;
  /** Why it could not be read; everything else is empty then. */
  readonly fault: string | null;
  readonly triggers: Readonly<Record<string, { readonly pathFilter: boolean }>>;
  readonly jobs: readonly WorkflowJob[];
}

/** One job, with what the workflow sets for all jobs filled in. */
export interface WorkflowJob {
  readonly id: string;
  /** What the check is called that it reports. */
  readonly check: string;
  /** By scope; `all` for `read-all` and `write-all`; null where neither job nor workflow says. */
  readonly permissions: Readonly<Record<string, string>> | null;
  /** Groups of the workflow and of the job, as they are written. */
  readonly concurrency: readonly string[];
  readonly environment: string | null;
  readonly uses: readonly ActionUse[];
  /** Commands of Weighbridge that it runs, be it by an action or by the command line. */
  readonly commands: readonly string[];
  /** Names of secrets that it hands over as a signing key. */
  readonly signingSecrets: readonly string[];
}

/** One `uses:` and where it stands. */
export interface ActionUse {
  readonly text: string;
  readonly line: number;
  readonly pinned: boolean;
}

const judging: ReadonlySet<string> = new Set(['gate']);
const writing: ReadonlySet<string> = new Set(['register', 'promote', 'rollback', 'evidence', 'apply']);
const governing: readonly string[] = [
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'workflow_run',
  'merge_group',
];

/** Whether a job judges changes: its verdict is the check. */
export function judges(job: WorkflowJob): boolean {
  return job.commands.some((command) => judging.has(command));
}

/** Whether a job writes the ledger. */
export function writesLedger(job: WorkflowJob): boolean {
  return job.commands.some((command) => writing.has(command));
}

/** Whether a change can start it. */
export function runsOnChanges(workflow: Workflow): boolean {
  return governing.some((event) => Object.hasOwn(workflow.triggers, event));
}

/** Whether it runs as the default branch has it, whatever the change says. */
export function runsFromDefaultBranch(workflow: Workflow): boolean {
  return ['workflow_run', 'pull_request_target'].some((event) => Object.hasOwn(workflow.triggers, event));
}
