import type { LineageDraft } from './graph.js';
import { isAddress, type PlacedFile } from './placed-pipelines.js';
import type { RecordedVersion } from './recorded-version.js';
import { stagesBehind } from './stages-behind.js';

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

/**
 * Draws the stages that lead to a version: those whose outputs it is made of, and theirs in turn. Stages of other models
 * of the same pipeline are left out.
 */
export function drawPipelines(draft: LineageDraft, recorded: RecordedVersion): DrawnPipelines {
  const { trainer, before, wholeOf } = stagesBehind(recorded);
  const nodes = new Map<string, string>();
  const dataNode = (file: PlacedFile): string => {
    const whole = wholeOf(file);
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
  for (const { stage, path, deps, outs } of before) {
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

/** Files of the repository are told apart from addresses by their slash. */
function shown(at: string): string {
  return isAddress(at) ? at : `/${at}`;
}
