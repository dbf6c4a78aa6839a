import { rulesetsPage } from '../commands.js';
import type { BranchProtection } from '@weighbridge/ports';
import type { DoctorFacts } from '../facts.js';
import { type Finding, finding, ok } from '../finding.js';
import { judgingWorkflows, levelOfAbsence } from '../own-checks.js';

/** What the default branch asks besides our check. */
export function examineBranch(facts: DoctorFacts): readonly Finding[] {
  const { protection } = facts;
  if (protection === null) return [];
  return [examineDismissal(facts, protection), examineUpToDate(facts, protection), ...examineQueue(facts, protection)];
}

/** Should an evaluation die after a push, the native rule still holds the old approvals back. */
function examineDismissal(facts: DoctorFacts, protection: BranchProtection): Finding {
  const id = 'dismiss-stale';
  const approvals = protection.requiredApprovals;
  if (protection.dismissesStale && approvals > 0)
    return ok(id, `The forge itself dismisses approvals on a push and asks for ${approvals}.`);
  const because =
    'The forge itself does not ask for an approval of the newest push: should an evaluation not run, an earlier green status stands.';
  return finding(
    id,
    levelOfAbsence(protection, 'warn'),
    because,
    `Require one approval and turn on "Dismiss stale pull request approvals" in ${rulesetsPage(facts)}.`,
  );
}

/** Two promotions of one stage are both green against the old base; the second must be judged again. */
function examineUpToDate(facts: DoctorFacts, protection: BranchProtection): Finding {
  const id = 'up-to-date';
  if (protection.mergeQueue) return ok(id, 'A merge queue judges each change on top of those before it.');
  if (protection.strict) return ok(id, 'A branch must be up to date before it is merged.');
  const because =
    'Two pull requests that move the same stage can both be green; the second would fail only when it is applied.';
  return finding(
    id,
    levelOfAbsence(protection, 'warn'),
    because,
    `Turn on "Require branches to be up to date before merging", or a merge queue, in ${rulesetsPage(facts)}.`,
  );
}

function examineQueue(facts: DoctorFacts, protection: BranchProtection): readonly Finding[] {
  const id = 'merge-group';
  if (!protection.mergeQueue) return [];
  const judging = judgingWorkflows(facts);
  if (judging.some(({ triggers }) => Object.hasOwn(triggers, 'merge_group')))
    return [ok(id, 'Merge groups are judged.')];
  const because =
    'The default branch has a merge queue, and no workflow that judges runs on merge_group: the queue would wait for ever.';
  return [
    finding(
      id,
      'fail',
      because,
      `Add "merge_group:" under "on:" in ${judging[0]?.path ?? 'the workflow that judges'}.`,
    ),
  ];
}
