import { invariant, utf8, weighbridgeError } from '@weighbridge/core';
import { mapHeadPath } from '../log/paths.js';
import { requireKeyName, requireSameKind } from '../log/prepare.js';
import { type FileChanges, writeNote } from '../log/write-files.js';
import type { LogTrust } from '../log/tip.js';
import { parseTilePath } from '../merkle/tile.js';
import { equalBytes } from '../merkle/tree.js';
import type { VerifyLogOptions } from './audit-options.js';
import type { FindingCode } from './finding.js';
import { planBundling } from './bundle-evidence.js';
import { examineLog, type LogVerdict } from './verify-log.js';

/** Findings about what is made from the entries; every other one is about the log itself. */
const mended: ReadonlySet<FindingCode> = new Set(['file-missing', 'file-differs', 'file-unexpected', 'map-signature']);

/** Whether something is wrong with an audited log, and only with what is made from its entries. */
export function canRebuild({ findings }: Pick<LogVerdict, 'findings'>): boolean {
  return findings.length > 0 && findings.every(({ code }) => mended.has(code));
}

/**
 * Makes every file anew that is made from the entries: after somebody edited one, or for a ledger of a version that
 * made others; and puts evidence into bundles where an earlier version did not. The log itself is verified whole first
 * and stays as it is; the changes are those of one commit, and none when all files are right.
 * @throws ledger/rebuild-refused for a log that is not sound, ledger/unsigned, ledger/key-name
 */
export async function planRebuild(
  options: Omit<VerifyLogOptions, 'trust'> & { readonly trust: LogTrust },
): Promise<FileChanges> {
  const { trust } = options;
  if (options.paths.length === 0) return new Map();
  const { verdict, derived, replay, evidence, signed } = await examineLog(options);
  const fault = verdict.findings.find(({ code }) => !mended.has(code));
  if (fault !== undefined) throw weighbridgeError('ledger/rebuild-refused', { because: fault.because });
  const bundled = await planBundling(options.read, replay, evidence);
  if (verdict.findings.length === 0) return bundled;
  invariant(derived.mapHead !== null, 'a sound log has no policy');
  requireSameKind({ signed }, trust);
  requireKeyName(verdict.origin, trust);
  const wanted = new Map([...derived.files, [mapHeadPath, utf8(writeNote(derived.mapHead, trust))]]);
  const present = await options.read([...wanted.keys()].filter((path) => options.paths.includes(path)));
  const changes = new Map<string, Uint8Array | null>(bundled);
  for (const { code, path } of verdict.findings) {
    if (code === 'file-unexpected' && path !== null && parseTilePath(path) === null) changes.set(path, null);
  }
  for (const [path, bytes] of wanted) {
    const before = present.get(path);
    if (before === undefined || !equalBytes(before, bytes)) changes.set(path, bytes);
  }
  return changes;
}
