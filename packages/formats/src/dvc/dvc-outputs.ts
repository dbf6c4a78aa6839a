import { type JsonValue, parseUtf8, weighbridgeError } from '@weighbridge/core';
import { isJsonObject, parseStrictJson } from '../documents/strict-json.js';
import { parseStrictYaml, strictYamlLimits } from '../documents/strict-yaml.js';
import { dvcLockLimits } from './dvc-lock.js';
import { type DvcWrittenStage, findWritten } from './dvc-yaml.js';

/** What a `.dvc` file or a `dvc.lock` says of an output whose bytes DVC keeps under their MD5. */
export interface DvcOutput {
  /** Relative to the folder of the file that lists it; it may lead out of it. */
  readonly path: string;
  /** 32 hexadecimal digits. */
  readonly md5: string;
  readonly isFolder: boolean;
  /** Of a file, in bytes; null when it is not told. */
  readonly sizeBytes: number | null;
  /** Written by DVC before its release 3: kept elsewhere in a remote, and of text the MD5 is that with Unix line ends. */
  readonly isLegacy: boolean;
  /** A remote of its own. */
  readonly remote: string | null;
  /**
   * Why `dvc push` brings it to no remote of this repository: `imported` from another repository of DVC (`dvc import`),
   * which is where it is pulled from, or `unpushed` by its own `push: false`. Null for all that it does push, such as
   * what came by `dvc import-url`.
   */
  readonly elsewhere: 'imported' | 'unpushed' | null;
}

/** A file of a folder that DVC tracks, as the `.dir` object lists it. */
export interface DvcMember {
  /** Relative to the folder, with slashes. */
  readonly path: string;
  readonly md5: string;
}

/**
 * The outputs of a `.dvc` file or, of all stages, of a `dvc.lock`. Of the latter the `dvc.yaml` beside it says in which
 * folder a stage runs, what is not pushed or in git, and which remote is meant: see parseDvcStages.
 * @throws formats/yaml-malformed
 */
export function parseDvcOutputs(
  text: string,
  name: string,
  written: ReadonlyMap<string, DvcWrittenStage> = new Map(),
): readonly DvcOutput[] {
  const document = parseStrictYaml(text, name, name.endsWith('.dvc') ? strictYamlLimits : dvcLockLimits);
  if (document === null || !isJsonObject(document)) return [];
  if (name.endsWith('.dvc')) {
    const folder = folderOf(document['wdir']);
    const isImported = dependsOnRepository(document['deps']);
    return outputsOf(document['outs']).map((out) => ({
      ...out,
      path: `${folder}${out.path}`,
      elsewhere: isImported ? 'imported' : out.elsewhere,
    }));
  }
  const stages = document['schema'] === undefined ? document : document['stages'];
  if (stages === undefined || stages === null || !isJsonObject(stages)) return [];
  return Object.entries(stages).flatMap(([stage, value]) => {
    const outs = isJsonObject(value) ? outputsOf(value['outs']) : [];
    // DVC calls what it makes by foreach or matrix NAME@ITEM.
    const asWritten = written.get(stage) ?? written.get(stage.replace(/@.*$/s, ''));
    return asWritten === undefined ? outs : outs.flatMap((out) => completed(out, asWritten));
  });
}

/** None for what is in git. */
function completed(out: DvcOutput, stage: DvcWrittenStage): readonly DvcOutput[] {
  const found = findWritten(stage, out.path);
  if (found?.isCached === false) return [];
  return [
    {
      ...out,
      path: `${folderOf(stage.wdir)}${out.path}`,
      remote: found?.remote ?? out.remote,
      elsewhere: found?.isPushed === false ? 'unpushed' : out.elsewhere,
    },
  ];
}

/** What stands before the paths of a stage that runs in a folder. */
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
    if (!isJsonObject(each)) return [];
    const { path, md5, size, hash, remote, cache, push } = each;
    const [, digits, ending] = typeof md5 === 'string' ? (/^([0-9a-f]{32})(\.dir)?$/.exec(md5) ?? []) : [];
    if (typeof path !== 'string' || digits === undefined || cache === false) return [];
    return [
      {
        path,
        md5: digits,
        isFolder: ending !== undefined,
        sizeBytes: typeof size === 'number' ? size : null,
        isLegacy: hash !== 'md5',
        remote: typeof remote === 'string' ? remote : null,
        elsewhere: push === false ? 'unpushed' : null,
      },
    ];
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
