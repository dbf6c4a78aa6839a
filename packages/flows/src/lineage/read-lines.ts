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
  isToldByRun,
  lineOfCatalogue,
  type ModelLine,
  newestOf,
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

/** Lines by model, with what they were read from. */
export type LineIndex = ReadonlyMap<ModelName, IndexedLine>;

/**
 * Every model of the ledger with what its versions were made of. Catalogues that did not change since the last time are
 * taken from what was kept of them, so that the cost is that of what changed.
 * @throws ledger/*, flow/evidence-missing and flow/evidence-malformed for versions whose entry does not say
 */
export async function readLineIndex(surroundings: Surroundings): Promise<LineIndex> {
  const { ledger, sha256, lineageCache = null } = surroundings;
  const hashes = await ledger.catalogueHashes();
  const bytes = (await lineageCache?.read()) ?? null;
  const kept = bytes === null ? new Map<ModelName, IndexedLine>() : parseLineIndex(bytes, sha256);
  const changed = [...hashes.keys()].filter((model) => kept.get(model)?.hash !== hashes.get(model));
  const lines = new Map([...kept].filter(([model]) => hashes.has(model)));
  if (changed.length > cataloguesAtOnce) surroundings.progress(`Reading the catalogues of ${changed.length} models`);
  for (let at = 0; at < changed.length; at += cataloguesAtOnce) {
    const catalogues = await ledger.catalogues(changed.slice(at, at + cataloguesAtOnce));
    for (const [model, catalogue] of catalogues) {
      const line = withKnownOrigins(await readLine(surroundings, catalogue), kept.get(model)?.line);
      lines.set(model, { hash: hashes.get(model) ?? '', line });
    }
  }
  if (changed.length > 0 || lines.size < kept.size) await keepLineIndex(surroundings, lines);
  return lines;
}

/** Keeps lines for the next question. */
export async function keepLineIndex({ lineageCache, sha256 }: Surroundings, index: LineIndex): Promise<void> {
  await lineageCache?.write(formatLineIndex(index, sha256));
}

/** The lines of an index alone. */
export function linesOf(index: LineIndex): ReadonlyMap<ModelName, ModelLine> {
  return new Map([...index].map(([model, { line }]) => [model, line]));
}

/** What a commit holds does not change, so that what was read there stands when the catalogue grew. */
function withKnownOrigins(line: ModelLine, kept: ModelLine | undefined): ModelLine {
  if (kept === undefined) return line;
  const known = new Map(kept.versions.map((version) => [`${version.version} ${version.identity}`, version]));
  const versions = line.versions.map((version) => {
    const before = known.get(`${version.version} ${version.identity}`);
    return before?.commit === version.commit ? { ...version, origins: before.origins } : version;
  });
  return { ...line, versions };
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
  /** Whether programs that stages read count, which changes tell as code. */
  readonly programs?: boolean;
}

/** What the models of a checkout or a commit depend on as they stand. */
export type DeclaredDependencies = ReadonlyMap<ModelName, readonly Dependency[]>;

/** What the manifests at hand ask for, and the pipelines that make what they name. */
export function declaredBy({ models, pipelines, programs = false }: Present): DeclaredDependencies {
  return new Map(
    models.map(({ manifest, manifestPath }) => {
      const dependencies = declaredDependencies({ path: manifestPath, manifest });
      if (pipelines.length === 0) return [manifest.name, dependencies];
      const artifacts = artifactPaths(manifestPath, manifest.artifacts);
      return [manifest.name, [...dependencies, ...pipelineInputs({ pipelines, artifacts, dependencies, programs })]];
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
    all.set(model, { ...line, declared: [...dependencies, ...toldOf(lines.get(model))] });
  }
  return all;
}

/** What no manifest names is told by the runs of the newest version alone. */
function toldOf(line: ModelLine | undefined): readonly Dependency[] {
  return line === undefined ? [] : (newestOf(line)?.dependencies.filter(isToldByRun) ?? []);
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
