import type { ExitCode } from '@weighbridge/core';
import type { Notice } from '@weighbridge/flows';

/** What a command came to, for every way of showing it. */
export interface Outcome {
  /** 0 as required, 1 not; the other codes where a part was done before an error ended the rest. */
  readonly exitCode: 0 | ExitCode;
  /** The one document of `--json`. */
  readonly json: unknown;
  /** For a terminal. */
  readonly text: string;
  /** The text is a file's content and is printed as it is. */
  readonly verbatim?: true;
  /** For the job summary. */
  readonly markdown: string;
  readonly notices: readonly Notice[];
  /** Outputs of the action, by name. */
  readonly outputs: Readonly<Record<string, string>>;
}
