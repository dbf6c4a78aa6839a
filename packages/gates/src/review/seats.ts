/** People who were given seats of several requirements, each at most one. */
export interface Seating {
  /** By requirement, the indexes of the people who fill its seats. */
  readonly filled: readonly (readonly number[])[];
  /** Requirements whose seats one more person would help to fill a requirement, itself among them: people move up. */
  helps(requirement: number): readonly number[];
}

/**
 * Gives as many seats as can be given: a maximum bipartite matching, by augmenting paths (Kuhn 1955). `eligible` tells
 * for each person the requirements that they may sit for. The same input gives the same seats; earlier people and
 * earlier requirements come first.
 */
export function fillSeats(wanted: readonly number[], eligible: readonly (readonly number[])[]): Seating {
  const filled: number[][] = wanted.map(() => []);
  for (const person of eligible.keys()) seat(person, new Set(), { wanted, eligible, filled });
  const helps = (requirement: number): readonly number[] => {
    const found = [requirement];
    for (const reached of found) {
      for (const [other, people] of filled.entries()) {
        const moves = people.some((person) => eligible[person]?.includes(reached) === true);
        if (moves && !found.includes(other)) found.push(other);
      }
    }
    return found;
  };
  return { filled, helps };
}

interface Hall {
  readonly wanted: readonly number[];
  readonly eligible: readonly (readonly number[])[];
  readonly filled: number[][];
}

/** Seats a person, moving others where that frees a seat. Whoever sits stays seated. */
function seat(person: number, tried: Set<number>, hall: Hall): boolean {
  for (const requirement of hall.eligible[person] ?? []) {
    const people = hall.filled[requirement];
    if (people === undefined || tried.has(requirement)) continue;
    tried.add(requirement);
    if (people.length < (hall.wanted[requirement] ?? 0)) {
      people.push(person);
      return true;
    }
    for (const [index, other] of people.entries()) {
      if (!seat(other, tried, hall)) continue;
      people[index] = person;
      return true;
    }
  }
  return false;
}
