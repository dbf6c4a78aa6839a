import type { ModelName } from '@weighbridge/core';
import {
  type CatalogueVersion,
  type Dependency,
  isListed,
  type ModelCatalogue,
  type RegisteredArtifact,
} from '@weighbridge/ledger';
import {
  declaredDependencies,
  dependenciesOf,
  formatLineIndex,
  type IndexedLine,
  lineOfCatalogue,
  type ModelLine,
  parseLineIndex,
  type Pipeline,
  pipelineInputs,
} from '@weighbridge/lineage';
import { isGlob, parseReference, resolveManifestPath } from '@weighbridge/manifest';
import type { Snapshot } from '@weighbridge/versioning';
import { readFromSnapshots } from '../registry/read-snapshot.js';
import type { GovernedModel } from '../governing/governance.js';
import type { Surroundings } from '../surroundings.js';
import { artifactsOf } from '../registry/version-artifacts.js';

/** Catalogues that are read in one trip: what it holds in memory stays bounded. */
const cataloguesAtOnce = 100;
/** The same for snapshots of versions whose entries do not say what they were made of. */
const snapshotsAtOnce = 100;

/**
 * Every model of the ledger with what its versions were made of. Catalogues that did not change since the last time are
 * taken from what was kept of them, so that the cost is that of what changed.
 * @throws ledger/*, flow/evidence-missing and flow/evidence-malformed for versions whose entry does not say
 */
export async function readLines(
  surroundings: Surroundings,
  declared: DeclaredDependencies = new Map(),
): Promise<ReadonlyMap<ModelName, ModelLine>> {
  const { ledger, sha256, lineageCache = null } = surroundings;
  const hashes = await ledger.catalogueHashes();
  const bytes = (await lineageCache?.read()) ?? null;
  const kept = bytes === null ? new Map<ModelName, IndexedLine>() : parseLineIndex(bytes, sha256);
  const changed = [...hashes.keys()].filter((model) => kept.get(model)?.hash !== hashes.get(model));
  const lines = new Map([...kept].filter(([model]) => hashes.has(model)));
  if (changed.length > cataloguesAtOnce) surroundings.progress(`Reading the catalogues of ${changed.length} models`);
  for (let at = 0; at < changed.length; at += cataloguesAtOnce) {
    const catalogues = await ledger.catalogues(changed.slice(at, at + cataloguesAtOnce));
    for (const [model, catalogue] of catalogues)
      lines.set(model, { hash: hashes.get(model) ?? '', line: await readLine(surroundings, catalogue) });
  }
  if (changed.length > 0 || lines.size < kept.size) await lineageCache?.write(formatLineIndex(lines, sha256));
  return withDeclared(new Map([...lines].map(([model, { line }]) => [model, line])), declared);
}

/** The lines of some models only, without keeping anything. */
export async function readSomeLines(
  surroundings: Surroundings,
  names: readonly ModelName[],
  declared: DeclaredDependencies,
): Promise<ReadonlyMap<ModelName, ModelLine>> {
  const catalogues = names.length === 0 ? new Map() : await surroundings.ledger.catalogues(names);
  const lines = new Map<ModelName, ModelLine>();
  // What a version was made of, and of which files, is not asked here: the manifest says what a model is made of now.
  for (const catalogue of catalogues.values())
    lines.set(catalogue.model, lineOfCatalogue(catalogue, { dependencies: () => [], artifacts: () => [] }));
  return withDeclared(lines, declared);
}

async function readLine(surroundings: Surroundings, catalogue: ModelCatalogue): Promise<ModelLine> {
  const read = new Map<CatalogueVersion, readonly Dependency[]>();
  const silent = catalogue.versions.filter(({ dependencies }) => dependencies === undefined);
  for (let at = 0; at < silent.length; at += snapshotsAtOnce) {
    const found = await readFromSnapshots(surroundings, silent.slice(at, at + snapshotsAtOnce), (snapshot) =>
      dependenciesBySnapshot(catalogue.model, snapshot),
    );
    for (const [version, dependencies] of found) read.set(version, dependencies);
  }
  const listed = new Map<CatalogueVersion, readonly RegisteredArtifact[]>();
  for (const version of catalogue.versions)
    if (isListed(version.artifacts)) listed.set(version, await artifactsOf(surroundings.ledger, version));
  return lineOfCatalogue(catalogue, {
    dependencies: (version) => read.get(version) ?? [],
    artifacts: (version) => listed.get(version) ?? [],
  });
}

/** What a version was made of by its snapshot, where its entry does not say. */
export function dependenciesBySnapshot(model: ModelName, snapshot: Snapshot): readonly Dependency[] {
  // Where the manifest stood is not on record; this is where manifests stand unless a policy says otherwise.
  return dependenciesOf(snapshot, { path: `models/${model}/model.yaml` });
}

/** What a checkout or a commit asks for: manifests, and the pipelines that make what they name. */
export interface Present {
  readonly models: readonly GovernedModel[];
  readonly pipelines: readonly Pipeline[];
}

/** What the models of a checkout or a commit depend on as they stand. */
export type DeclaredDependencies = ReadonlyMap<ModelName, readonly Dependency[]>;

/** What the manifests at hand ask for, and the pipelines that make what they name. */
export function declaredBy({ models, pipelines }: Present): DeclaredDependencies {
  return new Map(
    models.map(({ manifest, manifestPath }) => {
      const dependencies = declaredDependencies({ path: manifestPath, manifest });
      if (pipelines.length === 0) return [manifest.name, dependencies];
      const artifacts = artifactPaths(manifestPath, manifest.artifacts);
      return [manifest.name, [...dependencies, ...pipelineInputs({ pipelines, artifacts, dependencies })]];
    }),
  );
}

/** The lines with what is declared now; a model of which nothing is speaks by its newest version. */
export function withDeclared(
  lines: ReadonlyMap<ModelName, ModelLine>,
  declared: DeclaredDependencies,
): ReadonlyMap<ModelName, ModelLine> {
  const all = new Map(lines);
  for (const [model, dependencies] of declared) {
    const line = lines.get(model) ?? { model, versions: [], stages: {}, aliases: {} };
    all.set(model, { ...line, declared: dependencies });
  }
  return all;
}

/** Of a pattern, the folder before its first sign. */
function artifactPaths(manifestPath: string, written: readonly string[]): readonly string[] {
  return written.flatMap((text) => {
    const reference = parseReference(text);
    if (reference.scheme !== 'path') return [];
    const path = resolveManifestPath(manifestPath, reference.path);
    return isGlob(path) ? [path.replace(/\/?[^/]*[*?[{].*$/, '')] : [path];
  });
}
