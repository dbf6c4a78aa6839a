import type { Stages } from '@weighbridge/manifest';
import { readStagesAt } from '../transition/stage-lines.js';
import type { Surroundings } from '../surroundings.js';

/** Edits of one stages.yaml that are walked back to find the one that brought a line. */
const maxEdits = 50;

/** The commit of the branch that made a line what it is, and what it said before. */
export interface LineOrigin {
  readonly commit: string;
  /** First parent of the commit: whose policy judges the change. Null for the first commit of all. */
  readonly parent: string | null;
  readonly before: string | null;
}

/** What a line of stages.yaml asks for: that of a stage, or of an alias. */
export interface AskedFor {
  readonly tip: string;
  readonly path: string;
  readonly read: (stages: Stages | null) => string | null;
  readonly version: string | null;
}

/**
 * Finds the commit, along first parents from the branch's tip, that changed what stages.yaml asks of a line; null where
 * the history does not tell (too shallow and not to be fetched, or too many edits since).
 */
export async function findLineOrigin(surroundings: Surroundings, where: AskedFor): Promise<LineOrigin | null> {
  const { repository } = surroundings;
  const { path, read, version } = where;
  let from = where.tip;
  for (let edits = 0; edits < maxEdits; edits++) {
    const commit = await repository.lastChange(from, path);
    if (commit === null || commit === undefined) return null;
    const parent = (await repository.commit(commit))?.parents[0] ?? null;
    if (parent !== null && !(await repository.fetchCommit(parent))) return null;
    const before = parent === null ? null : read(await readStagesAt(surroundings, parent, path));
    if (parent === null || before !== version) return { commit, parent, before };
    from = parent;
  }
  return null;
}
