import { gateCommand } from '../commands/gate.js';
import { promoteCommand } from '../commands/promote.js';
import { registerCommand } from '../commands/register.js';
import { rollbackCommand } from '../commands/rollback.js';
import { showCommand } from '../commands/show.js';
import { versionCommand } from '../commands/version.js';
import { auditCommands } from '../commands/audit.js';
import { describeFailure, renderFailure } from '../failure.js';
import type { Command } from '../host.js';
import { runCommand } from '../run-command.js';
import { makeSigningKey } from '../signing-key.js';
import { readPrivateFolder } from '@weighbridge/git';
import { dataText, manifestText, metricsText, model, paths, policyText, settingsText } from './demo-files.js';
import { type DemoWorkspace, findModels, makeWorkspace } from './workspace.js';

/** What the demo showed, for its JSON and its tests. */
export interface DemoResult {
  readonly folder: string;
  readonly steps: readonly {
    readonly title: string;
    readonly command: string;
    readonly exitCode: number;
    readonly json: unknown;
  }[];
}

interface Stage {
  readonly workspace: DemoWorkspace;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly say: (text: string) => void;
  readonly steps: { title: string; command: string; exitCode: number; json: unknown }[];
}

/** Takes a real model through its life in a repository of its own, telling each step. */
export async function playDemo(options: {
  readonly folder: string | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly say: (text: string) => void;
}): Promise<DemoResult> {
  const releases = await findModels();
  const workspace = await makeWorkspace(options.folder);
  const stage: Stage = { workspace, environment: localEnvironment(options.environment), say: options.say, steps: [] };
  options.say(`Weighbridge demo in ${workspace.root}`);
  options.say(
    'Three real releases of the Silero voice-activity model; the metric figures are samples made for the demo.',
  );

  await firstRelease(stage, releases.legacy);
  await majorRelease(stage, releases.v5);
  await minorRelease(stage, releases.v6);
  await patchRelease(stage);
  await documentationOnly(stage);
  await badCandidate(stage);
  const before = await incident(stage);
  await lookBack(stage, before);
  sayGoodbye(stage);
  return { folder: workspace.root, steps: stage.steps };
}

async function firstRelease(stage: Stage, weights: string): Promise<void> {
  const { workspace } = stage;
  const privateFolder = await readPrivateFolder(workspace.root);
  const { signer } = await makeSigningKey(privateFolder, 'weighbridge-demo');
  await workspace.write(paths.policy, policyText('.weighbridge/store', signer.verifierKey));
  await workspace.write(paths.manifest, manifestText(['clips-2023']));
  await workspace.write(paths.data('clips-2023'), dataText('clips-2023'));
  await workspace.write(paths.settings, settingsText('0.5'));
  await workspace.write(paths.metrics, metricsText('0.921'));
  await workspace.write(paths.readme, '# Silero VAD\n');
  await workspace.copy(weights, paths.weights);
  await workspace.commit('Add the voice-activity model');
  await play(stage, 'The first release', versionCommand, {});
  await play(stage, 'It is registered: artifact, ledger entry, tag', registerCommand, { reason: 'first release' });
  await play(stage, 'On to staging', promoteCommand, { model: `${model}@1.0.0`, to: 'staging' });
  await play(stage, 'and through the gate into production', promoteCommand, {
    model: `${model}@1.0.0`,
    to: 'production',
    reason: 'first production release',
  });
}

async function majorRelease(stage: Stage, weights: string): Promise<void> {
  await stage.workspace.copy(weights, paths.weights);
  await stage.workspace.write(paths.metrics, metricsText('0.938'));
  await stage.workspace.commit('Move to the v5 network');
  await play(stage, 'A new architecture: callers must change, so it is major', versionCommand, {});
  await play(stage, 'Registered', registerCommand, { reason: 'v5 network' });
}

async function minorRelease(stage: Stage, weights: string): Promise<void> {
  await stage.workspace.copy(weights, paths.weights);
  await stage.workspace.write(paths.data('clips-2024'), dataText('clips-2024'));
  await stage.workspace.write(paths.manifest, manifestText(['clips-2023', 'clips-2024']));
  await stage.workspace.write(paths.metrics, metricsText('0.944'));
  await stage.workspace.commit('Retrain on the clips of 2024');
  await play(stage, 'The same graph, retrained on more data: minor', versionCommand, {});
  await play(stage, 'Registered', registerCommand, { reason: 'more training data' });
  await play(stage, 'To staging', promoteCommand, { model: `${model}@2.1.0`, to: 'staging' });
  await play(stage, 'To production', promoteCommand, {
    model: `${model}@2.1.0`,
    to: 'production',
    reason: 'better on all clips',
  });
}

async function patchRelease(stage: Stage): Promise<void> {
  await stage.workspace.write(paths.settings, settingsText('0.6'));
  await stage.workspace.write(paths.metrics, metricsText('0.942'));
  await stage.workspace.commit('Ask for more certainty before speech begins');
  await play(stage, 'A changed threshold in a configuration file: patch', versionCommand, {});
  await play(stage, 'Registered', registerCommand, { reason: 'fewer false starts' });
  await play(stage, 'To staging', promoteCommand, { model: `${model}@2.1.1`, to: 'staging' });
}

async function documentationOnly(stage: Stage): Promise<void> {
  await stage.workspace.write(paths.readme, '# Silero VAD\n\nTells speech from silence.\n');
  await stage.workspace.commit('Describe the model');
  await play(stage, 'An edited README: no new version', versionCommand, {});
}

async function badCandidate(stage: Stage): Promise<void> {
  await stage.workspace.write(paths.settings, settingsText('0.95'));
  await stage.workspace.write(paths.metrics, metricsText('0.887'));
  await stage.workspace.commit('Ask for almost full certainty');
  await play(stage, 'A bad candidate is registered …', registerCommand, {});
  await play(stage, '… and staged', promoteCommand, { model: `${model}@2.1.2`, to: 'staging' });
  await play(
    stage,
    'The gate of production holds it back and says by how much',
    gateCommand,
    { models: model, to: 'production', version: '2.1.2' },
    1,
  );
  await play(stage, 'so it cannot be promoted', promoteCommand, { model: `${model}@2.1.2`, to: 'production' }, 1);
}

/** Returns a moment before the rollback. */
async function incident(stage: Stage): Promise<string> {
  await play(stage, 'The good patch goes to staging again', promoteCommand, { model: `${model}@2.1.1`, to: 'staging' });
  await play(stage, 'and to production', promoteCommand, {
    model: `${model}@2.1.1`,
    to: 'production',
    reason: 'fewer false starts',
  });
  const before = new Date().toISOString().replace(/\.\d{3}Z$/, 'Z');
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await play(stage, 'Quiet speakers are cut off: back to the last good version', rollbackCommand, {
    model,
    stage: 'production',
    reason: 'quiet speakers are cut off',
  });
  return before;
}

async function lookBack(stage: Stage, before: string): Promise<void> {
  await play(stage, 'What is where now', showCommand, { models: model });
  await play(stage, 'Is the ledger what it claims to be?', audit('verify'), {});
  await play(stage, 'What was in production before the rollback?', audit('show'), { models: model, at: before });
}

function audit(word: string): Command {
  const command = auditCommands.find((candidate) => candidate.spec.name === `audit ${word}`);
  if (command === undefined) throw new Error(`no audit command ${word}`);
  return command;
}

/** Runs one command in the demo's repository as a user would, and prints line and result. */
async function play(
  stage: Stage,
  title: string,
  command: Command,
  inputs: Readonly<Record<string, string>>,
  expected: 0 | 1 = 0,
): Promise<void> {
  const line = commandLine(command, inputs);
  stage.say(`\n== ${title}\n$ ${line}`);
  let exitCode: number;
  let json: unknown = null;
  try {
    const outcome = await runCommand({
      command,
      texts: new Map(Object.entries(inputs)),
      environment: stage.environment,
      folder: stage.workspace.root,
      progress: () => {},
    });
    stage.say(outcome.text);
    ({ exitCode, json } = outcome);
  } catch (error) {
    const failure = describeFailure(error);
    stage.say(renderFailure(failure));
    exitCode = failure.exitCode;
  }
  stage.steps.push({ title, command: line, exitCode, json });
  if (exitCode !== expected)
    throw new Error(`the demo expected exit code ${expected} of "${line}" and got ${exitCode}`);
}

function commandLine(command: Command, inputs: Readonly<Record<string, string>>): string {
  const words = [`weighbridge ${command.spec.name}`];
  const positional = command.spec.arguments.map((argument) => argument.name);
  for (const name of positional) if (inputs[name] !== undefined) words.push(inputs[name]);
  for (const [name, value] of Object.entries(inputs)) {
    if (!positional.includes(name)) words.push(`--${name} ${/[^\w.:@-]/.test(value) ? `"${value}"` : value}`);
  }
  return words.join(' ');
}

/** The demo is local, wherever it runs. */
function localEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const kept = Object.entries(environment).filter(
    ([name]) => name !== 'CI' && !name.startsWith('GITHUB_') && name !== 'WEIGHBRIDGE_SIGNING_KEY',
  );
  return Object.fromEntries(kept);
}

function sayGoodbye({ workspace, say }: Stage): void {
  say(`
== Where to look
  ${workspace.root}
  git tag -n                         the versions and stage moves, as GTO reads them
  git log weighbridge                the ledger, one commit per append
  git show weighbridge:README.md     what the ledger branch is and how to verify it

== What to try there
  cd ${workspace.root}
  npx weighbridge show
  npx weighbridge audit log
  npx weighbridge diff ${model}@1.0.0 ${model}@2.0.0
  npx weighbridge promote ${model}@2.1.1 --to production     (its content is frozen now)
  npx weighbridge --help`);
}
