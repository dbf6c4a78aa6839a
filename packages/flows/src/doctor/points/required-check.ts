import { rulesetsPage } from '../commands.js';
import { hasOwners } from '../code-owners.js';
import type { DoctorFacts } from '../facts.js';
import { type Finding, finding, ok } from '../finding.js';
import {
  contextToRequire,
  isStatus,
  judgingWorkflows,
  levelOfAbsence,
  ownRequired,
  ownRequiredWorkflows,
} from '../own-checks.js';
import { requireCheck } from '../raise-protection.js';
import { runsFromDefaultBranch } from '../workflow.js';

/** Whether our check is required, from whom it counts, and whether a pull request can edit it. */
export function examineRequiredCheck(facts: DoctorFacts): readonly Finding[] {
  return [examineRequired(facts), ...examineSource(facts), ...examineTampering(facts), ...examineBypass(facts)];
}

function examineRequired(facts: DoctorFacts): Finding {
  const id = 'status-required';
  const { protection, defaultBranch } = facts;
  const context = contextToRequire(facts);
  if (protection === null)
    return finding(
      id,
      'unknown',
      `Whether "${context}" is required on ${defaultBranch} could not be read.`,
      `See ${rulesetsPage(facts)}.`,
    );
  const required = [...ownRequired(facts).map(({ context }) => `"${context}"`), ...ownRequiredWorkflows(facts)];
  if (required.length > 0) return ok(id, `${required.join(', ')} must succeed before a merge into ${defaultBranch}.`);
  return finding(
    id,
    levelOfAbsence(protection, 'fail'),
    `No check of Weighbridge is seen to be required on ${defaultBranch}: a red verdict can be merged.`,
    requireCheck(facts, context),
  );
}

function examineSource(facts: DoctorFacts): readonly Finding[] {
  const id = 'status-source';
  const required = ownRequired(facts);
  if (required.length === 0 || ownRequiredWorkflows(facts).length > 0) return [];
  const open = required.filter(({ source }) => source === null).map(({ context }) => `"${context}"`);
  const place = `In ${rulesetsPage(facts)}, edit the rule and choose a source for the check: the App whose token Weighbridge runs with, else GitHub Actions.`;
  if (open.length > 0)
    return [finding(id, 'warn', `${open.join(', ')} counts from anybody who may set a status.`, place)];
  const actions = required.filter(({ source }) => source === 'github-actions').map(({ context }) => `"${context}"`);
  if (actions.length > 0)
    return [
      finding(
        id,
        'warn',
        `${actions.join(', ')} counts from any workflow of this repository, one of a pull request too.`,
        `Run Weighbridge with the token of an App of your own (input github-token). ${place}`,
      ),
    ];
  return [
    ok(id, `The required check counts from ${required.map(({ source }) => `the App ${source}`).join(', ')} alone.`),
  ];
}

/** A job that the change itself defines can be edited by whoever may push, unless its workflow has owners. */
function examineTampering(facts: DoctorFacts): readonly Finding[] {
  const id = 'check-editable';
  const required = new Set(ownRequired(facts).map(({ context }) => context));
  const judging = judgingWorkflows(facts);
  // What is required could not be seen: the workflows still tell what a pull request could edit.
  if (required.size === 0 && (facts.protection !== null || judging.length === 0)) return [];
  const fromBranch = judging.some(runsFromDefaultBranch) && [...required].every(isStatus);
  if (fromBranch)
    return [ok(id, 'The verdict comes from the workflow of the default branch: a pull request cannot edit it.')];
  const paths = judging.map(({ path }) => path);
  const guarded = paths.length > 0 && paths.every((path) => hasOwners(facts.codeOwners ?? '', path));
  if (guarded && facts.protection?.requiresOwners === true)
    return [ok(id, 'A pull request can edit the workflow that judges it, and its owners must approve that.')];
  const half = guarded
    ? 'Turn on "Require review from Code Owners"'
    : 'Add "/.github/workflows/ @your-team" to .github/CODEOWNERS and turn on "Require review from Code Owners"';
  return [
    finding(
      id,
      'warn',
      `A pull request can edit the workflow that judges it (${paths.join(', ') || 'none was found'}), and nobody must approve that.`,
      `${half} in ${rulesetsPage(facts)}; or copy the workflows that "weighbridge init" writes for evaluation from the default branch and require the status weighbridge.`,
    ),
  ];
}

function examineBypass(facts: DoctorFacts): readonly Finding[] {
  const bypass = facts.protection?.bypass ?? [];
  if (bypass.length === 0) return [];
  const because = `${bypass.join(', ')} may pass every rule of ${facts.defaultBranch}; what comes in that way is recorded as bypassed.`;
  return [
    finding(
      'branch-bypass',
      'warn',
      because,
      `Shorten the bypass list in ${rulesetsPage(facts)}, or allow it for pull requests only.`,
    ),
  ];
}
