import type { Bump } from '@weighbridge/core';
import { pairWeights } from './artifacts/pair-groups.js';
import { type Sameness, sameWeights } from './artifacts/same-weights.js';
import type { WeightGroup } from './artifacts/weight-group.js';
import type { KnownDocument } from './known-document.js';
import { sortedBy } from './order.js';
import { type Pairing, pairItems } from './pairing.js';
import type { ArtifactFacet, DocumentType, Snapshot } from './snapshot.js';
import { type VocabularyChange, vocabularyChange } from './vocabulary.js';

/** A primary metric that moved by at least the policy's threshold. Numbers are exact decimal text. */
export interface MetricMove {
  /** As the policy names it, such as `eval.accuracy`. */
  readonly metric: string;
  /** A move by at least the threshold, or bounds that are passed for the first time. */
  readonly kind: 'significant' | 'capability';
  /** Null for a metric that the earlier model did not have. */
  readonly from: string | null;
  readonly to: string;
  readonly delta: string | null;
  readonly because: string;
}

/** What every facet compares: both snapshots, and what more than one facet asks of them, found once. */
export interface Comparison {
  readonly previous: Snapshot;
  readonly candidate: Snapshot;
  readonly weights: Pairing<WeightGroup>;
  readonly documents: Pairing<KnownDocument>;
  /** Null where neither side has a tokenizer. */
  readonly vocabulary: VocabularyChange | null;
  /** Whether the learned numbers moved; `absent` when neither side has artifacts of its own. */
  readonly weightsMoved: Sameness | 'absent';
  readonly significant: readonly MetricMove[];
  readonly parts: ReadonlyMap<string, Bump>;
}

export interface ComparisonOptions {
  readonly significant?: readonly MetricMove[];
  readonly parts?: Readonly<Record<string, Bump>>;
}

export function comparisonOf(previous: Snapshot, candidate: Snapshot, options: ComparisonOptions): Comparison {
  const weights = pairWeights(previous.artifacts, candidate.artifacts);
  const documents = pairDocuments(previous.artifacts, candidate.artifacts);
  return {
    previous,
    candidate,
    weights,
    documents,
    vocabulary: vocabularyChange(documents),
    weightsMoved: weightsMoved(weights),
    significant: options.significant ?? [],
    parts: new Map(Object.entries(options.parts ?? {})),
  };
}

/** The pairs of one type of document. */
export function documentPairs(
  comparison: Comparison,
  type: DocumentType,
): { from: KnownDocument; to: KnownDocument }[] {
  return comparison.documents.pairs.filter(({ from }) => from.document.type === type);
}

function pairDocuments(
  previous: readonly ArtifactFacet[],
  candidate: readonly ArtifactFacet[],
): Pairing<KnownDocument> {
  return pairItems(knownDocuments(previous), knownDocuments(candidate), [
    { key: (each) => `${each.document.type} ${each.path}` },
    { key: (each) => (each.sha256 === null ? null : `${each.document.type} ${each.sha256}`) },
    { key: (each) => each.document.type, unique: true },
  ]);
}

function knownDocuments(artifacts: readonly ArtifactFacet[]): KnownDocument[] {
  return sortedBy(
    artifacts.filter((each): each is KnownDocument => each.document !== null),
    (each) => each.path,
  );
}

/** Files without a known header count as weights only where no other artifact has one. */
function weightsMoved({ pairs, removed, added }: Pairing<WeightGroup>): Sameness | 'absent' {
  const all = [...pairs.flatMap(({ from, to }) => [from, to]), ...removed, ...added];
  if (all.length === 0) return 'absent';
  const counts = all.some((group) => group.format !== null)
    ? (group: WeightGroup) => group.format !== null
    : () => true;
  if (removed.some(counts) || added.some(counts)) return 'differs';
  const verdicts = pairs
    .filter(({ from, to }) => counts(from) || counts(to))
    .map(({ from, to }) => sameWeights(from, to));
  if (verdicts.includes('differs')) return 'differs';
  return verdicts.includes('unknown') ? 'unknown' : 'same';
}
