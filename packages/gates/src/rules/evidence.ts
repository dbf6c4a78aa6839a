import { type VerdictNode, worstVerdict } from '@weighbridge/core';
import { splitMetricName } from '@weighbridge/formats';
import type { GatePolicy } from '@weighbridge/manifest';
import { type EvidenceFacts, evidenceLevels, type EvidenceSigner, type GateFacts } from '../facts.js';
import { compareText } from '../review/people.js';
import { defineRule } from '../rule.js';
import { addressCandidate, nameDuration } from '../wording.js';
import { readTime, requireNow } from '../time.js';

type Asked = NonNullable<GatePolicy['evidence']>;

/**
 * How much stands behind the documents that the gates use, and how old they are. Changed by a run that publishes its
 * results with more behind them, or by a fresh evaluation. `same` is judged by each metric.
 */
export const evidenceRule = defineRule({
  kind: 'evidence',
  needs: ['now', 'candidate', 'evidence'],
  judge(request, facts): readonly VerdictNode[] {
    const { gate } = request.policy;
    if (gate === null || gate.evidence === null) return [];
    const asked = gate.evidence;
    if (asked.level === 'reported' && asked.maxAgeMs === null) return [];
    const used = usedDocuments(gate, facts.evidence);
    const command = `weighbridge evidence add ${addressCandidate(request, facts.candidate.identity)} FILE`;
    const node = { id: 'evidence', kind: 'evidence', facts: { level: asked.level, max_age_ms: asked.maxAgeMs } };
    if (used.length === 0) {
      const because = 'The policy asks what stands behind the evidence, and there is no metric document.';
      return [
        { ...node, verdict: 'error', because, remedy: `List one under metrics in model.yaml, or run ${command}.` },
      ];
    }
    const children = used.flatMap(([id, document]) => judgeDocument(id, document, asked, facts.now, command));
    const open = children.filter((child) => child.verdict !== 'pass');
    const because = (open.length === 0 ? children : open).map((child) => child.because).join(' ');
    const remedies = open.length === 0 ? {} : { remedy: [...new Set(open.map((child) => child.remedy))].join(' ') };
    return [{ ...node, verdict: worstVerdict(children.map((child) => child.verdict)), because, ...remedies, children }];
  },
});

/** The documents that metric gates name; all of them where none is named. */
function usedDocuments(
  { metrics }: GatePolicy,
  evidence: GateFacts['evidence'],
): readonly (readonly [string, EvidenceFacts])[] {
  const ids = Object.keys(evidence);
  const named = new Set(metrics.map((gate) => splitMetricName(gate.metric, ids)?.id));
  const all = Object.entries(evidence).sort(([left], [right]) => compareText(left, right));
  const used = all.filter(([id]) => named.has(id));
  return used.length > 0 ? used : all;
}

function judgeDocument(
  id: string,
  evidence: EvidenceFacts,
  asked: Asked,
  now: string,
  command: string,
): readonly VerdictNode[] {
  const nodes: VerdictNode[] = [];
  if (asked.level !== 'reported') nodes.push(judgeLevel(id, evidence, asked.level));
  if (asked.maxAgeMs !== null) nodes.push(judgeAge(id, evidence, asked.maxAgeMs, now, command));
  return nodes;
}

function judgeLevel(id: string, evidence: EvidenceFacts, asked: Asked['level']): VerdictNode {
  const { level, digest, signer, refused = [] } = evidence;
  const node = {
    id: `evidence/${id}/level`,
    kind: 'evidence',
    facts: { level, digest, signer: signer === undefined ? null : { ...signer }, refused },
  };
  const because = refused.length === 0 ? '' : ` What was found does not count: ${refused.join('; ')}.`;
  if (evidenceLevels.indexOf(evidence.level) >= evidenceLevels.indexOf(asked)) {
    return { ...node, verdict: 'pass', because: `${id} is ${level}${nameSigner(signer)}; ${asked} is asked.` };
  }
  if (!evidence.levelChecked) {
    const reason = `${id} must be ${asked}, and this evaluation cannot verify more than that it was reported.`;
    const remedy = `Evaluate it where runs and signed statements can be read, or lower evidence.level in weighbridge.yaml to ${evidence.level}.`;
    return { ...node, verdict: 'error', because: `${reason}${because}`, remedy };
  }
  const remedy = `Publish ${id} from a workflow of this repository with what ${asked} evidence needs, and add it to the version.`;
  return { ...node, verdict: 'fail', because: `${id} is only ${level}; ${asked} is asked.${because}`, remedy };
}

/** Who stands behind a document, as the end of a clause. */
function nameSigner(signer: EvidenceSigner | undefined): string {
  if (signer === undefined) return '';
  const { kind, name, ref, among } = signer;
  if (kind === 'key') return `, signed by the key ${name}`;
  const standing = among === undefined ? '' : ` (${among})`;
  return kind === 'run' ? `, from a run of ${name} on ${ref}${standing}` : `, signed by ${name} on ${ref}`;
}

function judgeAge(id: string, evidence: EvidenceFacts, maxAgeMs: number, now: string, command: string): VerdictNode {
  const madeMs = readTime(evidence.time);
  const node = {
    id: `evidence/${id}/age`,
    kind: 'evidence',
    facts: { time: evidence.time, now, max_age_ms: maxAgeMs },
  };
  const remedy = `Evaluate again and add the result: ${command}.`;
  if (madeMs === null)
    return {
      ...node,
      verdict: 'fail',
      because: `When ${id} was made is not known; at most ${nameDuration(maxAgeMs)} ago is asked.`,
      remedy,
    };
  const ageMs = requireNow(now) - madeMs;
  if (ageMs < 0)
    return {
      ...node,
      verdict: 'fail',
      because: `${id} says that it was made at ${evidence.time}, which is after now (${now}).`,
      remedy,
    };
  const because = `${id} is ${nameDuration(ageMs)} old`;
  if (ageMs <= maxAgeMs)
    return { ...node, verdict: 'pass', because: `${because}; at most ${nameDuration(maxAgeMs)} is allowed.` };
  return {
    ...node,
    verdict: 'fail',
    because: `${because}, ${nameDuration(ageMs - maxAgeMs, 'up')} more than the ${nameDuration(maxAgeMs)} allowed.`,
    remedy,
  };
}
