import type { DoctorFacts } from '../facts.js';
import { type Finding, finding, ok } from '../finding.js';

/** Whether the policy is there, blocks, and belongs to somebody. */
export function examinePolicy(facts: DoctorFacts): readonly Finding[] {
  const { governed, defaultBranch, policy } = facts;
  if (!governed)
    return [
      finding(
        'policy',
        'fail',
        `${defaultBranch} has no weighbridge.yaml: nothing is governed, and every verdict is a preview.`,
        'Run "weighbridge init" and merge what it writes.',
      ),
    ];
  return [examineMode(facts), examineOwners(facts), ...examineGates(policy.gates, policy.stages)];
}

function examineMode({ policy }: DoctorFacts): Finding {
  if (policy.mode === 'enforce') return ok('mode', 'The policy enforces: what fails blocks.');
  return finding(
    'mode',
    'warn',
    'The mode of the policy is warn: every verdict is told and none blocks.',
    'Set "mode: enforce" in weighbridge.yaml by a pull request, once the verdicts are those that you want.',
  );
}

function examineOwners({ policy }: DoctorFacts): Finding {
  if (policy.owners.length > 0) return ok('policy-owners', `The policy belongs to ${policy.owners.join(', ')}.`);
  return finding(
    'policy-owners',
    policy.mode === 'enforce' ? 'fail' : 'warn',
    'Nobody owns the policy: a pull request that loosens it needs no approval of its own.',
    'Set "owners:" in weighbridge.yaml to a roster or to logins.',
  );
}

/** The stages that people depend on are those after the first and before the archive. */
function examineGates(gates: DoctorFacts['policy']['gates'], stages: readonly string[]): readonly Finding[] {
  const last = stages.at(-2);
  if (last === undefined || Object.hasOwn(gates, last)) return [];
  return [
    finding(
      'gates',
      'warn',
      `No gate is set for ${last}: every version may enter it.`,
      `Add "gates: {${last}: …}" to weighbridge.yaml; docs/guide.md has an example.`,
    ),
  ];
}
