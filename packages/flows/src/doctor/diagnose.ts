import type { DoctorFacts } from './facts.js';
import type { Diagnosis, Finding } from './finding.js';
import { decideProtectionLevel } from './protection-level.js';
import { examineBranch } from './points/branch.js';
import { examineLedger } from './points/ledger.js';
import { examinePeople } from './points/people.js';
import { examinePolicy } from './points/policy.js';
import { examineRequiredCheck } from './points/required-check.js';
import { examineSigning } from './points/signing.js';
import { examineTags } from './points/tags.js';
import { examineToken } from './points/token.js';
import { examineWorkflows } from './points/workflows.js';

const points: readonly ((facts: DoctorFacts) => readonly Finding[])[] = [
  examineRequiredCheck,
  examineBranch,
  examineWorkflows,
  examinePolicy,
  examinePeople,
  examineLedger,
  examineTags,
  examineSigning,
  examineToken,
];

/** What the facts come to: the level of protection and every point, in a fixed order. Pure. */
export function diagnose(facts: DoctorFacts): Diagnosis {
  return {
    schema: 1,
    repository: facts.setting?.name ?? null,
    protection: decideProtectionLevel(facts),
    findings: points.flatMap((examine) => examine(facts)),
    unseen: facts.unseen,
  };
}
