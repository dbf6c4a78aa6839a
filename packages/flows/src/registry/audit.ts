import { type ModelName, weighbridgeError } from '@weighbridge/core';
import {
  catalogueAt,
  type HistoryRow,
  historyRows,
  type LogAt,
  type LogVerdict,
  type VerifyLogOptions,
  verifyLog,
} from '@weighbridge/ledger';
import { requireNoLostLedger } from './lost-ledger.js';
import { unknownOrNotRegistered } from './not-registered.js';
import type { Surroundings } from '../surroundings.js';

/**
 * Replays the whole ledger and compares everything on its branch with that, and with the checkpoint that this clone saw
 * last. Null when there is no ledger and nothing speaks of one. Writes nothing. @throws flow/ledger-missing
 */
export async function auditLedger(
  surroundings: Surroundings,
  options: Pick<VerifyLogOptions, 'trust'> & {
    readonly otherCheckpoints: NonNullable<VerifyLogOptions['otherCheckpoints']>;
  },
): Promise<LogVerdict | null> {
  const { ledger } = surroundings;
  const paths = await ledger.paths();
  const [kept] = options.otherCheckpoints;
  if (paths.length === 0) {
    if (kept !== undefined)
      throw weighbridgeError('flow/ledger-missing', { because: `the checkpoint ${kept.from} is of it` });
    await requireNoLostLedger(surroundings);
    return null;
  }
  surroundings.progress(`Verifying ${paths.length} files of the ledger`);
  const seen = (await ledger.readOnly()) === null ? await ledger.lastSeen() : null;
  const ownMemory = seen === null ? [] : [{ from: 'the memory of this clone', text: seen }];
  const otherCheckpoints = [...options.otherCheckpoints, ...ownMemory];
  return verifyLog({ ...options, otherCheckpoints, paths, read: (some) => ledger.files(some) });
}

/** The ledger as of a time. @throws flow/bad-date, flow/ledger-missing */
export async function showAt(surroundings: Surroundings, text: string): Promise<LogAt & { readonly time: string }> {
  const time = parseMoment(text);
  const size = await sizeOf(surroundings);
  return { ...catalogueAt(await surroundings.ledger.entries(0, size), time), time };
}

/** Models that were named and of which the ledger has nothing are refused. @throws as unknownOrNotRegistered says */
export async function requireRegistered(surroundings: Surroundings, models: readonly string[]): Promise<void> {
  if (models.length === 0) return;
  const known = new Set<string>(await surroundings.ledger.models());
  const missing = models.find((name) => !known.has(name));
  if (missing !== undefined) throw await unknownOrNotRegistered(surroundings, missing);
}

/** Rows of the ledger, oldest first, of the models named or all. @throws as requireRegistered */
export async function readLog(surroundings: Surroundings, models: readonly string[]): Promise<readonly HistoryRow[]> {
  await requireRegistered(surroundings, models);
  const size = await sizeOf(surroundings);
  const rows = historyRows(await surroundings.ledger.entries(0, size));
  return models.length === 0
    ? rows
    : rows.filter((row) => row.model !== null && models.includes(row.model as ModelName));
}

/** Entries of the ledger. An empty one is an answer only where there was none before. @throws flow/ledger-missing */
async function sizeOf(surroundings: Surroundings): Promise<number> {
  const { size } = await surroundings.ledger.head();
  if (size === 0) await requireNoLostLedger(surroundings);
  return size;
}

/** A date means its end; a time means itself. RFC 3339, UTC. @throws flow/bad-date */
export function parseMoment(text: string): string {
  const whole = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T23:59:59Z` : text;
  const shaped = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/.test(whole);
  const time = shaped ? new Date(whole) : new Date(Number.NaN);
  if (Number.isNaN(time.getTime())) throw weighbridgeError('flow/bad-date', { text });
  return time.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
