import type { PullFacts } from '@weighbridge/gates';
import type { AskedTransition } from '../decide-transition.js';
import type { Governance, GovernedModel } from '../governance.js';
import type { Surroundings } from '../surroundings.js';
import type { Repository } from '@weighbridge/ports';
import { readMergedAmendments } from './amendments.js';
import { beforePull, mergedInto } from './merged-into.js';
import { openReviewDesk } from './review-desk.js';
import { touchesModel } from './touched.js';

/** What a release adds to a decision on a model, from the pull request that brought it. */
export interface MergedEntry {
  readonly asked: Pick<AskedTransition, 'reviewing' | 'checks' | 'amendments'>;
  readonly pull: PullFacts | null;
}

const nothing: MergedEntry = { asked: {}, pull: null };

/**
 * What the gate of the first stage asks of a forge when a version is registered: the reviews of the pull request whose
 * merge brought this content, which count for the same bytes only, and the checks of the commit. Asks nothing where the
 * gate asks nothing.
 */
export async function readMergedEntry(
  surroundings: Surroundings,
  governance: Governance,
  { model, commit }: { readonly model: GovernedModel; readonly commit: string },
): Promise<MergedEntry> {
  const { forge } = surroundings;
  const stage = governance.policy.stages[0] ?? 'development';
  const gate = Object.hasOwn(governance.policy.gates, stage) ? governance.policy.gates[stage] : undefined;
  if (forge === null || gate === undefined) return nothing;
  const checks = gate.checks.length === 0 ? {} : { checks: await forge.checks(commit) };
  const pull = gate.reviewers.length === 0 ? null : await findPull(surroundings, { model, commit });
  if (pull === null) return { asked: checks, pull: null };
  const { repository } = surroundings;
  const from = (await beforePull(surroundings, forge, { pull, commit: pull.merged?.commit ?? commit })) ?? commit;
  const amendments = (await repository.fetchCommit(from))
    ? await readMergedAmendments(surroundings, governance.policy, { from, at: commit })
    : [];
  const desk = openReviewDesk(surroundings, forge, pull, commit);
  const { name, owners } = model.manifest;
  const reviewing: AskedTransition['reviewing'] = ({ transition, slice, digests }) =>
    desk.facts({ model: name, transition, slice, owners, digests, asked: null }, []);
  return { asked: { ...checks, reviewing, amendments }, pull };
}

/** Commits of the branch that are looked at for the newest that changed what a model is made of. */
const maxWalked = 100;

/** The merged pull request behind the newest change of what the model is made of, else behind the commit itself. */
async function findPull(
  { forge, repository }: Surroundings,
  { model, commit }: { readonly model: GovernedModel; readonly commit: string },
): Promise<PullFacts | null> {
  const branch = await repository.defaultBranch();
  if (forge === null || branch === null) return null;
  const commits = [...new Set([await newestTouch(repository, model, commit), commit])];
  for (const id of commits) {
    const merged = mergedInto(await forge.pullsOfCommit(id), branch.name);
    if (merged !== null) return forge.pull(merged.number, { comments: true, files: false });
  }
  return null;
}

/**
 * The newest commit along first parents that changed the model's folder or anything else that its manifest names: a
 * prompt or code may lie elsewhere.
 */
async function newestTouch(repository: Repository, model: GovernedModel, commit: string): Promise<string> {
  if (model.folder === '') return commit;
  const folder = (await repository.lastChange(commit, model.folder)) ?? commit;
  let at = commit;
  for (let walked = 0; at !== folder && walked < maxWalked; walked++) {
    const parent = (await repository.commit(at))?.parents[0];
    if (parent === undefined || !(await repository.fetchCommit(parent))) break;
    if (touchesModel(model, await repository.changedPaths(parent, at))) return at;
    at = parent;
  }
  return folder;
}
