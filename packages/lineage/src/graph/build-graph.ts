import type { ModelName, Version } from '@weighbridge/core';
import type { Dependency } from '@weighbridge/ledger';
import { modelOfRef } from '../dependencies.js';
import { isToldByRun, roleOf } from '../told-data.js';
import { repositoryPath } from '../impact/subject.js';
import { LineageDraft, type LineageGraph } from './graph.js';
import { type DrawnPipelines, drawPipelines } from './draw-pipelines.js';
import { isTrained, type RecordedVersion } from './recorded-version.js';

/** The id of a version's node; of a candidate without a number, that of the model. */
export function versionNodeId(model: ModelName, version: Version | string | null): string {
  return version === null ? `model:${model}` : `model:${model}@${version}`;
}

/**
 * The graph of versions: raw data, what pipelines made of it, training with its code and environment, the version, and
 * where it stands. Versions that name each other as base or part are joined; those that are not given are nodes without
 * a past. The order of the versions does not matter.
 */
export function buildLineage(versions: readonly RecordedVersion[]): LineageGraph {
  const draft = new LineageDraft();
  for (const version of versions) drawVersion(draft, version);
  return draft.finish();
}

function drawVersion(draft: LineageDraft, recorded: RecordedVersion): void {
  const { model, version, commit, tag, time } = recorded;
  const node = draft.node({
    id: versionNodeId(model, version),
    kind: 'model',
    name: model,
    version,
    detail: defined({ tag, commit, [tag === null ? 'judged' : 'registered']: time }),
  });
  const pipelines = drawPipelines(draft, recorded);
  const training = drawTraining(draft, recorded, pipelines);
  draft.edge(training, 'output', node);
  for (const dependency of recorded.dependencies) drawDependency(draft, dependency, { node, training, pipelines });
  for (const { kind, name, since, by } of recorded.placements) {
    const id = draft.node({
      id: `${kind}:${model}#${name}`,
      kind: 'deployment',
      name: `${kind} ${name}`,
      version,
      detail: defined({ model, since, by }),
    });
    draft.edge(node, 'deployed', id);
  }
}

/** The job that made a version: the stage of its pipeline, or the one that the record speaks of. */
function drawTraining(draft: LineageDraft, recorded: RecordedVersion, pipelines: DrawnPipelines): string {
  const { model, version, commit, codeFiles, environment, training } = recorded;
  const id = `training:${model}${version === null ? '' : `@${version}`}`;
  const job = pipelines.training;
  const trained = isTrained(recorded.kind);
  draft.node({
    id,
    kind: trained ? 'training' : 'processing',
    name: job === null ? `${trained ? 'training' : 'making'} of ${model}` : `stage ${job.name}`,
    version: commit,
    detail: {
      ...training,
      ...defined({ framework: environment.framework, pipeline: job?.path, command: job?.command }),
    },
  });
  for (const input of job?.inputs ?? []) draft.edge(input, 'input', id);
  if (commit !== null) {
    const files = codeFiles === 0 ? {} : { files: String(codeFiles) };
    const code = draft.node({ id: `code:${commit}`, kind: 'code', name: 'code', version: commit, detail: files });
    draft.edge(code, 'code', id);
  }
  const { image, lock } = environment;
  if (image !== null || lock !== null) {
    const name = image ?? lock?.path ?? '';
    const pin = lock?.digest ?? null;
    const detail = defined({ image, lock: lock?.path });
    const node = draft.node({
      id: `environment:${name}@${pin ?? ''}`,
      kind: 'environment',
      name,
      version: pin,
      detail,
    });
    draft.edge(node, 'environment', id);
  }
  return id;
}

function drawDependency(
  draft: LineageDraft,
  dependency: Dependency,
  at: { readonly node: string; readonly training: string; readonly pipelines: DrawnPipelines },
): void {
  const { kind, ref, pin, range } = dependency;
  if (kind === 'data') {
    const known = at.pipelines.dataAt(repositoryPath(ref));
    const id =
      known ??
      draft.node({
        id: `data:${ref}${pin === null ? '' : `@${pin}`}`,
        kind: 'raw-data',
        name: ref,
        version: pin,
        detail: isToldByRun(dependency) ? { told_by: 'run' } : {},
      });
    if (known !== null && pin !== null)
      draft.node({ id: known, kind: 'raw-data', name: ref, version: pin, detail: { pin } });
    if (roleOf(dependency) === 'eval') draft.edge(id, 'evaluates', at.node);
    else draft.edge(id, 'input', at.training);
    return;
  }
  const own = modelOfRef(ref);
  const id =
    own === null
      ? draft.node({ id: `base:${ref}@${pin ?? ''}`, kind: 'base', name: ref, version: pin, detail: {} })
      : draft.node({
          id: versionNodeId(own, pin),
          kind: 'model',
          name: own,
          version: pin,
          detail: defined({ range }),
        });
  if (kind === 'base') draft.edge(id, 'base', at.training);
  else draft.edge(id, 'part', at.node);
}

function defined(members: Readonly<Record<string, string | null | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
