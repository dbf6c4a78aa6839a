import { basename, dirname, join, resolve } from 'node:path';
import { weighbridgeError } from '@weighbridge/core';
import { diffFiles, diffVersions } from '@weighbridge/flows';
import { renderAssessmentMarkdown, renderAssessmentText } from '@weighbridge/report';
import type { Assessment } from '@weighbridge/versioning';
import { openFileSourceIfPresent } from '@weighbridge/stores';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { newHash, sha256 } from '../sha256.js';

export const diffCommand: Command = {
  spec: {
    name: 'diff',
    summary: 'Tell what changed between two model files or two versions',
    description:
      'Two files of any place need no repository: their headers are compared, and with --tensors every tensor. MODEL@VERSION twice compares two registered versions from the ledger alone.',
    arguments: [
      { name: 'from', description: 'A model file, or MODEL@VERSION', required: true },
      { name: 'to', description: 'Another file, or a version of the same model', required: true },
    ],
    inputs: [
      {
        name: 'tensors',
        description: 'Read all bytes and tell which tensors differ.',
        type: 'boolean',
        default: 'false',
      },
    ],
    outputs: [],
    examples: ['weighbridge diff old.onnx new.onnx', 'weighbridge diff fraud@1.3.2 fraud@2.0.0'],
  },
  run: runDiff,
};

async function runDiff(inputs: InputValues, host: Host): Promise<Outcome> {
  const from = inputs.text('from') ?? '';
  const to = inputs.text('to') ?? '';
  const left = await openSide(host, from);
  const right = await openSide(host, to);
  try {
    if (left !== null && right !== null) {
      const assessment = await diffFiles({
        left,
        right,
        versioning: host.policy.versioning,
        tensors: inputs.boolean('tensors'),
        sha256,
        newHash,
      });
      const text =
        `${diffTitle(assessment, inputs.boolean('tensors'))}: ${from} -> ${to}\n${renderAssessmentText(assessment).split('\n').slice(1).join('\n')}`.trimEnd();
      return {
        exitCode: 0,
        json: { from, to, bump: assessment.bump, changes: assessment.changes },
        text,
        markdown: text,
        notices: [],
        outputs: {},
      };
    }
    return await diffNamedVersions(host, { from, to });
  } finally {
    await left?.source.close();
    await right?.source.close();
  }
}

function diffTitle({ bump, changes }: Assessment, tensors: boolean): string {
  if (bump !== 'none') return `A ${bump} change`;
  if (changes.length > 0) return 'Nothing that moves a version';
  return tensors ? 'No difference' : 'No difference in the headers (--tensors compares the bytes)';
}

async function diffNamedVersions(host: Host, { from, to }: { from: string; to: string }): Promise<Outcome> {
  const [model = '', version] = from.split(/@(.*)/s);
  if (version === undefined) throw weighbridgeError('flow/path-not-found', { path: from });
  const [second = '', target = second] = to.split(/@(.*)/s);
  if (to.includes('@') && second !== model) {
    throw weighbridgeError('host/input', {
      input: 'to',
      reason: `it names another model than ${model}`,
      command: 'diff',
    });
  }
  const assessment = await diffVersions(host.surroundings, {
    model,
    from: version,
    to: target,
    versioning: host.policy.versioning,
  });
  const text = renderAssessmentText(assessment);
  return {
    exitCode: 0,
    json: { from, to, bump: assessment.bump, changes: assessment.changes },
    text,
    markdown: renderAssessmentMarkdown(assessment),
    notices: [],
    outputs: {},
  };
}

/** Null when there is no such file: then it names a version. */
async function openSide(host: Host, written: string) {
  const path = resolve(host.folder, written);
  const source = await openFileSourceIfPresent(path);
  if (source === null) return null;
  const openBeside = async (name: string) =>
    openFileSourceIfPresent(basename(path) === name ? path : join(dirname(path), name));
  return { source, openBeside };
}
