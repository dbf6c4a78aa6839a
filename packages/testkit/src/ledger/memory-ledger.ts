import { type Digest, weighbridgeError } from '@weighbridge/core';
import {
  type Combination,
  combineGroups,
  emptyRoot,
  type FileChanges,
  findBreak,
  formatBase64,
  type Head,
  type LedgerEvent,
  type LogSource,
  type LogTrust,
  peekCheckpoint,
  planEvidenceFiles,
  planFiles,
  planRebuild,
  prepareGroup,
  readCatalogue,
  readCatalogueHashes,
  readCatalogues,
  readEntries,
  readEvidence,
  readHead,
  readModelNames,
  visitEvidence,
  readTip,
  refusalError,
  requireKeyName,
  requireSameKind,
} from '@weighbridge/ledger';
import type { EntryReceipt, LedgerLog, LogHead, Signer } from '@weighbridge/ports';
import { nodeSha256, nodeVerify } from './test-keys.js';

/** The files of a ledger, as a server would hold them; several ledgers may share them. */
export type MemoryBranch = Map<string, Uint8Array>;

export interface MemoryLedgerOptions {
  readonly branch?: MemoryBranch;
  readonly origin?: string;
  readonly signer?: Signer | null;
  readonly verifierKeys?: readonly string[];
}

/** A ledger that forgets: the same rules, files and errors as the one on a branch, without git. */
export function memoryLedger(options: MemoryLedgerOptions = {}): LedgerLog & { readonly branch: MemoryBranch } {
  const branch = options.branch ?? new Map<string, Uint8Array>();
  const trust: LogTrust = {
    sha256: nodeSha256,
    verifySignature: nodeVerify,
    verifierKeys: options.verifierKeys ?? [],
    signer: options.signer ?? null,
  };
  const source: LogSource = {
    read: async (paths) => new Map(paths.flatMap((path) => entryOf(branch, path))),
    has: async (paths) => new Set(paths.filter((path) => branch.has(path))),
    measure: async (paths) => new Map(paths.flatMap((path) => sizeOf(branch, path))),
  };
  const origin = options.origin ?? 'memory';
  const log: MemoryLog = { branch, source, trust, origin, seen: null };
  const file = async (path: string): Promise<Uint8Array | null> => branch.get(path) ?? null;
  const logOfEvidence = async () => ({ size: (await headOf(log))?.checkpoint.size ?? 0, sha256: nodeSha256 });
  return {
    branch,
    readOnly: async () => null,
    head: async () => describeHead(await headOf(log), log),
    models: async () => readModelNames(source, await headOf(log), nodeSha256),
    catalogue: async (model) => readCatalogue(source, await headOf(log), model, nodeSha256),
    catalogues: async (models) => readCatalogues(source, await headOf(log), models, nodeSha256),
    catalogueHashes: async () => readCatalogueHashes(source, await headOf(log), nodeSha256),
    policy: async () => policyOf(await headOf(log)),
    append: (events, evidence = new Map()) => inOrder(branch, () => appendTo(log, events, evidence)),
    rebuild: ({ dryRun = false } = {}) => inOrder(branch, () => rebuild(log, dryRun)),
    lastSeen: async () => log.seen,
    forgetSeen: async () => {
      const known = log.seen !== null;
      log.seen = null;
      return known;
    },
    evidence: async (digest, entry) => {
      const found = await readEvidence(source, [{ digest, entry: entry ?? null }], await logOfEvidence());
      return found.get(digest) ?? null;
    },
    documents: async (asked, take) => visitEvidence(source, asked, { ...(await logOfEvidence()), take }),
    entries: async (start, end) => readEntries(source, await headOf(log), { start, end }, nodeSha256),
    file,
    files: source.read,
    paths: async () => [...branch.keys()].sort(),
  };
}

interface MemoryLog {
  readonly branch: MemoryBranch;
  readonly source: LogSource;
  readonly trust: LogTrust;
  readonly origin: string;
  /** The last checkpoint that this ledger saw. */
  seen: string | null;
}

/** The append of each branch that is under way. */
const lastAppend = new WeakMap<MemoryBranch, Promise<unknown>>();

/** One append after the other, whoever makes it: what a server's compare and swap does. */
function inOrder<Result>(branch: MemoryBranch, run: () => Promise<Result>): Promise<Result> {
  const next = (lastAppend.get(branch) ?? Promise.resolve()).then(run, run);
  lastAppend.set(branch, next);
  return next;
}

function entryOf(branch: MemoryBranch, path: string): readonly (readonly [string, Uint8Array])[] {
  const bytes = branch.get(path);
  return bytes === undefined ? [] : [[path, bytes]];
}

function sizeOf(branch: MemoryBranch, path: string): readonly (readonly [string, number])[] {
  return entryOf(branch, path).map(([at, bytes]) => [at, bytes.length]);
}

async function headOf(log: MemoryLog): Promise<Head | null> {
  const head = await readHead(log.source, log.trust);
  const seen = log.seen === null ? null : peekCheckpoint(log.seen);
  const because = seen === null ? null : await findBreak(log.source, head, seen, nodeSha256);
  if (because !== null) throw weighbridgeError('ledger/rewound', { branch: 'memory', because, commit: 'unknown' });
  if (head === null && log.branch.size > 0)
    throw weighbridgeError('ledger/damaged', { because: 'it has no checkpoint' });
  log.seen = head?.checkpointText ?? log.seen;
  return head;
}

function describeHead(head: Head | null, { origin, trust }: MemoryLog): LogHead {
  return {
    origin: head?.checkpoint.origin ?? origin,
    size: head?.checkpoint.size ?? 0,
    rootHash: formatBase64(head?.checkpoint.root ?? emptyRoot(trust.sha256)),
    checkpoint: head?.checkpointText ?? '',
    signed: head?.state.signed ?? trust.signer !== null,
  };
}

function policyOf(head: Head | null): Awaited<ReturnType<LedgerLog['policy']>> {
  if (head === null) return null;
  const { digest, stages } = head.state.policy;
  return { policy: digest, stages };
}

function write(branch: MemoryBranch, files: FileChanges): void {
  for (const [path, bytes] of files) {
    if (bytes === null) branch.delete(path);
    else branch.set(path, bytes);
  }
}

async function rebuild({ branch, source, trust }: MemoryLog, dryRun: boolean): Promise<readonly string[]> {
  const files = await planRebuild({ paths: [...branch.keys()].sort(), read: source.read, trust });
  if (!dryRun) write(branch, files);
  return [...files.keys()].sort();
}

async function appendTo(
  log: MemoryLog,
  events: readonly LedgerEvent[],
  evidence: ReadonlyMap<Digest, Uint8Array>,
): Promise<readonly EntryReceipt[]> {
  if (events.length === 0) return [];
  await headOf(log);
  const tip = await readTip(log.source, log.trust);
  requireSameKind(tip?.state ?? null, log.trust);
  requireKeyName(tip?.checkpoint.origin ?? null, log.trust);
  const group = prepareGroup(events, evidence, log.trust);
  const combination: Combination = await combineGroups(log.source, tip, [group], log.trust);
  const outcome = combination.outcomes.get(group.name);
  if (outcome === undefined || outcome.outcome !== 'taken')
    throw refusalError(outcome ?? { outcome: 'malformed', because: 'it was lost' }, events);
  if (outcome.appended > 0) {
    const made = await planEvidenceFiles(log.source, tip, combination, log.trust.sha256);
    const { files, checkpointText } = planFiles(combination, tip, { ...log, evidence: made });
    write(log.branch, files);
    log.seen = checkpointText;
  }
  const size = tip?.checkpoint.size ?? 0;
  return events.map(({ id }) => {
    const index = outcome.indices.get(id) ?? -1;
    return { id, index, outcome: index < size ? 'present' : 'appended', tries: 1 };
  });
}
