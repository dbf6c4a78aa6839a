import { type ModelName, weighbridgeError } from '@weighbridge/core';
import type { ModelCatalogue } from '../catalogue.js';
import { peekEntry } from '../entry/entry.js';
import type { DesiredPointers, LedgerEvent } from '../event.js';
import { foldNext } from '../log/replay-state.js';
import type { LogState } from '../log/state.js';

/** One entry, for people and spreadsheets. */
export interface HistoryRow {
  readonly index: number;
  readonly time: string;
  readonly type: LedgerEvent['type'];
  readonly model: string | null;
  readonly version: string | null;
  /** One line about what is particular to the type, such as `staging -> production, replaces 1.3.2`. */
  readonly what: string;
  readonly actor: string;
  readonly justification: string | null;
  readonly commit: string | null;
  readonly run: string | null;
  readonly id: string;
}

/** The events of entries, in order. Says nothing of signatures: an audit does. @throws ledger/malformed */
export function readEvents(entries: readonly Uint8Array[], start = 0): readonly LedgerEvent[] {
  return entries.map((bytes, place) => {
    const parsed = peekEntry(bytes);
    if ('fault' in parsed)
      throw weighbridgeError('ledger/malformed', { what: `Entry ${start + place}`, reason: parsed.fault });
    return parsed.value.event;
  });
}

/** Rows for `audit log`; `start` is the index of the first entry. @throws ledger/malformed */
export function historyRows(entries: readonly Uint8Array[], start = 0): readonly HistoryRow[] {
  return readEvents(entries, start).map((event, place) => ({
    index: start + place,
    time: event.context.time,
    type: event.type,
    model: event.model,
    version: event.version,
    what: describeBody(event),
    actor: event.context.actor.login,
    justification: event.context.justification,
    commit: event.context.commit,
    run: event.context.run?.url ?? null,
    id: event.id,
  }));
}

function describeBody(event: LedgerEvent): string {
  switch (event.type) {
    case 'registered':
      return `${event.body.bump}, tag ${event.body.tag}`;
    case 'transitioned':
      return `${event.body.from ?? 'none'} -> ${event.body.to}, replaces ${event.body.replaces ?? 'nothing'}, ${event.body.verdict}${describeApprovals(event.body)}${describePull(event.body)}`;
    case 'rolled-back':
      return `${event.body.stage}, leaves ${event.body.replaces}, which is archived and frozen${describePull(event.body)}`;
    case 'aliased':
      return event.body.removed
        ? `${event.body.alias} removed`
        : `${event.body.alias}, replaces ${event.body.replaces ?? 'nothing'}`;
    case 'archived':
      return event.body.from === null ? 'archived' : `leaves ${event.body.from}`;
    case 'deprecated':
      return `the ${event.body.scope}`;
    case 'approved':
      return `${event.body.transition}, by ${event.body.review.author.login} for ${event.body.review.roster}${describePull(event.body)}`;
    case 'waived':
      return `${event.body.gate}, until ${event.body.expires ?? 'revoked'}${describeReason(event.body)}`;
    case 'waiver-revoked':
      return `${event.body.gate}, which would have held until ${event.body.expires ?? 'revoked'}`;
    case 'gate-decided':
      return `${event.body.transition}: ${event.body.verdict}, ${event.body.outcome}${describePull(event.body)}`;
    case 'evidence-added':
      return `${event.body.id} (${event.body.level})`;
    case 'signed':
      return event.body.kind === 'key' ? `by the key ${event.body.signer.slice(0, 12)}` : `by ${event.body.signer}`;
    case 'deployed':
      return event.body.environment;
    case 'synced':
      return event.body.registry;
    case 'tiered':
      return event.body.tier;
    case 'bytes-released':
      return `bytes given up by ${event.body.rule}, since ${event.body.since}`;
    case 'held':
      return `${event.body.matter}, until ${event.body.until ?? 'released'}`;
    case 'hold-released':
      return event.body.matter;
    case 'policy-changed':
      return `stages ${event.body.stages.join(', ')}`;
    case 'applied':
      return `${describePointers({ ...event.body.stages, ...event.body.aliases })}${describePull(event.body)}`;
    case 'bypassed':
      return `${describePointers(event.body.requested)}: ${event.body.because}${describePull(event.body)}`;
    case 'observed':
    case 'annotated':
      return '';
  }
}

function describeApprovals({ approvals = [] }: { readonly approvals?: readonly { readonly login: string }[] }): string {
  const logins = [...new Set(approvals.map(({ login }) => login))];
  return logins.length === 0 ? '' : `, approved by ${logins.join(' and ')}`;
}

function describePull({ pull = null }: { readonly pull?: number | null }): string {
  return pull === null ? '' : `, #${pull}`;
}

function describeReason({ rule, reason }: { readonly rule?: string; readonly reason?: string }): string {
  return `${rule === undefined ? '' : `, by ${rule}`}${reason === undefined ? '' : `: ${reason}`}`;
}

function describePointers(pointers: DesiredPointers): string {
  const named = Object.entries(pointers).sort(([left], [right]) => (left < right ? -1 : 1));
  return named.map(([name, version]) => `${name} ${version ?? 'empty'}`).join(', ') || 'nothing';
}

/** What the ledger said at a time. */
export interface LogAt {
  /** How many entries stood in the log. */
  readonly size: number;
  readonly policy: LogState['policy'] | null;
  /** Models that had entries, sorted. */
  readonly catalogues: ReadonlyMap<ModelName, ModelCatalogue>;
}

/**
 * The log as of a time (RFC 3339, UTC): everything up to the last entry that is not later. An entry with a later time
 * that stands before such an entry was there by then, whatever the clock of its writer said.
 * @throws ledger/malformed, also for an entry that the rules refuse.
 */
export function catalogueAt(entries: readonly Uint8Array[], time: string): LogAt {
  const events = readEvents(entries);
  const size = 1 + events.findLastIndex((event) => event.context.time <= time);
  const catalogues = new Map<ModelName, ModelCatalogue>();
  let policy: LogState['policy'] | null = null;
  for (const [index, event] of events.slice(0, size).entries()) {
    const step = foldNext({ size: index, policy, catalogues }, event);
    if (step.outcome !== 'folded')
      throw weighbridgeError('ledger/malformed', { what: `Entry ${index}`, reason: step.because });
    policy = step.policy;
    if (step.changed !== null) catalogues.set(step.changed.model, step.changed);
  }
  const sorted = [...catalogues].sort(([left], [right]) => (left < right ? -1 : 1));
  return { size, policy, catalogues: new Map(sorted) };
}
