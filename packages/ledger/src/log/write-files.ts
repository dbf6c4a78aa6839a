import { invariant, type ModelName, utf8, weighbridgeError } from '@weighbridge/core';
import type { ModelCatalogue } from '../catalogue.js';
import { formatBundle } from '../merkle/bundle.js';
import { appendLeaves } from '../merkle/append.js';
import { formatTilePath, rootFromEdge, tileWidth } from '../merkle/tile.js';
import { equalBytes, leafHash, maxTreeSize } from '../merkle/tree.js';
import { formatCheckpoint } from '../note/checkpoint.js';
import { isKeyName, parseVerifierKey } from '../note/key.js';
import { formatSignedNote, signNote } from '../note/signed-note.js';
import { renderBranchPage } from '../render/branch-page.js';
import { renderModelPage } from '../render/model-page.js';
import { formatCatalogue } from './catalogue-file.js';
import type { Combination } from './combine.js';
import { bindFiles } from '../map/bind.js';
import { formatMapHead } from '../map/head.js';
import { formatIdShard } from './id-index.js';
import { formatModelNames } from './model-names.js';
import {
  checkpointPath,
  cataloguePath,
  mapHeadPath,
  modelNamesPath,
  modelPagePath,
  readmePath,
  statePath,
} from './paths.js';
import { formatState, type LogState } from './state.js';
import type { LogTrust, Tip } from './tip.js';

/** Files to write and, where the value is null, to remove. */
export type FileChanges = ReadonlyMap<string, Uint8Array | null>;

/** What one append makes of a log. */
export interface PlannedAppend {
  readonly size: number;
  readonly checkpointText: string;
  readonly files: FileChanges;
}

/**
 * The files that an append changes: tiles, bundle, index, catalogues of the models it speaks of, checkpoint. Their
 * number depends on what is appended and not on the length of the log. `origin` names a new log, `evidence` is what
 * planEvidenceFiles makes of this append.
 */
export function planFiles(
  combination: Combination,
  tip: Tip | null,
  options: { readonly origin: string; readonly trust: LogTrust; readonly evidence: FileChanges },
): PlannedAppend {
  const { trust } = options;
  const size = tip?.checkpoint.size ?? 0;
  if (size + combination.appended.length > maxTreeSize)
    throw weighbridgeError('ledger/damaged', { because: 'it is full' });
  const origin = tip?.checkpoint.origin ?? originOf(options.origin, trust);
  const files = new Map<string, Uint8Array | null>(options.evidence);
  const bundles = planBundles(
    tip,
    combination.appended.map(({ bytes }) => bytes),
  );
  const leaves = combination.appended.map(({ bytes }) => leafHash(trust.sha256, bytes));
  const tiles = appendLeaves(trust.sha256, size, tip?.edge ?? new Map(), leaves);
  for (const path of [...bundles.removed, ...tiles.removed]) files.set(path, null);
  for (const [path, bytes] of [...bundles.written, ...tiles.written]) files.set(path, bytes);
  const root = rootFromEdge(trust.sha256, tiles.size, new Map([...(tip?.edge ?? []), ...tiles.written]));
  invariant(root !== null, 'the right edge after an append is incomplete');
  const checkpoint = { origin, size: tiles.size, root };
  const checkpointText = writeNote(formatCheckpoint(checkpoint), trust);
  files.set(checkpointPath, utf8(checkpointText));
  const state = setStateFiles(files, combination, { tip, origin, trust });
  const derived = renderDerivedFiles(combination);
  const binding = bindFiles(trust.sha256, combination.bound, derived);
  for (const [path, bytes] of [...derived, ...binding.files]) files.set(path, bytes);
  files.set(mapHeadPath, utf8(writeNote(formatMapHead({ checkpoint, state, root: binding.root }), trust)));
  return { size: tiles.size, checkpointText, files };
}

/** Files that are made from what the entries say, and that the map binds. */
function renderDerivedFiles({ shards, changed, names }: Combination): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const [path, shard] of shards) files.set(path, formatIdShard(shard));
  for (const catalogue of changed.values())
    for (const [path, bytes] of renderModelFiles(catalogue)) files.set(path, bytes);
  if (names !== null) files.set(modelNamesPath, formatModelNames(names));
  return files;
}

/** The name of a new log: that of its key, as verifiers expect, else what the caller chose. */
function originOf(origin: string, trust: LogTrust): string {
  const name = trust.signer === null ? origin : parseVerifierKey(trust.sha256, trust.signer.verifierKey).name;
  invariant(isKeyName(name), 'the origin of a log has spaces or plus signs');
  return name;
}

/** A text of the log, signed where the log is. */
export function writeNote(text: string, trust: Pick<LogTrust, 'sha256' | 'signer'>): string {
  return trust.signer === null ? text : formatSignedNote(signNote(trust.sha256, text, trust.signer));
}

function planBundles(
  tip: Tip | null,
  added: readonly Uint8Array[],
): { readonly written: ReadonlyMap<string, Uint8Array>; readonly removed: readonly string[] } {
  const size = tip?.checkpoint.size ?? 0;
  const pending = [...(tip?.pendingEntries ?? []), ...added];
  const first = Math.floor(size / tileWidth);
  const written = new Map<string, Uint8Array>();
  for (let at = 0; at < pending.length; at += tileWidth) {
    const entries = pending.slice(at, at + tileWidth);
    written.set(
      formatTilePath({ level: 'entries', index: first + at / tileWidth, width: entries.length }),
      formatBundle(entries),
    );
  }
  const before = formatTilePath({ level: 'entries', index: first, width: Math.max(1, size % tileWidth) });
  return { written, removed: size % tileWidth === 0 || written.has(before) ? [] : [before] };
}

/** Files of the branch that are made from one model's catalogue. */
export function renderModelFiles(catalogue: ModelCatalogue): ReadonlyMap<string, Uint8Array> {
  const model: ModelName = catalogue.model;
  return new Map([
    [cataloguePath(model), formatCatalogue(catalogue)],
    [modelPagePath(model), utf8(renderModelPage(catalogue))],
  ]);
}

/** Files of the branch that are made from what is said of the log as a whole. */
export function renderStateFiles(origin: string, state: LogState): ReadonlyMap<string, Uint8Array> {
  return new Map([
    [statePath, formatState(state)],
    [readmePath, utf8(renderBranchPage(origin, state))],
  ]);
}

/** Sets what is said of the log as a whole where it changed, and answers the SHA-256 of state.json. */
function setStateFiles(
  files: Map<string, Uint8Array | null>,
  combination: Combination,
  log: { readonly tip: Tip | null; readonly origin: string; readonly trust: LogTrust },
): Uint8Array {
  const { tip, origin, trust } = log;
  invariant(combination.policy !== null, 'a log without a policy was to be written');
  const before = tip?.state ?? null;
  const keys = extendKeys(before?.keys ?? [], combination, trust);
  const state: LogState = { signed: before?.signed ?? trust.signer !== null, keys, policy: combination.policy };
  const unchanged = before === null ? new Map<string, Uint8Array>() : renderStateFiles(origin, before);
  for (const [path, bytes] of renderStateFiles(origin, state)) {
    const known = unchanged.get(path);
    if (known === undefined || !equalBytes(known, bytes)) files.set(path, bytes);
  }
  const written = files.get(statePath);
  if (written instanceof Uint8Array) return trust.sha256(written);
  invariant(tip !== null, 'a new log without a state was to be written');
  return tip.map.state;
}

/** Keys in the order of the first entry that each signed. */
function extendKeys(before: readonly string[], combination: Combination, trust: LogTrust): readonly string[] {
  const texts = new Map(
    [...before, ...trust.verifierKeys, ...(trust.signer === null ? [] : [trust.signer.verifierKey])].map((text) => [
      keyOf(trust, text),
      text,
    ]),
  );
  const used = combination.appended.flatMap(({ entry }) =>
    entry.keyId === null ? [] : [texts.get(entry.keyId) ?? ''],
  );
  return [...new Set([...before, ...used.filter((text) => text !== '')])];
}

function keyOf(trust: LogTrust, text: string): string {
  const { name, keyId } = parseVerifierKey(trust.sha256, text);
  return `${name}+${keyId}`;
}
