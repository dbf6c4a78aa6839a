import type { VerdictNode } from '@weighbridge/core';
import type { ReviewFacts } from '../facts.js';

/** A draft is evaluated, and waits. */
export function draftNode(review: ReviewFacts): VerdictNode {
  const because = 'The pull request is a draft.';
  const remedy = `Mark ${review.pull.url} as ready for review.`;
  return { id: 'draft', kind: 'reviewers', verdict: 'pending', because, remedy };
}
