import type { MergeGroup } from '@weighbridge/flows';
import { dispatchInputsOf } from './event.js';

type Event = Readonly<Record<string, unknown>>;

/**
 * Which pull requests an event says to look at. Only a hint: a number, a head or a group to be read anew from the
 * forge. Nothing else of an event is believed, since a run that is started again brings its old one.
 */
export type PullHint =
  | { readonly kind: 'pull'; readonly number: number }
  | { readonly kind: 'head'; readonly repository: string; readonly branch: string; readonly commit: string }
  | { readonly kind: 'group'; readonly group: MergeGroup }
  | { readonly kind: 'sweep' }
  | { readonly kind: 'nothing'; readonly because: string };

/** Null for an event that is about no pull request. */
export function pullHintOf(name: string, event: Event): PullHint | null {
  switch (name) {
    case 'pull_request':
    case 'pull_request_target':
    case 'pull_request_review':
    case 'pull_request_review_comment':
      return pullOf(member(event, 'pull_request'));
    case 'issue_comment':
      return commentedOf(event);
    case 'merge_group':
      return groupOf(event);
    case 'workflow_run':
      return runOf(member(event, 'workflow_run'));
    case 'schedule':
      return { kind: 'sweep' };
    case 'workflow_dispatch': {
      const number = Number(dispatchInputsOf(event)['pull'] ?? '');
      return Number.isSafeInteger(number) && number > 0 ? { kind: 'pull', number } : { kind: 'sweep' };
    }
  }
  return null;
}

function pullOf(pull: Event): PullHint | null {
  const number = pull['number'];
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? { kind: 'pull', number } : null;
}

function commentedOf(event: Event): PullHint {
  const issue = member(event, 'issue');
  const isPull = typeof issue['pull_request'] === 'object' && issue['pull_request'] !== null;
  return (isPull ? pullOf(issue) : null) ?? { kind: 'nothing', because: 'The comment is on no pull request.' };
}

function groupOf(event: Event): PullHint | null {
  const group = member(event, 'merge_group');
  const [head, base, baseRef, headRef] = ['head_sha', 'base_sha', 'base_ref', 'head_ref'].map((key) =>
    text(group, key),
  );
  if (!head || !base || !baseRef || !headRef) return null;
  const branch = (ref: string) => ref.replace(/^refs\/heads\//, '');
  return { kind: 'group', group: { head, base, baseRef: branch(baseRef), headRef: branch(headRef) } };
}

/**
 * The run that a relay follows. Its list of pull requests is empty for those from forks, and otherwise what the forge
 * wrote, so that the head alone serves for both.
 */
function runOf(run: Event): PullHint {
  const repository = text(member(run, 'head_repository'), 'full_name');
  const [branch, commit] = [text(run, 'head_branch'), text(run, 'head_sha')];
  return repository && branch && commit
    ? { kind: 'head', repository, branch, commit }
    : { kind: 'nothing', because: 'The run that started this one names no branch.' };
}

function member(value: Event, key: string): Event {
  const found = value[key];
  return typeof found === 'object' && found !== null ? (found as Event) : {};
}

function text(value: Event, key: string): string {
  const found = value[key];
  return typeof found === 'string' ? found : '';
}
