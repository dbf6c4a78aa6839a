import { makeRuleset, rulesetsPage } from '../commands.js';
import type { DoctorFacts } from '../facts.js';
import { type Finding, finding, ok } from '../finding.js';
import { levelOfAbsence } from '../own-checks.js';

/** Whether nobody can rewrite the ledger. */
export function examineLedger(facts: DoctorFacts): readonly Finding[] {
  return [examineBranch(facts), ...examineLedgerBypass(facts), examineDrift(facts)];
}

function examineBranch(facts: DoctorFacts): Finding {
  const id = 'ledger-protected';
  const { ledgerProtection: protection, policy } = facts;
  const { branch } = policy.ledger;
  if (protection === null)
    return finding(
      id,
      'unknown',
      `What protects the ledger branch ${branch} could not be read.`,
      `See ${rulesetsPage(facts)}: it must block force pushes and deletion.`,
    );
  const remedy = makeRuleset(facts, {
    name: 'weighbridge ledger',
    target: 'branch',
    include: [`refs/heads/${branch}`],
    rules: [{ type: 'non_fast_forward' }, { type: 'deletion' }],
  });
  const open = [protection.forcePushBlocked ? '' : 'force pushes', protection.deletionBlocked ? '' : 'deletion'].filter(
    (what) => what !== '',
  );
  if (open.length > 0)
    return finding(
      id,
      levelOfAbsence(protection, 'fail'),
      `The ledger branch ${branch} allows ${open.join(' and ')}: whoever may push can replace the record.`,
      remedy,
    );
  const checks =
    protection.requiredChecks.length > 0
      ? `required checks (${protection.requiredChecks.map(({ context }) => context).join(', ')})`
      : '';
  // Whoever is on the bypass list passes such a rule: that may be the App that writes the ledger.
  const refuses = protection.bypass.length > 0 ? [] : protection.refuses;
  const rules = refuses.length > 0 ? `what its rules say (${refuses.join(', ')})` : '';
  const hindered = [protection.requiresPull ? 'a pull request' : '', checks, rules].filter((what) => what !== '');
  if (hindered.length > 0)
    return finding(
      id,
      'fail',
      `The ledger branch ${branch} asks for ${hindered.join(' and ')}, which an append by a job cannot bring.`,
      `Exclude refs/heads/${branch} from that rule in ${rulesetsPage(facts)}.`,
    );
  return ok(id, `The ledger branch ${branch} takes no force push and no deletion.`);
}

function examineLedgerBypass(facts: DoctorFacts): readonly Finding[] {
  const bypass = facts.ledgerProtection?.bypass ?? [];
  if (bypass.length === 0) return [];
  const because = `${bypass.join(', ')} may rewrite the ledger branch ${facts.policy.ledger.branch}; "weighbridge audit verify" finds it only against a checkpoint kept elsewhere.`;
  return [finding('ledger-bypass', 'warn', because, `Empty the bypass list of its ruleset in ${rulesetsPage(facts)}.`)];
}

const namedDrift = 8;

function examineDrift({ drift }: DoctorFacts): Finding {
  if (drift.length === 0) return ok('drift', 'stages.yaml and the ledger agree.');
  const told = drift
    .slice(0, namedDrift)
    .map(
      ({ model, stage, asked, held }) => `${model} ${stage}: asked ${asked ?? 'nothing'}, held ${held ?? 'nothing'}`,
    );
  const more = drift.length > namedDrift ? `; and ${drift.length - namedDrift} more` : '';
  const first = drift[0];
  const remedy =
    first?.asked === null || first === undefined
      ? `Write what the ledger holds into stages.yaml ("weighbridge show ${first?.model ?? ''}"), by a pull request.`
      : `Apply it ("weighbridge promote ${first.model}@${first.asked} --to ${first.stage}"), or write what the ledger holds into stages.yaml by a pull request.`;
  return finding('drift', 'warn', `stages.yaml and the ledger differ: ${told.join('; ')}${more}.`, remedy);
}
