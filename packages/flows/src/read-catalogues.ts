import type { ModelCatalogue } from '@weighbridge/ledger';
import type { Surroundings } from './surroundings.js';

/** Every model of the ledger. */
export async function readCatalogues({ ledger }: Pick<Surroundings, 'ledger'>): Promise<readonly ModelCatalogue[]> {
  const catalogues: ModelCatalogue[] = [];
  for (const model of await ledger.models()) {
    const catalogue = await ledger.catalogue(model);
    if (catalogue !== null) catalogues.push(catalogue);
  }
  return catalogues;
}
