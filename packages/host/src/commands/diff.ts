import { basename, dirname, join, resolve } from 'node:path';
import { weighbridgeError } from '@weighbridge/core';
import { diffCards, diffFiles, diffVersions } from '@weighbridge/flows';
import { renderAssessmentMarkdown, renderAssessmentText, renderCardDifference } from '@weighbridge/report';
import type { Assessment } from '@weighbridge/versioning';
import { openFileSourceIfPresent } from '@weighbridge/stores';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { inflateStream } from '../inflate-stream.js';
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
      {
        name: 'cards',
        description: 'Compare the model cards of two versions: front matter, results, and the words of the team.',
        type: 'boolean',
        default: 'false',
      },
    ],
    outputs: [],
    examples: [
      'weighbridge diff old.onnx new.onnx',
      'weighbridge diff fraud@1.3.2 fraud@2.0.0',
      'weighbridge diff fraud@1.3.2 fraud@2.0.0 --cards',
    ],
  },
  run: runDiff,
};

async function runDiff(inputs: InputValues, host: Host): Promise<Outcome> {
  const from = inputs.text('from') ?? '';
  const to = inputs.text('to') ?? '';
  if (inputs.boolean('cards')) return diffNamedCards(host, { from, to });
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
        inflate: inflateStream,
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

async function diffNamedCards(host: Host, written: { from: string; to: string }): Promise<Outcome> {
  const { policy, surroundings } = host;
  const difference = await diffCards(surroundings, { ...namedVersions(written), versioning: policy.versioning });
  const told = renderCardDifference(difference);
  const text = told === '' ? 'The cards say the same.' : `${written.from} -> ${written.to}\n${told}`;
  return { exitCode: 0, json: { ...written, ...difference }, text, markdown: text, notices: [], outputs: {} };
}

/** The model and its two versions; the second may leave out the model. @throws flow/path-not-found, host/input */
function namedVersions({ from, to }: { from: string; to: string }): { model: string; from: string; to: string } {
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
  return { model, from: version, to: target };
}

async function diffNamedVersions(host: Host, { from, to }: { from: string; to: string }): Promise<Outcome> {
  const assessment = await diffVersions(host.surroundings, {
    ...namedVersions({ from, to }),
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
