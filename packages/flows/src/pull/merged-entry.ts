import type { PullFacts } from '@weighbridge/gates';
import { type ContentDigests, readContentDigests } from '../assessment/assess-models.js';
import type { AskedTransition } from '../transition/decide-transition.js';
import type { Governance, GovernedModel } from '../governing/governance.js';
import { partsOf } from '../governing/part-order.js';
import type { LockedPart } from '../registry/registry-parts.js';
import type { Surroundings } from '../surroundings.js';
import type { Repository } from '@weighbridge/ports';
import { readMergedAmendments } from './amendments.js';
import { catchFault } from './judgement.js';
import { beforePull, mergedInto } from './merged-into.js';
import { openReviewDesk } from './review-desk.js';
import { touchesModel } from '../assessment/touched.js';
import { withoutCredentials } from './without-credentials.js';

/** What a release adds to a decision on a model, from the pull request that brought it. */
export interface MergedEntry {
  readonly asked: Pick<AskedTransition, 'reviewing' | 'checks' | 'amendments'>;
  readonly pull: PullFacts | null;
}

/** What is to be registered, and where. */
export interface EnteringModel {
  readonly model: GovernedModel;
  /** Versions that it is locked to. */
  readonly parts: readonly LockedPart[];
  readonly commit: string;
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
  { model, parts, commit }: EnteringModel,
): Promise<MergedEntry> {
  const { forge } = surroundings;
  const stage = governance.policy.stages[0] ?? 'development';
  const gate = Object.hasOwn(governance.policy.gates, stage) ? governance.policy.gates[stage] : undefined;
  if (forge === null || gate === undefined) return nothing;
  const checks = gate.checks.length === 0 ? {} : { checks: await forge.checks(commit) };
  const pull = gate.reviewers.length === 0 ? null : await findPull(surroundings, governance, { model, parts, commit });
  if (pull === null) return { asked: checks, pull: null };
  const { repository } = surroundings;
  const from = (await beforePull(surroundings, forge, { pull, commit: pull.merged?.commit ?? commit })) ?? commit;
  const amendments = (await repository.fetchCommit(from))
    ? await readMergedAmendments(surroundings, governance.policy, { from, at: commit })
    : [];
  const { name, owners } = model.manifest;
  const { fork } = pull.head;
  // Nobody approved what else a fork's commits name: they are read as a check of that fork reads them.
  const reading = fork ? withoutCredentials(surroundings) : surroundings;
  const desk = openReviewDesk(reading, forge, pull, { at: commit, from });
  const reviewing: AskedTransition['reviewing'] = async (content) => {
    const digests = fork ? await digestsWithout(reading, { commit, model: name }) : content.digests;
    return desk.facts({ ...content, digests, model: name, owners, asked: null }, []);
  };
  return { asked: { ...checks, reviewing, amendments }, pull };
}

/**
 * The digests of what is registered, read as the commits that it is compared with: what credentials alone tell is in
 * neither. Null where it cannot be read so: then no approval of another commit counts.
 */
async function digestsWithout(
  surroundings: Surroundings,
  registered: { readonly commit: string; readonly model: string },
): Promise<ContentDigests | null> {
  const read = await catchFault(() => readContentDigests(surroundings, registered));
  return 'value' in read ? read.value : null;
}

/** Commits of the branch that are looked at for the newest that changed what a model is made of. */
const maxWalked = 100;

/**
 * The merged pull request behind the newest change of what the model is made of, else behind the commit itself. Where a
 * part got its version later than that, whoever changed the part changed the model with it.
 */
async function findPull(
  surroundings: Surroundings,
  { models }: Governance,
  { model, parts, commit }: EnteringModel,
): Promise<PullFacts | null> {
  const own = await pullBehind(surroundings, [model], commit);
  const since = own?.merged?.at ?? null;
  if (own === null || since === null) return own;
  const moved = await partsSince(surroundings, parts, since);
  const changed = partsBelow(models, moved);
  return changed.length === 0 ? own : ((await pullBehind(surroundings, [model, ...changed], commit)) ?? own);
}

async function pullBehind(
  { forge, repository }: Surroundings,
  models: readonly GovernedModel[],
  commit: string,
): Promise<PullFacts | null> {
  const branch = await repository.defaultBranch();
  if (forge === null || branch === null) return null;
  const commits = [...new Set([await newestTouch(repository, models, commit), commit])];
  for (const id of commits) {
    const merged = mergedInto(await forge.pullsOfCommit(id), branch.name);
    if (merged !== null) return forge.pull(merged.number, { comments: true, files: false });
  }
  return null;
}

/** Names of parts whose locked version was registered after a moment. */
async function partsSince(
  { ledger }: Surroundings,
  parts: readonly LockedPart[],
  moment: string,
): Promise<readonly string[]> {
  const names: string[] = [];
  for (const { model, version } of parts) {
    const known = (await ledger.catalogue(model))?.versions.find((each) => each.version === version);
    if (known === undefined || Date.parse(known.registeredAt) > Date.parse(moment)) names.push(model);
  }
  return names;
}

/** These models with all that they are built on, as far as they have a manifest here. */
function partsBelow(models: readonly GovernedModel[], names: readonly string[]): readonly GovernedModel[] {
  const found = new Set<GovernedModel>();
  const byName = new Map<string, GovernedModel>(models.map((model) => [model.manifest.name, model]));
  const visit = (name: string): void => {
    const model = byName.get(name);
    if (model === undefined || found.has(model)) return;
    found.add(model);
    for (const part of partsOf(model)) visit(part);
  };
  for (const name of names) visit(name);
  return [...found];
}

/**
 * The newest commit along first parents that changed a folder of the models or anything else that their manifests name:
 * a prompt or code may lie elsewhere.
 */
async function newestTouch(repository: Repository, models: readonly GovernedModel[], commit: string): Promise<string> {
  if (models.some(({ folder }) => folder === '')) return commit;
  const folders = new Set<string>();
  for (const { folder } of models) folders.add((await repository.lastChange(commit, folder)) ?? commit);
  let at = commit;
  for (let walked = 0; !folders.has(at) && walked < maxWalked; walked++) {
    const parent = (await repository.commit(at))?.parents[0];
    if (parent === undefined || !(await repository.fetchCommit(parent))) break;
    const paths = await repository.changedPaths(parent, at);
    if (models.some((model) => touchesModel(model, paths))) return at;
    at = parent;
  }
  return folders.has(at) ? at : ([...folders][0] ?? commit);
}
