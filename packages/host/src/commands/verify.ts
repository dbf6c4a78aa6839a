import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Verification, verifyVersion } from '@weighbridge/flows';
import { escapeMarkdown } from '@weighbridge/report';
import type { Command } from '../host.js';
import { modelVersionOf } from '../model-version.js';
import { readFolder } from '../read-folder.js';

const shownDifferences = 50;

export const verifyCommand: Command = {
  spec: {
    name: 'verify',
    summary: 'Verify the signatures of a version, and its files',
    description:
      'Checks the signatures that the ledger names against the artifacts that it records, by the policy as it is now, and needs no network. With a folder, every file in it must be one that was signed: other bytes, missing files and files that nobody signed are told by name. Exit 1 where no signature counts or a file differs.',
    arguments: [
      { name: 'model', description: 'MODEL@VERSION', required: true },
      { name: 'folder', description: 'Folder that holds the files of the version, and only those.' },
    ],
    inputs: [
      {
        name: 'output',
        description: 'File anywhere to write the bundle that counts to, for other tools.',
        type: 'text',
        placeholder: 'FILE',
      },
    ],
    outputs: [
      { name: 'verified', description: 'true or false.' },
      { name: 'signer', description: 'Name of the key, or address of the workflow, that signed last.' },
    ],
    examples: ['weighbridge verify fraud@1.4.0', 'weighbridge verify fraud@production models/fraud/out'],
  },
  run: async (inputs, host) => {
    const { model, version } = modelVersionOf(inputs, 'verify');
    const folder = inputs.text('folder');
    const files = folder === null ? null : await readFolder(resolve(host.folder, folder));
    const found = await verifyVersion(host.surroundings, { model, version, files });
    const output = inputs.text('output');
    if (output !== null && found.bundle !== null && !inputs.boolean('dry-run')) {
      await writeFile(resolve(host.folder, output), `${JSON.stringify(found.bundle)}\n`);
    }
    const { signatures, differences, verified } = found;
    const lines = tell(model, found, folder);
    return {
      exitCode: verified ? 0 : 1,
      json: { model, version: found.version.version, verified, signatures, differences },
      text: lines.join('\n'),
      markdown: lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n'),
      notices: found.notices,
      outputs: { verified: String(verified), signer: signatures.good.at(-1)?.signer.name ?? '' },
    };
  },
};

function tell(
  model: string,
  { version, signatures, differences }: Verification,
  folder: string | null,
): readonly string[] {
  const name = `${model} ${version.version}`;
  const lines = signatures.good.map(({ signer, time }) => `${name} is signed by ${signer.name} (${time})`);
  lines.push(...signatures.refused.map((reason) => `A signature of ${name} does not count: ${reason}`));
  if (lines.length === 0)
    lines.push(`${name} is not signed. Sign it with "weighbridge sign ${model}@${version.version}".`);
  if (differences === null) return lines;
  if (differences.length === 0) return [...lines, `All files of ${folder} are those of ${name}`];
  const more = differences.length - shownDifferences;
  lines.push(...differences.slice(0, shownDifferences).map((difference) => `In ${folder}: ${difference}`));
  return more > 0 ? [...lines, `And ${more} more`] : lines;
}
