import type { EvidenceFacts, GateFacts } from '../facts.js';
import type { GateRequest } from '../request.js';
import { assumeApproval } from './assume-approval.js';
import { refuseIdle } from './refuse-idle.js';
import type { Assumption } from './parse-assumption.js';

/** What is evaluated: the question and the facts. */
export interface Question {
  readonly request: GateRequest;
  readonly facts: GateFacts;
}

/**
 * The same question with other facts, for a what-if: the evaluator is the one that judges in earnest. An assumption
 * adds to what is known and takes nothing back, so that somebody who may not approve still may not. The decision on it
 * says what was assumed and is never published. A time is assumed first, whatever the order.
 * @throws gates/assumption for one that no requirement of the stage would look at
 */
export function assume(question: Question, assumptions: readonly Assumption[]): Question {
  for (const assumption of assumptions) refuseIdle(question.request, assumption);
  const ordered = [...assumptions].sort((left, right) => Number(right.kind === 'time') - Number(left.kind === 'time'));
  const assumed = ordered.reduce(assumeOne, question);
  if (assumptions.length === 0) return question;
  const told = [...(question.facts.assumed ?? []), ...assumptions.map(({ text }) => text)];
  return { request: assumed.request, facts: { ...assumed.facts, assumed: told } };
}

function assumeOne({ request, facts }: Question, assumption: Assumption): Question {
  switch (assumption.kind) {
    case 'approved-by':
      return { request, facts: assumeApproval(facts, assumption.login) };
    case 'metric':
      return { request, facts: assumeMetric(facts, assumption) };
    case 'waived':
      return { request, facts: assumeWaiver(facts, assumption.gate) };
    case 'check': {
      const { name, state } = assumption;
      const check = { state, conclusion: state, commit: facts.review?.pull.head.commit ?? 'assumed', url: null };
      return { request, facts: { ...facts, checks: { ...facts.checks, [name]: check } } };
    }
    case 'stage': {
      const { stage, since } = assumption;
      const stagesEntered = { ...facts.stagesEntered, [stage]: since ?? facts.now };
      return {
        request: { ...request, transition: { ...request.transition, from: stage } },
        facts: { ...facts, stagesEntered },
      };
    }
    case 'time':
      return { request, facts: { ...facts, now: assumption.time } };
  }
}

function assumeWaiver(facts: GateFacts, gate: string): GateFacts {
  // It ends with the moment of the evaluation, so that no limit of the policy stands against it.
  const expires = new Date(Date.parse(facts.now) + 1000).toISOString();
  const waiver = { gate, identity: facts.candidate.identity, expires, justification: 'assumed' };
  return { ...facts, waivers: [...facts.waivers, waiver] };
}

/** The value in place of what was measured; its scores by example would belie it, so they go. */
function assumeMetric(facts: GateFacts, assumption: Extract<Assumption, { readonly kind: 'metric' }>): GateFacts {
  const { metric, value, slice } = assumption;
  const at = metric.indexOf('.');
  const [id, key] = [metric.slice(0, at), metric.slice(at + 1)];
  const known = Object.hasOwn(facts.evidence, id) ? facts.evidence[id] : undefined;
  const { examples: _, ...evidence } = known ?? noEvidence(facts.now);
  const { document } = evidence;
  const speaksOf = (other: Readonly<Record<string, string>> | null) =>
    slice === null
      ? other === null
      : other !== null && Object.keys(other).length === 1 && other[slice.column] === slice.value;
  const before = document.values.find((one) => one.key === key && speaksOf(one.slice));
  const others = document.values.filter((one) => one !== before);
  const assumed = {
    key,
    value,
    stderr: before?.stderr ?? null,
    samples: before?.samples ?? null,
    slice: slice === null ? null : { [slice.column]: slice.value },
  };
  const changed = { ...evidence, digest: null, document: { ...document, values: [...others, assumed] } };
  return { ...facts, evidence: { ...facts.evidence, [id]: changed } };
}

function noEvidence(now: string): EvidenceFacts {
  const document = { format: 'assumed', values: [], context: {} };
  return { document, digest: null, level: 'reported', levelChecked: false, time: now, context: {} };
}
