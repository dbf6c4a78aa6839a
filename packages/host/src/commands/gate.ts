import { permits, weighbridgeError, worstVerdict } from '@weighbridge/core';
import { gateModels } from '@weighbridge/flows';
import { renderDecisionMarkdown, renderDecisionText } from '@weighbridge/report';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { baseOf } from '../event.js';

export const gateCommand: Command = {
  spec: {
    name: 'gate',
    summary: 'Judge models by the gate of the stage they are to enter',
    description:
      'A model that changed is judged for entering the first stage; a line of stages.yaml that differs from the ledger is judged by the gate of its stage. The policy is read from the base branch, never from the change itself. Exit code 0: pass, waived or warn; 1: anything else.',
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
    ],
    outputs: [
      { name: 'verdict', description: 'The worst verdict: pass, waived, warn, inconclusive, pending, fail or error.' },
      { name: 'decisions', description: 'JSON: every decision with its tree of requirements.' },
    ],
    examples: ['weighbridge gate', 'weighbridge gate fraud --to production --version 1.4.0'],
  },
  run: runGate,
};

async function runGate(inputs: InputValues, host: Host): Promise<Outcome> {
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
  });
  const verdict = worstVerdict(decisions.map((decision) => decision.verdict));
  const quiet = 'No governed model changed and no stage is asked to move: nothing to judge.';
  return {
    exitCode: permits(verdict) ? 0 : 1,
    json: { decisions },
    text: decisions.length === 0 ? quiet : decisions.map(renderDecisionText).join('\n\n'),
    markdown: decisions.length === 0 ? quiet : decisions.map(renderDecisionMarkdown).join('\n\n'),
    notices,
    outputs: { verdict, decisions: JSON.stringify(decisions) },
  };
}
