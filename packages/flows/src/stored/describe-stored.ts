import { type Digest, WeighbridgeError } from '@weighbridge/core';
import type { Store, StoredLayout } from '@weighbridge/ports';

/** What the store says of a file; `fault` where it cannot tell, and `layout` is what follows from the ledger then. */
export interface ToldLayout {
  readonly layout: StoredLayout | null;
  readonly fault: WeighbridgeError | null;
}

/**
 * How a store holds a file of the ledger. One that is a single compressed object tells its size itself, which cannot be
 * read while it is in an archive or when it is damaged: it is that object, with the size that the ledger has.
 * @throws store/recipe-malformed, store/recipe-newer
 */
export async function describeStored(
  store: Pick<Store, 'describe'>,
  { digest, sizeBytes }: { readonly digest: Digest; readonly sizeBytes: number },
): Promise<ToldLayout> {
  try {
    return { layout: await store.describe(digest), fault: null };
  } catch (cause) {
    const isOfObject = cause instanceof WeighbridgeError && ['store/archived', 'store/corrupt'].includes(cause.code);
    if (!isOfObject) throw cause;
    const segments = [{ offset: 0, lengthBytes: sizeBytes, object: digest, objectOffset: 0 }];
    return { layout: { sizeBytes, segments }, fault: cause };
  }
}
