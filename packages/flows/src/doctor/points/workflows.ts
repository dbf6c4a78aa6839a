import type { DoctorFacts } from '../facts.js';
import { type Finding, finding, ok } from '../finding.js';
import { judgingWorkflows } from '../own-checks.js';
import {
  judges,
  runsFromDefaultBranch,
  runsOnChanges,
  type Workflow,
  type WorkflowJob,
  writesLedger,
} from '../workflow.js';

const named = 8;

/** What the workflows that use Weighbridge do and may do. */
export function examineWorkflows(facts: DoctorFacts): readonly Finding[] {
  const own = facts.workflows.filter(({ jobs }) => jobs.some(({ commands }) => commands.length > 0));
  return [
    examinePresence(facts),
    ...examineFaults(facts.workflows),
    ...examinePathFilters(own),
    ...examineConcurrency(own),
    ...examinePermissions(own),
    ...examinePins(own),
    ...examineTarget(facts, own),
    ...examineSweep(own),
  ];
}

function examinePresence(facts: DoctorFacts): Finding {
  const judging = judgingWorkflows(facts)
    .filter(runsOnChanges)
    .map(({ path }) => path);
  if (judging.length > 0) return ok('workflows', `Changes are judged by ${listed(judging)}.`);
  const because = `No workflow on ${facts.defaultBranch} judges pull requests.`;
  return finding(
    'workflows',
    'fail',
    because,
    'Run "weighbridge init", which writes them, and merge what it writes; on another CI run "weighbridge gate" in the job of a merge request.',
  );
}

function examineFaults(workflows: readonly Workflow[]): readonly Finding[] {
  return workflows
    .filter(({ fault }) => fault !== null)
    .map(({ path, fault }) =>
      finding(
        'workflow-unreadable',
        'unknown',
        `${path} could not be read: ${fault}.`,
        `Mend ${path}, then run "weighbridge doctor" again.`,
      ),
    );
}

/** A workflow that a filter leaves out never reports, and a required check that never reports waits for ever. */
function examinePathFilters(own: readonly Workflow[]): readonly Finding[] {
  const filtered = own.filter(
    ({ jobs, triggers }) => jobs.some(judges) && Object.values(triggers).some(({ pathFilter }) => pathFilter),
  );
  if (filtered.length === 0)
    return own.some(({ jobs }) => jobs.some(judges))
      ? [ok('path-filter', 'No path filter keeps the check from reporting.')]
      : [];
  const because = `${paths(filtered)} judges only some paths: where it does not start, a required check stays pending for ever.`;
  return [
    finding(
      'path-filter',
      'fail',
      because,
      'Remove "paths:" and "paths-ignore:" there; a change without governed models is a success by itself.',
    ),
  ];
}

/** A waiting run of a group is cancelled by the next one, and a cancelled check strands the pull request. */
function examineConcurrency(own: readonly Workflow[]): readonly Finding[] {
  const grouped = jobsOf(
    own,
    (job) => judges(job) && job.concurrency.some((group) => !group.includes('github.run_id')),
  );
  if (grouped.length === 0)
    return own.some(({ jobs }) => jobs.some(judges))
      ? [ok('concurrency', 'No concurrency group can cancel the check.')]
      : [];
  const because = `${listed(grouped)} shares a concurrency group: a run that waits in it is cancelled by the next, and the check never concludes.`;
  return [
    finding(
      'concurrency',
      'warn',
      because,
      'Remove "concurrency:" there; judging the same change twice at once is harmless.',
    ),
  ];
}

function examinePermissions(own: readonly Workflow[]): readonly Finding[] {
  const wide = own.flatMap((workflow) => workflow.jobs.flatMap((job) => tooWide(workflow, job)));
  const narrow = own.flatMap((workflow) => workflow.jobs.flatMap((job) => tooNarrow(workflow, job)));
  const findings: Finding[] = [];
  if (wide.length > 0)
    findings.push(
      finding(
        'permissions-wide',
        'warn',
        `Jobs may more than they need: ${listed(wide)}.`,
        'Write "permissions: {}" at the top of the workflow and give each job what its README lists.',
      ),
    );
  if (narrow.length > 0)
    findings.push(
      finding(
        'permissions-narrow',
        'fail',
        `Jobs may less than they need: ${listed(narrow)}.`,
        'Add these under "permissions:" of the job.',
      ),
    );
  const any = own.some(({ jobs }) => jobs.some(({ commands }) => commands.length > 0));
  return findings.length > 0 || !any
    ? findings
    : [ok('permissions', 'The jobs of Weighbridge may what they need and no more.')];
}

function tooWide(workflow: Workflow, job: WorkflowJob): readonly string[] {
  const place = `${workflow.path} (${job.id})`;
  if (job.commands.length === 0) return [];
  if (job.permissions === null) return [`${place} names none, so the repository's default counts`];
  if (job.permissions['all'] === 'write') return [`${place} has write-all`];
  const writes = Object.entries(job.permissions).flatMap(([scope, level]) => (level === 'write' ? [scope] : []));
  const needless = writesLedger(job) ? [] : writes.filter((scope) => scope === 'contents' || scope === 'actions');
  return needless.map((scope) => `${place} has ${scope}: write and only reads`);
}

function tooNarrow(workflow: Workflow, job: WorkflowJob): readonly string[] {
  const { permissions } = job;
  if (permissions === null || permissions['all'] === 'write') return [];
  const lacks = (scope: string, level: 'read' | 'write') => {
    const given = permissions[scope] ?? permissions['all'] ?? 'none';
    return given === 'write' || given === level ? [] : [`${workflow.path} (${job.id}) lacks ${scope}: ${level}`];
  };
  if (writesLedger(job)) return lacks('contents', 'write');
  if (!judges(job)) return job.commands.length > 0 ? lacks('contents', 'read') : [];
  const posts = runsFromDefaultBranch(workflow)
    ? [...lacks('statuses', 'write'), ...lacks('pull-requests', 'write')]
    : [];
  return [...lacks('contents', 'read'), ...posts];
}

function examinePins(own: readonly Workflow[]): readonly Finding[] {
  const used = own.flatMap(({ path, jobs }) => jobs.flatMap(({ uses }) => uses.map((use) => ({ ...use, path }))));
  const loose = used.filter(({ pinned }) => !pinned).map(({ path, line, text }) => `${path}:${line} ${text}`);
  if (loose.length === 0)
    return used.length === 0 ? [] : [ok('pinned', `All ${used.length} actions are pinned by commit.`)];
  const because = `A tag or branch can be moved to other code: ${listed(loose)}.`;
  return [
    finding(
      'pinned',
      'warn',
      because,
      'Write the full commit id after the @ and the version as a comment, and let Dependabot or Renovate raise it.',
    ),
  ];
}

/** https://gh.io/securely-using-pull_request_target */
function examineTarget({ setting }: DoctorFacts, own: readonly Workflow[]): readonly Finding[] {
  const users = own.filter(({ triggers }) => Object.hasOwn(triggers, 'pull_request_target'));
  if (users.length === 0 || setting?.visibility === 'private' || setting?.visibility === 'internal') return [];
  const level = setting === null ? 'unknown' : 'warn';
  const because = `${paths(users)} runs on pull_request_target, which public repositories block by default.`;
  return [
    finding(
      'pull-request-target',
      level,
      because,
      'Use the relay (pull_request and pull_request_review, then workflow_run) that "weighbridge init" writes, or allow this file in Settings > Actions > General.',
    ),
  ];
}

/** A lost event leaves a status as it was; a sweep looks again. */
function examineSweep(own: readonly Workflow[]): readonly Finding[] {
  const posting = own.filter((workflow) => workflow.jobs.some(judges) && runsFromDefaultBranch(workflow));
  if (posting.length === 0) return [];
  if (own.some(({ jobs, triggers }) => jobs.some(judges) && Object.hasOwn(triggers, 'schedule')))
    return [ok('sweep', 'A scheduled run judges open pull requests again.')];
  return [
    finding(
      'sweep',
      'warn',
      'No scheduled run judges open pull requests again: a lost event leaves an old status.',
      `Add "schedule:" under "on:" in ${posting[0]?.path}.`,
    ),
  ];
}

function jobsOf(workflows: readonly Workflow[], wanted: (job: WorkflowJob) => boolean): readonly string[] {
  return workflows.flatMap(({ path, jobs }) => jobs.filter(wanted).map(({ id }) => `${path} (${id})`));
}

function paths(workflows: readonly Workflow[]): string {
  return listed(workflows.map(({ path }) => path));
}

function listed(items: readonly string[]): string {
  const more = items.length - named;
  return `${items.slice(0, named).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}
