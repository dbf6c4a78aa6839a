import { bytesToHex, type ModelName, parseUtf8, type Sha256, utf8, type Version } from '@weighbridge/core';
import type { Dependency } from '@weighbridge/ledger';
import { dependencyKey } from '../dependency-key.js';
import type { LineVersion, ModelLine } from './model-line.js';

/** A model's line with the SHA-256 of the catalogue that it was made from: equal means that it still holds. */
export interface IndexedLine {
  readonly hash: string;
  readonly line: ModelLine;
}

/** Dependencies and origins by their numbers; origins are null where they are not known. */
type StoredVersion = readonly [
  Version,
  string,
  readonly string[],
  0 | 1,
  readonly number[],
  string | null,
  readonly number[] | null,
];
type StoredLine = readonly [ModelName, string, ModelLine['stages'], ModelLine['aliases'], readonly StoredVersion[]];

interface StoredIndex {
  readonly schema: 2;
  readonly dependencies: readonly Dependency[];
  readonly models: readonly StoredLine[];
}

/**
 * Lines as bytes to keep between runs, far smaller than the catalogues: what many versions were made of stands once. A
 * digest in front tells damage. What a manifest declares is not kept. Inverse of parseLineIndex.
 */
export function formatLineIndex(lines: ReadonlyMap<ModelName, IndexedLine>, sha256: Sha256): Uint8Array {
  const numbers = new Map<string, number>();
  const dependencies: Dependency[] = [];
  const numberOf = (dependency: Dependency): number => {
    const key = dependencyKey(dependency);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, dependencies.length);
    return dependencies.push(dependency) - 1;
  };
  const models = [...lines.values()].map(({ hash, line }): StoredLine => {
    const versions = line.versions.map((each): StoredVersion => {
      const made = each.dependencies.map(numberOf);
      const origins = each.origins?.map(numberOf) ?? null;
      return [each.version, each.identity, each.artifacts, each.retired ? 1 : 0, made, each.commit, origins];
    });
    return [line.model, hash, line.stages, line.aliases, versions];
  });
  const index: StoredIndex = { schema: 2, dependencies, models };
  const body = utf8(JSON.stringify(index));
  const head = utf8(`${bytesToHex(sha256(body))}\n`);
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}

/** The lines that were kept; none where the bytes are damaged or of another release, so that all is read anew. */
export function parseLineIndex(bytes: Uint8Array, sha256: Sha256): ReadonlyMap<ModelName, IndexedLine> {
  const end = bytes.indexOf(0x0a);
  const body = bytes.subarray(end + 1);
  if (end !== 64 || bytesToHex(sha256(body)) !== String.fromCharCode(...bytes.subarray(0, 64))) return new Map();
  const index = JSON.parse(parseUtf8(body)) as StoredIndex;
  if (index.schema !== 2) return new Map();
  return new Map(
    index.models.map(([model, hash, stages, aliases, stored]) => {
      const named = (numbers: readonly number[]) => numbers.flatMap((number) => index.dependencies[number] ?? []);
      const versions = stored.map(([version, identity, artifacts, retired, made, commit, origins]): LineVersion => {
        const known = origins === null ? null : named(origins);
        const dependencies = named(made);
        return { version, identity, artifacts, retired: retired === 1, dependencies, commit, origins: known };
      });
      return [model, { hash, line: { model, versions, stages, aliases, declared: null } }];
    }),
  );
}
