import { isPlacedElsewhere } from '@weighbridge/formats';
import { readPath } from '@weighbridge/manifest';

/**
 * The path from the root that a path in one of DVC's files means, which starts in the folder of that file, or in the one
 * that a stage of it runs in; null for an address, for a path of the machine, and for what lies outside of the repository.
 */
export function placeOfDvc(file: string, written: string, wdir = ''): string | null {
  if (isPlacedElsewhere(written)) return null;
  const read = readPath(file, wdir === '' ? written : `${wdir}/${written}`);
  return read.ok ? read.path : null;
}
