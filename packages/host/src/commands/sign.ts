import { signVersion } from '@weighbridge/flows';
import { escapeMarkdown } from '@weighbridge/report';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from '../host.js';
import { modelVersionOf } from '../model-version.js';
import { rootPath } from '../root-path.js';
import { versionSignerInputs } from '../signing-inputs.js';
import { withVersionSigner } from '../version-signer.js';

export const signCommand: Command = {
  spec: {
    name: 'sign',
    summary: 'Sign a registered version, or record its signature',
    description:
      'Signs the artifacts of a version as OpenSSF Model Signing v1.0 says, with an ECDSA key or keyless through Sigstore where the job has an identity, and records the bundle in the ledger. What the policy would not accept is not recorded. With --bundle it records a signature that another tool made.',
    arguments: [{ name: 'model', description: 'MODEL@VERSION', required: true }],
    inputs: [
      {
        name: 'bundle',
        description: 'A signature in the repository that another tool made of these artifacts, to be recorded.',
        type: 'text',
        placeholder: 'FILE',
      },
      {
        name: 'output',
        description: 'File anywhere to write the bundle to as well, for other tools.',
        type: 'text',
        placeholder: 'FILE',
      },
      ...versionSignerInputs,
      { name: 'reason', description: 'Why, for the record.', type: 'text', placeholder: 'TEXT' },
    ],
    outputs: [
      { name: 'version', description: 'The version that was signed.' },
      { name: 'signer', description: 'Name of the key, or address of the workflow.' },
    ],
    examples: [
      'weighbridge sign fraud@1.4.0 --model-key-file release.pem',
      'weighbridge sign fraud@1.4.0 --bundle model.sig',
    ],
  },
  run: async (inputs, host) => {
    const { model, version } = modelVersionOf(inputs, 'sign');
    const bundle = inputs.text('bundle');
    const dryRun = inputs.boolean('dry-run');
    const signing = await signVersion(await withVersionSigner(inputs, host), {
      model,
      version,
      bundle: bundle === null ? null : rootPath(host, bundle, { command: 'sign', input: 'bundle' }),
      reason: inputs.text('reason'),
      dryRun,
    });
    const output = inputs.text('output');
    if (output !== null && !dryRun)
      await writeFile(resolve(host.folder, output), `${JSON.stringify(signing.bundle)}\n`);
    const signer = signing.signer?.name ?? '';
    const by = signer === '' ? '' : ` by ${signer}`;
    const text = `${dryRun ? 'Would record' : 'Recorded'} a signature of ${model} ${signing.version.version}${by}`;
    return {
      exitCode: 0,
      json: {
        dry_run: dryRun,
        model,
        version: signing.version.version,
        signer: signing.signer,
        bundle: signing.bundle,
      },
      text,
      markdown: escapeMarkdown(text),
      notices: signing.notices,
      outputs: { version: signing.version.version, signer },
    };
  },
};
