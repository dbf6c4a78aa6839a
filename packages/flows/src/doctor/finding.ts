/** How it stands with one point. `unknown`: it could not be seen, and why. */
export type FindingLevel = 'ok' | 'warn' | 'fail' | 'unknown';

/** One point that was examined. */
export interface Finding {
  /** Stable, such as `ledger-protected`. */
  readonly id: string;
  readonly level: FindingLevel;
  /** What was found, as sentences. */
  readonly because: string;
  /** The setting or the command that mends it, or that tells what could not be seen; null where all is well. */
  readonly remedy: string | null;
}

/** How hard the required check is to get around. */
export type ProtectionLevel = 'L0' | 'L1' | 'L2' | 'L3' | 'unknown';

/** The level of protection, and the one thing that would raise it most. */
export interface Protection {
  readonly level: ProtectionLevel;
  readonly because: string;
  /** With the command where there is one, after `Run: `; null at the highest level. */
  readonly remedy: string | null;
}

/** What `weighbridge doctor` found. Plain data, the document of `--json`. */
export interface Diagnosis {
  readonly schema: 1;
  /** `owner/name`; null without a forge. */
  readonly repository: string | null;
  readonly protection: Protection;
  readonly findings: readonly Finding[];
  /** What could not be looked at, one sentence each. */
  readonly unseen: readonly string[];
}

/** A point that is as it should be. */
export function ok(id: string, because: string): Finding {
  return { id, level: 'ok', because, remedy: null };
}

/** A point that is not, or not known to be. */
export function finding(id: string, level: Exclude<FindingLevel, 'ok'>, because: string, remedy: string): Finding {
  return { id, level, because, remedy };
}
