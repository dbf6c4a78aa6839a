import { type Digest, parseDigest } from '@weighbridge/core';
import type { ModelCatalogue } from '@weighbridge/ledger';
import type { Store } from '@weighbridge/ports';
import { inParallel } from '../in-parallel.js';
import { type DueVersion, versionKey } from './due-versions.js';

const questionsAtOnce = 16;

/** Bytes of a version that is given up. */
export interface ReleasedSize {
  /** Of its files, each for itself. */
  readonly bytes: number;
  /** Of objects that no version has which stays, and none that stands before it in the list. */
  readonly freed: number;
}

/** How much giving up versions frees, in the order of the list. @throws store/recipe-malformed */
export async function measureFreed(
  store: Store,
  catalogues: readonly ModelCatalogue[],
  due: readonly DueVersion[],
): Promise<readonly ReleasedSize[]> {
  const dueKeys = new Set(due.map(({ model, version }) => versionKey(model, version.version)));
  const staying = catalogues.flatMap(({ model, versions }) =>
    versions.filter(
      ({ version, store: kept, released }) =>
        kept !== null && released === undefined && !dueKeys.has(versionKey(model, version)),
    ),
  );
  const digestsOf = ({ artifacts }: { readonly artifacts: readonly { readonly sha256: string }[] }) =>
    artifacts.map(({ sha256 }) => parseDigest(`sha256:${sha256}`));
  const asked = [...new Set([...staying, ...due.map(({ version }) => version)].flatMap(digestsOf))];
  const layouts = await inParallel(asked, questionsAtOnce, (digest) => store.describe(digest));
  const segmentsOf = new Map(asked.map((digest, index) => [digest, layouts[index]?.segments ?? []] as const));
  const named = new Set<Digest>();
  for (const digest of staying.flatMap(digestsOf))
    for (const { object } of segmentsOf.get(digest) ?? []) named.add(object);
  const counted = new Set<string>();
  return due.map(({ version }) => {
    let freed = 0;
    for (const { object, objectOffset, lengthBytes } of digestsOf(version).flatMap(
      (each) => segmentsOf.get(each) ?? [],
    )) {
      const place = `${object}:${objectOffset}`;
      if (named.has(object) || counted.has(place)) continue;
      counted.add(place);
      freed += lengthBytes;
    }
    return { bytes: version.artifacts.reduce((sum, { size }) => sum + size, 0), freed };
  });
}
