import { weighbridgeError } from '@weighbridge/core';
import { loadCommand, loadCommands } from '../commands/load-commands.js';
import type { Command, Host } from '../host.js';
import type { Outcome } from '../outcome.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Actions with one command each, which has their name but where it says another. `audit` and `store` choose by their input
 * `command`, the root action by the event.
 */
const single: Readonly<Record<string, string>> = {
  attest: 'attest',
  evidence: 'evidence add',
  version: 'version',
  gate: 'gate',
  register: 'register',
  promote: 'promote',
  rollback: 'rollback',
  apply: 'apply',
  doctor: 'doctor',
  pull: 'pull',
  sign: 'sign',
  verify: 'verify',
  documents: 'documents',
  lineage: 'lineage',
  impact: 'impact',
  reproduce: 'reproduce',
  release: 'release',
};

/** Words that the root action takes: those whose inputs it declares. */
const atRoot: readonly string[] = ['version', 'gate', 'register', 'apply', 'promote', 'rollback', 'doctor'];

/**
 * Actions of several commands, with the one that runs when none is named, and those that a job does not have: addresses of
 * a store are secrets, and outputs are none.
 */
const groups: Readonly<Record<string, { readonly usual: string; readonly without: readonly string[] }>> = {
  audit: { usual: 'verify', without: [] },
  store: { usual: 'stats', without: ['store url'] },
};

/** The command that an action runs. @throws host/event-without-work, host/input */
export async function chooseCommand(action: string, environment: Environment, word: string): Promise<Command> {
  const named = single[action];
  if (named !== undefined) return loadCommand(named);
  if (Object.hasOwn(groups, action)) return chooseOfGroup(action, word);
  if (word !== '') {
    const asked = atRoot.includes(word) ? single[word] : undefined;
    if (asked !== undefined) return loadCommand(asked);
    throw weighbridgeError('host/input', {
      input: 'command',
      reason: `"${word}" is none of ${atRoot.join(', ')}`,
      command: 'version',
    });
  }
  return chooseByEvent(environment);
}

async function chooseOfGroup(group: string, word: string): Promise<Command> {
  const { usual, without } = groups[group] ?? { usual: '', without: [] };
  const commands = (await loadCommands([group])).filter(({ spec }) => !without.includes(spec.name));
  const found = commands.find((command) => command.spec.name === `${group} ${word === '' ? usual : word}`);
  if (found !== undefined) return found;
  const known = commands.map(({ spec }) => spec.name.slice(group.length + 1)).join(', ');
  const reason = `"${word}" is none of ${known}`;
  throw weighbridgeError('host/input', { input: 'command', reason, command: `${group} ${usual}` });
}

async function chooseByEvent(environment: Environment): Promise<Command> {
  const event = environment['GITHUB_EVENT_NAME'] ?? '';
  const ref = environment['GITHUB_REF'] ?? '';
  switch (event) {
    case 'pull_request':
      return versionAndGate();
    // These run the default branch's own copy of the workflow: nothing of the change is checked out there.
    case 'pull_request_target':
    case 'pull_request_review':
    case 'issue_comment':
    case 'workflow_run':
    case 'merge_group':
    case 'schedule':
      return loadCommand('gate');
    case 'push':
      return ref.startsWith('refs/tags/') ? loadCommand('register') : releaseAndApply();
    case 'workflow_dispatch':
      return loadCommand('rollback');
  }
  throw weighbridgeError('host/event-without-work', { event: event === '' ? 'none' : `${event} of ${ref}` });
}

/**
 * A push to a branch releases where the policy says so, and tells the versions elsewhere; then the stages move to where
 * stages.yaml asks them to be.
 */
async function releaseAndApply(): Promise<Command> {
  const [registerCommand, versionCommand] = [await loadCommand('register'), await loadCommand('version')];
  const applyCommand = await loadCommand('apply');
  return {
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
}

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
async function versionAndGate(): Promise<Command> {
  const [versionCommand, gateCommand] = [await loadCommand('version'), await loadCommand('gate')];
  return {
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
}
