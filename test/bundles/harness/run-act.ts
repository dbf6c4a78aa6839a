import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type ActReport, readActLog } from './act-log.js';
import { checkoutFolder, node24Folder, peerProgram } from './peer-programs.js';
import { spawnProgram } from './spawn-program.js';

export interface ActRun {
  /** `pull_request_review` needs a top-level `number` in its payload. */
  readonly event: { readonly name: string; readonly payload?: unknown };
  /** The workflow file, from the repository's folder; all workflows that listen to the event when left out. */
  readonly workflow?: string;
  /** The folder of a git repository with at least one commit. Its work tree is what actions/checkout gives. */
  readonly repository: string;
  /** Folders by `owner/name@ref`. Every remote action but actions/checkout must be here, or act goes out to fetch it. */
  readonly actions?: Readonly<Record<string, string>>;
  readonly job?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

export interface ActResult extends ActReport {
  readonly exitCode: number;
  /** Everything that act and the steps said, for the message of a failing test. */
  readonly log: string;
}

/**
 * Runs a workflow on this machine with act, on Node 24. What act does not do, so that no test can rely on it: branch
 * and path filters, permissions, environments, concurrency; GITHUB_SHA is always the head of the repository.
 */
export async function runAct(run: ActRun): Promise<ActResult> {
  const scratch = await mkdtemp(join(tmpdir(), 'weighbridge-act-'));
  try {
    const args = await actArguments(run, scratch);
    const env = {
      HOME: join(scratch, 'home'),
      PATH: [node24Folder(), process.env['PATH'] ?? ''].join(delimiter),
      NO_COLOR: '1',
      TZ: 'UTC',
    };
    await mkdir(env.HOME);
    const limit = run.timeoutMs === undefined ? {} : { timeoutMs: run.timeoutMs };
    const { exitCode, stdout, stderr } = await spawnProgram(peerProgram('act'), args, {
      cwd: run.repository,
      env,
      ...limit,
    });
    return { exitCode, ...readActLog(stdout), log: `${stdout}${stderr}` };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function actArguments(run: ActRun, scratch: string): Promise<string[]> {
  const eventPath = join(scratch, 'event.json');
  await writeFile(eventPath, JSON.stringify(run.event.payload ?? {}));
  const secrets = { GITHUB_TOKEN: 'act-test-token', ...run.secrets };
  const env = { GIT_PAGER: 'cat', NO_COLOR: '1', GITHUB_API_URL: 'http://127.0.0.1:9', ...run.env };
  const pairs = (flag: string, values: Readonly<Record<string, string>>): string[] =>
    Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
  return [
    run.event.name,
    ...(run.workflow === undefined ? [] : ['-W', run.workflow]),
    ...(run.job === undefined ? [] : ['-j', run.job]),
    '--platform=ubuntu-latest=-self-hosted',
    '--no-cache-server',
    '--pull=false',
    '--json',
    `--eventpath=${eventPath}`,
    `--action-cache-path=${join(scratch, 'actions')}`,
    ...pairs('--local-repository', run.actions ?? {}),
    ...pairs('-s', secrets),
    ...pairs('--env', env),
  ];
}

/**
 * Copies what a user of `weighbridge-dev/weighbridge@v1` gets of this checkout (the actions and the bundle) into a
 * folder, and answers the mapping for {@link ActRun.actions}.
 */
export async function exportActions(folder: string): Promise<Record<string, string>> {
  const parts = ['action.yml', 'actions', 'dist', 'package.json'].filter((part) =>
    existsSync(join(checkoutFolder, part)),
  );
  await Promise.all(parts.map((part) => cp(join(checkoutFolder, part), join(folder, part), { recursive: true })));
  return { 'weighbridge-dev/weighbridge@v1': folder };
}
