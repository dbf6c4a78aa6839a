import { formatCount, formatSize, pushArtifacts } from '@weighbridge/flows';
import type { Command } from '../host.js';
import { listSteps } from '../list-steps.js';

export const storePushCommand: Command = {
  spec: {
    name: 'store push',
    summary: 'Put artifacts into the store and write artifacts.lock',
    description:
      'For weights that are not in git: run this where the files are, commit the artifacts.lock that it writes, and pull-request checks need neither the files nor a credential of the store. What the manifest names by reference (s3://, gs://, az://, hf://, lakefs://) is pinned and read here: with "store: reference" only its headers where the service says the SHA-256, else its bytes once, and it is not copied. --dry-run reads the same bytes, since they tell what the lock would say, and writes nothing.',
    arguments: [{ name: 'models', description: 'Names of models; every model when none is given.', many: true }],
    inputs: [],
    outputs: [{ name: 'models', description: 'JSON: [{"model","lock","files","size"}].' }],
    examples: ['weighbridge store push fraud'],
  },
  run: async (inputs, host) => {
    const dryRun = inputs.boolean('dry-run');
    const pushes = await pushArtifacts(host.surroundings, { models: inputs.list('models'), dryRun });
    const rows = pushes.map(({ model, lockPath, files, sizeBytes }) => ({
      model,
      lock: lockPath,
      files,
      size: sizeBytes,
    }));
    const lines = pushes.flatMap((push) => [
      `${push.model}: ${formatCount(push.files, 'file')}, ${formatSize(push.sizeBytes)}; ${dryRun ? 'would write' : 'wrote'} ${push.lockPath}: commit it`,
      ...listSteps(push.receipts).map((step) => `  ${step}`),
    ]);
    const text = lines.length === 0 ? 'No model has artifacts.' : lines.join('\n');
    return {
      exitCode: 0,
      json: { dry_run: dryRun, models: rows },
      text,
      markdown: text,
      notices: pushes.flatMap((push) => push.notices),
      outputs: { models: JSON.stringify(rows) },
    };
  },
};
