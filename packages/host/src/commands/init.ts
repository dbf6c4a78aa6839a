import { basename } from 'node:path';
import { parseModelName, weighbridgeError } from '@weighbridge/core';
import { formatCount, type Initiation, initRepository } from '@weighbridge/flows';
import type { Command, Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { vanishesWithJob } from '../open-store.js';
import { makeSigningKey } from '../signing-key.js';
import { workflowTemplates } from '../workflows/index.js';

const defaultStore = '.weighbridge/store';

export const initCommand: Command = {
  spec: {
    name: 'init',
    summary: 'Set up Weighbridge in a repository',
    description:
      'Looks for model files (by content) and for the layouts that teams have (DVC artifacts, MLflow model folders, Hugging Face repositories, base-model/NAME/VERSION with adapters/NAME-vN), writes weighbridge.yaml, a manifest (with the metric documents beside the weights) and a stages file for each model, workflows for GitHub Actions, and makes a signing key in the clone. Nothing is overwritten; nothing is asked.',
    arguments: [],
    inputs: [
      { name: 'name', description: 'Name of the model, where there is one alone.', type: 'text', placeholder: 'NAME' },
      {
        name: 'store',
        description:
          'Folder of the artifact store, or the address of a bucket such as s3://models/prod, gs://models/prod or az://account/models/prod.',
        type: 'text',
        default: defaultStore,
        placeholder: 'PATH',
      },
      { name: 'no-workflows', description: 'Write no workflows.', type: 'boolean', default: 'false' },
      { name: 'yes', description: 'Ask nothing; this is so already.', type: 'boolean', default: 'false' },
    ],
    outputs: [],
    examples: ['weighbridge init', 'weighbridge init --name fraud --store /srv/models'],
  },
  run: runInit,
};

async function runInit(inputs: InputValues, host: Host): Promise<Outcome> {
  if (host.privateFolder === null) throw weighbridgeError('host/no-repository', {});
  const dryRun = inputs.boolean('dry-run');
  const name = inputs.text('name');
  if (name !== null) parseModelName(name);
  const storePath = storeOf(inputs);
  // A policy that names its keys has its ledger: another key would write what no reader trusts.
  const keyed = host.policy.ledger.keys.length > 0;
  const key = dryRun || keyed ? null : await makeSigningKey(host.privateFolder, keyName(host));
  const initiation = await initRepository(host.surroundings, {
    name,
    verifierKey: key?.signer.verifierKey ?? host.signer?.verifierKey ?? null,
    storePath,
    workflows: inputs.boolean('no-workflows') ? new Map() : workflowTemplates(await branchName(host)),
    dryRun,
  });
  const text = renderInitiation(initiation, { dryRun, keyPath: key?.path ?? null });
  return {
    exitCode: 0,
    json: {
      dry_run: dryRun,
      models: initiation.models,
      recognised: initiation.recognised,
      layouts: initiation.layouts,
      kept: initiation.kept,
      written: writtenPaths(initiation),
    },
    text,
    markdown: text,
    notices: [
      ...initiation.hidden.map((path) => ({
        level: 'warning' as const,
        text: `git ignores ${path}: change the rule of .gitignore that matches it ("git check-ignore -v ${path}" names it), or Weighbridge does not see it.`,
      })),
      ...vanishingNotices(storePath, host),
    ],
    outputs: {},
  };
}

/** What `register` would refuse in this job is said before anybody writes a workflow around it. */
function vanishingNotices(storePath: string, host: Host): Outcome['notices'] {
  // The store of a policy that was there before stays what it is.
  const own = host.policy.store?.type === 'folder' ? host.policy.store.path : null;
  const path = host.governed ? own : storePath;
  if (path === null || path.includes('://') || !vanishesWithJob(path, { ...host, mainRoot: null })) return [];
  const { message, remedy } = weighbridgeError('flow/store-not-persistent', { path });
  return [{ level: 'warning', text: `${message} ${remedy}`, file: 'weighbridge.yaml' }];
}

/** Where bytes go: a folder, or a bucket of a service that is known. @throws host/input */
function storeOf(inputs: InputValues): string {
  const store = inputs.text('store') ?? defaultStore;
  if (!/^[a-z0-9+.-]+:\/\//i.test(store) || /^(?:s3|gs|az):\/\/[^/]/.test(store)) return store;
  const reason = `${store} is neither a folder nor s3://BUCKET/PREFIX, gs://BUCKET/PREFIX or az://ACCOUNT/CONTAINER/PREFIX`;
  throw weighbridgeError('host/input', { input: 'store', reason, command: 'init' });
}

/** Of the default branch, else of the one at hand; only a name that is plain in YAML is written into a workflow. */
async function branchName({ surroundings: { repository } }: Host): Promise<string> {
  const name = (await repository.defaultBranch())?.name ?? (await repository.currentBranch()) ?? 'main';
  return /^[A-Za-z][A-Za-z0-9._/-]*$/.test(name) ? name : 'main';
}

/** Names the key after the folder: the name is what verifiers see. */
function keyName(host: Host): string {
  return `weighbridge-${basename(host.root).replaceAll(/[^A-Za-z0-9._-]+/g, '-')}`;
}

function writtenPaths(initiation: Initiation): string[] {
  return initiation.plan.effects.flatMap((effect) => (effect.kind === 'write' ? [effect.path] : []));
}

function renderInitiation(
  initiation: Initiation,
  { dryRun, keyPath }: { dryRun: boolean; keyPath: string | null },
): string {
  const lines: string[] = [];
  for (const file of initiation.recognised)
    lines.push(
      `found ${file.path} (${file.format}, ${formatCount(file.tensors, 'tensor')}${file.ignored ? ', ignored by git' : ''})`,
    );
  for (const { model, layout } of initiation.layouts) lines.push(`found ${model}: ${layout}`);
  for (const path of writtenPaths(initiation)) lines.push(`${dryRun ? 'would write' : 'wrote'} ${path}`);
  for (const path of initiation.kept) lines.push(`kept ${path}`);
  const [model = 'my-model'] = initiation.models;
  const ignored = initiation.recognised.some((file) => file.ignored);
  lines.push(
    '',
    'Next:',
    `  1. Look through weighbridge.yaml and models/${model}/model.yaml, then commit and push them. "mode: warn" blocks nothing yet.`,
    ...(ignored ? ['     Git ignores some artifacts: run "weighbridge store push" and commit artifacts.lock.'] : []),
    `  2. weighbridge version            what the first version will be, and why`,
    `     weighbridge register           store, record and tag it`,
  );
  if (keyPath !== null) {
    lines.push(
      '  3. For GitHub Actions, once:',
      `     - an environment "weighbridge", limited to the default branch and the tags *@v*, with the secret`,
      `       WEIGHBRIDGE_SIGNING_KEY: the line in ${keyPath}`,
      '     - a ruleset for the branch "weighbridge": no force push, no deletion',
      '     - a ruleset for the tags *@v*: no update, no deletion',
      '     - a ruleset for the default branch that requires the status "weighbridge"',
      '     "weighbridge doctor" tells what is still open and prints the command for each. docs/setup.md of Weighbridge',
      '     goes through all of it, other CI systems too.',
    );
  }
  return lines.join('\n');
}
