import { reproduceVersion } from '@weighbridge/flows';
import { formatReproductionScript } from '@weighbridge/lineage';
import { renderReproductionText } from '@weighbridge/report';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { repositoryNameOf } from '../repository-name.js';
import { askedVersion, documentArgument } from './write-document.js';

export const reproduceCommand: Command = {
  spec: {
    name: 'reproduce',
    summary: 'Tell how to make a version again: code, environment, data, command, figures to compare',
    description:
      'Reads the record of a version and the pipeline at its commit and tells each step with its command: the exact commit, image and lock file by their digests, data with pinned versions (git, DVC, S3, Google Cloud Storage, Azure, Hugging Face, lakeFS, Weights & Biases), bases and parts from this registry, the training, and the metrics to compare with. What the record lacks is named with what would supply it the next time. It runs nothing; --script writes the steps for a shell, in which every word of a record is quoted. With --check it looks whether commit, bytes and files can still be reached from here: 0 when nothing is gone, else 1.',
    arguments: [documentArgument],
    inputs: [
      { name: 'script', description: 'Write a shell script.', type: 'boolean', default: 'false' },
      {
        name: 'check',
        description: 'Look whether the parts can still be reached from here.',
        type: 'boolean',
        default: 'false',
      },
    ],
    outputs: [{ name: 'missing', description: 'JSON: [{"part","what","remedy"}] of what the record lacks.' }],
    examples: [
      'weighbridge reproduce fraud@1.4.0',
      'weighbridge reproduce fraud@production --script',
      'weighbridge reproduce fraud@1.4.0 --check',
    ],
  },
  run: runReproduce,
};

async function runReproduce(inputs: InputValues, host: Host): Promise<Outcome> {
  const asked = askedVersion(inputs, 'reproduce');
  const { plan, commit, reached, notices } = await reproduceVersion(host.surroundings, {
    ...asked,
    check: inputs.boolean('check'),
  });
  const address = await repositoryNameOf(host);
  const repository = address.startsWith('weighbridge:') ? null : address;
  const told = renderReproductionText(plan, reached);
  const script = formatReproductionScript(plan, { repository, commit });
  const asScript = inputs.boolean('script');
  return {
    exitCode: reached?.some(({ state }) => state === 'gone') ? 1 : 0,
    json: { ...plan, repository, commit, reached, script },
    text: asScript ? script : told,
    ...(asScript ? { verbatim: true as const } : {}),
    markdown: `\`\`\`text\n${told.replaceAll('```', "'''")}\n\`\`\``,
    notices,
    outputs: { missing: JSON.stringify(plan.missing) },
  };
}
