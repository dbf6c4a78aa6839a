import type { JsonObject, JsonValue } from '@weighbridge/core';
import { isJsonObject } from '../documents/strict-json.js';
import { parseStrictYaml } from '../documents/strict-yaml.js';
import { type DvcLockFile, dvcHashOf } from './dvc-lock.js';

/** One output or dependency as DVC writes it down: what it is called and what its content is. */
export interface DvcEntry {
  /** Relative to the folder of the file that lists it. */
  readonly path: string;
  /** The immutable content: `dvc-md5:…` (with `.dir` at its end for a folder), or `dvc-import:…`; null when unknown. */
  readonly content: string | null;
  readonly sizeBytes: number | null;
}

/**
 * What a `.dvc` file tracks. An import that was not downloaded has no digest yet: then its source and revision count.
 * @throws formats/yaml-malformed
 */
export function parseDvcFile(text: string, name: string): readonly DvcEntry[] {
  const document = membersOf(parseStrictYaml(text, name));
  const imported = importOf(document['deps']);
  return entriesOf(document['outs']).map((entry) => ({ ...entry, content: entry.content ?? imported }));
}

/** A file of a `dvc.lock`, with its content as references name it. */
export function dvcEntryOf({ path, hash, sizeBytes }: Pick<DvcLockFile, 'path' | 'hash' | 'sizeBytes'>): DvcEntry {
  return { path, content: contentOf(hash), sizeBytes };
}

/** What a folder of DVC is named by: its files are listed in an object of the cache, which is not needed here. */
export function isDvcFolder(content: string): boolean {
  return content.endsWith('.dir');
}

function entriesOf(value: JsonValue | undefined): DvcEntry[] {
  return (Array.isArray(value) ? value : []).flatMap((each: JsonValue): DvcEntry[] => {
    const members = membersOf(each);
    const { path, size } = members;
    if (typeof path !== 'string') return [];
    return [{ path, content: contentOf(dvcHashOf(members)), sizeBytes: typeof size === 'number' ? size : null }];
  });
}

function contentOf(hash: string | null): string | null {
  return hash === null ? null : `dvc-${hash}`;
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

function membersOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
