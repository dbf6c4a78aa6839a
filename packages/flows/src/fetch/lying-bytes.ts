import type { Digest } from '@weighbridge/core';
import type { Store } from '@weighbridge/ports';

/** Objects that lie in one class and one form. */
export interface LyingBytes {
  /** As the service calls it; null where there is one place for everything. */
  readonly storageClass: string | null;
  readonly isCompressed: boolean;
  readonly objects: number;
  /** That they take there. */
  readonly storedBytes: number;
}

/** Objects of registered files that lie compressed. While the other form is still to go, they take that besides. */
export interface CompressedBytes {
  readonly objects: number;
  /** Of the pieces that files have in them. */
  readonly plainBytes: number;
  /** That they take. */
  readonly storedBytes: number;
}

/** Bytes of the pieces that files have in each object; each piece counts once. */
export function plainSizes(
  places: readonly { readonly object: Digest; readonly key: string; readonly lengthBytes: number }[],
): ReadonlyMap<Digest, number> {
  const seen = new Set<string>();
  const sizes = new Map<Digest, number>();
  for (const { object, key, lengthBytes } of places) {
    if (seen.has(key)) continue;
    seen.add(key);
    sizes.set(object, (sizes.get(object) ?? 0) + lengthBytes);
  }
  return sizes;
}

/** What objects take where they lie, by whom they belong to, from one listing. Others are left out. */
export async function measureLying(
  store: Pick<Store, 'arranger'>,
  owners: ReadonlyMap<Digest, string>,
  plain: ReadonlyMap<Digest, number>,
): Promise<{ readonly lies: ReadonlyMap<string, readonly LyingBytes[]>; readonly compressed: CompressedBytes }> {
  const lies = new Map<string, LyingSums>();
  const compressed = { objects: 0, plainBytes: 0, storedBytes: 0 };
  for await (const { object, isCompressed, sizeBytes, storageClass } of store.arranger?.list() ?? []) {
    const owner = owners.get(object);
    if (owner === undefined) continue;
    const own: LyingSums = lies.get(owner) ?? new Map();
    lies.set(owner, own);
    addLying(own, { storageClass, isCompressed, objects: 1, storedBytes: sizeBytes });
    if (!isCompressed) continue;
    compressed.objects += 1;
    compressed.plainBytes += plain.get(object) ?? 0;
    compressed.storedBytes += sizeBytes;
  }
  return { lies: new Map([...lies].map(([owner, own]) => [owner, sorted(own)])), compressed };
}

/** Those of one class and one form together, sorted by class. */
export function sumLying(each: readonly LyingBytes[]): readonly LyingBytes[] {
  const sums: LyingSums = new Map();
  for (const lying of each) addLying(sums, lying);
  return sorted(sums);
}

type LyingSums = Map<string, LyingBytes>;

function addLying(sums: LyingSums, { storageClass, isCompressed, objects, storedBytes }: LyingBytes): void {
  const key = `${storageClass ?? ''} ${isCompressed}`;
  const before = sums.get(key) ?? { objects: 0, storedBytes: 0 };
  sums.set(key, {
    storageClass,
    isCompressed,
    objects: before.objects + objects,
    storedBytes: before.storedBytes + storedBytes,
  });
}

function sorted(sums: LyingSums): readonly LyingBytes[] {
  return [...sums].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, sum]) => sum);
}
