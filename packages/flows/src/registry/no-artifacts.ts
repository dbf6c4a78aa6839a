import { weighbridgeError } from '@weighbridge/core';
import type { CatalogueVersion } from '@weighbridge/ledger';
import { modelOfRef } from '@weighbridge/lineage';

/** Parts that a message names. */
const maxNamedParts = 10;

/** Says of a version that has no artifacts where what it is made of can be found. */
export function noArtifacts(
  model: string,
  version: Pick<CatalogueVersion, 'version' | 'commit' | 'dependencies'>,
): Error {
  const parts = (version.dependencies ?? []).flatMap(({ kind, ref, pin }) => {
    const name = kind === 'part' ? modelOfRef(ref) : null;
    return name === null || pin === null ? [] : [`${name}@${pin}`];
  });
  const more = parts.length > maxNamedParts ? ` and ${parts.length - maxNamedParts} more` : '';
  const named = parts.length === 0 ? '' : `; its parts are ${parts.slice(0, maxNamedParts).join(', ')}${more}`;
  const where =
    version.commit === null
      ? `no commit was recorded${named}`
      : `what its manifest names is at commit ${version.commit.slice(0, 12)}${named}`;
  return weighbridgeError('flow/no-artifacts', { model, version: version.version, where });
}
