import { WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import type { GovernedModel } from '../../governing/governance.js';
import type { Notice } from '../../surroundings.js';
import type { UnreadRecord } from './tracked-outputs.js';

/** A warning for each reason that records of DVC are not read for a model; it names the first of them. */
export function unreadNotices({ manifest }: GovernedModel, unread: readonly UnreadRecord[]): readonly Notice[] {
  const byReason = new Map<string, UnreadRecord[]>();
  for (const each of unread) {
    const known = byReason.get(each.because);
    if (known === undefined) byReason.set(each.because, [each]);
    else known.push(each);
  }
  return [...byReason].map(([because, [first, ...others]]) => {
    const file = first?.record ?? '';
    const names = others.length === 0 ? file : `${file} and ${others.length} more`;
    const text = `${because} What ${names} may say of files of ${manifest.name} is left out.`;
    return { level: 'warning', text, file };
  });
}

/**
 * Throws an error on; that something is missing says, where records of DVC are not read, that it may be in one of them.
 * @throws source/dvc-record
 */
export function tellUnread(model: GovernedModel, [first]: readonly UnreadRecord[], error: unknown): never {
  const code = error instanceof WeighbridgeError ? error.code : null;
  if (first === undefined || (code !== 'flow/artifact-missing' && code !== 'flow/pattern-matches-nothing')) throw error;
  const { path, pattern } = (error as WeighbridgeError).fields;
  throw recordUnread(model, { record: first.record, path: `${path ?? pattern}`, cause: error });
}

/** That a file is missing of which a record may speak that is not read. */
export function recordUnread(
  { manifest }: GovernedModel,
  { record, path, cause }: { readonly record: string; readonly path: string; readonly cause?: unknown },
): WeighbridgeError {
  return weighbridgeError('source/dvc-record', { model: manifest.name, path, record }, { cause });
}
