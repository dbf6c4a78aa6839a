import type { PullFacts } from '../pull-facts.js';
import { listWords } from '../wording.js';
import type { Standing } from './judge-reviews.js';

const shownNames = 8;

/** Why what somebody said does not fill a seat, as one clause; null for those who need no word. */
export function tellPerson(
  person: Standing,
  ask: { readonly member: boolean | null; readonly seated: readonly Standing[] },
): string | null {
  const { login, standing, because } = person;
  if (ask.seated.includes(person)) return null;
  switch (standing) {
    case 'objects':
      return null;
    case 'counts':
      return ask.member === true
        ? `${login} approved and fills another seat`
        : `${login} approved and is not one of them`;
    case 'stale':
      return ask.member === false ? null : `the approval of ${login} does not count: ${because}`;
    case 'dismissed':
      return ask.member === false ? null : `${login} gave ${because}`;
    case 'excluded':
    case 'cannot-verify':
      return ask.member === false ? null : `${login} cannot approve: ${because}`;
  }
}

/** Who can fill the open seats, and how. */
export function nameMissing(missing: {
  readonly could: readonly string[];
  /** Logins in lower case of those who approved something older. */
  readonly again: ReadonlySet<string>;
  readonly open: number;
  readonly ask: string;
  readonly pull: PullFacts;
  readonly commands: boolean;
}): string {
  const { could, again, open, ask, pull, commands } = missing;
  const first = [...could].sort(
    (left, right) => Number(again.has(right.toLowerCase())) - Number(again.has(left.toLowerCase())),
  );
  const names = first
    .slice(0, shownNames)
    .map((login) => (again.has(login.toLowerCase()) ? `${login} (again)` : login));
  const rest = first.length - names.length;
  const shown = rest > 0 ? [...names, `${rest} more`] : names;
  const choice = open >= could.length ? 'and' : 'or';
  const seats = open === 1 || open >= could.length ? '' : `${open} of `;
  const who = shown.length === 0 ? ask : `${seats}${listWords(shown, choice)}`;
  const command = commands ? `, or to comment "/weighbridge approve ${pull.head.commit.slice(0, 12)}"` : '';
  return `Ask ${who} to review ${pull.url}${command}.`;
}
