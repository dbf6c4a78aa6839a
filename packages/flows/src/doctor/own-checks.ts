import type { BranchChecks } from '@weighbridge/ports';
import type { LevelFacts } from './facts.js';
import { judges, runsFromDefaultBranch, type Workflow } from './workflow.js';

/** The context of our commit status. */
export const statusContext = 'weighbridge';

/** The required checks that are ours: our status, or the result of a job that judges. */
export function ownRequired(facts: LevelFacts): BranchChecks['requiredChecks'] {
  const jobs = new Set(judgingWorkflows(facts).flatMap(({ jobs }) => jobs.filter(judges).map(({ check }) => check)));
  return (facts.protection?.requiredChecks ?? []).filter(({ context }) => isStatus(context) || jobs.has(context));
}

/** Whether a context is that of our status, for all models or for one. */
export function isStatus(context: string): boolean {
  return context === statusContext || context.startsWith(`${statusContext}/`);
}

/** Workflows with a job that judges changes. */
export function judgingWorkflows({ workflows }: Pick<LevelFacts, 'workflows'>): readonly Workflow[] {
  return workflows.filter(({ jobs }) => jobs.some(judges));
}

/** Required workflows that are ours: by a path that is in this repository, or by their name elsewhere. */
export function ownRequiredWorkflows(facts: LevelFacts): readonly string[] {
  const own = judgingWorkflows(facts).map(({ path }) => path);
  return (facts.protection?.requiredWorkflows ?? []).filter(
    (required) => own.some((path) => required.endsWith(`/${path}`)) || /weighbridge[^/]*\.ya?ml/.test(required),
  );
}

/** What is to be required: our status where something posts it, else the job that judges. */
export function contextToRequire(facts: LevelFacts): string {
  const judging = judgingWorkflows(facts);
  if (judging.length === 0 || judging.some(runsFromDefaultBranch)) return statusContext;
  return judging[0]?.jobs.find(judges)?.check ?? statusContext;
}

/**
 * What a missing rule comes to: where the token could not read all that may protect a branch, nobody knows. A hidden
 * bypass list hides no rule.
 */
export function levelOfAbsence<Level extends 'warn' | 'fail'>(
  protection: Pick<BranchChecks, 'unknown'>,
  level: Level,
): Level | 'unknown' {
  return protection.unknown.every((what) => what.includes('bypass')) ? level : 'unknown';
}
