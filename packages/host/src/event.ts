/** The event document of GitHub Actions, read as data: every field is checked where it is used. */
type Event = Readonly<Record<string, unknown>>;

export interface PullRequestEvent {
  readonly number: number;
  readonly headSha: string;
  readonly baseSha: string;
  readonly baseRef: string;
}

/** The pull request that the event is about, or null. */
export function pullRequestOf(event: Event): PullRequestEvent | null {
  const pull = event['pull_request'];
  if (typeof pull !== 'object' || pull === null) return null;
  const { number, head, base } = pull as {
    number?: unknown;
    head?: { sha?: unknown };
    base?: { sha?: unknown; ref?: unknown };
  };
  if (typeof number !== 'number' || typeof base?.sha !== 'string' || typeof head?.sha !== 'string') return null;
  return { number, headSha: head.sha, baseSha: base.sha, baseRef: typeof base.ref === 'string' ? base.ref : '' };
}

/** The commit that a change is judged against: the base of a pull request or of a merge group; null for other events. */
export function baseOf(event: Event): string | null {
  const group = event['merge_group'];
  if (typeof group === 'object' && group !== null) {
    const { base_sha: base } = group as { base_sha?: unknown };
    return typeof base === 'string' && base !== '' ? base : null;
  }
  return pullRequestOf(event)?.baseSha ?? null;
}

/**
 * Whether somebody without write access may have written the files of the job: for a pull request of a fork, or a run that
 * one started. A job of a comment begins with the default branch; pull requests are looked at each for itself.
 */
export function isOfStranger(event: Event): boolean {
  const home = repositoryId(event['repository']);
  const isForeign = (id: number | null): boolean => id === null || id !== home;
  const pull = memberOf(event, 'pull_request');
  // The repository of a head is null once the fork is deleted.
  if (pull !== null) return isForeign(repositoryId(memberOf(pull, 'head')?.['repo']));
  const run = memberOf(event, 'workflow_run');
  if (run !== null) return isForeign(repositoryId(run['head_repository']));
  return false;
}

/** A repository by its number, which stays when it is renamed. */
function repositoryId(repository: unknown): number | null {
  const id = typeof repository === 'object' && repository !== null ? (repository as { id?: unknown }).id : null;
  return typeof id === 'number' ? id : null;
}

function memberOf(holder: Event, name: string): Event | null {
  const value = holder[name];
  return typeof value === 'object' && value !== null ? (value as Event) : null;
}

/** The pushed tag's name, or null when the event is no push of a tag. */
export function pushedTagOf(environment: Readonly<Record<string, string | undefined>>): string | null {
  const ref = environment['GITHUB_REF'] ?? '';
  return environment['GITHUB_EVENT_NAME'] === 'push' && ref.startsWith('refs/tags/')
    ? ref.slice('refs/tags/'.length)
    : null;
}

/** The commit of the run that started this one, when one did; null in any other event. */
export function startingCommitOf(event: Event): string | null {
  const commit = memberOf(event, 'workflow_run')?.['head_sha'];
  return typeof commit === 'string' && commit !== '' ? commit : null;
}

/** Inputs of a workflow_dispatch event. */
export function dispatchInputsOf(event: Event): Readonly<Record<string, string>> {
  const inputs = event['inputs'];
  if (typeof inputs !== 'object' || inputs === null) return {};
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(inputs))
    if (typeof value === 'string' || typeof value === 'boolean') texts[name] = String(value);
  return texts;
}
