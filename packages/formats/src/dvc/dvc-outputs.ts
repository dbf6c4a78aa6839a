import { type JsonValue, parseUtf8, weighbridgeError } from '@weighbridge/core';
import { isJsonObject, parseStrictJson } from '../documents/strict-json.js';
import { parseStrictYaml } from '../documents/strict-yaml.js';
import type { DvcLockOutput, DvcLockStage } from './dvc-lock.js';
import { type DvcWrittenStage, findWritten, writtenStageOf } from './dvc-yaml.js';
import { type DvcKeptObject, keptObjectOf } from './kept-object.js';

/** What a `.dvc` file or a `dvc.lock` says of an output whose bytes DVC keeps under their MD5. */
export interface DvcOutput extends DvcKeptObject {
  /** Relative to the folder of the file that lists it; it may lead out of it. */
  readonly path: string;
}

/** A file of a folder that DVC tracks, as the `.dir` object lists it. */
export interface DvcMember {
  /** Relative to the folder, with slashes. */
  readonly path: string;
  readonly md5: string;
}

/** The outputs of a `.dvc` file. @throws formats/yaml-malformed */
export function parseDvcOutputs(text: string, name: string): readonly DvcOutput[] {
  const document = parseStrictYaml(text, name);
  if (document === null || !isJsonObject(document)) return [];
  const folder = folderOf(document['wdir']);
  const isImported = dependsOnRepository(document['deps']);
  return outputsOf(document['outs']).map((out) => ({
    ...out,
    path: `${folder}${out.path}`,
    elsewhere: isImported ? 'imported' : out.elsewhere,
  }));
}

/**
 * The outputs of all stages of a `dvc.lock`. The `dvc.yaml` beside it says what is not pushed or in git, and which remote
 * is meant: see parseDvcStages.
 */
export function outputsOfStages(
  stages: readonly DvcLockStage[],
  written: ReadonlyMap<string, DvcWrittenStage>,
): readonly DvcOutput[] {
  return stages.flatMap(({ name, outs }) => {
    const stage = writtenStageOf(written, name);
    return outs.flatMap((out) => (out.kept === null ? [] : completed(out, out.kept, stage)));
  });
}

/** None for what is in git. */
function completed(
  { path, written }: DvcLockOutput,
  kept: DvcKeptObject,
  stage: DvcWrittenStage | undefined,
): readonly DvcOutput[] {
  const found = stage === undefined ? null : findWritten(stage, written);
  if (found?.isCached === false) return [];
  const elsewhere = found?.isPushed === false ? 'unpushed' : kept.elsewhere;
  return [{ ...kept, path, remote: found?.remote ?? kept.remote, elsewhere }];
}

/** What stands before the paths of a file that says from which folder they start. */
function folderOf(wdir: JsonValue | undefined): string {
  return typeof wdir === 'string' && wdir !== '.' ? `${wdir.replace(/\/$/, '')}/` : '';
}

/** A `.dvc` file of `dvc import` has its source as its one dependency, with the repository and the commit that it is of. */
function dependsOnRepository(deps: JsonValue | undefined): boolean {
  return Array.isArray(deps) && deps.some((each: JsonValue) => isJsonObject(each) && isRepository(each['repo']));
}

function isRepository(repo: JsonValue | undefined): boolean {
  return repo !== undefined && isJsonObject(repo);
}

function outputsOf(value: JsonValue | undefined): DvcOutput[] {
  return (Array.isArray(value) ? value : []).flatMap((each: JsonValue): DvcOutput[] => {
    if (!isJsonObject(each) || typeof each['path'] !== 'string') return [];
    const kept = keptObjectOf(each);
    return kept === null ? [] : [{ ...kept, path: each['path'] }];
  });
}

/** The files that a `.dir` object lists. @throws formats/json-malformed, formats/document-malformed */
export function parseDvcFolder(bytes: Uint8Array, name: string): readonly DvcMember[] {
  const malformed = (reason: string) =>
    weighbridgeError('formats/document-malformed', { name, kind: 'list of a folder of DVC', reason });
  const list = parseStrictJson(textOf(bytes, malformed), { name, nonFinite: 'keep-as-text' });
  if (!Array.isArray(list)) throw malformed('it is no list');
  return list.map((each: JsonValue): DvcMember => {
    const { relpath, md5 } = isJsonObject(each) ? each : {};
    if (typeof relpath !== 'string' || typeof md5 !== 'string' || !/^[0-9a-f]{32}$/.test(md5))
      throw malformed('a file in it has no path or no MD5');
    return { path: relpath, md5 };
  });
}

function textOf(bytes: Uint8Array, malformed: (reason: string) => Error): string {
  try {
    return parseUtf8(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw malformed('it is no UTF-8');
  }
}
