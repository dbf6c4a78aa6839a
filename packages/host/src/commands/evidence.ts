import { relative } from 'node:path';
import { weighbridgeError } from '@weighbridge/core';
import { addEvidence } from '@weighbridge/flows';
import type { Command } from '../host.js';
import { rootPath } from '../root-path.js';

export const evidenceCommand: Command = {
  spec: {
    name: 'evidence add',
    summary: 'Record a metric document for a registered version',
    description:
      'Promotion reads the evidence of a version from the ledger only. This adds a document that was made after registration, such as an evaluation in staging.',
    arguments: [
      { name: 'model', description: 'MODEL@VERSION', required: true },
      { name: 'file', description: 'The metric document: its format is recognised by content.', required: true },
    ],
    inputs: [
      {
        name: 'id',
        description: 'Which metric document it replaces, as gates name it.',
        type: 'text',
        default: 'eval',
        placeholder: 'ID',
      },
      {
        name: 'examples',
        description: 'Files with the score of each example, which paired comparisons need.',
        type: 'list',
        placeholder: 'FILE',
      },
      { name: 'reason', description: 'Why, for the record.', type: 'text', placeholder: 'TEXT' },
    ],
    outputs: [{ name: 'values', description: 'How many metrics were read.' }],
    examples: ['weighbridge evidence add fraud@1.4.0 results/staging.json --id eval'],
  },
  run: async (inputs, host) => {
    const [model = '', version = ''] = (inputs.text('model') ?? '').split(/@(.*)/s);
    if (model === '' || version === '')
      throw weighbridgeError('host/input', { input: 'model', reason: 'write MODEL@VERSION', command: 'evidence add' });
    const path = rootPath(host, inputs.text('file') ?? '');
    const dryRun = inputs.boolean('dry-run');
    const id = inputs.text('id') ?? 'eval';
    const added = await addEvidence(host.surroundings, {
      model,
      version,
      path,
      examples: inputs.list('examples').map((file) => rootPath(host, file)),
      id,
      reason: inputs.text('reason'),
      dryRun,
    });
    const text = `${dryRun ? 'Would record' : 'Recorded'} ${added.values} metric(s) of ${relative(host.folder, `${host.root}/${path}`)} as "${id}" of ${model} ${added.version.version}`;
    return {
      exitCode: 0,
      json: { dry_run: dryRun, model, version: added.version.version, id, values: added.values },
      text,
      markdown: text,
      notices: [],
      outputs: { values: String(added.values) },
    };
  },
};
