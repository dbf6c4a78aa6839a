import { parse } from 'yaml';

/** What a token may do, as `permissions:` of a workflow writes it. */
export type Permissions = Readonly<Record<string, 'read' | 'write'>>;

export interface WorkflowStep {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface WorkflowJob {
  readonly id: string;
  readonly if: string | null;
  readonly permissions: Permissions;
  readonly environment: string | null;
  readonly steps: readonly WorkflowStep[];
}

export interface WorkflowFile {
  readonly path: string;
  readonly name: string;
  readonly triggers: Readonly<Record<string, Trigger>>;
  readonly jobs: readonly WorkflowJob[];
}

interface Trigger {
  readonly types?: readonly string[];
  readonly branches?: readonly string[];
  readonly tags?: readonly string[];
  readonly workflows?: readonly string[];
}

const everything = 'contents pull-requests statuses checks actions issues id-token deployments packages'.split(' ');
/** Activity types that count where a workflow lists none. */
const usualTypes: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['opened', 'synchronize', 'reopened'],
  pull_request_target: ['opened', 'synchronize', 'reopened'],
};

/** Reads as much of a workflow as the stories need. */
export function parseWorkflow(path: string, text: string): WorkflowFile {
  const file = parse(text) as {
    name?: string;
    on: string | readonly string[] | Record<string, Trigger | null>;
    permissions?: unknown;
    jobs: Record<string, { if?: string; permissions?: unknown; environment?: string; steps?: readonly WorkflowStep[] }>;
  };
  const names = typeof file.on === 'string' ? [file.on] : Array.isArray(file.on) ? (file.on as string[]) : null;
  const triggers = names === null ? Object.entries(file.on) : names.map((name) => [name, null] as const);
  return {
    path,
    name: file.name ?? path,
    triggers: Object.fromEntries(triggers.map(([name, trigger]) => [name, trigger ?? {}])),
    jobs: Object.entries(file.jobs).map(([id, job]) => ({
      id,
      if: job.if ?? null,
      permissions: parsePermissions(job.permissions ?? file.permissions),
      environment: job.environment ?? null,
      steps: job.steps ?? [],
    })),
  };
}

/** Absent, it is what a new repository gives: contents and packages may be read. */
function parsePermissions(written: unknown): Permissions {
  if (written === undefined) return { contents: 'read', packages: 'read' };
  if (written === 'read-all') return Object.fromEntries(everything.map((name) => [name, 'read']));
  if (written === 'write-all') return Object.fromEntries(everything.map((name) => [name, 'write']));
  return written as Permissions;
}

/** What happened, as far as `on:` looks at it. */
export interface TriggerQuestion {
  readonly event: string;
  readonly action: string | null;
  /** The pushed ref. */
  readonly ref: string;
  /** Name of the workflow whose run is followed. */
  readonly followed: string | null;
}

/** Whether `on:` of a workflow asks for an event. */
export function listensTo({ triggers }: WorkflowFile, question: TriggerQuestion): boolean {
  const { event, action, ref, followed } = question;
  const trigger = triggers[event];
  if (trigger === undefined) return false;
  const types = trigger.types ?? usualTypes[event];
  if (types !== undefined && action !== null && !types.includes(action)) return false;
  if (event === 'workflow_run') return followed !== null && (trigger.workflows ?? []).includes(followed);
  if (event !== 'push') return true;
  const matches = (patterns: readonly string[], name: string): boolean =>
    patterns.some((pattern) => patternOf(pattern).test(name));
  if (ref.startsWith('refs/tags/'))
    return trigger.tags === undefined ? trigger.branches === undefined : matches(trigger.tags, ref.slice(10));
  return trigger.branches === undefined ? trigger.tags === undefined : matches(trigger.branches, ref.slice(11));
}

function patternOf(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')}$`);
}
