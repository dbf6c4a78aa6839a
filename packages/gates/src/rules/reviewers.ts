import type { JsonObject, JsonValue, VerdictNode } from '@weighbridge/core';
import type { ReviewerGate } from '@weighbridge/manifest';
import type { ReviewFacts } from '../facts.js';
import type { GateRequest } from '../request.js';
import { nameCondition, whetherApplies } from '../review/condition.js';
import { draftNode } from '../review/draft.js';
import { type Ask, judgeAsks } from '../review/judge-asks.js';
import { judgeReviews, permissionOf, permissionReaches } from '../review/judge-reviews.js';
import { findRoster, manifestOwners, readRoster } from '../review/roster-members.js';
import { defineRule } from '../rule.js';
import { listWords } from '../wording.js';

/**
 * Approvals by members of rosters, judged from what the forge tells of the pull request: which reviews count, that
 * nobody fills two seats, and that nobody who is asked objects. A draft waits. Changed by the people whom it names.
 */
export const reviewersRule = defineRule({
  kind: 'reviewers',
  needs: ['candidate', 'artifacts', 'review'],
  judge(request, facts, before): readonly VerdictNode[] {
    const setting = { candidate: facts.candidate, artifacts: facts.artifacts, transition: request.transition, before };
    const asked = (request.policy.gate?.reviewers ?? []).map((gate) => {
      return { gate, applies: whetherApplies(gate.when, setting) };
    });
    const unknown = asked.filter(({ applies }) => applies === 'unknown').map(({ gate }) => unknownCondition(gate));
    const required = asked.filter(({ applies }) => applies === 'yes').map(({ gate }) => gate);
    const { review } = facts;
    if (review === undefined) return [...unknown, ...required.map(withoutForge)];
    const nodes = judgeRequired(request, required, { review, owners: facts.candidate.owners });
    const draft = review.pull.draft ? [draftNode(review)] : [];
    return [...unknown, ...nodes, ...judgeWriters(request, review), ...draft];
  },
});

function describe(gate: ReviewerGate): Ask['node'] {
  const when = gate.when as JsonValue;
  const facts: JsonObject = { from: gate.from, count: gate.count, when };
  return { id: ['reviewers', gate.from, ...nameCondition(gate.when)].join('/'), kind: 'reviewers', facts };
}

function unknownCondition(gate: ReviewerGate): VerdictNode {
  const because = `The reviewers from ${gate.from} depend on what is not known here: ${nameCondition(gate.when).join(', ')}.`;
  const remedy =
    'Correct "when" in weighbridge.yaml: it may name impact, kind, waiver, from, format, or a metric gate of this stage.';
  return { ...describe(gate), verdict: 'error', because, remedy };
}

function withoutForge(gate: ReviewerGate): VerdictNode {
  const because = `${gate.count} from ${gate.from} must approve; reviewers are judged on the forge, and this evaluation had no forge facts.`;
  const remedy = `Ask ${gate.from} to review the pull request; its status tells who is missing.`;
  return { ...describe(gate), verdict: 'pending', because, remedy };
}

interface Found {
  readonly review: ReviewFacts;
  readonly owners: readonly string[];
}

/** In the order of the policy; a requirement whose roster is not there takes no part in the seating of the others. */
function judgeRequired(request: GateRequest, gates: readonly ReviewerGate[], found: Found): readonly VerdictNode[] {
  const { rosters } = request.policy;
  const asks = gates.map((gate): Ask | null => {
    const roster = findRoster(rosters, gate.from, found.owners);
    if (roster === null || (roster.users.length === 0 && roster.teams.length === 0)) return null;
    const members = readRoster(roster, found.review.teams);
    return { node: describe(gate), name: gate.from, members, count: gate.count };
  });
  const nodes = [
    ...judgeAsks(
      asks.filter((ask) => ask !== null),
      found.review,
      request.policy,
    ),
  ];
  return gates.flatMap((gate, index) => (asks[index] === null ? nobodyToAsk(gate) : nodes.splice(0, 1)));
}

function nobodyToAsk(gate: ReviewerGate): VerdictNode {
  const [because, remedy] =
    gate.from === manifestOwners
      ? [
          'The manifest names no owners, so nobody can approve for them.',
          'Add owners to model.yaml on the base branch.',
        ]
      : [
          `No roster with people in it is called ${gate.from}, so nobody can approve for it.`,
          `Add ${gate.from} to reviewers in weighbridge.yaml.`,
        ];
  return { ...describe(gate), verdict: 'error', because, remedy };
}

/** Objections of everybody who may write, where the policy heeds them. */
function judgeWriters(request: GateRequest, review: ReviewFacts): readonly VerdictNode[] {
  if (request.policy.review.objections !== 'writers') return [];
  const objecting = judgeReviews(review, request.policy).people.flatMap((standing) => {
    if (standing.standing !== 'objects') return [];
    const writes = permissionReaches(permissionOf(review, standing.person), 'write');
    return writes === false ? [] : [{ ...standing, writes }];
  });
  if (objecting.length === 0) return [];
  const names = listWords(objecting.map(({ login }) => login));
  const told = objecting.map(({ login, because }) => `${login} ${because}`).join('; ');
  const sure = objecting.some(({ writes }) => writes === true);
  const because = sure ? `${told}.` : `${told}, and whether they may write here cannot be verified.`;
  const remedy = `Settle it with ${names}, who can approve or have the review dismissed.`;
  const facts = { objections: objecting.map(({ login, voice }) => ({ login, id: voice.id, at: voice.at })) };
  return [{ id: 'objections', kind: 'reviewers', verdict: sure ? 'fail' : 'error', because, remedy, facts }];
}
