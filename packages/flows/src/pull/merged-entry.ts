import type { PullFacts } from '@weighbridge/gates';
import type { AskedTransition } from '../decide-transition.js';
import type { Governance, GovernedModel } from '../governance.js';
import type { Surroundings } from '../surroundings.js';
import { readMergedAmendments } from './amendments.js';
import { mergedInto } from './merged-into.js';
import { openReviewDesk } from './review-desk.js';

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
  const from = (await repository.commit(pull.merged?.commit ?? commit))?.parents[0] ?? commit;
  const amendments = (await repository.fetchCommit(from))
    ? await readMergedAmendments(surroundings, governance.policy, { from, at: commit })
    : [];
  const desk = openReviewDesk(surroundings, forge, pull, commit);
  const { name, owners } = model.manifest;
  const reviewing: AskedTransition['reviewing'] = ({ transition, slice, digests }) =>
    desk.facts({ model: name, transition, slice, owners, digests, asked: null }, []);
  return { asked: { ...checks, reviewing, amendments }, pull };
}

/** The merged pull request behind the newest change of the model's folder, else behind the commit itself. */
async function findPull(
  { forge, repository }: Surroundings,
  { model, commit }: { readonly model: GovernedModel; readonly commit: string },
): Promise<PullFacts | null> {
  const branch = await repository.defaultBranch();
  if (forge === null || branch === null) return null;
  const changed = model.folder === '' ? commit : await repository.lastChange(commit, model.folder);
  const commits = [...new Set([changed ?? commit, commit])];
  for (const id of commits) {
    const merged = mergedInto(await forge.pullsOfCommit(id), branch.name);
    if (merged !== null) return forge.pull(merged.number, { comments: true, files: false });
  }
  return null;
}
