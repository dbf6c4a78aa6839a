import { type JsonValue, weighbridgeError } from '@weighbridge/core';
import { documentText } from '../documents/json-facts.js';
import { isJsonObject } from '../documents/strict-json.js';
import { parseStrictYaml, type YamlLimits } from '../documents/strict-yaml.js';

/** A file or folder that a stage of DVC reads or writes. */
export interface DvcLockFile {
  /** As the lock has it: relative to the lock's folder, or the address of something outside. */
  readonly path: string;
  /** What holds it still, such as `md5:22a1…` or `md5:1536….dir` for a folder; null when the lock tells nothing. */
  readonly hash: string | null;
  readonly sizeBytes: number | null;
}

/** One stage as it ran last. */
export interface DvcLockStage {
  /** As dvc.yaml calls it; stages made by foreach have `name@item`. */
  readonly name: string;
  /** Command lines in their order. */
  readonly commands: readonly string[];
  readonly deps: readonly DvcLockFile[];
  readonly outs: readonly DvcLockFile[];
  /** Parameters by the file that they are in. */
  readonly params: Readonly<Record<string, JsonValue>>;
}

/** The largest lock that is read: some 30,000 outputs. It takes YAML a second and 80 MB of memory for each MiB. */
export const maxDvcLockBytes = 8 * 1024 * 1024;
/** Programs write a lock, and it grows with every stage and file: the bounds of what people write are too narrow. */
export const dvcLockLimits: YamlLimits = { characters: maxDvcLockBytes, values: 2_000_000 };
/** Stages in one lock; a pipeline has tens, one with loops thousands. */
const maxStages = 20_000;
/** Files of one stage. */
const maxFiles = 10_000;
/** In the order in which they are taken: the first that is there names the content. */
const hashNames = ['md5', 'sha256', 'etag', 'checksum'] as const;

/**
 * The stages of a `dvc.lock`, sorted by name: schema 2.0, and 1.0 whose stages stand at the top. What the reader does
 * not know is passed over, because newer releases of DVC add members.
 * @throws formats/yaml-malformed, formats/document-too-large, formats/document-malformed
 * @see https://doc.dvc.org/user-guide/project-structure/dvcyaml-files#dvclock-file
 */
export function parseDvcLock(bytes: Uint8Array, name: string): readonly DvcLockStage[] {
  const document = parseStrictYaml(documentText(bytes, { name, kind: 'dvc.lock' }), name, dvcLockLimits);
  if (document === null) return [];
  if (!isJsonObject(document)) throw malformed(name, 'it is no mapping');
  const stages = document['schema'] === undefined ? document : (document['stages'] ?? {});
  if (!isJsonObject(stages)) throw malformed(name, '"stages" is no mapping');
  const entries = Object.entries(stages);
  if (entries.length > maxStages)
    throw weighbridgeError('formats/document-too-large', { name, limit: maxStages, what: 'stages' });
  return entries.map(([stage, value]) => readStage(stage, value, name)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readStage(stage: string, value: JsonValue, name: string): DvcLockStage {
  if (!isJsonObject(value)) throw malformed(name, `the stage "${stage.slice(0, 60)}" is no mapping`);
  const { cmd, params } = value;
  const commands = (Array.isArray(cmd) ? cmd : [cmd]).filter((line): line is string => typeof line === 'string');
  return {
    name: stage,
    commands,
    deps: readFiles(value['deps'], name),
    outs: readFiles(value['outs'], name),
    params: params !== undefined && isJsonObject(params) ? params : {},
  };
}

function readFiles(value: JsonValue | undefined, name: string): readonly DvcLockFile[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw malformed(name, 'deps and outs are lists');
  if (value.length > maxFiles)
    throw weighbridgeError('formats/document-too-large', { name, limit: maxFiles, what: 'files of one stage' });
  return value.map((file: JsonValue) => readFile(file, name));
}

function readFile(file: JsonValue, name: string): DvcLockFile {
  if (!isJsonObject(file) || typeof file['path'] !== 'string' || file['path'] === '')
    throw malformed(name, 'a file has no path');
  const { path, size } = file;
  return { path, hash: dvcHashOf(file), sizeBytes: typeof size === 'number' ? size : null };
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
