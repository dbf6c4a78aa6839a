import { type JsonObject, type JsonValue, weighbridgeError } from '@weighbridge/core';
import { documentText } from '../documents/json-facts.js';
import { isJsonObject } from '../documents/strict-json.js';
import { parseStrictYaml, type YamlLimits } from '../documents/strict-yaml.js';
import { type DvcWrittenStage, writtenStageOf } from './dvc-yaml.js';
import { type DvcKeptObject, keptObjectOf } from './kept-object.js';

/** A file or folder that a stage of DVC reads or writes. */
export interface DvcLockFile {
  /**
   * Relative to the lock's folder, or the address of something outside. Where the stage runs in a folder of its own, the
   * paths of the lock start there, and that folder stands in front here.
   */
  readonly path: string;
  /** The path as the lock has it. */
  readonly written: string;
  /** What holds it still, such as `md5:22a1…` or `md5:1536….dir` for a folder; null when the lock tells nothing. */
  readonly hash: string | null;
  readonly sizeBytes: number | null;
}

/** What a stage writes. */
export interface DvcLockOutput extends DvcLockFile {
  /** What DVC keeps of it; null for what is not kept under an MD5. */
  readonly kept: DvcKeptObject | null;
}

/** One stage as it ran last. */
export interface DvcLockStage {
  /** As dvc.yaml calls it; stages made by foreach have `name@item`. */
  readonly name: string;
  /** Command lines in their order. */
  readonly commands: readonly string[];
  readonly deps: readonly DvcLockFile[];
  readonly outs: readonly DvcLockOutput[];
  /** Parameters by the file that they are in. */
  readonly params: Readonly<Record<string, JsonValue>>;
}

/** The largest lock that is read: some 30,000 outputs. It takes YAML a second and 80 MB of memory for each MiB. */
export const maxDvcLockBytes = 8 * 1024 * 1024;
/** Programs write a lock, and it grows with every stage and file: the bounds of what people write are too narrow. */
const dvcLockLimits: YamlLimits = { characters: maxDvcLockBytes, values: 2_000_000 };
/** Stages in one lock; a pipeline has tens, one with loops thousands. */
const maxStages = 20_000;
/** Files of one stage: more than a lock of that size has room for. */
const maxFiles = 500_000;
/** In the order in which they are taken: the first that is there names the content. */
const hashNames = ['md5', 'sha256', 'etag', 'checksum'] as const;

/**
 * The stages of a `dvc.lock`, sorted by name: schema 2.0, and 1.0 whose stages stand at the top. What the reader does
 * not know is passed over, because newer releases of DVC add members. In which folder a stage runs only the `dvc.yaml`
 * beside the lock says: without it, and where it says so by a template, paths are taken to start at the lock.
 * @throws formats/yaml-malformed, formats/document-too-large, formats/document-malformed
 * @see https://doc.dvc.org/user-guide/project-structure/dvcyaml-files#dvclock-file
 */
export function parseDvcLock(
  bytes: Uint8Array,
  name: string,
  written: ReadonlyMap<string, DvcWrittenStage> = new Map(),
): readonly DvcLockStage[] {
  const document = parseStrictYaml(documentText(bytes, { name, kind: 'dvc.lock' }), name, dvcLockLimits);
  if (document === null) return [];
  if (!isJsonObject(document)) throw malformed(name, 'it is no mapping');
  const stages = document['schema'] === undefined ? document : (document['stages'] ?? {});
  if (!isJsonObject(stages)) throw malformed(name, '"stages" is no mapping');
  const entries = Object.entries(stages);
  if (entries.length > maxStages)
    throw weighbridgeError('formats/document-too-large', { name, limit: maxStages, what: 'stages' });
  return entries
    .map(([stage, value]) => readStage(stage, value, { name, wdir: writtenStageOf(written, stage)?.wdir ?? '.' }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The lock, and the folder in which one of its stages runs. */
interface StagePlace {
  readonly name: string;
  readonly wdir: string;
}

function readStage(stage: string, value: JsonValue, place: StagePlace): DvcLockStage {
  const { name } = place;
  if (!isJsonObject(value)) throw malformed(name, `the stage "${stage.slice(0, 60)}" is no mapping`);
  const { cmd, params } = value;
  const commands = (Array.isArray(cmd) ? cmd : [cmd]).filter((line): line is string => typeof line === 'string');
  return {
    name: stage,
    commands,
    deps: readFiles(value['deps'], place, readFile),
    outs: readFiles(value['outs'], place, readOutput),
    params: params !== undefined && isJsonObject(params) ? params : {},
  };
}

function readFiles<File>(
  value: JsonValue | undefined,
  place: StagePlace,
  read: (file: JsonObject, place: StagePlace) => File,
): readonly File[] {
  const { name } = place;
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw malformed(name, 'deps and outs are lists');
  if (value.length > maxFiles)
    throw weighbridgeError('formats/document-too-large', { name, limit: maxFiles, what: 'files of one stage' });
  return value.map((file: JsonValue) => {
    if (!isJsonObject(file)) throw malformed(name, 'a file has no path');
    return read(file, place);
  });
}

function readFile(file: JsonObject, { name, wdir }: StagePlace): DvcLockFile {
  const { path: written, size } = file;
  if (typeof written !== 'string' || written === '') throw malformed(name, 'a file has no path');
  const path = wdir === '.' || isPlacedElsewhere(written) ? written : inFolder(wdir, written);
  return { path, written, hash: dvcHashOf(file), sizeBytes: typeof size === 'number' ? size : null };
}

function readOutput(file: JsonObject, place: StagePlace): DvcLockOutput {
  return { ...readFile(file, place), kept: keptObjectOf(file) };
}

/** A path that starts in a folder, with as few steps up as it takes. */
function inFolder(folder: string, written: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${written}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/** Whether a path of DVC's files is an address or a path of the machine, and so none of the repository. */
export function isPlacedElsewhere(written: string): boolean {
  return /^(?:[A-Za-z][A-Za-z0-9+.-]*:\/\/|\/|[A-Za-z]:)/.test(written);
}

/** What a file of DVC's records says of its content, such as `md5:22a1…`; null when it says nothing. */
export function dvcHashOf(file: Readonly<Record<string, JsonValue>>): string | null {
  for (const hash of hashNames) {
    const found = file[hash];
    if (typeof found === 'string' && /^[\w.+/="-]{1,256}$/.test(found)) return `${hash}:${found.replaceAll('"', '')}`;
  }
  return null;
}

function malformed(name: string, reason: string): Error {
  return weighbridgeError('formats/document-malformed', { name, kind: 'dvc.lock', reason });
}
