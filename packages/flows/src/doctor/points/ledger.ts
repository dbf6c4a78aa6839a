import { makeRuleset, repositoryOf, rulesetsPage } from '../commands.js';
import type { DoctorFacts } from '../facts.js';
import { type Finding, finding, ok } from '../finding.js';
import { levelOfAbsence } from '../own-checks.js';

/** Whether nobody can rewrite the ledger or move the tags of releases. */
export function examineLedger(facts: DoctorFacts): readonly Finding[] {
  return [examineBranch(facts), ...examineLedgerBypass(facts), examineTags(facts), examineDrift(facts)];
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
    include: `refs/heads/${branch}`,
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
  const hindered = [protection.requiresPull ? 'a pull request' : '', checks].filter((what) => what !== '');
  if (hindered.length > 0)
    return finding(
      id,
      'fail',
      `The ledger branch ${branch} asks for ${hindered.join(' and ')}, which no append can bring.`,
      `Exclude refs/heads/${branch} from that rule in ${rulesetsPage(facts)}.`,
    );
  return ok(id, `The ledger branch ${branch} takes no force push and no deletion.`);
}

function examineLedgerBypass({ ledgerProtection, policy, ...facts }: DoctorFacts): readonly Finding[] {
  const bypass = ledgerProtection?.bypass ?? [];
  if (bypass.length === 0) return [];
  const because = `${bypass.join(', ')} may rewrite the ledger branch ${policy.ledger.branch}; "weighbridge audit verify" finds it only against a checkpoint kept elsewhere.`;
  return [
    finding(
      'ledger-bypass',
      'warn',
      because,
      `Empty the bypass list of its ruleset in ${rulesetsPage({ ledgerProtection, policy, ...facts })}.`,
    ),
  ];
}

/** The forge port reads what protects branches, not tags. */
function examineTags(facts: DoctorFacts): Finding {
  const id = 'release-tags';
  const make = makeRuleset(facts, {
    name: 'weighbridge release tags',
    target: 'tag',
    include: 'refs/tags/*@v*',
    rules: [{ type: 'update' }, { type: 'deletion' }],
  });
  const because = 'Whether release tags (*@v*) can be moved or deleted is not read by this command.';
  const look = `gh api "repos/${repositoryOf(facts)}/rulesets?targets=tag" tells; if nothing covers them, make a rule.`;
  return finding(id, 'unknown', because, `${look} ${make}`);
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
