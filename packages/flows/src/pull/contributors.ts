import type { CommitPerson, PullCommitFact, ReviewFacts } from '@weighbridge/gates';
import type { CatalogueVersion } from '@weighbridge/ledger';
import type { CommitChange, Forge } from '@weighbridge/ports';
import { openCommitFiles } from '../reading/files.js';
import { type GovernedModel, readGovernance } from '../governing/governance.js';
import type { Surroundings } from '../surroundings.js';
import { catchFault } from './judgement.js';
import { stagesPathOf } from '../transition/stage-lines.js';
import { touchesModel } from '../assessment/touched.js';

/** Commits whose people the forge is asked for; of more, somebody unknown is among the rest. */
const maxCommits = 5_000;
/** Merges whose clean merge is made again to compare; of more, the rest counts as work of those who merged. */
const maxMerges = 100;

interface Asking {
  readonly forge: Pick<Forge, 'commits'>;
  readonly surroundings: Surroundings;
}

/**
 * Who built a version since the one that holds the stage now: everybody on the commits between the two, as git tells
 * them, that touched what the version is made of, wherever it lies. They may not approve its promotion, whoever opened
 * the pull request. Where the history is not at hand, or a commit is unknown to the forge, it cannot be verified who did:
 * somebody unknown is among them.
 */
export async function findContributors(
  { forge, surroundings }: Asking,
  model: GovernedModel,
  move: { readonly version: CatalogueVersion; readonly to: string },
): Promise<ReviewFacts['contributors']> {
  const { version, to } = move;
  if (version.commit === null) return [];
  const catalogue = await surroundings.ledger.catalogue(model.manifest.name);
  const held = catalogue?.versions.find((known) => known.version === catalogue.stages[to]);
  const what = `${model.manifest.name} ${version.version}${held === undefined ? '' : ` since ${held.version}`}`;
  const unverified = (because: string) => {
    const name = `whoever built ${what} (cannot verify: ${because})`;
    return { person: { account: null, name }, because: `built ${what}` };
  };
  const from = held?.commit ?? null;
  const changes = await surroundings.repository.changesBetween({ from, to: version.commit });
  if (changes === undefined) return [unverified('the history between the two is not at hand')];
  const models = await modelsAt(surroundings, model, [version.commit, ...(from === null ? [] : [from])]);
  const touching = changes.filter(({ paths }) => isPartOf(models, paths));
  const built = await withoutCleanMerges(surroundings, touching);
  const asked = built.slice(0, maxCommits).map(({ commit }) => commit.id);
  const facts = await forge.commits(asked);
  const known = distinct(facts).map(({ person, commit }) => ({ person, because: `built ${what} (commit ${commit})` }));
  const missing = built.length - facts.length;
  return missing === 0 ? known : [...known, unverified(`the forge does not tell who made ${missing} of its commits`)];
}

/** The model as it stood at these commits, too: what its manifest named then is what the version is made of. */
async function modelsAt(
  { repository, sha256 }: Surroundings,
  model: GovernedModel,
  commits: readonly string[],
): Promise<readonly GovernedModel[]> {
  const models = [model];
  for (const commit of commits) {
    const read = await catchFault(async () => readGovernance(await openCommitFiles(repository, commit), sha256));
    const found = 'value' in read ? read.value.models : [];
    models.push(...found.filter(({ manifest }) => manifest.name === model.manifest.name));
  }
  return models;
}

/** Which stage a version holds is nothing that it is made of. */
function isPartOf(models: readonly GovernedModel[], paths: readonly string[]): boolean {
  const stages = new Set(models.map(stagesPathOf));
  const parts = paths.filter((path) => !stages.has(path));
  return models.some((model) => touchesModel(model, parts));
}

/** Who merges two sides that git joins by itself adds nothing. */
async function withoutCleanMerges(
  { repository }: Surroundings,
  changes: readonly CommitChange[],
): Promise<readonly CommitChange[]> {
  const merges = changes.filter(({ commit }) => commit.parents.length === 2).slice(0, maxMerges);
  const clean = new Set<CommitChange>();
  for (const change of merges) {
    const [first = '', second = ''] = change.commit.parents;
    if ((await repository.mergedTree(first, second)) === change.commit.tree) clean.add(change);
  }
  return changes.filter((change) => !clean.has(change));
}

/** Authors and co-authors, each once; who committed only rebased or merged. */
function distinct(facts: readonly PullCommitFact[]): readonly { person: CommitPerson; commit: string }[] {
  const known = new Map<string, { person: CommitPerson; commit: string }>();
  for (const { id, author, coAuthors } of facts) {
    for (const person of [author, ...coAuthors]) {
      const key = person.account?.id ?? `name:${person.name}`;
      if (!known.has(key)) known.set(key, { person, commit: id.slice(0, 7) });
    }
  }
  return [...known.values()];
}
