import { WeighbridgeError } from '@weighbridge/core';
import type { TeamFacts } from '@weighbridge/gates';
import { parseStages, type Policy } from '@weighbridge/manifest';
import type { Forge } from '@weighbridge/ports';
import { type Files, filesAtCommit, filesOfWorkTree } from '../reading/files.js';
import { type Governance, maxFileBytes, readGovernance } from '../governing/governance.js';
import type { Surroundings } from '../surroundings.js';
import { ownersPaths } from './code-owners.js';
import type { DoctorFacts, RosterPerson, StageDrift } from './facts.js';
import { maxWorkflowBytes, parseWorkflow } from './parse-workflow.js';
import type { Workflow } from './workflow.js';

const workflowFolder = '.github/workflows';
const maxWorkflows = 200;
/** People and teams that are looked up; a roster is a list that people read. */
const maxPeople = 200;
const maxTeams = 50;

/**
 * Gathers what a diagnosis rests on: files at the tip of the default branch, the ledger, and what the forge tells. What
 * cannot be read is left out and told in `unseen`.
 * @throws flow/invalid-files
 */
export async function gatherDoctorFacts(surroundings: Surroundings): Promise<DoctorFacts> {
  const { forge } = surroundings;
  const unseen: string[] = [];
  if (forge === null)
    unseen.push(
      'No forge could be asked (no token, no remote on one, or another CI): branch protection, secrets, people and the token were not seen.',
    );
  const { files, branch } = await openTip(surroundings, unseen);
  const governance = await readGovernance(files, surroundings.sha256);
  const { policy } = governance;
  const see = <Answer>(what: string, read: (forge: Forge) => Promise<Answer>) => seeForge(forge, what, read, unseen);
  const setting = await see('The setting of the repository', (asked) => asked.setting());
  const protection = await see(`The protection of ${branch}`, (asked) => asked.protection(branch));
  const tagProtection = await see('The protection of tags', (asked) => asked.tagProtection());
  const ledgerProtection = await see('The protection of the ledger branch', (asked) =>
    asked.protection(policy.ledger.branch),
  );
  for (const each of [protection, ledgerProtection])
    unseen.push(...(each?.unknown ?? []).map((what) => `${each?.branch}: ${what}`));
  unseen.push(...(tagProtection?.unknown ?? []));
  const head = await surroundings.ledger.head();
  return {
    setting,
    protection,
    ledgerProtection,
    tagProtection,
    defaultBranch: branch,
    workflows: await readWorkflows(files, unseen),
    codeOwners: await readCodeOwners(files),
    governed: governance.governed,
    policy,
    models: governance.models.map(({ manifest }) => manifest.name),
    ledger: { size: head.size, signed: head.signed },
    signer: surroundings.signer,
    drift: await readDrift(surroundings, governance, { files, unseen }),
    people: await see('The people of the rosters', (asked) => readPeople(asked, policy, unseen)),
    teams: await see('The teams of the rosters', (asked) => readTeams(asked, policy, unseen)),
    unseen,
  };
}

/** The tip of the default branch as data; the checkout where the clone does not hold it. */
export async function openTip(
  surroundings: Pick<Surroundings, 'repository' | 'workTree'>,
  unseen: string[],
): Promise<{ files: Files; branch: string }> {
  const { repository } = surroundings;
  const branch = await repository.defaultBranch();
  if (branch !== null) {
    const here = (await repository.commit(branch.commit)) !== null || (await repository.fetchCommit(branch.commit));
    if (here) return { files: filesAtCommit(repository, branch.commit), branch: branch.name };
  }
  unseen.push('The tip of the default branch is not in this clone: files were read from the checkout.');
  return { files: filesOfWorkTree(surroundings.workTree), branch: branch?.name ?? 'the default branch' };
}

/** Only what the forge refuses or cannot do is told; our own mistakes are not. */
async function seeForge<Answer>(
  forge: Forge | null,
  what: string,
  read: (forge: Forge) => Promise<Answer>,
  unseen: string[],
): Promise<Answer | null> {
  if (forge === null) return null;
  try {
    return await read(forge);
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || !error.code.startsWith('forge/')) throw error;
    unseen.push(`${what} could not be read: ${error.message} ${error.remedy}`);
    return null;
  }
}

/** Every workflow at a commit, as data. What is beyond the bound is told in `unseen`. */
export async function readWorkflows(files: Files, unseen: string[]): Promise<readonly Workflow[]> {
  const paths = (await files.list(workflowFolder)).filter((path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path));
  if (paths.length > maxWorkflows) unseen.push(`Of ${paths.length} workflows the first ${maxWorkflows} were read.`);
  const workflows: Workflow[] = [];
  for (const path of paths.slice(0, maxWorkflows))
    workflows.push(parseWorkflow(path, (await readText(files, path, maxWorkflowBytes)) ?? ''));
  return workflows;
}

async function readCodeOwners(files: Files): Promise<string | null> {
  for (const path of ownersPaths) {
    const text = await readText(files, path, maxFileBytes);
    if (text !== null) return text;
  }
  return null;
}

async function readText(files: Files, path: string, maxBytes: number): Promise<string | null> {
  const bytes = await files.read(path, maxBytes);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

async function readDrift(
  surroundings: Surroundings,
  governance: Governance,
  { files, unseen }: { readonly files: Files; readonly unseen: string[] },
): Promise<readonly StageDrift[]> {
  const drift: StageDrift[] = [];
  for (const { manifest, folder } of governance.models) {
    const path = folder === '' ? 'stages.yaml' : `${folder}/stages.yaml`;
    const bytes = await files.read(path, maxFileBytes);
    if (bytes === null) continue;
    const parsed = parseStages({ path, bytes });
    if (!parsed.ok) {
      unseen.push(`${path} has faults, so it was not compared with the ledger: ${parsed.faults[0]?.message ?? ''}`);
      continue;
    }
    const held = (await surroundings.ledger.catalogue(manifest.name))?.stages ?? {};
    for (const [stage, asked] of Object.entries(parsed.value.stages)) {
      const now = Object.hasOwn(held, stage) ? (held[stage] ?? null) : null;
      if (asked !== now) drift.push({ model: manifest.name, stage, asked, held: now });
    }
  }
  return drift;
}

async function readPeople(forge: Forge, policy: Policy, unseen: string[]): Promise<readonly RosterPerson[]> {
  const rosters = new Map<string, { login: string; rosters: string[] }>();
  for (const [roster, { users }] of Object.entries(policy.reviewers)) {
    for (const login of users) {
      const known = rosters.get(login.toLowerCase()) ?? { login, rosters: [] };
      known.rosters.push(roster);
      rosters.set(login.toLowerCase(), known);
    }
  }
  if (rosters.size > maxPeople)
    unseen.push(`Of ${rosters.size} people in rosters the first ${maxPeople} were looked up.`);
  const people: RosterPerson[] = [];
  for (const known of [...rosters.values()].slice(0, maxPeople)) {
    const permission = await forge.permission(known.login);
    const doubtful = permission === 'none' || permission === 'cannot-verify';
    people.push({ ...known, permission, exists: !doubtful || (await forge.account(known.login)) !== null });
  }
  return people;
}

async function readTeams(forge: Forge, policy: Policy, unseen: string[]): Promise<Readonly<Record<string, TeamFacts>>> {
  const slugs = [...new Set(Object.values(policy.reviewers).flatMap((roster) => roster.teams))];
  if (slugs.length > maxTeams) unseen.push(`Of ${slugs.length} teams in rosters the first ${maxTeams} were looked up.`);
  const teams: Record<string, TeamFacts> = {};
  for (const slug of slugs.slice(0, maxTeams)) teams[slug] = await forge.team(slug);
  return teams;
}
