import { canonicalJson, type Digest, weighbridgeError } from '@weighbridge/core';
import type { CatalogueVersion } from '@weighbridge/ledger';
import type { Store } from '@weighbridge/ports';
import type { ArtifactFacet, Snapshot } from '@weighbridge/versioning';
import type { ArtifactFile } from '../artifacts/artifact-file.js';
import type { WeighedModel } from '../assessment/assess-models.js';
import { describeStored } from '../stored/describe-stored.js';
import { inParallel } from '../reading/in-parallel.js';
import { readSnapshot } from '../registry/read-snapshot.js';
import { readCatalogues } from '../registry/read-catalogues.js';
import type { Surroundings } from '../surroundings.js';
import { filesOfEntry, findCold, lookAtObjects } from '../stored/cold-bytes.js';
import type { WholeCatalogue } from '../registry/version-artifacts.js';

/** Files that the store is asked about for versions that have the archived bytes, in all and at once. */
const maxFilesSearched = 20_000;
const questionsAtOnce = 16;

/** What registered versions say of the files of one that is being registered. */
export interface ComparedFiles {
  /**
   * Whether a version was registered with this very file, its bytes in the store and just what the lock says of them: a
   * digest stands for one sequence of bytes, and these were compared then.
   * @throws flow/evidence-missing, flow/evidence-malformed
   */
  has(file: Pick<ArtifactFile, 'sha256' | 'path'>): Promise<boolean>;
}

/** Nothing is read before the first question; then the ledger once, however many files are asked for. */
export function openComparedFiles(surroundings: Surroundings, weighed: WeighedModel): ComparedFiles {
  const { snapshot } = weighed;
  let sharing: ReturnType<typeof findSharing> | null = null;
  /** The version that had the last file most often has the next one. */
  let fitting: Snapshot | null = null;
  return {
    async has({ sha256, path }) {
      const name = nameOf(path);
      const told = snapshot.artifacts.filter((each) => each.sha256 === sha256 && nameOf(each.path) === name);
      const isIn = (registered: Snapshot) => told.every((facet) => hasFacet(registered, { facet, of: snapshot }));
      if (told.length === 0) return false;
      if (fitting !== null && isIn(fitting)) return true;
      sharing ??= findSharing(surroundings, weighed);
      for (const version of (await sharing).get(`${sha256}`) ?? []) {
        const registered = await readSnapshot(surroundings, version);
        if (!isIn(registered)) continue;
        fitting = registered;
        return true;
      }
      return false;
    },
  };
}

/** By digest of each file, versions in the store that have it: those of the same model first, and the newest of each. */
async function findSharing(
  surroundings: Surroundings,
  { model, files }: WeighedModel,
): Promise<ReadonlyMap<string, readonly CatalogueVersion[]>> {
  const sharing = new Map<string, CatalogueVersion[]>(files.map(({ sha256 }) => [`${sha256}`, []]));
  const own = model.manifest.name;
  const catalogues = await readCatalogues(surroundings);
  const ordered = [
    ...catalogues.filter((each) => each.model === own),
    ...catalogues.filter((each) => each.model !== own),
  ];
  for (const { versions } of ordered)
    for (const version of versions.toReversed()) {
      if (version.store === null) continue;
      for (const { sha256 } of version.artifacts) sharing.get(`sha256:${sha256}`)?.push(version);
    }
  return sharing;
}

function hasFacet(
  registered: Snapshot,
  { facet, of }: { readonly facet: ArtifactFacet; readonly of: Snapshot },
): boolean {
  return registered.artifacts.some((each) => {
    const facts = ({ path: _path, ...rest }: ArtifactFacet) => canonicalJson(rest);
    if (nameOf(each.path) !== nameOf(facet.path) || facts(each) !== facts(facet)) return false;
    // An ONNX file has tensors in files beside it: theirs are other ones beside other files.
    return facet.header?.format !== 'onnx' || besideOf(registered, each) === besideOf(of, facet);
  });
}

/** What lies in the folder of a file, and below. */
function besideOf({ artifacts }: Snapshot, { path }: ArtifactFacet): string {
  const folder = path.slice(0, path.length - nameOf(path).length);
  const beside = artifacts.filter((each) => each.path.startsWith(folder));
  return beside
    .map((each) => `${each.path.slice(folder.length)} ${each.sha256}`)
    .sort()
    .join('\n');
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * The error of a file whose lock has to be compared with bytes that lie in an archive: what restores them. Null when
 * none of the files is archived any more.
 */
export async function coldRegistration(
  surroundings: Surroundings,
  store: Store,
  { weighed: { model, files }, file }: { readonly weighed: WeighedModel; readonly file: ArtifactFile },
): Promise<Error | null> {
  const asked = files.flatMap(({ sha256, size }) => (sha256 === null ? [] : [{ digest: sha256, sizeBytes: size }]));
  const cold = await findCold(store, asked);
  if (cold === null || store.tiers === null) return null;
  const parts = await lookAtObjects(store, store.tiers, asked);
  const archived = parts.filter(({ access }) => access !== 'readable').map(({ object }) => object);
  const holders = await findHolders(store, await readCatalogues(surroundings), archived);
  return weighbridgeError('flow/lock-cold', {
    path: file.path,
    model: model.manifest.name,
    lock: model.lockPath,
    classes: cold.classes,
    wait: cold.wait,
    how:
      holders.length === 0
        ? `have ${store.address} restore them, which no version names that was looked at`
        : `run ${holders.map((name) => `"weighbridge store restore ${name}"`).join(' and ')}`,
  });
}

/** Versions that keep their bytes and have some objects between them, `model@version`, as far as is looked: newest first. */
async function findHolders(
  store: Store,
  catalogues: readonly WholeCatalogue[],
  objects: readonly Digest[],
): Promise<readonly string[]> {
  const left = new Set(objects);
  const holders: string[] = [];
  const kept = catalogues
    .flatMap(({ model, versions }) => versions.map((version) => ({ model, version })))
    .filter(({ version }) => version.store !== null && version.released === undefined)
    .sort((one, other) => other.version.entry - one.version.entry);
  let searched = 0;
  for (const { model, version } of kept) {
    if (left.size === 0 || searched >= maxFilesSearched) break;
    const files = filesOfEntry(version);
    searched += files.length;
    const told = await inParallel(files, questionsAtOnce, (each) => describeStored(store, each));
    const own = told.flatMap(({ layout }) => (layout?.segments ?? []).map(({ object }) => object));
    if (own.filter((object) => left.delete(object)).length > 0) holders.push(`${model}@${version.version}`);
  }
  return holders;
}
