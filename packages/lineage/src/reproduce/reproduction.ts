/** What a step of a reproduction is about. */
export type ReproductionPart = 'code' | 'environment' | 'data' | 'base' | 'run' | 'compare';

/** One thing to do: a program with its words, a file whose digest has to be right, or a command as it was recorded. */
export type ReproductionCommand =
  | { readonly kind: 'program'; readonly words: readonly string[] }
  | { readonly kind: 'sha256'; readonly path: string; readonly hex: string }
  /** Text for a shell, as the record of the commit has it: it runs with the rights of whoever runs the script. */
  | { readonly kind: 'recorded'; readonly text: string };

/** A step with why it is there. */
export interface ReproductionStep {
  readonly part: ReproductionPart;
  readonly title: string;
  readonly commands: readonly ReproductionCommand[];
}

/** What the record does not tell, and how to have it told the next time. */
export interface MissingPart {
  readonly part: ReproductionPart;
  readonly what: string;
  readonly remedy: string;
}

/** A metric of the version, to compare with. */
export interface RecordedMetric {
  readonly document: string;
  readonly path: string;
  readonly metric: string;
  readonly value: string;
}

/** How a version is made again. */
export interface Reproduction {
  readonly model: string;
  readonly version: string;
  readonly steps: readonly ReproductionStep[];
  readonly missing: readonly MissingPart[];
  readonly metrics: readonly RecordedMetric[];
}

/** Steps of one part with what is missing of it. */
export interface PartPlan {
  readonly steps: readonly ReproductionStep[];
  readonly missing: readonly MissingPart[];
}
