import { canonicalJson, type Digest, digestJson, type Sha256 } from '@weighbridge/core';
import type { ExampleScores, MetricDocument } from '@weighbridge/formats';
import type { Evaluation } from './statement.js';

/** What is gated: the content of a model and one of its metric documents. */
export interface GatedDocument {
  readonly id: string;
  /** Digest of the document's file; null where the file is not kept. */
  readonly digest: Digest | null;
  readonly document: MetricDocument;
  /** Scores by example that paired comparisons read. */
  readonly examples: ExampleScores | null;
}

/** The candidate that evidence must be about. */
export interface Candidate {
  readonly model: string;
  readonly identity: Digest;
  /** Digests of every artifact; null when one is not known. */
  readonly artifacts: readonly Digest[] | null;
  /** The commit that is judged. */
  readonly commit: string | null;
}

/**
 * Why a statement says nothing of this document of this candidate; null when it does. The subject must be the model's
 * identity, or hold every one of its artifacts, and the statement must hold the very values that are gated.
 */
export function refuseStatement(
  evaluation: Evaluation,
  about: { readonly candidate: Candidate; readonly gated: GatedDocument },
  sha256: Sha256,
): string | null {
  const { candidate, gated } = about;
  if (evaluation.model !== candidate.model) return `it is about another model, ${evaluation.model.slice(0, 63)}`;
  if (!isSubject(evaluation, candidate)) return `it is about other content of ${candidate.model}`;
  const attested = evaluation.documents.filter(({ id }) => id === gated.id);
  const [first] = attested;
  if (first === undefined || attested.length > 1) return `it does not speak of ${gated.id}`;
  const own = canonicalJson(plain(gated.document));
  if (canonicalJson(plain(first.document)) !== own) return `it holds other values of ${gated.id}`;
  const scores = gated.examples === null ? null : digestJson(sha256, gated.examples);
  if (scores !== null && scores !== first.examples) return `it holds other scores by example of ${gated.id}`;
  return gated.digest !== null && gated.digest !== first.digest ? `it names another file of ${gated.id}` : null;
}

function isSubject(evaluation: Evaluation, candidate: Candidate): boolean {
  const named = new Set(evaluation.subjects.map(({ digest }) => digest));
  if (named.has(candidate.identity)) return true;
  const { artifacts } = candidate;
  return artifacts !== null && artifacts.length > 0 && artifacts.every((digest) => named.has(digest));
}

/** Digest of what gates read of a document: the name under which the ledger keeps it. */
export function digestDocument(document: MetricDocument, sha256: Sha256): Digest {
  return digestJson(sha256, plain(document));
}

/** Only what makes a document, whatever else an object carries. */
function plain({ format, values, context }: MetricDocument): MetricDocument {
  return { format, values, context };
}
