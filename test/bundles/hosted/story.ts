import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readPrivateFolder } from '@weighbridge/git';
import { exampleWorkflows, type Outcome } from '@weighbridge/host';
import { type FakeGitHub, type ListeningHub, type Repository, fakeGitHub } from '@weighbridge/testkit';
import {
  type GovernedRepository,
  makeGovernedRepository,
  manifest,
  runIn,
  weights,
} from '../../scenarios/governed-repository.js';
import { type HostedRunner, openRunner } from './hosted-runner.js';

/** What a story begins with. */
export interface StoryOptions {
  /** Lines of weighbridge.yaml after those that every story has. */
  readonly policy: string;
  /** Names of the workflows that the team copied, without their `weighbridge-` and `.yml`. */
  readonly workflows: readonly string[];
  readonly visibility?: 'public' | 'private';
  /** What happened before: by nobody's review, on the policy that every story starts from. */
  readonly before: (repository: GovernedRepository) => Promise<void>;
}

/** A team's repository on the fake GitHub, with a runner that starts its workflows. */
export interface Story {
  readonly hub: FakeGitHub;
  readonly listening: ListeningHub;
  readonly repository: Repository;
  readonly runner: HostedRunner;
  /** `state: description` of every status of a commit, the oldest first. */
  statuses(commit: string): readonly string[];
  /** The state that counts for a commit. */
  state(commit: string): string | undefined;
  /** Comments of the workflows on a pull request. */
  comments(pull: number): readonly string[];
  /** Somebody makes an annotated tag and pushes it. */
  pushTag(by: string, tag: string, commit: string): void;
  /** Runs a command in a whole clone, as an auditor does. */
  ask(command: string, inputs?: Readonly<Record<string, string>>): Promise<Outcome>;
  dispose(): Promise<void>;
}

/** Files of one model, whose weights are told by a number. */
export function modelFiles(name: string, weight: number): Readonly<Record<string, string | Uint8Array>> {
  const folder = `models/${name}`;
  return {
    [`${folder}/model.yaml`]: manifest.replace('name: fraud', `name: ${name}`),
    [`${folder}/settings.yaml`]: 'threshold: 0.5\n',
    [`${folder}/data.csv`]: 'a,b\n1,2\n',
    [`${folder}/eval.json`]: '{"accuracy": 0.95}\n',
    [`${folder}/model.safetensors`]: weights(weight),
  };
}

/** Members of the team; alice writes changes, dana owns the policy. */
const roles = { alice: 'write', bob: 'write', carol: 'write', dana: 'admin' } as const;

export async function tellStory(options: StoryOptions): Promise<Story> {
  const seed = await plant(options);
  const key = await readFile(join(await readPrivateFolder(seed.root), 'signing.key'), 'utf8');
  const hub = await fakeGitHub({ now: risingClock() });
  const repository = hub.addRepository({
    name: 'acme/models',
    visibility: options.visibility ?? 'private',
    roles,
    from: seed.built.remote ?? '',
  });
  hub.state.addresses.set('alice@example.test', 'alice');
  const listening = await hub.listen();
  const secrets = { weighbridge: { WEIGHBRIDGE_SIGNING_KEY: key.trim() } };
  const runner = await openRunner({ hub, listening, repository, secrets });
  const clones = await mkdtemp(join(tmpdir(), 'weighbridge-auditor-'));
  const statusesOf = (commit: string) => repository.statuses.filter((status) => status.commit === commit);
  return {
    hub,
    listening,
    repository,
    runner,
    statuses: (commit) => statusesOf(commit).map(({ state, description }) => `${state}: ${description ?? ''}`),
    state: (commit) => statusesOf(commit).at(-1)?.state,
    comments: (pull) =>
      (repository.issues.get(pull)?.comments ?? [])
        .filter(({ author }) => author?.login === 'github-actions[bot]')
        .map(({ body }) => body),
    pushTag(by, tag, commit) {
      const person = { GIT_COMMITTER_NAME: by, GIT_COMMITTER_EMAIL: `${by}@users.noreply.github.com` };
      repository.git.git(['tag', '--annotate', '-m', 'Release', tag, commit], { env: person });
      const payload = { ref: `refs/tags/${tag}`, after: commit, sender: { login: by } };
      hub.state.events.push({ name: 'push', repository: repository.fullName, starts: true, payload });
    },
    async ask(command, inputs = {}) {
      const folder = await mkdtemp(join(clones, 'clone-'));
      repository.git.git(['clone', '--quiet', pathToFileURL(repository.git.folder).href, folder], {
        env: { GIT_DIR: '' },
      });
      return runIn(folder, command, inputs);
    },
    async dispose() {
      await runner.dispose();
      await hub.dispose();
      await seed.dispose();
      await rm(clones, { recursive: true, force: true });
    },
  };
}

/** The repository as it was before the story. */
async function plant({ policy, workflows, before }: StoryOptions): Promise<GovernedRepository> {
  const seed = await makeGovernedRepository({ remote: true });
  await before(seed);
  const examples = exampleWorkflows();
  for (const name of workflows) {
    const path = [`.github/workflows/weighbridge-${name}.yml`, `.github/workflows/${name}.yml`].find((each) =>
      examples.has(each),
    );
    if (path === undefined) throw new Error(`no example workflow ${name}`);
    await seed.write(path, examples.get(path) ?? '');
  }
  const start = await seed.read('weighbridge.yaml');
  await seed.write('weighbridge.yaml', `${start}${policy}`);
  seed.commit('Govern models');
  return seed;
}

/** No model is there yet. */
export async function noModels({ built }: GovernedRepository): Promise<void> {
  built.git('rm', '-r', '--quiet', 'models');
}

/** Models fraud and churn, each with 1.0.0 in development. */
export async function twoModels({ write, commit, run }: GovernedRepository): Promise<void> {
  for (const [path, content] of Object.entries(modelFiles('churn', 1))) await write(path, content);
  commit('Add the churn model');
  await run('register');
}

/** fraud 1.0.0 and then 1.0.1 entered these stages, one after the other; stages.yaml says so. */
export function twoReleases(...stages: readonly string[]): StoryOptions['before'] {
  return async ({ write, commit, run }) => {
    for (const [index, version] of ['1.0.0', '1.0.1'].entries()) {
      await write('models/fraud/model.safetensors', weights(index + 1));
      if (index > 0) commit('Retrain');
      await run('register');
      for (const to of stages) await run('promote', { model: `fraud@${version}`, to });
    }
    if (stages.length > 0) commit('Promote');
  };
}

/** Now, but never the same second twice: order is told by times. */
function risingClock(): () => Date {
  let last = 0;
  return () => {
    last = Math.max(Date.now(), last + 1000);
    return new Date(last);
  };
}
