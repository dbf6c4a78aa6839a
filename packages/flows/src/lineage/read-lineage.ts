import type { ModelName, Version } from '@weighbridge/core';
import type { ModelCatalogue } from '@weighbridge/ledger';
import {
  buildLineage,
  findHolders,
  type LineageDirection,
  type LineageGraph,
  modelOfRef,
  neighbourhoodOf,
  type RecordedVersion,
  versionNodeId,
} from '@weighbridge/lineage';
import type { Notice, Surroundings } from '../surroundings.js';
import { findRegistered, type FoundVersion } from '../registry/find-registered.js';
import { linesOf, readLineIndex } from './read-lines.js';
import { openVersionRecorder } from './record-version.js';

/** What is asked. */
export interface LineageQuestion {
  readonly model: string;
  /** As findVersion takes it; null for the newest release. */
  readonly version: string | null;
  readonly direction: LineageDirection;
  /** Steps from the version; null for all. */
  readonly depth: number | null;
}

/** The past and the future of one version. */
export interface VersionLineage {
  readonly model: ModelName;
  readonly version: Version;
  /** Id of its node. */
  readonly start: string;
  readonly graph: LineageGraph;
  readonly notices: readonly Notice[];
}

/** Versions of one graph: a base of everything has more dependents than anybody looks at. */
const maxVersions = 500;
/** Versions whose snapshots are read in one trip: of each only what a graph needs is kept. */
const versionsAtOnce = 100;

interface NamedVersion {
  readonly model: ModelName;
  readonly version: string;
}

/**
 * The lineage of a registered version from the ledger: what it was made of through bases and parts, and what was made
 * of it. Only looking down reads what other models are made of.
 * @throws core/model-name, flow/not-registered, flow/unknown-version, ledger/*
 */
export async function readLineage(surroundings: Surroundings, question: LineageQuestion): Promise<VersionLineage> {
  const { direction, depth } = question;
  const found = await findRegistered(surroundings, question);
  const { model } = found.catalogue;
  const { version } = found.version;
  const recorder = openVersionRecorder(surroundings);
  const recorded = new Map<string, RecordedVersion>();
  const catalogues = new Map<ModelName, ModelCatalogue>([[model, found.catalogue]]);
  let waiting: readonly NamedVersion[] = [{ model, version }];
  if (direction !== 'up') waiting = [...waiting, ...(await usersOf(surroundings, { model, version }))];
  // Step by step, so that the trips to the ledger grow with the length of the path and not with what lies on it.
  while (waiting.length > 0 && recorded.size < maxVersions) {
    const now = waiting.slice(0, Math.min(versionsAtOnce, maxVersions - recorded.size));
    await readCatalogues(surroundings, catalogues, now);
    const read = await recorder.read(now.flatMap((each) => findNamed(catalogues, each)));
    for (const each of read) recorded.set(versionNodeId(each.model, each.version), each);
    const origins = direction === 'down' ? [] : read.flatMap(originsOf);
    waiting = distinct([...waiting.slice(now.length), ...origins], recorded);
  }
  const start = versionNodeId(model, version);
  const graph = neighbourhoodOf(buildLineage([...recorded.values()]), { start, direction, depth });
  const left = waiting.length;
  const more: Notice[] =
    recorded.size < maxVersions || left === 0
      ? []
      : [
          {
            level: 'warning',
            text: `${left} more versions are left out: "weighbridge impact ${model}" lists them all.`,
          },
        ];
  return { model, version, start, graph, notices: [...recorder.notices(), ...more] };
}

async function readCatalogues(
  { ledger }: Surroundings,
  catalogues: Map<ModelName, ModelCatalogue>,
  named: readonly NamedVersion[],
): Promise<void> {
  const unread = [...new Set(named.map(({ model }) => model))].filter((model) => !catalogues.has(model));
  if (unread.length === 0) return;
  for (const [model, catalogue] of await ledger.catalogues(unread)) catalogues.set(model, catalogue);
}

/** None where the ledger does not have it: a pin of a dependency may name a version of elsewhere. */
function findNamed(catalogues: ReadonlyMap<ModelName, ModelCatalogue>, named: NamedVersion): readonly FoundVersion[] {
  const catalogue = catalogues.get(named.model);
  const version = catalogue?.versions.find((other) => other.version === named.version);
  return catalogue === undefined || version === undefined ? [] : [{ catalogue, version }];
}

/** Each once, and none that was read. */
function distinct(
  named: readonly NamedVersion[],
  recorded: ReadonlyMap<string, RecordedVersion>,
): readonly NamedVersion[] {
  const byId = new Map(named.map((each) => [versionNodeId(each.model, each.version), each]));
  return [...byId].filter(([id]) => !recorded.has(id)).map(([, each]) => each);
}

function originsOf({ dependencies }: RecordedVersion): readonly NamedVersion[] {
  return dependencies.flatMap(({ ref, pin }) => {
    const own = modelOfRef(ref);
    return own === null || pin === null ? [] : [{ model: own, version: pin }];
  });
}

async function usersOf(
  surroundings: Surroundings,
  { model, version }: { readonly model: ModelName; readonly version: Version },
): Promise<readonly NamedVersion[]> {
  const holders = findHolders(linesOf(await readLineIndex(surroundings)), [{ kind: 'model', model, version }]);
  const users = [...holders].flatMap(([user, versions]) =>
    versions.map((each) => ({ model: user, version: each.version, depth: each.depth })),
  );
  return users.sort((left, right) => left.depth - right.depth);
}
