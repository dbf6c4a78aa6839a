import { applyCommand } from '../commands/apply.js';
import { attestCommand } from '../commands/attest.js';
import { auditCommands } from '../commands/audit.js';
import { doctorCommand } from '../commands/doctor.js';
import { documentsCommand } from '../commands/documents.js';
import { evidenceCommand } from '../commands/evidence.js';
import { gateCommand } from '../commands/gate.js';
import { impactCommand } from '../commands/impact.js';
import { lineageCommand } from '../commands/lineage.js';
import { promoteCommand } from '../commands/promote.js';
import { pullCommand } from '../commands/pull.js';
import { registerCommand } from '../commands/register.js';
import { releaseCommand } from '../commands/release.js';
import { reproduceCommand } from '../commands/reproduce.js';
import { rollbackCommand } from '../commands/rollback.js';
import { signCommand } from '../commands/sign.js';
import { storeCommands } from '../commands/store.js';
import { verifyCommand } from '../commands/verify.js';
import { versionCommand } from '../commands/version.js';
import type { Command } from '../host.js';
import { actionInputs, commonInputs, type InputSpec, type OutputSpec } from '../inputs.js';

/** One action as its action.yml and README declare it. */
export interface ActionDeclaration {
  /** Folder under actions/, or '' for the one at the root. */
  readonly folder: string;
  readonly title: string;
  readonly summary: string;
  readonly description: string;
  readonly inputs: readonly InputSpec[];
  readonly outputs: readonly OutputSpec[];
  /** Permissions of the job's token, with the reason. */
  readonly permissions: readonly { readonly scope: string; readonly why: string }[];
  readonly icon: string;
  /** Inputs of the step that its README shows: those that cannot be left out. */
  readonly shown: Readonly<Record<string, string>>;
}

const signingKey = 'signing-key';
const keyFromSecret = '${{ secrets.WEIGHBRIDGE_SIGNING_KEY }}';

const json: OutputSpec = { name: 'json', description: 'The whole result as one JSON document.' };
const reads = { scope: 'contents: read', why: 'the checkout, the ledger branch and the tags' } as const;
const identity = { scope: 'id-token: write', why: 'a keyless signature; not needed with a key' } as const;
const readsStore = {
  scope: 'id-token: write',
  why: 'a role that reads the store, where it is a bucket (docs/stores.md)',
} as const;
const writes = { scope: 'contents: write', why: 'the ledger branch and the tags' } as const;

const judges = [
  { scope: 'pull-requests: read', why: 'reviews, commits and files of the pull request' },
  { scope: 'checks: read', why: 'checks that a gate asks for, and when the head was first seen' },
] as const;
const readsStatuses = { scope: 'statuses: read', why: 'checks that a gate asks for and that are statuses' } as const;
const tells = [
  { scope: 'statuses: write', why: 'the status that the branch requires' },
  { scope: 'pull-requests: write', why: 'the comment; without it the status and the summary tell' },
] as const;
const opens = [
  { scope: 'pull-requests: write', why: 'where the promotion is asked for by a pull request' },
  { scope: 'statuses: write', why: 'the status of that pull request' },
] as const;

const readsChecks = { scope: 'checks: read', why: 'checks that a gate asks for' } as const;
const readsRuns = { scope: 'actions: read', why: 'evidence that is an artifact of a run' } as const;
const aligns = [
  { scope: 'pull-requests: write', why: 'the pull request that brings stages.yaml in line' },
  { scope: 'statuses: write', why: 'the status of that pull request' },
] as const;

const issues = {
  scope: 'issues: write',
  why: 'an issue for a change that nobody judged; without it the status tells',
} as const;

/** Every action, from the specifications of the commands. */
export const actionDeclarations: readonly ActionDeclaration[] = [
  {
    folder: '',
    title: 'Weighbridge',
    summary: 'Governed model registry in your repository: versions, gates, ledger, rollback',
    description:
      'The one-stop action: it does what the event asks for. A pull request gets versions and verdicts; a review relay, a merge group, a comment or a schedule gets verdicts; a push of a version tag registers; a push to the default branch registers where the policy releases on merge and applies stages.yaml; workflow_dispatch rolls back. The input "command" overrides this.',
    inputs: uniqueInputs(
      [
        {
          name: 'command',
          description: 'version, gate, register, apply, promote, rollback or doctor; by the event when not given.',
          type: 'text',
        },
      ],
      [versionCommand, gateCommand, registerCommand, applyCommand, promoteCommand, rollbackCommand, doctorCommand],
    ),
    outputs: uniqueOutputs([
      versionCommand,
      gateCommand,
      registerCommand,
      applyCommand,
      promoteCommand,
      rollbackCommand,
      doctorCommand,
    ]),
    permissions: [reads, { scope: 'contents: write', why: 'only for jobs that register, promote or roll back' }],
    icon: 'check-circle',
    shown: {},
  },
  declare('version', versionCommand, [reads], { icon: 'git-commit' }),
  declare('gate', gateCommand, [reads, ...judges, ...tells, readsRuns], { icon: 'shield' }),
  declare(
    'register',
    registerCommand,
    [writes, ...judges, readsStatuses, readsRuns, { ...identity, why: `where versions are signed: ${identity.why}` }],
    { icon: 'package', signs: true },
  ),
  declare('apply', applyCommand, [writes, ...judges, tells[0], issues, readsRuns], {
    icon: 'check-square',
    signs: true,
  }),
  declare('promote', promoteCommand, [writes, ...opens, readsChecks, readsRuns], {
    icon: 'trending-up',
    signs: true,
    shown: { model: 'fraud@1.4.0', to: 'staging' },
  }),
  declare('rollback', rollbackCommand, [writes, ...aligns, readsChecks], {
    icon: 'rotate-ccw',
    signs: true,
    shown: { model: 'fraud', stage: 'production', reason: 'false positives doubled' },
  }),
  declare('attest', attestCommand, [{ scope: 'contents: read', why: 'the checkout' }, identity], {
    icon: 'award',
    shown: { model: 'fraud', metrics: 'eval=eval.json' },
  }),
  declare(
    'evidence',
    evidenceCommand,
    [writes, { scope: 'actions: read', why: 'only where the document is taken from a run' }],
    { icon: 'file-plus', signs: true, shown: { model: 'fraud@1.4.0', file: 'eval.json' } },
  ),
  declare('pull', pullCommand, [reads, readsStore], { icon: 'download', shown: { model: 'fraud@production' } }),
  declare('sign', signCommand, [{ ...writes, why: 'the ledger branch' }, identity], {
    icon: 'edit-3',
    signs: true,
    shown: { model: 'fraud@1.4.0' },
  }),
  declare('verify', verifyCommand, [reads], { icon: 'check', shown: { model: 'fraud@1.4.0' } }),
  declare('documents', documentsCommand, [reads], { icon: 'file-text', shown: { version: 'fraud@1.4.0' } }),
  declare('lineage', lineageCommand, [reads], { icon: 'git-branch', shown: { version: 'fraud@production' } }),
  declare('impact', impactCommand, [reads], { icon: 'share-2', shown: { about: 'fraud' } }),
  declare('reproduce', reproduceCommand, [reads, { ...readsStore, why: `with check: ${readsStore.why}` }], {
    icon: 'repeat',
    shown: { version: 'fraud@1.4.0' },
  }),
  declare('release', releaseCommand, [{ ...writes, why: 'releases and their files' }], { icon: 'gift' }),
  {
    folder: 'actions/store',
    title: 'Weighbridge store',
    summary: 'Count, verify, collect, tier and fill the store of artifacts',
    description:
      'Tells how much is stored and how much was saved, compares what is stored with what was registered, removes what no version names, or stores artifacts and writes artifacts.lock. The input "command" says which.',
    inputs: uniqueInputs(
      [
        {
          name: 'command',
          description: 'stats, verify, collect, tier, restore or push.',
          type: 'text',
          default: 'stats',
        },
      ],
      storeCommands,
    ),
    outputs: uniqueOutputs(storeCommands, [
      { name: 'models', description: 'JSON, of push [{"model","lock","files","size"}], of stats bytes by version.' },
    ]),
    permissions: [reads, { ...readsStore, why: `${readsStore.why}; push, collect, tier and restore write there` }],
    icon: 'database',
    shown: {},
  },
  {
    folder: 'actions/audit',
    title: 'Weighbridge audit',
    summary: 'Verify, show, list, export and prove what the ledger says',
    description:
      'Replays the ledger and checks that nobody rewrote it, or reads from it. The input "command" says which.',
    inputs: uniqueInputs(
      [
        {
          name: 'command',
          description: 'verify, show, log, export, prove, key or rebuild.',
          type: 'text',
          default: 'verify',
        },
      ],
      auditCommands,
    ),
    outputs: uniqueOutputs(auditCommands),
    permissions: [reads, { scope: 'contents: write', why: 'only for rebuild' }],
    icon: 'search',
    shown: {},
  },
];

function declare(
  name: string,
  command: Command,
  permissions: ActionDeclaration['permissions'],
  about: {
    readonly icon: string;
    /** It writes entries of the ledger; others are given no key. */
    readonly signs?: boolean;
    readonly shown?: Readonly<Record<string, string>>;
  },
): ActionDeclaration {
  const { summary, description } = command.spec;
  return {
    folder: `actions/${name}`,
    title: `Weighbridge ${name}`,
    summary,
    description,
    inputs: uniqueInputs([], [command]).filter(({ name: input }) => about.signs === true || input !== signingKey),
    outputs: uniqueOutputs([command]),
    permissions,
    icon: about.icon,
    shown: { ...about.shown, ...(about.signs === true ? { [signingKey]: keyFromSecret } : {}) },
  };
}

/** Inputs of several commands as one list; required ones of one command are not required of all. */
function uniqueInputs(first: readonly InputSpec[], commands: readonly Command[]): readonly InputSpec[] {
  const inputs = new Map<string, InputSpec>(first.map((input) => [input.name, input]));
  for (const { spec } of commands) {
    for (const { name, description } of spec.arguments) {
      if (!inputs.has(name)) inputs.set(name, { name, description, type: 'text' });
    }
    for (const input of spec.inputs) if (!inputs.has(input.name)) inputs.set(input.name, { ...input, required: false });
  }
  for (const input of [...commonInputs, ...actionInputs]) inputs.set(input.name, input);
  return [...inputs.values()].filter((input) => input.only !== 'command-line');
}

function uniqueOutputs(commands: readonly Command[], first: readonly OutputSpec[] = []): readonly OutputSpec[] {
  const outputs = new Map<string, OutputSpec>(first.map((output) => [output.name, output]));
  for (const { spec } of commands)
    for (const output of spec.outputs) if (!outputs.has(output.name)) outputs.set(output.name, output);
  return [...outputs.values(), json];
}
