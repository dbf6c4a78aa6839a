import type { ModelName } from '@weighbridge/core';
import { formatIdShard, idShardPath } from '../log/id-index.js';
import { formatModelNames } from '../log/model-names.js';
import { modelNamesPath, statePath } from '../log/paths.js';
import type { LogState } from '../log/state.js';
import { renderModelFiles, renderStateFiles } from '../log/write-files.js';
import { bindAll } from '../map/bind.js';
import { formatMapHead } from '../map/head.js';
import type { Checkpoint } from '../note/checkpoint.js';
import type { VerifierKey } from '../note/key.js';
import type { VerifyLogOptions } from './audit-options.js';
import type { Replay } from './replay-entries.js';

/** Everything on a branch that is made from its entries, but for signatures. */
export interface DerivedFiles {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Text of the map's head, to be signed; null when the log has no checkpoint or no policy to make it from. */
  readonly mapHead: string | null;
}

/** What the entries of a replayed log make of the files beside them. */
export function deriveFiles(
  replay: Replay,
  checkpoint: Checkpoint | null,
  keys: readonly VerifierKey[],
  { sha256 }: Pick<VerifyLogOptions['trust'], 'sha256'>,
): DerivedFiles {
  const bound = boundFiles(replay);
  const binding = bindAll(sha256, bound);
  const files = new Map([...bound, ...binding.files]);
  if (replay.policy === null || checkpoint === null) return { files, mapHead: null };
  const state: LogState = { signed: replay.signed ?? false, keys: usedKeys(replay, keys), policy: replay.policy };
  const stateFiles = renderStateFiles(checkpoint.origin, state);
  for (const [path, bytes] of stateFiles) files.set(path, bytes);
  const stateHash = sha256(stateFiles.get(statePath) ?? new Uint8Array(0));
  return { files, mapHead: formatMapHead({ checkpoint, state: stateHash, root: binding.root }) };
}

function boundFiles(replay: Replay): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const names: ModelName[] = [];
  for (const catalogue of replay.catalogues.values()) {
    if (catalogue === null) continue;
    names.push(catalogue.model);
    for (const [path, bytes] of renderModelFiles(catalogue)) files.set(path, bytes);
  }
  if (names.length > 0) files.set(modelNamesPath, formatModelNames(names));
  const shards = new Map<string, Map<string, number>>();
  for (const [id, index] of replay.ids) {
    const path = idShardPath(id);
    shards.set(path, (shards.get(path) ?? new Map<string, number>()).set(id, index));
  }
  for (const [path, shard] of shards) files.set(path, formatIdShard(shard));
  return files;
}

function usedKeys(replay: Replay, keys: readonly VerifierKey[]): readonly string[] {
  return replay.keyIds.flatMap((keyId) => {
    const key = keys.find((known) => `${known.name}+${known.keyId}` === keyId);
    return key === undefined ? [] : [key.text];
  });
}
