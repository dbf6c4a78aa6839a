import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { type WorkflowCommands, parseWorkflowCommands } from './annotations.js';
import { bundleNode, checkoutFolder } from './peer-programs.js';
import { type RunnerFileContents, makeRunnerFiles } from './runner-files.js';
import { spawnProgram } from './spawn-program.js';

export interface BundleRun {
  /** The folder with the action.yml, from the checkout: `actions/version`. An absolute path is taken as it is. */
  readonly action: string;
  /** Inputs by name; an input that is left out gets the default of action.yml, as on the runner. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event?: { readonly name: string; readonly payload?: unknown };
  /** Added to the environment that the runner gives, and stronger. */
  readonly env?: Readonly<Record<string, string>>;
  /** The repository's folder, GITHUB_WORKSPACE. */
  readonly cwd: string;
  readonly timeoutMs?: number;
}

export interface BundleResult extends RunnerFileContents, WorkflowCommands {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built entry of an action in a process of its own, with the files and variables that GitHub's runner gives. */
export async function runBundle(run: BundleRun): Promise<BundleResult> {
  const folder = resolve(checkoutFolder, run.action);
  const definition = await readDefinition(folder);
  const scratch = await mkdtemp(join(tmpdir(), 'weighbridge-step-'));
  try {
    const files = await makeRunnerFiles(join(scratch, 'files'));
    const env = {
      ...(await runnerEnvironment(run, { folder, scratch })),
      ...inputEnvironment(definition, run.inputs ?? {}),
      ...files.environment,
      ...run.env,
    };
    const limit = run.timeoutMs === undefined ? {} : { timeoutMs: run.timeoutMs };
    const spawned = await spawnProgram(bundleNode(), [join(folder, definition.main)], { cwd: run.cwd, env, ...limit });
    return { ...spawned, ...parseWorkflowCommands(spawned.stdout), ...(await files.read()) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface ActionDefinition {
  readonly main: string;
  readonly defaults: Readonly<Record<string, string>>;
}

async function readDefinition(folder: string): Promise<ActionDefinition> {
  const parsed: unknown = parse(await readFile(join(folder, 'action.yml'), 'utf8'));
  const { inputs, runs } = parsed as {
    inputs?: Record<string, { default?: string | number | boolean } | null>;
    runs: { main?: string; using: string };
  };
  if (runs.main === undefined || !runs.using.startsWith('node')) throw new Error(`${folder} is no JavaScript action.`);
  const defaults = Object.entries(inputs ?? {}).map(([name, input]) => [name, String(input?.default ?? '')] as const);
  return { main: runs.main, defaults: Object.fromEntries(defaults) };
}

/** An expression as a default, such as `${{ github.token }}`, is for the runner to fill in: a test gives the input. */
function inputEnvironment(
  definition: ActionDefinition,
  inputs: Readonly<Record<string, string>>,
): Record<string, string> {
  const given = Object.entries({ ...definition.defaults, ...inputs });
  return Object.fromEntries(
    given.map(([name, value]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      /^\$\{\{.*\}\}$/.test(value) && inputs[name] === undefined ? '' : value,
    ]),
  );
}

async function runnerEnvironment(
  { event = { name: 'push' }, cwd }: BundleRun,
  { folder, scratch }: { folder: string; scratch: string },
): Promise<Record<string, string>> {
  const eventPath = join(scratch, 'event.json');
  await writeFile(eventPath, JSON.stringify(event.payload ?? {}));
  const folders = {
    HOME: join(scratch, 'home'),
    RUNNER_TEMP: join(scratch, 'temp'),
    RUNNER_TOOL_CACHE: join(scratch, 'tools'),
  };
  await Promise.all(Object.values(folders).map((each) => mkdir(each)));
  return {
    ...folders,
    PATH: [dirname(bundleNode()), process.env['PATH'] ?? ''].join(delimiter),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION_PATH: folder,
    GITHUB_API_URL: 'http://127.0.0.1:9',
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_REPOSITORY: 'acme/models',
    GITHUB_REPOSITORY_ID: '4711',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '1001',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_WORKSPACE: cwd,
    GITHUB_ACTOR: 'alice',
    GITHUB_ACTOR_ID: '1',
    GIT_CONFIG_NOSYSTEM: '1',
    RUNNER_OS: 'Linux',
    TZ: 'UTC',
    ...(process.platform === 'win32' ? { SystemRoot: process.env['SystemRoot'] ?? '' } : {}),
  };
}
