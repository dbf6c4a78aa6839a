import { makeRuleset, rulesetsPage } from './commands.js';
import type { LevelFacts } from './facts.js';
import type { ProtectionLevel } from './finding.js';
import { contextToRequire, judgingWorkflows, statusContext } from './own-checks.js';
import { runsFromDefaultBranch } from './workflow.js';

/** The one thing that would raise the level of protection, with its command where there is one; null at the highest. */
export function raiseProtection(facts: LevelFacts, level: ProtectionLevel): string | null {
  switch (level) {
    case 'L0':
      return requireCheck(facts, contextToRequire(facts));
    case 'L1':
      return judgingWorkflows(facts).some(runsFromDefaultBranch)
        ? `Require the status ${statusContext} in place of the job. ${requireCheck(facts, statusContext)}`
        : `Judge from the default branch: merge the workflows that "weighbridge init" writes, then require the status ${statusContext}. Run: weighbridge init`;
    case 'L2':
      return `Give the gate the token of an App of your own (input github-token), and choose that App as the source of the required check in ${rulesetsPage(facts)}.`;
    case 'L3':
      return null;
    case 'unknown':
      return 'Look with a token that may administer the repository. Run: GITHUB_TOKEN=$(gh auth token) weighbridge doctor';
  }
}

/** The command that requires a check on the default branch. */
export function requireCheck(facts: LevelFacts, context: string): string {
  return makeRuleset(facts, {
    name: 'weighbridge',
    target: 'branch',
    include: [`refs/heads/${facts.defaultBranch}`],
    rules: [
      {
        type: 'required_status_checks',
        parameters: { strict_required_status_checks_policy: true, required_status_checks: [{ context }] },
      },
    ],
  });
}
