import type { Surroundings } from '../surroundings.js';
import { wholeCatalogue, type WholeCatalogue } from './version-artifacts.js';

/** Every model of the ledger, with the files of its versions. */
export async function readCatalogues({ ledger }: Pick<Surroundings, 'ledger'>): Promise<readonly WholeCatalogue[]> {
  const catalogues: WholeCatalogue[] = [];
  for (const model of await ledger.models()) {
    const catalogue = await ledger.catalogue(model);
    if (catalogue !== null) catalogues.push(await wholeCatalogue(ledger, catalogue));
  }
  return catalogues;
}
