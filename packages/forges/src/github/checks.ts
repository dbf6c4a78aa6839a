import { WeighbridgeError } from '@weighbridge/core';
import type { CheckFacts } from '@weighbridge/gates';
import type { GitHubClient, Purpose } from './client.js';

/** One check run or status under one of its names. */
interface NamedCheck {
  readonly name: string;
  /** What runs of it replace each other: the workflow, the app or the reporter of a status. */
  readonly source: string;
  readonly startedAt: string;
  readonly facts: CheckFacts;
}

/**
 * Checks and statuses of a commit. A job of a workflow has two names: `test`, as rules of branches know it, and
 * `ci / test`. Of one source the latest counts; where several sources use a name, the worst does.
 */
export async function readChecks(client: GitHubClient, commit: string): Promise<Readonly<Record<string, CheckFacts>>> {
  const purpose: Purpose = {
    action: `read checks of ${commit}`,
    what: `commit ${commit}`,
    needs: ['checks: read', 'statuses: read'],
  };
  const found = [...(await readCheckRuns(client, purpose, commit)), ...(await readStatuses(client, purpose, commit))];
  const latest = new Map<string, NamedCheck>();
  for (const check of found) {
    const key = JSON.stringify([check.name, check.source]);
    const held = latest.get(key);
    if (held === undefined || held.startedAt < check.startedAt) latest.set(key, check);
  }
  const named = new Map<string, CheckFacts>();
  for (const { name, facts } of latest.values()) {
    const held = named.get(name);
    if (held === undefined || severity[facts.state] > severity[held.state]) named.set(name, facts);
  }
  return Object.fromEntries([...named].sort(([left], [right]) => (left < right ? -1 : 1)));
}

const severity: Readonly<Record<CheckFacts['state'], number>> = { success: 0, running: 1, failure: 2 };

async function readCheckRuns(client: GitHubClient, purpose: Purpose, commit: string): Promise<readonly NamedCheck[]> {
  const runs = await client.list(purpose, (octokit, at) =>
    octokit.paginate.iterator('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', { ...at, ref: commit }),
  );
  const ofActions = runs.some(({ app }) => app?.slug === 'github-actions');
  const workflows = ofActions ? await readWorkflowNames(client, commit) : new Map<number | bigint, string>();
  return runs.flatMap((run) => {
    const workflow = run.check_suite === null ? undefined : workflows.get(run.check_suite.id);
    const source = workflow ?? `app ${run.app?.slug ?? ''}`;
    const check = {
      source,
      startedAt: run.started_at ?? '',
      facts: {
        state: stateOf(run.status, run.conclusion),
        conclusion: run.conclusion ?? run.status,
        commit,
        url: run.html_url,
      },
    };
    const names = workflow === undefined ? [run.name] : [run.name, `${workflow} / ${run.name}`];
    return names.map((name) => ({ ...check, name }));
  });
}

/** Names of workflows by check suite; none when the token may not read runs. */
async function readWorkflowNames(client: GitHubClient, commit: string): Promise<ReadonlyMap<number | bigint, string>> {
  const purpose: Purpose = { action: 'list workflow runs', what: `commit ${commit}`, needs: ['actions: read'] };
  try {
    const runs = await client.list(purpose, (octokit, at) =>
      octokit.paginate.iterator('GET /repos/{owner}/{repo}/actions/runs', { ...at, head_sha: commit }),
    );
    return new Map(
      runs.flatMap(({ check_suite_id: suite, name }) =>
        suite === undefined || name === null || name === undefined ? [] : [[suite, name] as const],
      ),
    );
  } catch (error) {
    if (error instanceof WeighbridgeError && error.code === 'forge/forbidden') return new Map();
    throw error;
  }
}

async function readStatuses(client: GitHubClient, purpose: Purpose, commit: string): Promise<readonly NamedCheck[]> {
  const pages = await client.list(purpose, async function* (octokit, at) {
    const answers = octokit.paginate.iterator('GET /repos/{owner}/{repo}/commits/{ref}/status', { ...at, ref: commit });
    for await (const { data } of answers) yield { data: statusesOf(data) };
  });
  return pages.map((status) => ({
    name: status.context,
    source: 'status',
    startedAt: status.updated_at,
    facts: {
      state: status.state === 'success' ? 'success' : status.state === 'pending' ? 'running' : 'failure',
      conclusion: status.state,
      commit,
      url: status.target_url,
    },
  }));
}

interface RestStatus {
  readonly context: string;
  readonly state: string;
  readonly target_url: string | null;
  readonly updated_at: string;
}

/** The combined status is one document that pages its statuses. */
function statusesOf(page: unknown): readonly RestStatus[] {
  const { statuses } = page as { readonly statuses?: readonly RestStatus[] };
  return statuses ?? (Array.isArray(page) ? (page as readonly RestStatus[]) : []);
}

/** Only what concluded success is one: neutral and skipped say that nothing was looked at. */
function stateOf(status: string, conclusion: string | null): CheckFacts['state'] {
  if (status !== 'completed') return 'running';
  return conclusion === 'success' ? 'success' : 'failure';
}
