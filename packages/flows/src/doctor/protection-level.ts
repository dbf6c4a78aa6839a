import type { LevelFacts } from './facts.js';
import type { Protection } from './finding.js';
import { isStatus, judgingWorkflows, levelOfAbsence, ownRequired, ownRequiredWorkflows } from './own-checks.js';
import { raiseProtection } from './raise-protection.js';
import { runsFromDefaultBranch } from './workflow.js';

/**
 * L0 nothing of ours is required. L1 the result of a job as the change has it. L2 a required status that the default
 * branch's workflow sets. L3 an App or a required workflow is the only source that counts.
 */
export function decideProtectionLevel(facts: LevelFacts): Protection {
  const found = findLevel(facts);
  return { ...found, remedy: raiseProtection(facts, found.level) };
}

function findLevel(facts: LevelFacts): Omit<Protection, 'remedy'> {
  const { protection, defaultBranch } = facts;
  if (protection === null)
    return {
      level: 'unknown',
      because: `What protects ${defaultBranch} could not be read, so how strong the check is cannot be told.`,
    };
  const workflows = ownRequiredWorkflows(facts);
  if (workflows.length > 0)
    return {
      level: 'L3',
      because: `A ruleset requires the workflow ${workflows[0]}, which no pull request can replace.`,
    };
  const required = ownRequired(facts);
  const app = required.find(({ source }) => source !== null && source !== 'github-actions');
  if (app !== undefined)
    return { level: 'L3', because: `"${app.context}" is required and only counts from the App ${app.source}.` };
  if (required.length === 0 && levelOfAbsence(protection, 'fail') === 'unknown')
    return {
      level: 'unknown',
      because: `No check of Weighbridge is seen to be required on ${defaultBranch}, and not all that protects it could be read.`,
    };
  if (required.length === 0)
    return {
      level: 'L0',
      because: `No check of Weighbridge is required on ${defaultBranch}: a red verdict stops nobody.`,
    };
  const status = required.find(({ context }) => isStatus(context));
  if (status !== undefined && judgingWorkflows(facts).some(runsFromDefaultBranch)) {
    const because = `"${status.context}" is required and set by a workflow of the default branch; whoever may push a branch could still set a status of that name from a workflow of their own.`;
    return { level: 'L2', because };
  }
  const because = `"${required[0]?.context}" is required and is what a workflow of the pull request itself reports: whoever may push a branch can edit it.`;
  return { level: 'L1', because };
}
