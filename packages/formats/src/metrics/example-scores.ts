/** One example's score under one metric. */
export interface ExampleScore {
  /** The same example has the same id in every evaluation: `doc_id`, and `doc_hash` where it is known. */
  readonly id: string;
  /** Exact decimal text, or the word that stood there. */
  readonly score: string;
  readonly slice: Readonly<Record<string, string>> | null;
}

/** Scores by metric key, each list sorted by id. */
export type ExampleScores = Readonly<Record<string, readonly ExampleScore[]>>;
