import type { PermissionFact, TeamFacts } from '@weighbridge/gates';
import type { Policy } from '@weighbridge/manifest';
import type { BranchChecks, BranchProtection, RepositorySetting, TagProtection } from '@weighbridge/ports';
import type { Workflow } from './workflow.js';

/** Everything that a diagnosis rests on, gathered beforehand. What could not be read is null, and `unseen` says why. */
export interface DoctorFacts {
  readonly setting: RepositorySetting | null;
  /** Of the default branch. */
  readonly protection: BranchProtection | null;
  readonly ledgerProtection: BranchProtection | null;
  readonly tagProtection: TagProtection | null;
  readonly defaultBranch: string;
  readonly workflows: readonly Workflow[];
  /** Text of CODEOWNERS; null when there is none. */
  readonly codeOwners: string | null;
  readonly governed: boolean;
  readonly policy: Policy;
  /** Names of the governed models. */
  readonly models: readonly string[];
  readonly ledger: { readonly size: number; readonly signed: boolean };
  /** Verifier key of the signing key at hand; null when there is none. */
  readonly signer: string | null;
  readonly drift: readonly StageDrift[];
  /** Everybody whom a roster names; null without a forge. */
  readonly people: readonly RosterPerson[] | null;
  /** By `org/team`, of every team that a roster names; null without a forge. */
  readonly teams: Readonly<Record<string, TeamFacts>> | null;
  readonly unseen: readonly string[];
}

/** What the level of protection rests on: of the branch only what must succeed before a change comes into it. */
export interface LevelFacts {
  readonly setting: Pick<RepositorySetting, 'name'> | null;
  readonly protection: BranchChecks | null;
  readonly defaultBranch: string;
  readonly workflows: readonly Workflow[];
}

/** A line of stages.yaml that is not what the ledger says. */
export interface StageDrift {
  readonly model: string;
  readonly stage: string;
  /** Null: nothing is to be there. */
  readonly asked: string | null;
  readonly held: string | null;
}

/** Somebody whom a roster names. */
export interface RosterPerson {
  readonly login: string;
  readonly rosters: readonly string[];
  readonly exists: boolean;
  readonly permission: PermissionFact;
}
