import { canonicalJson } from '@weighbridge/core';
import { digestOfKey } from './object-keys.js';

/** Where the one document lies that says what a collection is about to remove. */
export const condemnedKey = 'collection/condemned.json';

/** Bounds of the document: writers read it, so that it stays at a few MiB. What is left over comes next time. */
export const condemnedLimits = { maxKeys: 50_000, maxBytes: 8 * 1024 * 1024 } as const;

/** What a collection is about to remove, and how far it has come. */
export interface Condemned {
  /** Of this collection, and of no other. */
  readonly id: string;
  /** Rises with every write, so that no two texts are equal. */
  readonly turn: number;
  /** `done`: nothing is condemned. The document stays, because its absence would not show what happened meanwhile. */
  readonly phase: 'condemned' | 'deleting' | 'done';
  readonly graceMs: number;
  /** How long a process that is deleting may be silent before another one takes over. */
  readonly leaseMs: number;
  /** Objects and recipes, recipes first. */
  readonly keys: readonly string[];
  /** What is condemned again when whoever holds the lease now has ended, or was silent for too long. */
  readonly suspended?: Suspended;
}

/** A list that waits for the end of its grace, and makes way for removals of another kind meanwhile. */
export interface Suspended extends Pick<Condemned, 'id' | 'graceMs' | 'keys'> {}

/** Canonical JSON. Inverse of parseCondemned. */
export function formatCondemned({ id, turn, phase, graceMs, leaseMs, keys, suspended }: Condemned): string {
  const waits = suspended === undefined ? {} : { suspended: formatSuspended(suspended) };
  return canonicalJson({ version: 1, id, turn, phase, grace_ms: graceMs, lease_ms: leaseMs, keys, ...waits });
}

function formatSuspended({ id, graceMs, keys }: Suspended) {
  return { id, grace_ms: graceMs, keys };
}

/** Null for what is no such document: nobody may then assume that nothing is condemned. */
export function parseCondemned(bytes: Uint8Array): Condemned | null {
  if (bytes.length > condemnedLimits.maxBytes) return null;
  const value = parseJson(new TextDecoder().decode(bytes));
  if (value?.['version'] !== 1) return null;
  const { id, turn, phase, grace_ms: graceMs, lease_ms: leaseMs, keys, suspended: written } = value;
  if (typeof id !== 'string' || !isCount(turn) || !isCount(graceMs) || !isCount(leaseMs)) return null;
  if (phase !== 'condemned' && phase !== 'deleting' && phase !== 'done') return null;
  if (!isListOfKeys(keys)) return null;
  const suspended = written === undefined ? undefined : parseSuspended(written);
  if (suspended === null) return null;
  return { id, turn, phase, graceMs, leaseMs, keys, ...(suspended === undefined ? {} : { suspended }) };
}

/** Whether bytes are a document of a later release, which this one cannot read and must not replace. */
export function isNewerCondemned(bytes: Uint8Array): boolean {
  // A longer one may be whole for a release that knows other bounds.
  if (bytes.length > condemnedLimits.maxBytes) return true;
  const version = parseJson(new TextDecoder().decode(bytes))?.['version'];
  return isCount(version) && version > 1;
}

function parseSuspended(value: unknown): Suspended | null {
  if (typeof value !== 'object' || value === null) return null;
  const { id, grace_ms: graceMs, keys } = value as Readonly<Record<string, unknown>>;
  return typeof id === 'string' && isCount(graceMs) && isListOfKeys(keys) ? { id, graceMs, keys } : null;
}

function isListOfKeys(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length <= condemnedLimits.maxKeys && value.every(isContentKey);
}

function parseJson(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    // The caller says of it what it says of every other value that is no such document.
    return null;
  }
}

function isContentKey(value: unknown): value is string {
  return typeof value === 'string' && digestOfKey(value) !== null;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
