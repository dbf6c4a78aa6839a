import type { JsonObject, JsonValue } from '@weighbridge/core';
import { isJsonObject } from './strict-json.js';
import { parseStrictYaml } from './strict-yaml.js';

/** One output or dependency as DVC writes it down: what it is called and what its content is. */
export interface DvcEntry {
  /** Relative to the folder of the file that lists it. */
  readonly path: string;
  /** The immutable content: `dvc-md5:…` (with `.dir` at its end for a folder), or `dvc-import:…`; null when unknown. */
  readonly content: string | null;
  readonly sizeBytes: number | null;
}

/** One stage of a `dvc.lock`. */
export interface DvcStage {
  readonly name: string;
  readonly command: string | null;
  readonly deps: readonly DvcEntry[];
  readonly outs: readonly DvcEntry[];
  /** Parameters by file, with the dotted keys of `dvc.lock`. */
  readonly params: JsonObject;
}

/** What a `.dvc` file tracks. An import that was not downloaded has no digest yet: then its source and revision count. */
export function parseDvcFile(text: string, name: string): readonly DvcEntry[] {
  const document = membersOf(parseStrictYaml(text, name));
  const imported = importOf(document['deps']);
  return entriesOf(document['outs']).map((entry) => ({ ...entry, content: entry.content ?? imported }));
}

/** The stages of a `dvc.lock`, schema 2.0, in the order of their names. @throws formats/yaml-malformed */
export function parseDvcLock(text: string, name: string): readonly DvcStage[] {
  const stages = membersOf(membersOf(parseStrictYaml(text, name))['stages']);
  return Object.entries(stages).map(([stage, value]) => {
    const members = membersOf(value);
    return {
      name: stage,
      command: commandOf(members['cmd']),
      deps: entriesOf(members['deps']),
      outs: entriesOf(members['outs']),
      params: membersOf(members['params']),
    };
  });
}

/** What a folder of DVC is named by: its files are listed in an object of the cache, which is not needed here. */
export function isDvcFolder(content: string): boolean {
  return content.endsWith('.dir');
}

function entriesOf(value: JsonValue | undefined): DvcEntry[] {
  return (Array.isArray(value) ? value : []).flatMap((each: JsonValue): DvcEntry[] => {
    const members = membersOf(each);
    const path = members['path'];
    if (typeof path !== 'string') return [];
    const size = members['size'];
    return [{ path, content: contentOf(members), sizeBytes: typeof size === 'number' ? size : null }];
  });
}

/** MD5 in DVC's own cache; an ETag or a checksum for what stays outside of it, or is kept under its name. */
function contentOf(members: JsonObject): string | null {
  const { md5, etag, checksum } = members as { md5?: unknown; etag?: unknown; checksum?: unknown };
  if (typeof md5 === 'string' && /^[0-9a-f]{32}(?:\.dir)?$/.test(md5)) return `dvc-md5:${md5}`;
  for (const [word, value] of [
    ['checksum', checksum],
    ['etag', etag],
  ] as const) {
    if (typeof value === 'string' && /^["A-Za-z0-9+/=._:-]{8,200}$/.test(value)) return `dvc-${word}:${value}`;
  }
  return null;
}

/** `dvc import` locks the commit of the other repository; a password in its address is not repeated. */
function importOf(deps: JsonValue | undefined): string | null {
  for (const each of Array.isArray(deps) ? deps : []) {
    const dep = membersOf(each as JsonValue);
    const repository = membersOf(dep['repo']);
    const { url, rev_lock: commit } = repository as { url?: unknown; rev_lock?: unknown };
    if (typeof url !== 'string' || typeof commit !== 'string' || !/^[0-9a-f]{7,64}$/.test(commit)) continue;
    const clean = url.replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1');
    return `dvc-import:${clean}@${commit}:${typeof dep['path'] === 'string' ? dep['path'] : ''}`;
  }
  return null;
}

function commandOf(value: JsonValue | undefined): string | null {
  if (typeof value === 'string') return value;
  const lines = (Array.isArray(value) ? value : []).filter((line) => typeof line === 'string');
  return lines.length === 0 ? null : lines.join(' && ');
}

function membersOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
