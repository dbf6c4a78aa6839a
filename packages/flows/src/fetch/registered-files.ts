import { type Digest, type ModelName, parseDigest, type Version } from '@weighbridge/core';
import type { Surroundings } from '../surroundings.js';
import { unknownModel } from '../governing/unknown-model.js';
import { artifactsOf } from '../registry/version-artifacts.js';

/** A file that a version names. */
export interface RegisteredFile {
  readonly model: ModelName;
  readonly version: Version;
  readonly path: string;
  readonly sizeBytes: number;
  readonly digest: Digest;
  /** Address of the store at its registration; null for a version that was registered by reference. */
  readonly store: string | null;
  /** When the bytes of the version were given up; null while they are kept. */
  readonly releasedAt: string | null;
}

/** The files of all versions of all models, in the order of registration. */
export async function listRegistered({ ledger }: Pick<Surroundings, 'ledger'>): Promise<readonly RegisteredFile[]> {
  const listed: (RegisteredFile & { readonly entry: number })[] = [];
  for (const model of await ledger.models()) {
    for (const registered of (await ledger.catalogue(model))?.versions ?? []) {
      const { version, entry, store, released } = registered;
      for (const { path, size, sha256 } of await artifactsOf(ledger, registered)) {
        const digest = parseDigest(`sha256:${sha256}`);
        const kept = { store, releasedAt: released?.time ?? null };
        listed.push({ model, version, entry, path, sizeBytes: size, digest, ...kept });
      }
    }
  }
  return listed.sort((left, right) => left.entry - right.entry);
}

/** The models of a list of names, all of them for none, sorted. @throws flow/unknown-model */
export function modelsAsked(files: readonly RegisteredFile[], names: readonly string[]): readonly ModelName[] {
  const known = [...new Set(files.map(({ model }) => model))].sort();
  const unknown = names.find((name) => !known.some((model) => model === name));
  if (unknown !== undefined) throw unknownModel(unknown, known);
  return names.length === 0 ? known : known.filter((model) => names.includes(model));
}
