import type { Snapshot } from '@weighbridge/versioning';
import { inParallel } from '../reading/in-parallel.js';
import { readSnapshot } from '../registry/read-snapshot.js';
import type { Surroundings } from '../surroundings.js';
import { type DueVersion, type SparedVersion, versionKey } from './due-versions.js';
import type { WholeCatalogue, WholeVersion } from '../registry/version-artifacts.js';

const readsAtOnce = 16;

/** A version of a model. */
export interface ModelVersion {
  readonly model: WholeCatalogue['model'];
  readonly version: WholeVersion;
}

/**
 * Spares versions that other versions are made of or use: a LoRA adapter is worth nothing without the bytes of its base.
 * What is spared spares its own bases, too.
 * @throws flow/evidence-missing, flow/evidence-malformed
 */
export async function spareNamed(
  surroundings: Pick<Surroundings, 'ledger'>,
  catalogues: readonly WholeCatalogue[],
  due: readonly DueVersion[],
): Promise<{ readonly due: readonly DueVersion[]; readonly spared: readonly SparedVersion[] }> {
  const dueKeys = new Set(due.map(keyOf));
  const staying = versionsOf(catalogues).filter(
    (each) => each.version.released === undefined && !dueKeys.has(keyOf(each)),
  );
  const named = await findNamed(surroundings, staying, due);
  const spared = named.map(({ found, by }) => ({ ...found, because: `${by} is made of it` }));
  const sparedKeys = new Set(spared.map(keyOf));
  return { due: due.filter((each) => !sparedKeys.has(keyOf(each))), spared };
}

/**
 * Which of some versions others rest on, and in turn what those rest on, with the version that says so. Reads the
 * snapshots of `by`, unless there is nothing to look for.
 * @throws flow/evidence-missing, flow/evidence-malformed
 */
export async function findNamed<Sought extends ModelVersion>(
  surroundings: Pick<Surroundings, 'ledger'>,
  by: readonly ModelVersion[],
  sought: readonly Sought[],
): Promise<readonly { readonly found: Sought; readonly by: string }[]> {
  const left = new Map(sought.map((each) => [keyOf(each), each]));
  const all: { found: Sought; by: string }[] = [];
  let next: readonly ModelVersion[] = by;
  while (next.length > 0 && left.size > 0) {
    const named = await inParallel(next, readsAtOnce, async (each) => ({
      by: keyOf(each),
      names: namesOf(await readSnapshot(surroundings, each.version)),
    }));
    const before = all.length;
    for (const { by: name, names } of named) {
      for (const each of names) {
        const found = left.get(each);
        if (found === undefined) continue;
        left.delete(each);
        all.push({ found, by: name });
      }
    }
    next = all.slice(before).map(({ found }) => found);
  }
  return all;
}

/** Every version of some models. */
export function versionsOf(catalogues: readonly WholeCatalogue[]): readonly ModelVersion[] {
  return catalogues.flatMap(({ model, versions }) => versions.map((version) => ({ model, version })));
}

/** Versions of this registry that a version rests on, as `versionKey` writes them. */
function namesOf({ base, uses }: Pick<Snapshot, 'base' | 'uses'>): readonly string[] {
  const version = base?.version ?? null;
  const name = base?.model.startsWith('registry:') === true ? base.model.slice('registry:'.length) : null;
  const bases = version === null || name === null ? [] : [versionKey(name, version)];
  return [...bases, ...uses.flatMap(({ model, version }) => (version === null ? [] : [versionKey(model, version)]))];
}

function keyOf({ model, version }: ModelVersion): string {
  return versionKey(model, version.version);
}
