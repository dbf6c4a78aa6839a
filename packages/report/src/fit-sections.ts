/** A part of a report that is shown whole or not at all. */
export interface Section {
  /** What a note calls it when it was left out, in our own words. */
  readonly name: string;
  readonly markdown: string;
  /** The lowest goes first; among equals the last one. Null: never left out. */
  readonly rank: number | null;
}

/** How long a report may be, and what counts. */
export interface Budget {
  readonly limit: number;
  readonly lengthOf: (text: string) => number;
  /** Where the whole of it is, as the end of the note on what was left out. */
  readonly elsewhere: string;
}

const separator = '\n\n';
const namedInNote = 6;

/** Joins sections; leaves out whole ones, by rank, until the rest and a note that says so fit. */
export function fitSections(sections: readonly Section[], budget: Budget): string {
  const lengths = sections.map(({ markdown }) => budget.lengthOf(markdown) + separator.length);
  let total = lengths.reduce((sum, length) => sum + length, 0);
  if (total <= budget.limit) return joinSections(sections);
  const left = new Set<number>();
  const names = new Set<string>();
  for (const index of dropOrder(sections)) {
    left.add(index);
    names.add(sections[index]?.name ?? '');
    total -= lengths[index] ?? 0;
    const note = noteOn(names, budget);
    if (total + budget.lengthOf(note) <= budget.limit)
      return `${joinSections(sections.filter((_, place) => !left.has(place)))}${separator}${note}`;
  }
  return joinSections(sections.filter(({ rank }) => rank === null));
}

function joinSections(sections: readonly Section[]): string {
  return sections.map(({ markdown }) => markdown).join(separator);
}

function dropOrder(sections: readonly Section[]): readonly number[] {
  const indexed = sections.flatMap(({ rank }, index) => (rank === null ? [] : [{ rank, index }]));
  return indexed.sort((a, b) => a.rank - b.rank || b.index - a.index).map(({ index }) => index);
}

function noteOn(names: ReadonlySet<string>, budget: Budget): string {
  const more = names.size > namedInNote ? ` and ${names.size - namedInNote} more` : '';
  const named = firstOf(names, namedInNote).join(', ');
  return `_Left out for length: ${named}${more}. ${budget.elsewhere}_`;
}

function firstOf(names: Iterable<string>, count: number): readonly string[] {
  const first: string[] = [];
  for (const name of names) {
    if (first.length === count) break;
    first.push(name);
  }
  return first;
}
