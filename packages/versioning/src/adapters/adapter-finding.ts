/** One thing that was looked at. `unknown` is said where a header or a document is not at hand; it never counts as a pass. */
export interface AdapterFinding {
  readonly check: 'base' | 'revision' | 'layers' | 'shapes' | 'rank' | 'tokens';
  readonly verdict: 'pass' | 'fail' | 'unknown';
  readonly because: string;
}
