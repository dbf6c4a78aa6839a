/** How the process ends: 1 not as required, 2 configuration or usage, 3 an outside system, 70 our own bug. */
export type ExitCode = 1 | 2 | 3 | 70;

/** One line of the error catalogue. `{name}` in message and remedy is replaced by the field of that name. */
export interface ErrorDefinition {
  readonly exit: ExitCode;
  /** What is wrong, as one sentence that names the thing. */
  readonly message: string;
  /** What the reader does next, as one sentence. */
  readonly remedy: string;
}

/** Codes look like `area/what`; an area is one file of this folder. */
export type ErrorArea = Readonly<Record<`${string}/${string}`, ErrorDefinition>>;
