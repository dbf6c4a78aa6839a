/** Seats of one requirement, and who may sit there. */
export interface Row<Person> {
  readonly wanted: number;
  accepts(person: Person): boolean;
}

/** Who was given the seats of a row. */
export interface Seated<Person, Kind extends Row<Person>> {
  readonly row: Kind;
  /** In no order; each sits in one row at most. */
  readonly people: readonly Person[];
  /** Rows in which one more person would help to fill this one, itself first among them: people move up. */
  helps(): readonly Kind[];
}

/**
 * Gives as many seats as can be given: a maximum bipartite matching, by augmenting paths (Kuhn 1955). One answer a row,
 * in their order. The same input gives the same seats; earlier people and earlier rows come first.
 */
export function fillSeats<Person, Kind extends Row<Person>>(
  rows: readonly Kind[],
  people: readonly Person[],
): readonly Seated<Person, Kind>[] {
  const benches = rows.map((row): Bench<Person, Kind> => ({ row, people: [] }));
  for (const person of people) seat(person, new Set<Bench<Person, Kind>>(), benches);
  return benches.map((bench) => ({ ...bench, helps: () => findHelping(bench, benches) }));
}

interface Bench<Person, Kind> {
  readonly row: Kind;
  readonly people: Person[];
}

/** Seats a person, moving others where that frees a seat. Whoever sits stays seated. */
function seat<Person, Kind extends Row<Person>>(
  person: Person,
  tried: Set<Bench<Person, Kind>>,
  benches: readonly Bench<Person, Kind>[],
): boolean {
  for (const bench of benches) {
    if (!bench.row.accepts(person) || tried.has(bench)) continue;
    tried.add(bench);
    if (bench.people.length < bench.row.wanted) {
      bench.people.push(person);
      return true;
    }
    for (const [index, other] of bench.people.entries()) {
      if (!seat(other, tried, benches)) continue;
      bench.people[index] = person;
      return true;
    }
  }
  return false;
}

function findHelping<Person, Kind extends Row<Person>>(
  open: Bench<Person, Kind>,
  benches: readonly Bench<Person, Kind>[],
): readonly Kind[] {
  const found = new Set([open]);
  // What is added on the way is visited too.
  for (const reached of found) {
    for (const other of benches) {
      if (other.people.some((person) => reached.row.accepts(person))) found.add(other);
    }
  }
  return [...found].map(({ row }) => row);
}
