import { checkWorkflow } from './check.js';
import { auditWorkflow, promoteWorkflow, rollbackWorkflow } from './dispatch.js';
import { evaluateWorkflow } from './evaluate.js';
import { gateTargetWorkflow, gateWorkflow } from './gate.js';
import { mainWorkflow, registerWorkflow } from './main.js';
import { releaseWorkflow } from './release.js';

const folder = '.github/workflows';

/**
 * Workflows that `init` writes, by the path that they have in a repository. Each job gets the least permissions that it
 * needs, each with its reason, and nothing of a pull request is run by a job that may write.
 */
export function workflowTemplates(defaultBranch = 'main'): ReadonlyMap<string, string> {
  return new Map([
    [`${folder}/weighbridge-check.yml`, checkWorkflow],
    [`${folder}/weighbridge-gate.yml`, gateWorkflow],
    [`${folder}/weighbridge-main.yml`, mainWorkflow(defaultBranch)],
    [`${folder}/weighbridge-register.yml`, registerWorkflow],
    [`${folder}/weighbridge-promote.yml`, promoteWorkflow],
    [`${folder}/weighbridge-rollback.yml`, rollbackWorkflow],
    [`${folder}/weighbridge-audit.yml`, auditWorkflow],
  ]);
}

/** Those and the ones that a team chooses instead, or adapts: what `workflows-examples/` holds. */
export function exampleWorkflows(): ReadonlyMap<string, string> {
  return new Map([
    ...workflowTemplates(),
    [`${folder}/weighbridge-gate-target.yml`, gateTargetWorkflow],
    [`${folder}/evaluate.yml`, evaluateWorkflow],
    [`${folder}/weighbridge-release.yml`, releaseWorkflow],
  ]);
}
