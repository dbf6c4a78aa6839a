import type { Digest } from '@weighbridge/core';
import {
  type Combination,
  combineGroups,
  emptyRoot,
  formatBase64,
  type LedgerEvent,
  type LogSource,
  type LogTrust,
  parseModelPath,
  planFiles,
  prepareGroup,
  readCatalogue,
  readEntries,
  readEvidence,
  readHead,
  readTip,
  refusalError,
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
  };
  const origin = options.origin ?? 'memory';
  const file = async (path: string): Promise<Uint8Array | null> => branch.get(path) ?? null;
  return {
    branch,
    head: () => headOf(source, trust, origin),
    models: async () => [...new Set([...branch.keys()].flatMap((path) => parseModelPath(path) ?? []))].sort(),
    catalogue: (model) => readCatalogue(source, model),
    policy: () => policyOf(source, trust),
    append: (events, evidence = new Map()) =>
      inOrder(branch, () => appendTo(branch, { source, trust, origin }, events, evidence)),
    evidence: (digest) => readEvidence(source, digest, nodeSha256),
    entries: async (start, end) => readEntries(source, (await headOf(source, trust, origin)).size, { start, end }),
    file,
    files: source.read,
    paths: async () => [...branch.keys()].sort(),
  };
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

async function headOf(source: LogSource, trust: LogTrust, origin: string): Promise<LogHead> {
  const head = await readHead(source, trust);
  const root = head?.checkpoint.root ?? emptyRoot(trust.sha256);
  return {
    origin: head?.checkpoint.origin ?? origin,
    size: head?.checkpoint.size ?? 0,
    rootHash: formatBase64(root),
    checkpoint: head?.checkpointText ?? '',
    signed: head?.state.signed ?? trust.signer !== null,
  };
}

async function policyOf(source: LogSource, trust: LogTrust): ReturnType<LedgerLog['policy']> {
  const head = await readHead(source, trust);
  if (head === null) return null;
  const { digest, stages } = head.state.policy;
  return { policy: digest, stages };
}

async function appendTo(
  branch: MemoryBranch,
  log: { readonly source: LogSource; readonly trust: LogTrust; readonly origin: string },
  events: readonly LedgerEvent[],
  evidence: ReadonlyMap<Digest, Uint8Array>,
): Promise<readonly EntryReceipt[]> {
  if (events.length === 0) return [];
  const tip = await readTip(log.source, log.trust);
  requireSameKind(tip?.state ?? null, log.trust);
  const group = prepareGroup(events, evidence, log.trust);
  const combination: Combination = await combineGroups(log.source, tip, [group], log.trust);
  const outcome = combination.outcomes.get(group.name);
  if (outcome === undefined || outcome.outcome !== 'taken')
    throw refusalError(outcome ?? { outcome: 'malformed', because: 'it was lost' }, events);
  if (outcome.appended > 0) {
    const { files } = planFiles(combination, tip, log);
    for (const [path, bytes] of files) {
      if (bytes === null) branch.delete(path);
      else branch.set(path, bytes);
    }
  }
  const size = tip?.checkpoint.size ?? 0;
  return events.map(({ id }) => {
    const index = outcome.indices.get(id) ?? -1;
    return { id, index, outcome: index < size ? 'present' : 'appended', tries: 1 };
  });
}
