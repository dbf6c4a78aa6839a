import { relative } from 'node:path';
import { weighbridgeError } from '@weighbridge/core';
import { addEvidence, formatCount } from '@weighbridge/flows';
import type { Command } from '../host.js';
import { rootPath } from '../root-path.js';

const command = 'evidence add';

export const evidenceCommand: Command = {
  spec: {
    name: 'evidence add',
    summary: 'Record a metric document for a registered version',
    description:
      'Promotion reads the evidence of a version from the ledger only. This adds a document that was made after registration, such as an evaluation in staging.',
    arguments: [
      { name: 'model', description: 'MODEL@VERSION', required: true },
      {
        name: 'file',
        description: 'The metric document: its format is recognised by content. With --run, its path in the artifact.',
      },
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
        description: 'Files in the repository with the score of each example, which paired comparisons need.',
        type: 'list',
        placeholder: 'FILE',
      },
      {
        name: 'attestation',
        description: 'The signed statement about it, in the repository; beside the document when not given.',
        type: 'text',
        placeholder: 'FILE',
      },
      {
        name: 'run',
        description:
          'Take the document from this workflow run of the repository; "newest" for the newest success that the policy lets count on the commit of the version.',
        type: 'text',
        placeholder: 'ID',
      },
      {
        name: 'artifact',
        description: 'The artifact of the run, where it has several.',
        type: 'text',
        placeholder: 'NAME',
      },
      { name: 'reason', description: 'Why, for the record.', type: 'text', placeholder: 'TEXT' },
    ],
    outputs: [
      { name: 'values', description: 'How many metrics were read.' },
      { name: 'level', description: 'What stands behind it: reported, workflow, attested or recomputed.' },
    ],
    examples: [
      'weighbridge evidence add fraud@1.4.0 results/staging.json --id eval',
      'weighbridge evidence add fraud@1.4.0 --run 17243984411 --artifact evaluation',
      'weighbridge evidence add fraud@1.4.0 --run newest',
    ],
  },
  run: async (inputs, host) => {
    const [model = '', version = ''] = (inputs.text('model') ?? '').split(/@(.*)/s);
    if (model === '' || version === '')
      throw weighbridgeError('host/input', { input: 'model', reason: 'write MODEL@VERSION', command: 'evidence add' });
    const [file, run, attestation] = [inputs.text('file'), inputs.text('run'), inputs.text('attestation')];
    if (file === null && run === null)
      throw weighbridgeError('host/input', { input: 'file', reason: 'name a file or a run', command: 'evidence add' });
    const dryRun = inputs.boolean('dry-run');
    const id = inputs.text('id') ?? 'eval';
    const added = await addEvidence(host.surroundings, {
      model,
      version,
      path: file === null || run !== null ? file : rootPath(host, file, { command, input: 'file' }),
      attestation: attestation === null ? null : rootPath(host, attestation, { command, input: 'attestation' }),
      run,
      artifact: inputs.text('artifact'),
      examples: inputs.list('examples').map((file) => rootPath(host, file, { command, input: 'examples' })),
      id,
      reason: inputs.text('reason'),
      dryRun,
    });
    const text = `${dryRun ? 'Would record' : 'Recorded'} ${formatCount(added.values, 'metric')} of ${run === null ? relative(host.folder, `${host.root}/${added.name}`) : added.name} as "${id}" of ${model} ${added.version.version} (${added.level})`;
    return {
      exitCode: 0,
      json: { dry_run: dryRun, model, version: added.version.version, id, values: added.values, level: added.level },
      text,
      markdown: text,
      notices: added.notices,
      outputs: { values: String(added.values), level: added.level },
    };
  },
};
