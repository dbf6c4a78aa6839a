import { type Bump, isModelName, type ModelName } from '@weighbridge/core';
import {
  buildLineage,
  findImpact,
  formatSubject,
  type ImpactRow,
  type ImpactSubject,
  type LineageGraph,
  type ModelLine,
  placesOf,
  repositoryPath,
  versionNodeId,
  withFoldersAbove,
} from '@weighbridge/lineage';
import { openRuleBook } from '@weighbridge/versioning';
import type { WeighedModel } from '../assessment/assess-models.js';
import type { Governance } from '../governing/governance.js';
import { declaredBy, readSomeLines, withDeclared } from '../lineage/read-lines.js';
import { readPipelines } from '../lineage/read-pipelines.js';
import { recordCandidate } from '../lineage/record-version.js';
import type { Notice, Surroundings } from '../surroundings.js';

/** What a change reaches besides the models that it changes, and where those come from. */
export interface Reach {
  /** Data and models that the change touches and others depend on, as people call them. */
  readonly subjects: readonly string[];
  /** Models that depend on them, with the versions of theirs that stand somewhere. */
  readonly rows: readonly ImpactRow[];
  /** Where each changed model comes from. */
  readonly lineages: readonly CandidateLineage[];
  /** What of the pipelines could not be read, so that what depends on it is not known. */
  readonly notices: readonly Notice[];
}

/** The past of a candidate. */
export interface CandidateLineage {
  readonly model: ModelName;
  readonly start: string;
  readonly graph: LineageGraph;
}

/** A change, as far as others may depend on it. */
export interface ReachingChange {
  /** Manifests and files of the change. */
  readonly governance: Governance;
  readonly weighed: readonly WeighedModel[];
  readonly paths: readonly string[];
  readonly time: string;
}

/**
 * Which models depend on what a change touches, by the manifests and pipelines as the change has them. Of the ledger only
 * the catalogues of those are read, so that the cost is that of the change and not of the registry.
 */
export async function findReach(surroundings: Surroundings, change: ReachingChange): Promise<Reach> {
  const { governance, weighed, time } = change;
  const changed = weighed.filter(({ assessment }) => assessment.next !== null);
  const files = governance.models[0]?.files ?? null;
  const { pipelines, notices } = files === null ? { pipelines: [], notices: [] } : await readPipelines(files);
  const lineages = changed.map((each): CandidateLineage => {
    const { name } = each.model.manifest;
    const recorded = recordCandidate(each, { time, pipelines });
    return { model: name, start: versionNodeId(name, recorded.version), graph: buildLineage([recorded]) };
  });
  const declared = declaredBy({ models: governance.models, pipelines });
  const lines = withDeclared(new Map(), declared);
  const subjects = subjectsOf(lines, changed, change.paths);
  const question = {
    subjects,
    known: bumpsOf(changed),
    bump: 'minor',
    book: openRuleBook(governance.policy.versioning),
  } as const;
  const near = findImpact({ ...question, lines });
  if (near.length === 0) return { subjects: [], rows: [], lineages, notices };
  const names = new Set([...near.map(({ model }) => model), ...changed.map(({ model }) => model.manifest.name)]);
  const some = await readSomeLines(surroundings, [...names].sort(), declared);
  const rows = findImpact({ ...question, lines: some }).map((row) => ({
    ...row,
    versions: placedVersions(some.get(row.model)),
  }));
  return { subjects: subjects.map(formatSubject), rows, lineages, notices };
}

/** Changed models that somebody depends on, and changed data; models that use changed data are reached from that. */
function subjectsOf(
  lines: ReadonlyMap<ModelName, ModelLine>,
  changed: readonly WeighedModel[],
  paths: readonly string[],
): readonly ImpactSubject[] {
  const named = new Map<string, Set<ModelName>>();
  const used = new Set<string>();
  for (const { model, declared } of lines.values()) {
    for (const { kind, ref } of declared ?? []) {
      used.add(ref);
      const path = kind === 'data' ? repositoryPath(ref) : null;
      if (path !== null) named.set(path, (named.get(path) ?? new Set()).add(model));
    }
  }
  const touched = new Set(paths.flatMap((path) => withFoldersAbove(path.replace(/\.dvc$/, ''))));
  const sets = [...named].filter(([path]) => touched.has(path));
  const users = new Set(sets.flatMap(([, models]) => [...models]));
  const models = changed.flatMap(({ model }): ImpactSubject[] => {
    const { name } = model.manifest;
    return isModelName(name) && used.has(`registry:${name}`) && !users.has(name)
      ? [{ kind: 'model', model: name, version: null }]
      : [];
  });
  return [...sets.map(([path]): ImpactSubject => ({ kind: 'reference', ref: `/${path}`, pin: null })), ...models];
}

/** Bumps that were worked out from what changed in truth. */
function bumpsOf(changed: readonly WeighedModel[]): ReadonlyMap<ModelName, Bump> {
  return new Map(
    changed.flatMap(({ model, assessment }) =>
      assessment.bump === 'initial' ? [] : [[model.manifest.name, assessment.bump] as const],
    ),
  );
}

function placedVersions(line: ModelLine | undefined): ImpactRow['versions'] {
  return (line?.versions ?? []).flatMap(({ version, retired }) => {
    const places = line === undefined ? [] : placesOf(line, version);
    return places.length === 0 ? [] : [{ version, places, retired, depth: 1, via: '' }];
  });
}
