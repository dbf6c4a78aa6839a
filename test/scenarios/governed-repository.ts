import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeSigningKey, openHost, runCommand, commands, type Outcome, describeFailure } from '@weighbridge/host';
import { readPrivateFolder } from '@weighbridge/git';
import { buildRepository, type BuiltRepository, writeSafetensors } from '@weighbridge/testkit';

/** A repository that a team could have: one governed model with tiny weights, a store beside it, a signing key. */
export interface GovernedRepository {
  readonly built: BuiltRepository;
  readonly root: string;
  readonly store: string;
  write(path: string, text: string | Uint8Array): Promise<void>;
  read(path: string): Promise<string>;
  commit(message: string): void;
  /** Runs a command as the command line does. */
  run(command: string, inputs?: Readonly<Record<string, string>>, folder?: string): Promise<Outcome>;
  /** Runs a command that is to fail, and answers the code of its error. */
  failure(command: string, inputs?: Readonly<Record<string, string>>): Promise<string>;
  dispose(): Promise<void>;
}

export const folder = 'models/fraud';

export interface RepositoryOptions {
  readonly remote?: boolean;
  /** Lines added to weighbridge.yaml. */
  readonly policy?: string;
}

export function weights(value: number, shape: readonly number[] = [2, 2]): Uint8Array {
  const count = shape.reduce((product, extent) => product * extent, 1);
  const bytes = new Uint8Array(new Float32Array(count).fill(value).buffer);
  return writeSafetensors({ tensors: [{ name: 'layer.weight', dtype: 'F32', shape, bytes }] });
}

export const manifest = `name: fraud
kind: model
artifacts: [model.safetensors]
config: [settings.yaml]
data: [{ name: train, role: train, ref: data.csv }]
metrics: [{ id: eval, path: eval.json }]
training: { framework: pytorch, framework_version: 2.9.0, hardware: 1xA100, duration: PT1H }
`;

export async function makeGovernedRepository(options: RepositoryOptions = {}): Promise<GovernedRepository> {
  const store = await mkdtemp(join(tmpdir(), 'weighbridge-store-'));
  const built = await buildRepository({
    commits: [{ files: { 'README.md': '# Team\n' } }],
    remote: options.remote ?? false,
  });
  const { signer } = await makeSigningKey(await readPrivateFolder(built.root), 'weighbridge-test');
  const write = async (path: string, text: string | Uint8Array) => {
    const target = join(built.root, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  };
  const policy = `version: 1
mode: enforce
store: { type: folder, path: ${JSON.stringify(store)} }
ledger: { signing: required, keys: [${JSON.stringify(signer.verifierKey)}] }
release: { when: on-merge }
${options.policy ?? ''}`;
  const commit = (message: string) => {
    built.git('add', '-A');
    built.git('commit', '--quiet', '-m', message);
    if (options.remote === true) built.git('push', '--quiet', 'origin', 'HEAD');
  };
  await write('weighbridge.yaml', policy);
  await write(`${folder}/model.yaml`, manifest);
  await write(`${folder}/settings.yaml`, 'threshold: 0.5\n');
  await write(`${folder}/data.csv`, 'a,b\n1,2\n');
  await write(`${folder}/eval.json`, '{"accuracy": 0.95}\n');
  await write(`${folder}/model.safetensors`, weights(1));
  commit('Add the fraud model');
  const run = (name: string, inputs: Readonly<Record<string, string>> = {}, at = built.root) => runIn(at, name, inputs);
  return {
    built,
    root: built.root,
    store,
    write,
    read: (path) => readFile(join(built.root, path), 'utf8'),
    commit,
    run,
    failure: async (name, inputs = {}) => {
      try {
        const outcome = await run(name, inputs);
        return `exit ${outcome.exitCode}: ${outcome.text}`;
      } catch (error) {
        return describeFailure(error).code;
      }
    },
    dispose: async () => {
      await built.dispose();
      await rm(store, { recursive: true, force: true });
    },
  };
}

export async function runIn(
  root: string,
  name: string,
  inputs: Readonly<Record<string, string>> = {},
  environment: Readonly<Record<string, string | undefined>> = localEnvironment(),
): Promise<Outcome> {
  const command = commands.find((candidate) => candidate.spec.name === name);
  if (command === undefined) throw new Error(`no command ${name}`);
  return runCommand({ command, texts: new Map(Object.entries(inputs)), environment, folder: root, progress: () => {} });
}

/** The environment of a developer's terminal, wherever the tests run. */
export function localEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => key !== 'CI' && !key.startsWith('GITHUB_')));
}

export async function openSurroundings(root: string, signingKey: string | null = null) {
  const host = await openHost({
    folder: root,
    environment: localEnvironment(),
    offline: false,
    token: null,
    signingKey,
    progress: () => {},
  });
  return host.surroundings;
}
