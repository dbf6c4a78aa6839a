import { invariant, type JsonObject } from '@weighbridge/core';
import type { CatalogueVersion, ModelCatalogue } from '@weighbridge/ledger';
import {
  declaredDependencies,
  dependenciesOf,
  type Pipeline,
  type Placement,
  type RecordedVersion,
} from '@weighbridge/lineage';
import { resolveManifestPath } from '@weighbridge/manifest';
import type { Snapshot } from '@weighbridge/versioning';
import type { WeighedModel } from '../assessment/assess-models.js';
import { readFromSnapshots } from '../registry/read-snapshot.js';
import { filesAtCommit } from '../reading/files.js';
import { remembered } from '../reading/remembered.js';
import type { Notice, Surroundings } from '../surroundings.js';
import type { FoundVersion } from '../registry/find-registered.js';
import { readPipelines } from './read-pipelines.js';
import { dependenciesBySnapshot } from './read-lines.js';
import { artifactsOf } from '../registry/version-artifacts.js';

/** Reads versions as graphs are drawn from them; each commit is looked at once. */
export interface VersionRecorder {
  /** In the order of what was found. What the ledger holds of them comes in as few trips as can be. */
  read(found: readonly FoundVersion[]): Promise<readonly RecordedVersion[]>;
  /** What could not be told, so far. */
  notices(): readonly Notice[];
}

/** Opens a recorder. Pipelines are read where the clone holds the commit, and nothing is fetched for them. */
export function openVersionRecorder(surroundings: Surroundings): VersionRecorder {
  const notices = new Map<string, Notice>();
  const pipelinesAt = remembered(async (commit: string): Promise<readonly Pipeline[]> => {
    const known = await surroundings.repository.commit(commit);
    if (known === null) {
      const text = `The clone does not hold commit ${commit.slice(0, 12)}: its pipelines (dvc.lock) are left out.`;
      notices.set(text, { level: 'notice', text });
      return [];
    }
    const read = await readPipelines(filesAtCommit(surroundings.repository, commit));
    for (const notice of read.notices) notices.set(notice.text, notice);
    return read.pipelines;
  });
  return {
    notices: () => [...notices.values()],
    read: async (found) => {
      const facts = await readFromSnapshots(
        surroundings,
        found.map(({ version }) => version),
        (snapshot, { dependencies }) => ({
          facets: facetsOf(snapshot),
          written: snapshot.artifacts.map(({ path }) => path),
          madeOf: dependencies ?? dependenciesBySnapshot(snapshot.model, snapshot),
        }),
      );
      const recorded: RecordedVersion[] = [];
      for (const { catalogue, version } of found) {
        const kept = facts.get(version);
        invariant(kept !== undefined, 'a version has no snapshot after all were read');
        const artifacts = (await artifactsOf(surroundings.ledger, version)).map(({ path }) => path);
        const manifestPath = manifestPathOf(catalogue.model, { artifacts, written: kept.written });
        recorded.push({
          ...kept.facets,
          environment: fromRoot(kept.facets.environment, manifestPath),
          model: catalogue.model,
          version: version.version,
          commit: version.commit,
          time: version.registeredAt,
          tag: version.tag,
          dependencies: kept.madeOf,
          artifacts,
          placements: placementsOf(catalogue, version),
          pipelines: version.commit === null ? [] : await pipelinesAt(version.commit),
        });
      }
      return recorded;
    },
  };
}

/** A candidate as it stands where it was weighed. */
export function recordCandidate(
  weighed: WeighedModel,
  at: { readonly time: string; readonly pipelines: readonly Pipeline[] },
): RecordedVersion {
  const { model, snapshot, assessment } = weighed;
  const path = model.manifestPath;
  const made = dependenciesOf(snapshot, { path, manifest: model.manifest });
  const facets = facetsOf(snapshot);
  return {
    ...facets,
    environment: fromRoot(facets.environment, path),
    model: model.manifest.name,
    version: assessment.next,
    commit: model.files.commit,
    time: at.time,
    tag: null,
    dependencies: made.length > 0 ? made : declaredDependencies({ path, manifest: model.manifest }),
    artifacts: snapshot.artifacts.map((artifact) => resolveManifestPath(path, artifact.path)),
    placements: [],
    pipelines: at.pipelines,
  };
}

function facetsOf(snapshot: Snapshot): Pick<RecordedVersion, 'kind' | 'codeFiles' | 'environment' | 'training'> {
  const { framework, frameworkVersion, image, lock } = snapshot.runtime;
  return {
    kind: snapshot.kind,
    codeFiles: snapshot.code.length,
    environment: {
      image,
      lock,
      framework: framework === null ? null : `${framework}${frameworkVersion === null ? '' : ` ${frameworkVersion}`}`,
    },
    training: textsOf(snapshot.training),
  };
}

/**
 * Where the manifest of a version stood, which is not on record: told from an artifact that the manifest named by its
 * own folder, and where there is none, the place where manifests stand unless a policy says otherwise.
 */
function manifestPathOf(
  model: string,
  { artifacts, written }: { readonly artifacts: readonly string[]; readonly written: readonly string[] },
): string {
  const elsewhere = new Set(written.filter((path) => path.startsWith('/')).map((path) => path.slice(1)));
  const own = artifacts.filter((path) => !elsewhere.has(path));
  for (const path of written.filter((each) => !each.startsWith('/'))) {
    if (own.includes(path)) return 'model.yaml';
    const placed = own.find((artifact) => artifact.endsWith(`/${path}`));
    if (placed !== undefined) return `${placed.slice(0, -path.length)}model.yaml`;
  }
  return `models/${model}/model.yaml`;
}

type Environment = RecordedVersion['environment'];

/** A manifest names its lock file from its own folder. */
function fromRoot(environment: Environment, manifestPath: string): Environment {
  const { lock } = environment;
  if (lock === null) return environment;
  return { ...environment, lock: { ...lock, path: resolveManifestPath(manifestPath, lock.path) } };
}

function textsOf(members: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(members).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  );
}

function placementsOf(catalogue: ModelCatalogue, { version }: CatalogueVersion): readonly Placement[] {
  const stages = Object.keys(catalogue.stages).filter((stage) => catalogue.stages[stage] === version);
  const aliases = Object.keys(catalogue.aliases).filter((alias) => catalogue.aliases[alias] === version);
  return [
    ...stages.sort().map((name): Placement => {
      const move = catalogue.history.findLast((change) => change.stage === name && change.version === version);
      return { kind: 'stage', name, since: move?.time ?? null, by: move?.actor ?? null };
    }),
    ...aliases.sort().map((name): Placement => ({ kind: 'alias', name, since: null, by: null })),
  ];
}
