import type { Snapshot } from '@weighbridge/versioning';
import { readSnapshot } from '../read-snapshot.js';
import { inParallel } from '../in-parallel.js';
import type { Surroundings } from '../surroundings.js';
import { type DueVersion, type SparedVersion, versionKey } from './due-versions.js';
import type { CatalogueVersion, ModelCatalogue } from '@weighbridge/ledger';

const readsAtOnce = 16;

/**
 * Spares versions that other versions are made of or use: a LoRA adapter is worth nothing without the bytes of its base.
 * What is spared spares its own bases, too.
 * @throws flow/evidence-missing, flow/evidence-malformed
 */
export async function spareNamed(
  surroundings: Surroundings,
  catalogues: readonly ModelCatalogue[],
  due: readonly DueVersion[],
): Promise<{ readonly due: readonly DueVersion[]; readonly spared: readonly SparedVersion[] }> {
  const left = new Map(due.map((each) => [versionKey(each.model, each.version.version), each]));
  const spared: SparedVersion[] = [];
  let next = catalogues.flatMap(({ model, versions }) =>
    versions
      .filter(({ version, released }) => released === undefined && !left.has(versionKey(model, version)))
      .map((version) => ({ model, version })),
  );
  while (next.length > 0 && left.size > 0) {
    const named = await inParallel(next, readsAtOnce, async ({ model, version }) => ({
      by: versionKey(model, version.version),
      names: namesOf(await readSnapshot(surroundings, version)),
    }));
    const found: { readonly model: ModelCatalogue['model']; readonly version: CatalogueVersion }[] = [];
    for (const { by, names } of named) {
      for (const name of names) {
        const each = left.get(name);
        if (each === undefined) continue;
        left.delete(name);
        spared.push({ ...each, because: `${by} is made of it` });
        found.push(each);
      }
    }
    next = found;
  }
  return { due: [...left.values()], spared };
}

/** Versions of this registry that a version rests on. */
function namesOf({ base, uses }: Snapshot): readonly string[] {
  const version = base?.version ?? null;
  const name = base?.model.startsWith('registry:') === true ? base.model.slice('registry:'.length) : null;
  const bases = version === null || name === null ? [] : [versionKey(name, version)];
  return [...bases, ...uses.flatMap(({ model, version }) => (version === null ? [] : [versionKey(model, version)]))];
}
