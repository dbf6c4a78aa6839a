import type { ProgressTeller } from '@weighbridge/flows';

/** Shows how far long work has come. */
export interface Progress {
  readonly tell: ProgressTeller;
  /** Nothing more is told: leaves no half line and no open group behind. */
  close(): void;
}

/** What a terminal has of a stream, such as `process.stderr`. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}
