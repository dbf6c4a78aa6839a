import type { JsonObject } from '@weighbridge/core';
import type { VersionRecord } from './version-record.js';

/** A name and a value of ours, where the format has no place of its own. */
export function property(name: string, value: string | null): readonly JsonObject[] {
  return value === null || value === '' ? [] : [{ name: `weighbridge:${name}`, value }];
}

/** Every artifact with its hash. */
export function fileComponents({ artifacts, snapshot }: VersionRecord): readonly JsonObject[] {
  return artifacts.map(({ path, size, sha256 }) => {
    const header = snapshot.artifacts.find((each) => each.sha256 === `sha256:${sha256}`)?.header ?? null;
    return {
      type: 'file',
      'bom-ref': `file:${path}`,
      name: path,
      hashes: [{ alg: 'SHA-256', content: sha256 }],
      properties: [...property('bytes', String(size)), ...property('format', header?.format ?? null)],
    };
  });
}

/** Reference by which the model's card names a data set. */
export function dataReference(name: string): string {
  return `data:${name}`;
}

/** Every data set, pinned where it can be. */
export function dataComponents({ snapshot }: VersionRecord): readonly JsonObject[] {
  return snapshot.data.map(({ name, role, ref, pinned }) => {
    const hash = /^sha256:([0-9a-f]{64})$/.exec(pinned ?? '')?.[1];
    return {
      type: 'data',
      'bom-ref': dataReference(name),
      name,
      ...(pinned === null ? {} : { version: pinned.slice(0, 1024) }),
      ...(hash === undefined ? {} : { hashes: [{ alg: 'SHA-256', content: hash }] }),
      data: [{ type: 'dataset', name }],
      properties: [...property('role', role), ...property('reference', ref)],
    };
  });
}
