import { canonicalJson, type Digest, digestHex, type Verdict, type VerdictNode } from '@weighbridge/core';
import type { Decision } from '@weighbridge/gates';
import { statementType } from '../statement.js';

/** in-toto test-result (github.com/in-toto/attestation, spec/predicates/test-result.md). */
export const testResultType = 'https://in-toto.io/attestation/test-result/v0.1';

/** in-toto simple verification result (the same place, svr.md). */
export const verificationResultType = 'https://in-toto.io/attestation/svr/v0.1';

/** Which in-toto predicate states a decision. */
export type DecisionPredicate = 'test-result' | 'svr';

/** A decision that the ledger records, and what it was about. */
export interface RecordedDecision {
  readonly decision: Decision;
  /** Of its canonical JSON, as entries name it. */
  readonly digest: Digest;
  /** The digest of all artifacts, which signatures of the version have as their subject; null where there are none. */
  readonly root: Digest | null;
}

/** What the format calls a verdict: nothing that holds a version back is anything but FAILED. */
const results: Readonly<Record<Verdict, 'PASSED' | 'WARNED' | 'FAILED'>> = {
  pass: 'PASSED',
  waived: 'WARNED',
  warn: 'WARNED',
  fail: 'FAILED',
  pending: 'FAILED',
  inconclusive: 'FAILED',
  error: 'FAILED',
};

/** Names whose rules the properties of a verification result follow; another number when the rules change. */
const verifier = 'https://weighbridge.dev/gate/v1';

/**
 * The statement that a gate came to a decision about a version, as canonical JSON. Its subjects are the one of the
 * version's signatures and the identity. As test-result its tests are the requirements, and its configuration is the
 * policy by digest and the decision itself. As svr it has what passed and nothing else: `WEIGHBRIDGE_GATE:<stage>` only
 * where the whole gate passed without a waiver or a warning, and `WEIGHBRIDGE_REQUIREMENT:<id>` for each that did.
 */
export function formatDecisionStatement(recorded: RecordedDecision, as: DecisionPredicate = 'test-result'): string {
  const { model, version, digests } = recorded.decision;
  const name = version === null ? model : `${model}@${version}`;
  return canonicalJson({
    _type: statementType,
    subject: [
      ...(recorded.root === null ? [] : [{ name: model, digest: sha256(recorded.root) }]),
      { name: `${name}#identity`, digest: sha256(digests.identity) },
    ],
    ...(as === 'svr'
      ? { predicateType: verificationResultType, predicate: verificationResult(recorded) }
      : { predicateType: testResultType, predicate: testResult(recorded) }),
  });
}

function testResult({ decision, digest }: RecordedDecision) {
  const { transition, requirements, digests, verdict } = decision;
  const named = (result: string) => requirements.filter((node) => results[node.verdict] === result).map(idOf);
  return {
    result: results[verdict],
    configuration: [
      { name: `policy of ${transition.from ?? 'none'} -> ${transition.to}`, digest: sha256(digests.policy) },
      { name: 'decision', digest: sha256(digest) },
    ],
    passedTests: named('PASSED'),
    warnedTests: named('WARNED'),
    failedTests: named('FAILED'),
  };
}

function verificationResult({ decision, digest }: RecordedDecision) {
  const { transition, requirements, digests, verdict, time } = decision;
  const passed = requirements.filter((node) => node.verdict === 'pass').map(idOf);
  return {
    verifier: {
      id: verifier,
      // Fields of our own, as the specification allows them here.
      policy: { digest: sha256(digests.policy) },
      decision: { digest: sha256(digest) },
    },
    timeCreated: time,
    properties: [
      ...(verdict === 'pass' ? [`WEIGHBRIDGE_GATE:${transition.to}`] : []),
      ...passed.map((id) => `WEIGHBRIDGE_REQUIREMENT:${id}`),
    ],
  };
}

function sha256(value: Digest): { readonly sha256: string } {
  return { sha256: digestHex(value) };
}

function idOf({ id }: VerdictNode): string {
  return id;
}
