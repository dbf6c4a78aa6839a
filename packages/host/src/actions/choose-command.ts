import { weighbridgeError } from '@weighbridge/core';
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
import type { Command, Host } from '../host.js';
import type { Outcome } from '../outcome.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Actions with one command each. `audit` and `store` choose by their input `command`, the root action by the event. */
const single: Readonly<Record<string, Command>> = {
  attest: attestCommand,
  evidence: evidenceCommand,
  version: versionCommand,
  gate: gateCommand,
  register: registerCommand,
  promote: promoteCommand,
  rollback: rollbackCommand,
  apply: applyCommand,
  doctor: doctorCommand,
  pull: pullCommand,
  sign: signCommand,
  verify: verifyCommand,
  documents: documentsCommand,
  lineage: lineageCommand,
  impact: impactCommand,
  reproduce: reproduceCommand,
  release: releaseCommand,
};

/** Words that the root action takes: those whose inputs it declares. */
const atRoot: readonly string[] = ['version', 'gate', 'register', 'apply', 'promote', 'rollback', 'doctor'];

/** Actions of several commands, with the one that runs when none is named. */
const groups: Readonly<Record<string, { readonly commands: readonly Command[]; readonly usual: string }>> = {
  audit: { commands: auditCommands, usual: 'verify' },
  store: { commands: storeCommands, usual: 'stats' },
};

/** The command that an action runs. @throws host/event-without-work, host/input */
export function chooseCommand(action: string, environment: Environment, word: string): Command {
  const named = single[action];
  if (named !== undefined) return named;
  if (Object.hasOwn(groups, action)) return chooseOfGroup(action, word);
  if (word !== '') {
    const asked = atRoot.includes(word) ? single[word] : undefined;
    if (asked !== undefined) return asked;
    throw weighbridgeError('host/input', {
      input: 'command',
      reason: `"${word}" is none of ${atRoot.join(', ')}`,
      command: 'version',
    });
  }
  return chooseByEvent(environment);
}

function chooseOfGroup(group: string, word: string): Command {
  const { commands, usual } = groups[group] ?? { commands: [], usual: '' };
  const found = commands.find((command) => command.spec.name === `${group} ${word === '' ? usual : word}`);
  if (found !== undefined) return found;
  const known = commands.map(({ spec }) => spec.name.slice(group.length + 1)).join(', ');
  const reason = `"${word}" is none of ${known}`;
  throw weighbridgeError('host/input', { input: 'command', reason, command: `${group} ${usual}` });
}

function chooseByEvent(environment: Environment): Command {
  const event = environment['GITHUB_EVENT_NAME'] ?? '';
  const ref = environment['GITHUB_REF'] ?? '';
  switch (event) {
    case 'pull_request':
      return versionAndGate;
    // These run the default branch's own copy of the workflow: nothing of the change is checked out there.
    case 'pull_request_target':
    case 'pull_request_review':
    case 'issue_comment':
    case 'workflow_run':
    case 'merge_group':
    case 'schedule':
      return gateCommand;
    case 'push':
      return ref.startsWith('refs/tags/') ? registerCommand : releaseAndApply;
    case 'workflow_dispatch':
      return rollbackCommand;
  }
  throw weighbridgeError('host/event-without-work', { event: event === '' ? 'none' : `${event} of ${ref}` });
}

/**
 * A push to a branch releases where the policy says so, and tells the versions elsewhere; then the stages move to where
 * stages.yaml asks them to be.
 */
const releaseAndApply: Command = {
  spec: {
    ...registerCommand.spec,
    inputs: [...registerCommand.spec.inputs, ...applyCommand.spec.inputs],
    outputs: [...registerCommand.spec.outputs, ...applyCommand.spec.outputs.filter(({ name }) => name !== 'outcome')],
  },
  run: async (inputs, host) => {
    const first = host.policy.release.when === 'on-merge' ? registerCommand : versionCommand;
    const released = await first.run(inputs, host);
    if (!isDefaultBranch(host)) return released;
    const applied = await applyCommand.run(inputs, host);
    return {
      exitCode: gravest(released.exitCode, applied.exitCode),
      json: { release: released.json, apply: applied.json },
      text: `${released.text}\n\n${applied.text}`,
      markdown: `${released.markdown}\n\n${applied.markdown}`,
      notices: [...released.notices, ...applied.notices],
      outputs: { ...applied.outputs, ...released.outputs },
    };
  },
};

/** An error outside weighs more than something that is not as required. */
function gravest(left: Outcome['exitCode'], right: Outcome['exitCode']): Outcome['exitCode'] {
  return left > right ? left : right;
}

/** Whether a push was to the default branch, as its event says. Where it does not, the branch that was checked out counts. */
function isDefaultBranch({ event, environment }: Host): boolean {
  const repository = event['repository'];
  const name =
    typeof repository === 'object' && repository !== null
      ? (repository as { default_branch?: unknown }).default_branch
      : undefined;
  return typeof name !== 'string' || environment['GITHUB_REF'] === `refs/heads/${name}`;
}

/** What a pull request gets: the versions, then the verdicts, in one summary. */
const versionAndGate: Command = {
  spec: {
    ...versionCommand.spec,
    name: 'version and gate',
    inputs: [...versionCommand.spec.inputs, ...gateCommand.spec.inputs],
    outputs: [...versionCommand.spec.outputs, ...gateCommand.spec.outputs],
  },
  run: async (inputs, host) => {
    const version = await versionCommand.run(inputs, host);
    const gate = await gateCommand.run(inputs, host);
    return {
      exitCode: gate.exitCode,
      json: { version: version.json, gate: gate.json },
      text: `${version.text}\n\n${gate.text}`,
      markdown: `${version.markdown}\n\n${gate.markdown}`,
      notices: [...version.notices, ...gate.notices],
      outputs: { ...version.outputs, ...gate.outputs },
    };
  },
};
