import { parseDuration } from './duration.js';
import type { TierRule, TiersPolicy } from './policy.js';
import type { Place } from './source/place.js';

/** The storage classes that a kind of store has, those first that are read at once; what is new is in the first. */
export const storageClasses: Readonly<
  Record<string, { readonly readable: readonly string[]; readonly archive: readonly string[] }>
> = {
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html
  s3: {
    readable: ['STANDARD', 'STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING', 'GLACIER_IR'],
    archive: ['GLACIER', 'DEEP_ARCHIVE'],
  },
  // https://cloud.google.com/storage/docs/storage-classes
  gcs: { readable: ['STANDARD', 'NEARLINE', 'COLDLINE', 'ARCHIVE'], archive: [] },
  // https://learn.microsoft.com/azure/storage/blobs/access-tiers-overview
  azure: { readable: ['Hot', 'Cool', 'Cold'], archive: ['Archive'] },
};

/** What kind of store a policy without faults names. */
export function storeKind(store: Place): string | null {
  const address = store.text();
  if (address === null) return store.at('type').text();
  return address.startsWith('gs:') ? 'gcs' : address.startsWith('az:') ? 'azure' : 's3';
}

/** `tiers:` with defaults filled in; null where it is not written. */
export function readTiers(root: Place): TiersPolicy | null {
  const tiers = root.at('tiers');
  if (!tiers.written) return null;
  const usual = storageClasses[storeKind(root.at('store')) ?? '']?.readable[0] ?? null;
  const hot = tiers.at('hot').at('class').text() ?? usual;
  const warm = readRule(tiers.at('warm'), { class: hot, compress: false });
  return { hot, warm, cold: readRule(tiers.at('cold'), warm ?? { class: hot, compress: false }) };
}

/** @param hotter what the next hotter tier says, which holds where this one says nothing */
function readRule(rule: Place, hotter: Pick<TierRule, 'class' | 'compress'>): TierRule | null {
  if (!rule.written) return null;
  return {
    class: rule.at('class').text() ?? hotter.class,
    compress: rule.at('compress').truth() ?? hotter.compress,
    afterMs: parseDuration(rule.at('after').text() ?? ''),
    archivedMs: parseDuration(rule.at('archived').text() ?? ''),
  };
}
