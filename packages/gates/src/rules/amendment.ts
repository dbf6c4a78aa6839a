import { type JsonObject, type VerdictNode, worstVerdict } from '@weighbridge/core';
import type { AmendmentFact, ReviewFacts } from '../facts.js';
import type { PolicySlice } from '../request.js';
import { type Ask, judgeAsks } from '../review/judge-asks.js';
import { permissionOf, permissionReaches } from '../review/judge-reviews.js';
import { isMachine } from '../review/people.js';
import { findRoster, readRoster, type RosterMembers, rosterOf } from '../review/roster-members.js';
import { defineRule } from '../rule.js';
import { listWords } from '../wording.js';

/** What a change of the rules is judged by: the rosters, owners and review options of the base. */
export type AmendmentRules = Pick<PolicySlice, 'owners' | 'rosters' | 'review'>;

/**
 * A change of the policy, a roster, a workflow, an owners file or what a manifest asks for needs those who answer for it
 * by the policy of the base; a new waiver needs its roster. It never counts for its own verdict. Changed by the owners.
 */
export const amendmentRule = defineRule({
  kind: 'amendment',
  needs: ['amendments', 'review'],
  judge(request, facts): readonly VerdictNode[] {
    return judgeAmendments(request.policy, facts);
  },
});

/** One node for each file and kind of amendment. */
export function judgeAmendments(
  rules: AmendmentRules,
  { amendments, review }: { readonly amendments?: readonly AmendmentFact[]; readonly review?: ReviewFacts },
): readonly VerdictNode[] {
  if (amendments === undefined) return review === undefined ? [] : [nobodyLooked()];
  return groupAmendments(amendments).map((group) => {
    return review === undefined ? withoutForge(group) : judgeGroup(group, rules, review);
  });
}

type Group = readonly [AmendmentFact, ...AmendmentFact[]];

/** Amendments of one file that the same people answer for. */
function groupAmendments(amendments: readonly AmendmentFact[]): readonly Group[] {
  const groups = new Map<string, [AmendmentFact, ...AmendmentFact[]]>();
  for (const amendment of amendments) {
    const group = groups.get(idOf(amendment));
    if (group === undefined) groups.set(idOf(amendment), [amendment]);
    else group.push(amendment);
  }
  return [...groups.values()];
}

function idOf({ what, rule, path }: AmendmentFact): string {
  return ['amendment', what, ...(rule === null ? [] : [rule]), path].join('/');
}

/** The part that those who answer for it have in the verdict. */
function ownersOf(group: Group): Ask['node'] {
  const [{ what, path, rule }] = group;
  const facts: JsonObject = { what, path, rule, changes: group.map(({ because }) => because) };
  return { id: `${idOf(group[0])}/owners`, kind: 'amendment', facts };
}

function nobodyLooked(): VerdictNode {
  const because = 'Nobody looked whether the pull request changes the rules that it is judged by.';
  const remedy = 'Please report this: it is a mistake of Weighbridge.';
  return { id: 'amendment', kind: 'amendment', verdict: 'error', because, remedy };
}

function withoutForge(group: Group): VerdictNode {
  const because =
    'Those who answer for it must approve; that is judged on the forge, and this evaluation had no forge facts.';
  const remedy = 'See the status of the pull request.';
  return combine(group, [{ ...ownersOf(group), verdict: 'pending', because, remedy }]);
}

function judgeGroup(group: Group, rules: AmendmentRules, review: ReviewFacts): VerdictNode {
  const [{ rule }] = group;
  const takesOver = [...new Set(group.flatMap((amendment) => amendment.takesOver))];
  const answering = whoAnswers(rule, rules, review);
  if (answering === null) {
    const because = `The base policy has no roster ${rule} that could approve it.`;
    const remedy = `Merge the roster ${rule} first, in a pull request of its own.`;
    return combine(group, [{ ...ownersOf(group), verdict: 'error', because, remedy }]);
  }
  const owners = judgeOne(ownersOf(group), answering, { rules, review });
  const heirs = takesOver.length === 0 ? [] : [judgeHeirs(idOf(group[0]), takesOver, { rules, review })];
  return combine(group, [owners, ...heirs]);
}

interface Setting {
  readonly rules: AmendmentRules;
  readonly review: ReviewFacts;
}

interface Answering {
  readonly name: string;
  readonly members: RosterMembers;
}

function judgeOne(node: Ask['node'], { name, members }: Answering, { rules, review }: Setting): VerdictNode {
  const [judged] = judgeAsks([{ node, name, members, count: 1 }], review, rules);
  return judged as VerdictNode;
}

/** The roster of a waiver, the owners of the policy, or, where the base names none, whoever administers the repository. */
function whoAnswers(rule: string | null, rules: AmendmentRules, review: ReviewFacts): Answering | null {
  if (rule !== null) {
    const roster = Object.hasOwn(rules.rosters, rule) ? rules.rosters[rule] : undefined;
    return roster === undefined ? null : { name: rule, members: readRoster(roster, review.teams) };
  }
  if (rules.owners.length === 0) {
    return {
      name: 'those with admin or maintain permission, as the policy names no owners,',
      members: maintainers(review),
    };
  }
  return {
    name: `the policy owners (${rules.owners.join(', ')})`,
    members: readRoster(expand(rules.owners, rules), review.teams),
  };
}

/** Rosters by their people, logins and teams as they are. */
function expand(names: readonly string[], { rosters }: AmendmentRules) {
  const found = names.map((name) => findRoster(rosters, name, []) ?? rosterOf([name]));
  return { users: found.flatMap(({ users }) => users), teams: found.flatMap(({ teams }) => teams) };
}

function maintainers(review: ReviewFacts): RosterMembers {
  return {
    includes: (person) => (isMachine(person) ? false : permissionReaches(permissionOf(review, person), 'maintain')),
    logins: [],
    complete: false,
    unread: [],
  };
}

/** Who takes over must agree. The author of the pull request did, by proposing it. */
function judgeHeirs(id: string, takesOver: readonly string[], setting: Setting): VerdictNode {
  const { rules, review } = setting;
  const members = readRoster(expand(takesOver, rules), review.teams);
  const names = listWords(takesOver, 'or');
  const node = { id: `${id}/takes-over`, kind: 'amendment', facts: { takes_over: [...takesOver] } };
  const { author } = review.pull;
  if (author !== null && members.includes(author) === true) {
    return { ...node, verdict: 'pass', because: `${author.login}, who takes over, proposed it.` };
  }
  return judgeOne(node, { name: `those who take over (${names})`, members }, setting);
}

/** What changes, and then what each of those asked said: its parts say only the latter. */
function combine(group: Group, children: readonly [VerdictNode, ...VerdictNode[]]): VerdictNode {
  const verdict = worstVerdict(children.map((child) => child.verdict));
  const because = [`${tellChanges(group)}.`, ...children.map((child) => child.because)].join(' ');
  const remedies = children.flatMap((child) => child.remedy ?? []);
  const remedy = remedies.length === 0 ? {} : { remedy: remedies.join(' ') };
  const facts = children[0].facts ?? {};
  return { id: idOf(group[0]), kind: 'amendment', verdict, because, ...remedy, facts, children };
}

const shownChanges = 5;

function tellChanges(group: Group): string {
  const clauses = group.map(({ because }) => because);
  const more = clauses.length - shownChanges;
  return `In ${group[0].path}, ${listWords([...clauses.slice(0, shownChanges), ...(more > 0 ? [`${more} more changes`] : [])])}`;
}
