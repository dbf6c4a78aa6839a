import type { ModelName } from '@weighbridge/core';
import type { CatalogueVersion, Dependency } from '@weighbridge/ledger';
import { modelOfRef } from '@weighbridge/lineage';
import { contentOf } from '../registry/named-content.js';
import { readSnapshot } from '../registry/read-snapshot.js';
import { hasArtifacts } from '../registry/version-artifacts.js';
import type { Surroundings } from '../surroundings.js';
import { dependenciesBySnapshot } from './read-lines.js';

/** Systems of systems go no deeper. */
const maxDepth = 16;

/** What a version was made of, with its parts in place of every system, which has no files of its own to bring. */
export async function expandParts(
  surroundings: Surroundings,
  dependencies: readonly Dependency[],
  depth = 0,
): Promise<readonly Dependency[]> {
  const expanded = new Map<string, Dependency>();
  for (const dependency of dependencies) {
    const inner = depth < maxDepth ? await partsWithin(surroundings, dependency) : null;
    const all = inner === null ? [dependency] : await expandParts(surroundings, inner, depth + 1);
    for (const each of all) expanded.set(`${each.kind} ${each.role ?? ''} ${each.ref} ${each.pin ?? ''}`, each);
  }
  return [...expanded.values()];
}

/** Parts of a part that consists of nothing else; null for every other dependency. */
async function partsWithin(
  surroundings: Surroundings,
  { ref, pin }: Dependency,
): Promise<readonly Dependency[] | null> {
  const model = modelOfRef(ref);
  const version = model === null || pin === null ? null : await findPart(surroundings, model, pin);
  if (model === null || version === null || hasArtifacts(version)) return null;
  const snapshot = await readSnapshot(surroundings, version);
  if (contentOf(snapshot).length > 0) return null;
  const parts = (version.dependencies ?? dependenciesBySnapshot(model, snapshot)).filter(({ kind }) => kind === 'part');
  return parts.length === 0 ? null : parts;
}

async function findPart({ ledger }: Surroundings, model: ModelName, pin: string): Promise<CatalogueVersion | null> {
  const catalogue = await ledger.catalogue(model);
  return catalogue?.versions.find(({ version }) => version === pin) ?? null;
}
