import { makeRuleset, rulesetsPage } from '../commands.js';
import type { BranchProtection } from '@weighbridge/ports';
import type { DoctorFacts } from '../facts.js';
import { type Finding, finding, ok } from '../finding.js';
import { judgingWorkflows, levelOfAbsence } from '../own-checks.js';

/** What the default branch asks besides our check. */
export function examineBranch(facts: DoctorFacts): readonly Finding[] {
  const { protection } = facts;
  if (protection === null) return [];
  return [
    examineWayIn(facts, protection),
    examineDismissal(facts, protection),
    examineUpToDate(facts, protection),
    ...examineQueue(facts, protection),
    ...examineQueueMethod(facts, protection),
  ];
}

/**
 * Who changed a model, and by which pull request, is read from the first parents of the branch. What is pushed to it by
 * hand has no pull request, and a merge made by hand may have the branch as its second parent.
 */
function examineWayIn(facts: DoctorFacts, protection: BranchProtection): Finding {
  const id = 'pull-required';
  const { defaultBranch } = facts;
  if (protection.requiresPull)
    return ok(id, `Changes come into ${defaultBranch} by pull request, whichever way it is merged.`);
  const merges = protection.linearHistory ? '' : ', and a merge by hand can hide which pull request brought a model';
  return finding(
    id,
    levelOfAbsence(protection, 'warn'),
    `Whoever may push can push to ${defaultBranch} without a pull request: what comes in that way is judged by nobody and recorded as bypassed${merges}.`,
    makeRuleset(facts, {
      name: 'weighbridge pull requests',
      target: 'branch',
      include: [`refs/heads/${defaultBranch}`],
      rules: [
        {
          type: 'pull_request',
          parameters: {
            required_approving_review_count: 0,
            dismiss_stale_reviews_on_push: true,
            require_code_owner_review: false,
            require_last_push_approval: false,
            required_review_thread_resolution: false,
          },
        },
        { type: 'non_fast_forward' },
      ],
    }),
  );
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
  if (protection.mergeQueue !== null) return ok(id, 'A merge queue judges each change on top of those before it.');
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
  if (protection.mergeQueue === null) return [];
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

/** A group is judged commit by commit, each of which must tell its pull request; and a red one must hold back. */
function examineQueueMethod(facts: DoctorFacts, { mergeQueue }: BranchProtection): readonly Finding[] {
  if (mergeQueue === null) return [];
  const place = `In ${rulesetsPage(facts)}, edit the rule "Require merge queue"`;
  const findings: Finding[] = [];
  if (mergeQueue.method === 'rebase')
    findings.push(
      finding(
        'queue-method',
        'fail',
        'The merge queue rebases: its commits do not tell which pull request they are of, so no group can be judged.',
        `${place} and choose "Merge commit" or "Squash and merge".`,
      ),
    );
  if (!mergeQueue.everyGreen)
    findings.push(
      finding(
        'queue-grouping',
        'fail',
        'The merge queue merges a group when its last pull request is green: those before it come in whatever their verdict.',
        `${place} and turn on "Only merge non-failing pull requests".`,
      ),
    );
  return findings.length > 0
    ? findings
    : [ok('queue-method', `The merge queue merges by ${mergeQueue.method}, and only what is green.`)];
}
