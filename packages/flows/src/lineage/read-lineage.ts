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
import { findRegistered } from '../version-record.js';
import { readLines } from './read-lines.js';
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
  const catalogues = new Map<ModelName, ModelCatalogue | null>([[model, found.catalogue]]);
  const waiting: { readonly model: ModelName; readonly version: string }[] = [{ model, version }];
  if (direction !== 'up') {
    waiting.push(...(await usersOf(surroundings, { model, version })));
    // In one trip: a base has hundreds of users, each of a model of its own.
    const names = new Set(waiting.slice(0, maxVersions).map((each) => each.model));
    names.delete(model);
    const read = names.size === 0 ? [] : await surroundings.ledger.catalogues([...names]);
    for (const [name, catalogue] of read) catalogues.set(name, catalogue);
  }
  for (let at = 0; at < waiting.length && recorded.size < maxVersions; at++) {
    const each = waiting[at] as (typeof waiting)[number];
    const id = versionNodeId(each.model, each.version);
    if (recorded.has(id)) continue;
    if (!catalogues.has(each.model)) catalogues.set(each.model, await surroundings.ledger.catalogue(each.model));
    const catalogue = catalogues.get(each.model) ?? null;
    const known = catalogue?.versions.find((other) => other.version === each.version);
    if (catalogue === null || known === undefined) continue;
    const read = await recorder.read({ catalogue, version: known });
    recorded.set(id, read);
    if (direction !== 'down') waiting.push(...originsOf(read));
  }
  const start = versionNodeId(model, version);
  const graph = neighbourhoodOf(buildLineage([...recorded.values()]), { start, direction, depth });
  const left = waiting.filter((each) => !recorded.has(versionNodeId(each.model, each.version))).length;
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

function originsOf({
  dependencies,
}: RecordedVersion): readonly { readonly model: ModelName; readonly version: string }[] {
  return dependencies.flatMap(({ ref, pin }) => {
    const own = modelOfRef(ref);
    return own === null || pin === null ? [] : [{ model: own, version: pin }];
  });
}

async function usersOf(
  surroundings: Surroundings,
  { model, version }: { readonly model: ModelName; readonly version: Version },
): Promise<readonly { readonly model: ModelName; readonly version: string }[]> {
  const holders = findHolders(await readLines(surroundings), [{ kind: 'model', model, version }]);
  const users = [...holders].flatMap(([user, versions]) =>
    versions.map((each) => ({ model: user, version: each.version, depth: each.depth })),
  );
  return users.sort((left, right) => left.depth - right.depth);
}
