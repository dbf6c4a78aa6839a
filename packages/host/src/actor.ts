import type { Actor, RunReference } from '@weighbridge/ledger';

type Environment = Readonly<Record<string, string | undefined>>;

/** Who acts: the person the runner names in a job, git's configured user elsewhere. */
export function actorOf(environment: Environment, gitUser: string | null): Actor {
  if (environment['GITHUB_ACTIONS'] === 'true') {
    const login = environment['GITHUB_TRIGGERING_ACTOR'] || environment['GITHUB_ACTOR'] || 'unknown';
    // GITHUB_ACTOR_ID is the id of GITHUB_ACTOR; on a re-run by somebody else the login stands for it.
    const id = login === environment['GITHUB_ACTOR'] ? environment['GITHUB_ACTOR_ID'] || login : login;
    return { kind: 'github', id, login, authenticated: 'actions' };
  }
  const name = gitUser ?? 'unknown';
  return { kind: 'git', id: name, login: name, authenticated: 'claimed' };
}

/** The run that acts, or null outside a job. */
export function runOf(environment: Environment): RunReference | null {
  const id = environment['GITHUB_RUN_ID'];
  if (environment['GITHUB_ACTIONS'] !== 'true' || id === undefined) return null;
  return {
    url: runUrlOf(environment) ?? '',
    workflow: environment['GITHUB_WORKFLOW_REF'] ?? environment['GITHUB_WORKFLOW'] ?? '',
    attempt: Number(environment['GITHUB_RUN_ATTEMPT'] ?? '1'),
  };
}

/** Address of the page of the run that acts; null outside a job. */
export function runUrlOf(environment: Environment): string | null {
  const id = environment['GITHUB_RUN_ID'];
  if (environment['GITHUB_ACTIONS'] !== 'true' || id === undefined) return null;
  return `${environment['GITHUB_SERVER_URL'] ?? ''}/${environment['GITHUB_REPOSITORY'] ?? ''}/actions/runs/${id}`;
}
