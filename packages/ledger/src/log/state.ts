import { type Digest, utf8 } from '@weighbridge/core';
import { count, digest, flag, listOf, objectOf, stageName, text } from '../entry/schema.js';
import { type Parsed, parseJson } from '../entry/statement.js';
import { formatReadableJson } from './readable-json.js';

/** What is said of the log as a whole; derived from its entries and kept so that a reader needs none of them. */
export interface LogState {
  /** Whether the log is signed, from entry 0 on. */
  readonly signed: boolean;
  /** Verifier keys that signed entries, in the order of their first entry; empty in an unsigned log. */
  readonly keys: readonly string[];
  /** The last policy-changed entry. */
  readonly policy: { readonly digest: Digest; readonly stages: readonly string[]; readonly entry: number };
}

const formatVersion = 1;

const schema = objectOf({
  version: (value, path, faults) => {
    if (value !== formatVersion) faults.push(`${path}: expected ${formatVersion}`);
  },
  signed: flag,
  keys: listOf(text(1024)),
  policy: objectOf({ digest, stages: listOf(stageName, 1), entry: count }),
});

/** Inverse of parseState. */
export function formatState(state: LogState): Uint8Array {
  return utf8(formatReadableJson({ version: formatVersion, ...state }));
}

export function parseState(bytes: Uint8Array): Parsed<LogState> {
  const parsed = parseJson(bytes);
  if ('fault' in parsed) return parsed;
  const faults: string[] = [];
  schema(parsed.value, 'state', faults);
  if (faults.length > 0) return { fault: faults.slice(0, 5).join('; ') };
  const { signed, keys, policy } = parsed.value as LogState;
  return { value: { signed, keys, policy } };
}
