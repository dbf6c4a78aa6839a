import { type Digest, digestBytes, type WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import { formatEntry } from '../entry/entry.js';
import type { LedgerEvent } from '../event.js';
import type { EntryGroup, GroupOutcome } from './combine.js';
import { parseVerifierKey } from '../note/key.js';
import { groupName } from './group-name.js';
import type { LogState } from './state.js';
import type { LogTrust } from './tip.js';

/** One piece of evidence, and all of one append together. */
export const maxEvidenceBytes = 16 * 1024 * 1024;
/** Events of one append. */
export const maxGroupEntries = 256;

/**
 * Events and evidence as a group for the inbox, signed when there is a signer. The own writer's faults are errors here;
 * those of others are left in the inbox by combineGroups.
 * @throws ledger/malformed-event, ledger/entry-too-large, ledger/evidence-differs, ledger/evidence-too-large
 */
export function prepareGroup(
  events: readonly LedgerEvent[],
  evidence: ReadonlyMap<Digest, Uint8Array>,
  trust: LogTrust,
): EntryGroup {
  if (events.length > maxGroupEntries) {
    throw weighbridgeError('ledger/malformed-event', {
      type: 'group',
      reason: `more than ${maxGroupEntries} events at once`,
    });
  }
  let sizeBytes = 0;
  for (const [expected, bytes] of evidence) {
    const actual = digestBytes(trust.sha256, bytes);
    if (actual !== expected) throw weighbridgeError('ledger/evidence-differs', { expected, actual });
    sizeBytes += bytes.length;
  }
  if (sizeBytes > maxEvidenceBytes)
    throw weighbridgeError('ledger/evidence-too-large', { sizeBytes, maxBytes: maxEvidenceBytes });
  return {
    name: groupName(
      trust.sha256,
      events.map(({ id }) => id),
    ),
    entries: events.map((event) => formatEntry(trust.sha256, event, trust.signer)),
    evidence,
  };
}

/** @throws ledger/unsigned when the writer signs and the log does not, or the other way round. */
export function requireSameKind(state: Pick<LogState, 'signed'> | null, trust: LogTrust): void {
  if (state === null || state.signed === (trust.signer !== null)) return;
  const [signed, unsigned] = ['signed', 'unsigned'];
  throw weighbridgeError('ledger/unsigned', {
    actual: state.signed ? signed : unsigned,
    wanted: state.signed ? unsigned : signed,
  });
}

/**
 * Readers take what a key of the log's name signed: under another name it would be the last that anybody reads.
 * `origin` is null for a log that begins. @throws ledger/key-name
 */
export function requireKeyName(origin: string | null, { sha256, signer }: LogTrust): void {
  if (origin === null || signer === null) return;
  const { name } = parseVerifierKey(sha256, signer.verifierKey);
  if (name !== origin) throw weighbridgeError('ledger/key-name', { name, origin });
}

/** The error that a writer gets whose own group was refused. */
export function refusalError(
  outcome: Exclude<GroupOutcome, { outcome: 'taken' }>,
  events: readonly LedgerEvent[],
): WeighbridgeError {
  const { because } = outcome;
  if (outcome.outcome === 'conflict') return weighbridgeError('ledger/conflict', { because });
  if (outcome.outcome === 'illegal') return weighbridgeError('ledger/illegal', { because });
  return weighbridgeError('ledger/malformed-event', { type: events[0]?.type ?? 'unknown', reason: because });
}
