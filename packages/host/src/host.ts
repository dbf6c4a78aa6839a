import type { Surroundings } from '@weighbridge/flows';
import type { Policy } from '@weighbridge/manifest';
import type { Signer } from '@weighbridge/ports';
import type { CommandSpec, InputValues } from './inputs.js';
import type { Outcome } from './outcome.js';

/** What a command gets besides its inputs. */
export interface Host {
  /** Absolute path of the repository's root, or of the folder when it is no repository. */
  readonly root: string;
  /** Absolute path that paths on the command line are relative to. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The event that started the job; empty outside GitHub Actions. */
  readonly event: Readonly<Record<string, unknown>>;
  readonly policy: Policy;
  /** False when there is no weighbridge.yaml. */
  readonly governed: boolean;
  readonly surroundings: Surroundings;
  /** Whether the folder is inside a git repository. */
  readonly isRepository: boolean;
  /** The key that signs, when there is one. */
  readonly signer: Signer | null;
  /** Absolute path of a private folder in the clone for keys and caches; null outside a repository. */
  readonly privateFolder: string | null;
}

/** One command: its declaration and what it does. */
export interface Command {
  readonly spec: CommandSpec;
  /** Nothing is fetched for it, and its host has the default policy: it looks at files that may have faults. */
  readonly readsCheckoutOnly?: boolean;
  run(inputs: InputValues, host: Host): Promise<Outcome>;
}
