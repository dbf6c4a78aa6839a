import { weighbridgeError } from '@weighbridge/core';
import { auditCommands } from '../commands/audit.js';
import { doctorCommand } from '../commands/doctor.js';
import { gateCommand } from '../commands/gate.js';
import { promoteCommand } from '../commands/promote.js';
import { registerCommand } from '../commands/register.js';
import { rollbackCommand } from '../commands/rollback.js';
import { versionCommand } from '../commands/version.js';
import type { Command } from '../host.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Actions with one command each. `audit` chooses by its input `command`, the root action by the event. */
const single: Readonly<Record<string, Command>> = {
  version: versionCommand,
  gate: gateCommand,
  register: registerCommand,
  promote: promoteCommand,
  rollback: rollbackCommand,
  doctor: doctorCommand,
};

/** The command that an action runs. @throws host/event-without-work, host/input */
export function chooseCommand(action: string, environment: Environment, word: string): Command {
  const named = single[action];
  if (named !== undefined) return named;
  if (action === 'audit') return chooseAudit(word === '' ? 'verify' : word);
  if (word !== '') {
    const asked = single[word];
    if (asked !== undefined) return asked;
    throw weighbridgeError('host/input', {
      input: 'command',
      reason: `"${word}" is none of ${Object.keys(single).join(', ')}`,
      command: 'version',
    });
  }
  return chooseByEvent(environment);
}

function chooseAudit(word: string): Command {
  const found = auditCommands.find((command) => command.spec.name === `audit ${word}`);
  if (found !== undefined) return found;
  throw weighbridgeError('host/input', { input: 'command', reason: `"${word}" is no audit command`, command: 'audit' });
}

function chooseByEvent(environment: Environment): Command {
  const event = environment['GITHUB_EVENT_NAME'] ?? '';
  const ref = environment['GITHUB_REF'] ?? '';
  switch (event) {
    case 'pull_request':
    case 'merge_group':
      return versionAndGate;
    case 'push':
      return ref.startsWith('refs/tags/') ? registerCommand : releaseOnMerge;
    case 'workflow_dispatch':
      return rollbackCommand;
  }
  throw weighbridgeError('host/event-without-work', { event: event === '' ? 'none' : `${event} of ${ref}` });
}

/** A push to a branch releases where the policy says so, and tells the versions elsewhere. */
const releaseOnMerge: Command = {
  spec: registerCommand.spec,
  run: (inputs, host) => (host.policy.release.when === 'on-merge' ? registerCommand : versionCommand).run(inputs, host),
};

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
