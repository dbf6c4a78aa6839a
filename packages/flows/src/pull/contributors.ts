import type { CommitPerson, PullCommitFact, ReviewFacts } from '@weighbridge/gates';
import type { CatalogueVersion } from '@weighbridge/ledger';
import type { Forge } from '@weighbridge/ports';
import type { GovernedModel } from '../governance.js';
import type { Surroundings } from '../surroundings.js';

/** Commits that are looked at for who built a version. */
const maxCommits = 250;

interface Asking {
  readonly forge: Pick<Forge, 'commitsTouching'>;
  readonly surroundings: Surroundings;
}

/**
 * Who built a version since the one that holds the stage now: they may not approve its promotion, whoever opened the
 * pull request. Where there are more commits than are looked at, somebody unknown is among them.
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
  const { built, complete } = await commitsSince({ forge, surroundings }, model, { to: version.commit, held });
  const because = `built ${model.manifest.name} ${version.version}${held === undefined ? '' : ` since ${held.version}`}`;
  const known = distinct(built.flatMap(peopleOf)).map((person) => ({ person, because }));
  const others: CommitPerson = { account: null, name: 'further commits' };
  return complete ? known : [...known, { person: others, because: `more than ${maxCommits} commits ${because}` }];
}

/**
 * What is reachable from one version and not from the other. A commit carries whatever date its committer made up, so
 * that dates decide only where the history is longer than what is looked at.
 */
async function commitsSince(
  { forge, surroundings }: Asking,
  model: GovernedModel,
  { to, held }: { readonly to: string; readonly held: CatalogueVersion | undefined },
): Promise<{ readonly built: readonly PullCommitFact[]; readonly complete: boolean }> {
  const range = { paths: [model.folder === '' ? '.' : model.folder], limit: maxCommits };
  const all = await forge.commitsTouching({ ...range, to, since: null });
  if (held === undefined) return { built: all.commits, complete: all.complete };
  if (all.complete && held.commit !== null) {
    const earlier = await forge.commitsTouching({ ...range, to: held.commit, since: null });
    const known = new Set(earlier.commits.map(({ id }) => id));
    return { built: all.commits.filter(({ id }) => !known.has(id)), complete: true };
  }
  const later = await forge.commitsTouching({ ...range, to, since: await timeOf(surroundings, held) });
  return { built: later.commits.filter(({ id }) => id !== held.commit), complete: later.complete };
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
