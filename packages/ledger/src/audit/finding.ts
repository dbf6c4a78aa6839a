/** What can be wrong with a log. */
export type FindingCode =
  | 'checkpoint-missing'
  | 'checkpoint-malformed'
  | 'checkpoint-signature'
  | 'checkpoint-inconsistent'
  | 'root-differs'
  | 'tile-missing'
  | 'tile-differs'
  | 'bundle-missing'
  | 'bundle-malformed'
  | 'entry-malformed'
  | 'entry-repeated'
  | 'entry-illegal'
  | 'evidence-missing'
  | 'evidence-differs'
  | 'evidence-malformed'
  | 'evidence-unnamed'
  | 'map-signature'
  | 'file-missing'
  | 'file-differs'
  | 'file-unexpected';

/** One fault of a log: what, where and why. */
export interface Finding {
  readonly code: FindingCode;
  /** Index of the entry that it is about, or null. */
  readonly index: number | null;
  /** Path of the file that it is about, or null. */
  readonly path: string | null;
  /** One sentence. */
  readonly because: string;
}

/** Findings are bounded, so that a hostile branch cannot fill the memory. */
const maxFindings = 10_000;

/** Collects findings in the order in which they come up. */
export class Findings {
  readonly all: Finding[] = [];

  add(code: FindingCode, about: { readonly index?: number; readonly path?: string; readonly because: string }): void {
    if (this.all.length >= maxFindings) return;
    this.all.push({ code, index: about.index ?? null, path: about.path ?? null, because: about.because });
  }
}
