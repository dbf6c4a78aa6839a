import { canonicalJson, type Digest, digestHex, type Verdict, type VerdictNode } from '@weighbridge/core';
import type { Decision } from '@weighbridge/gates';
import { statementType } from '../statement.js';

/** in-toto test-result (github.com/in-toto/attestation, spec/predicates/test-result.md). */
export const testResultType = 'https://in-toto.io/attestation/test-result/v0.1';

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

/**
 * The statement that a gate came to a decision about a version, as canonical JSON: a test-result whose tests are the
 * requirements. Its subjects are the one of the version's signatures and the identity; its configuration is the policy
 * by digest, and the decision itself.
 */
export function formatDecisionStatement({ decision, digest, root }: RecordedDecision): string {
  const { model, version, transition, requirements, digests, verdict } = decision;
  const name = version === null ? model : `${model}@${version}`;
  const sha256 = (value: Digest) => ({ sha256: digestHex(value) });
  const named = (result: string) => requirements.filter((node) => results[node.verdict] === result).map(idOf);
  return canonicalJson({
    _type: statementType,
    subject: [
      ...(root === null ? [] : [{ name: model, digest: sha256(root) }]),
      { name: `${name}#identity`, digest: sha256(digests.identity) },
    ],
    predicateType: testResultType,
    predicate: {
      result: results[verdict],
      configuration: [
        { name: `policy of ${transition.from ?? 'none'} -> ${transition.to}`, digest: sha256(digests.policy) },
        { name: 'decision', digest: sha256(digest) },
      ],
      passedTests: named('PASSED'),
      warnedTests: named('WARNED'),
      failedTests: named('FAILED'),
    },
  });
}

function idOf({ id }: VerdictNode): string {
  return id;
}
