import type { CommitPerson, PullCommitFact, ReviewFacts } from '@weighbridge/gates';
import type { CatalogueVersion } from '@weighbridge/ledger';
import type { Forge } from '@weighbridge/ports';
import type { GovernedModel } from '../governance.js';
import type { Surroundings } from '../surroundings.js';

/** Commits that are looked at for who built a version. */
const maxCommits = 250;

/**
 * Who built a version since the one that holds the stage now: they may not approve its promotion, whoever opened the
 * pull request. Where there are more commits than are looked at, somebody unknown is among them.
 */
export async function findContributors(
  { forge, surroundings }: { readonly forge: Forge; readonly surroundings: Surroundings },
  model: GovernedModel,
  move: { readonly version: CatalogueVersion; readonly to: string },
): Promise<ReviewFacts['contributors']> {
  const { version, to } = move;
  if (version.commit === null) return [];
  const catalogue = await surroundings.ledger.catalogue(model.manifest.name);
  const held = catalogue?.versions.find((known) => known.version === catalogue.stages[to]);
  const since = held === undefined ? null : await timeOf(surroundings, held);
  const { commits, complete } = await forge.commitsTouching({
    to: version.commit,
    paths: [model.folder === '' ? '.' : model.folder],
    since,
    limit: maxCommits,
  });
  const built = commits.filter(({ id }) => id !== held?.commit);
  const because = `built ${model.manifest.name} ${version.version}${held === undefined ? '' : ` since ${held.version}`}`;
  const known = distinct(built.flatMap(peopleOf)).map((person) => ({ person, because }));
  const others: CommitPerson = { account: null, name: 'further commits' };
  return complete ? known : [...known, { person: others, because: `more than ${maxCommits} commits ${because}` }];
}

async function timeOf({ repository }: Surroundings, { commit, registeredAt }: CatalogueVersion): Promise<string> {
  return (commit === null ? null : await repository.commit(commit))?.time ?? registeredAt;
}

/** Authors and co-authors; who committed only rebased or merged. */
function peopleOf({ author, coAuthors, cleanUpdate }: PullCommitFact): readonly CommitPerson[] {
  return cleanUpdate === true ? [] : [author, ...coAuthors];
}

function distinct(people: readonly CommitPerson[]): readonly CommitPerson[] {
  const known = new Map(people.map((person) => [person.account?.id ?? `name:${person.name}`, person] as const));
  return [...known.values()];
}
