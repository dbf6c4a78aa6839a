import {
  type AliasChange,
  type AmendmentDecision,
  type AmendmentFact,
  decideAmendments,
  findAmendments,
  teamsToRead,
} from '@weighbridge/gates';
import type { Policy, Stages } from '@weighbridge/manifest';
import { formatTime } from '../events.js';
import { openCommitFiles } from '../reading/files.js';
import { type Governance, policyPath, readGovernance, readPolicy } from '../governing/governance.js';
import type { Surroundings } from '../surroundings.js';
import type { Judging } from './decide.js';
import { catchFault } from './judgement.js';
import { readStages, readStagesAt, stagesPathOf } from '../transition/stage-lines.js';

/** Both sides of a change, as far as they are read for its models already. */
export interface AmendedSides {
  /** Commit where the change began. */
  readonly from: string;
  /** Judged commit. */
  readonly at: string;
  readonly paths: readonly string[];
  readonly basePolicy: Policy;
  readonly before: Governance | null;
  readonly head: Governance;
}

/**
 * What a change amends of its own rules: the policy as it was where the change began against the policy that it brings,
 * workflows, owners files, and manifests that would make gates looser.
 */
export async function readAmendments(
  surroundings: Surroundings,
  sides: AmendedSides,
): Promise<readonly AmendmentFact[]> {
  const { before, head, paths } = sides;
  const names = [...new Set([...(before?.models ?? []), ...head.models].map(({ manifest }) => manifest.name))].sort();
  const find = (governance: Governance | null, name: string) =>
    governance?.models.find(({ manifest }) => manifest.name === name) ?? null;
  const manifests = names.flatMap((name) => {
    const [old, fresh] = [find(before, name), find(head, name)];
    const path = (fresh ?? old)?.manifestPath ?? '';
    return paths.includes(path) || old?.manifestPath !== fresh?.manifestPath
      ? [{ path, base: old?.manifest ?? null, head: fresh?.manifest ?? null }]
      : [];
  });
  const [began, brings] = [await policyAt(surroundings, sides.from), await policyAt(surroundings, sides.at)];
  // A branch that began before there was a policy, and has none, takes none away.
  const untouched = began === null && !paths.includes(policyPath);
  return findAmendments({
    base: began ?? sides.basePolicy,
    head: untouched ? sides.basePolicy : brings,
    policyPath,
    files: paths.map((path) => ({ path, previousPath: null })),
    manifests,
    aliases: await readAliases(surroundings, sides),
  });
}

/**
 * Aliases of every stages.yaml that the change edits. A model that moves takes its aliases along. A file that cannot be
 * read is a fault of its model: it names nothing here, and takes no alias away.
 */
async function readAliases(surroundings: Surroundings, { from, before, head, paths }: AmendedSides) {
  const aliasesOf = async (read: Promise<Stages | null>): Promise<Readonly<Record<string, string>> | null> => {
    const stages = await catchFault(() => read);
    return 'value' in stages ? (stages.value?.aliases ?? {}) : null;
  };
  const changes: AliasChange[] = [];
  for (const model of head.models) {
    const old = before?.models.find(({ manifest }) => manifest.name === model.manifest.name) ?? model;
    const [wasAt, path] = [stagesPathOf(old), stagesPathOf(model)];
    if (!paths.includes(path) && !paths.includes(wasAt)) continue;
    const was = (await aliasesOf(readStagesAt(surroundings, from, wasAt))) ?? {};
    const is = await aliasesOf(readStages(model.files, path));
    if (is === null) continue;
    for (const alias of new Set([...Object.keys(was), ...Object.keys(is)]))
      changes.push({ path, alias, from: was[alias] ?? null, to: is[alias] ?? null });
  }
  return changes;
}

/** The policy of a commit; null where there is none, or none that can be read. */
async function policyAt(surroundings: Surroundings, commit: string): Promise<Policy | null> {
  const read = await catchFault(async () => readPolicy(await openCommitFiles(surroundings.repository, commit)));
  return 'value' in read && read.value.governed ? read.value.policy : null;
}

/** Judges what a change amends by those who answer for it on the base; null where it amends nothing. */
export async function judgeAmendments(
  { surroundings, desk, basePolicy }: Judging,
  amendments: readonly AmendmentFact[],
): Promise<AmendmentDecision | null> {
  if (amendments.length === 0) return null;
  const rules = { rosters: basePolicy.reviewers, owners: basePolicy.owners };
  const paths = [...new Set(amendments.map(({ path }) => path))];
  const review = await desk.amendmentFacts(teamsToRead(rules, { amendments }), paths);
  const facts = { now: formatTime(surroundings.clock.now()), review, amendments };
  return decideAmendments(basePolicy, facts, surroundings.sha256);
}

/** What a commit of the branch amended of the rules: a move that came with it needs those who answer for them, too. */
export async function readMergedAmendments(
  surroundings: Surroundings,
  basePolicy: Policy,
  { from, at }: { readonly from: string; readonly at: string },
): Promise<readonly AmendmentFact[]> {
  const { repository, sha256 } = surroundings;
  if (from === at) return [];
  const before = await catchFault(async () => readGovernance(await openCommitFiles(repository, from), sha256));
  const head = await readGovernance(await openCommitFiles(repository, at), sha256);
  const paths = await repository.changedPaths(from, at);
  const sides = { from, at, paths, basePolicy, head };
  return readAmendments(surroundings, { ...sides, before: 'value' in before ? before.value : null });
}
