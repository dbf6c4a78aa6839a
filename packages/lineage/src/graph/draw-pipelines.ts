import type { DvcLockFile, DvcLockStage } from '@weighbridge/formats';
import { readPath } from '@weighbridge/manifest';
import { repositoryPath } from '../impact/subject.js';
import type { LineageDraft } from './graph.js';
import type { RecordedVersion } from './recorded-version.js';

/** What the pipelines of one version came to. */
export interface DrawnPipelines {
  /** The stage that made the artifacts; null where none did. Whoever draws the training draws it. */
  readonly training: {
    readonly name: string;
    readonly path: string;
    readonly command: string;
    /** Ids of what it reads. */
    readonly inputs: readonly string[];
  } | null;
  /** The node of the data at a repository path that a pipeline speaks of, or null. */
  dataAt(path: string | null): string | null;
}

interface PlacedStage {
  readonly stage: DvcLockStage;
  readonly path: string;
  readonly deps: readonly PlacedFile[];
  readonly outs: readonly PlacedFile[];
}

interface PlacedFile {
  /** Repository path, or the address of something outside. */
  readonly at: string;
  readonly hash: string | null;
}

/**
 * Draws the stages that lead to a version: those whose outputs it is made of, and theirs in turn. Stages of other models
 * of the same pipeline are left out.
 */
export function drawPipelines(draft: LineageDraft, recorded: RecordedVersion): DrawnPipelines {
  const stages = recorded.pipelines.flatMap(({ path, stages: all }) => all.map((stage) => placeStage(stage, path)));
  const makerOf = (at: string): PlacedStage | undefined =>
    stages.find(({ outs }) => outs.some((out) => covers(out.at, at)));
  const trainer = recorded.artifacts.map(makerOf).find((stage) => stage !== undefined) ?? null;
  const named = recorded.dependencies.flatMap(({ kind, ref }) => (kind === 'data' ? [repositoryPath(ref)] : []));
  const wanted = new Set<PlacedStage>();
  const waiting = [...(trainer?.deps ?? []).map(({ at }) => at), ...named.filter((at) => at !== null)];
  for (let place = 0; place < waiting.length; place++) {
    const maker = makerOf(waiting[place] as string);
    if (maker === undefined || maker === trainer || wanted.has(maker)) continue;
    wanted.add(maker);
    waiting.push(...maker.deps.map(({ at }) => at));
  }
  const nodes = new Map<string, string>();
  const dataNode = (file: PlacedFile): string => {
    const whole = makerOf(file.at)?.outs.find((out) => covers(out.at, file.at)) ?? file;
    const id = draft.node({
      id: `data:${shown(whole.at)}${whole.hash === null ? '' : `@${whole.hash}`}`,
      kind: 'raw-data',
      name: shown(whole.at),
      version: whole.hash,
      detail: {},
    });
    nodes.set(whole.at, id);
    return id;
  };
  for (const { stage, path, deps, outs } of wanted) {
    const job = draft.node({
      id: `job:${path}#${stage.name}@${recorded.commit ?? ''}`,
      kind: 'processing',
      name: `stage ${stage.name}`,
      version: recorded.commit,
      detail: { pipeline: path, command: stage.commands.join('; ') },
    });
    for (const dep of deps) draft.edge(dataNode(dep), 'input', job);
    for (const out of outs) draft.edge(job, 'output', dataNode(out));
  }
  const training =
    trainer === null
      ? null
      : {
          name: trainer.stage.name,
          path: trainer.path,
          command: trainer.stage.commands.join('; '),
          inputs: trainer.deps.map(dataNode),
        };
  return { training, dataAt: (path) => (path === null ? null : (nodes.get(path) ?? null)) };
}

function placeStage(stage: DvcLockStage, path: string): PlacedStage {
  const place = (file: DvcLockFile): PlacedFile => ({ at: placed(file.path, path), hash: file.hash });
  return { stage, path, deps: stage.deps.map(place), outs: stage.outs.map(place) };
}

function placed(written: string, lockPath: string): string {
  const read = readPath(lockPath, written);
  return isAddress(written) || !read.ok ? written : read.path;
}

function isAddress(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text);
}

function covers(folder: string, path: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** Files of the repository are told apart from addresses by their slash. */
function shown(at: string): string {
  return isAddress(at) ? at : `/${at}`;
}
