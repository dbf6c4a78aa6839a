import { permits, weighbridgeError, worstVerdict } from '@weighbridge/core';
import { gateModels, judgeAssuming } from '@weighbridge/flows';
import { type Assumption, parseAssumption } from '@weighbridge/gates';
import { renderDecisionMarkdown, renderDecisionText } from '@weighbridge/report';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { baseOf } from '../event.js';
import { type PullHint, pullHintOf } from '../pull-hint.js';
import { gatePulls, tellAssumed } from './gate-pull.js';

export const gateCommand: Command = {
  spec: {
    name: 'gate',
    summary: 'Judge models by the gate of the stage they are to enter',
    description:
      'A model that changed is judged for entering the first stage; a line of stages.yaml that differs from the ledger is judged by the gate of its stage. The policy is read from the base branch, never from the change itself. Without a pull request the checkout is judged, of which nobody can tell who approved. Exit code 0: pass, waived or warn; 1: anything else. Of a pull request whose status could be set: 0 whatever the verdict, which the status tells.',
    arguments: [
      { name: 'models', description: 'Names of models; every model that changed when none is given.', many: true },
    ],
    inputs: [
      {
        name: 'to',
        description: 'Judge the move of a registered version to this stage instead.',
        type: 'text',
        placeholder: 'STAGE',
      },
      {
        name: 'version',
        description: 'The version for --to; the newest when not given.',
        type: 'text',
        placeholder: 'VERSION',
      },
      {
        name: 'base',
        description: 'Commit or branch whose policy counts; in a pull request its base.',
        type: 'text',
        placeholder: 'REF',
      },
      {
        name: 'pull',
        description:
          'Judge this pull request as it is now, from what the forge tells and the objects of git; nothing of it is checked out. In a job, the one that the event names.',
        type: 'integer',
        placeholder: 'NUMBER',
      },
      {
        name: 'assume',
        description:
          'What-if: judge as if this were so. approved-by=alice, metric=eval.accuracy:0.95, waived=accuracy, check=ci / tests:success, stage=staging or time=2026-12-01. May be given several times. Nothing is published.',
        type: 'items',
        only: 'command-line',
        placeholder: 'FACT',
      },
      {
        name: 'publish',
        description:
          'status, the default in a job: tell the verdict of a pull request as commit status and comment. none, the default elsewhere: only judge.',
        type: 'text',
        placeholder: 'status|none',
      },
      {
        name: 'per-model',
        description: 'Set a status for each model too, such as weighbridge/fraud.',
        type: 'boolean',
        default: 'false',
      },
      {
        name: 'comment',
        description: 'Whether the verdict of a pull request is told in a comment too.',
        type: 'text',
        default: 'true',
        placeholder: 'true|false',
      },
    ],
    outputs: [
      { name: 'verdict', description: 'The worst verdict: pass, waived, warn, inconclusive, pending, fail or error.' },
      { name: 'decisions', description: 'JSON: every decision with its tree of requirements.' },
    ],
    examples: [
      'weighbridge gate',
      'weighbridge gate --pull 12 --assume approved-by=alice',
      'weighbridge gate fraud --to production --version 1.4.0',
    ],
  },
  run: runGate,
};

/** On a pull request the forge is asked; where there is none to ask, the checkout is judged without reviews. */
async function runGate(inputs: InputValues, host: Host): Promise<Outcome> {
  const hint = hintOf(inputs, host);
  const { forge } = host.surroundings;
  const assumptions = assumptionsOf(inputs);
  if (hint?.kind === 'pull' && forge !== null && assumptions.length > 0)
    return tellAssumed(await judgeAssuming(host.surroundings, forge, hint.number, assumptions), host);
  if (hint !== null && forge !== null) return gatePulls(hint, forge, inputs, host);
  if (inputs.integer('pull') !== null) throw weighbridgeError('flow/no-forge', { command: 'gate --pull' });
  return gateCheckout(inputs, host);
}

/** A command line that names a pull request, or the event of a job; none where a move or a version is asked about. */
function hintOf(inputs: InputValues, host: Host): PullHint | null {
  const number = inputs.integer('pull');
  if (number !== null && (!Number.isSafeInteger(number) || number < 1)) {
    const reason = `"${inputs.text('pull') ?? ''}" is no number of a pull request`;
    throw weighbridgeError('host/input', { input: 'pull', reason, command: 'gate' });
  }
  if (number !== null) return { kind: 'pull', number };
  if (inputs.text('to') !== null || inputs.text('base') !== null || inputs.list('models').length > 0) return null;
  return pullHintOf(host.environment['GITHUB_EVENT_NAME'] ?? '', host.event);
}

function assumptionsOf(inputs: InputValues): readonly Assumption[] {
  return inputs.items('assume').map(parseAssumption);
}

async function gateCheckout(inputs: InputValues, host: Host): Promise<Outcome> {
  if (inputs.text('version') !== null && inputs.text('to') === null) {
    const reason = 'it is the version for --to: name the stage, too';
    throw weighbridgeError('host/input', { input: 'version', reason, command: 'gate' });
  }
  const base = inputs.text('base') ?? baseOf(host.event);
  const event = host.environment['GITHUB_EVENT_NAME'] ?? '';
  if (base === null && ['pull_request', 'pull_request_target', 'merge_group'].includes(event)) {
    const reason = 'the event names no base, and a change is never judged by its own policy';
    throw weighbridgeError('host/input', { input: 'base', reason, command: 'gate' });
  }
  const { decisions, notices } = await gateModels(host.surroundings, {
    models: inputs.list('models'),
    to: inputs.text('to'),
    version: inputs.text('version'),
    base,
    assumptions: assumptionsOf(inputs),
  });
  const verdict = worstVerdict(decisions.map((decision) => decision.verdict));
  const quiet = host.governed
    ? 'No governed model changed and no stage is asked to move: nothing to judge.'
    : 'This repository has no weighbridge.yaml: nothing is governed, and nothing is judged. "weighbridge init" begins.';
  return {
    exitCode: permits(verdict) ? 0 : 1,
    json: { decisions },
    text: decisions.length === 0 ? quiet : decisions.map(renderDecisionText).join('\n\n'),
    markdown: decisions.length === 0 ? quiet : decisions.map(renderDecisionMarkdown).join('\n\n'),
    notices,
    outputs: { verdict, decisions: JSON.stringify(decisions) },
  };
}
