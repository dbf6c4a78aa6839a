import { checkFiles, formatCount } from '@weighbridge/flows';
import type { Command } from '../host.js';

export const checkCommand: Command = {
  spec: {
    name: 'check',
    summary: 'Look for faults in the files that people write',
    description:
      'Reads weighbridge.yaml, every manifest with its lock, stages.yaml against the stages of the policy, and retrieval files, and tells all faults at once with file, line and column. Asks nobody, reads no weights and writes nothing: for an editor, a pre-commit hook or a first step of a job. Exit code 2: a fault.',
    arguments: [],
    inputs: [],
    outputs: [],
    examples: ['weighbridge check', 'weighbridge check --json'],
  },
  readsCheckoutOnly: true,
  run: async (_, host) => {
    const { files, models, notices } = await checkFiles(host.surroundings);
    const text = `${formatCount(files.length, 'file')} of ${formatCount(models, 'model')} read, no fault: ${files.slice(0, 20).join(', ')}${files.length > 20 ? ', …' : ''}`;
    return { exitCode: 0, json: { files, models }, text, markdown: text, notices, outputs: {} };
  },
};
