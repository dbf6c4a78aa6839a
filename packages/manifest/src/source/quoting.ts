const shownLength = 80;

/** What makes text look like other text on a terminal or in a browser: controls and direction marks. */
const invisible = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text of a file made fit for a message: one line, bounded, nothing invisible. */
export function showText(text: string): string {
  const short = text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
  return short.replaceAll(invisible, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Any value of a document as a message names it: text in quotes, numbers as they are, the rest by its type. */
export function showValue(value: unknown): string {
  if (typeof value === 'string') return `"${showText(value)}"`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeName(value);
}

/** What a value of a document is, in the words of people. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `"${showText(value)}"`;
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return `the truth value ${value}`;
  return 'a map';
}

/** A list of choices as a sentence shows it; long lists are cut. */
export function showChoices(choices: readonly string[]): string {
  const shown = choices.slice(0, 40).map(showText);
  return shown.length === 0 ? 'none' : shown.join(', ') + (choices.length > shown.length ? ', …' : '');
}

const suggestible = 40;

/** The known word that a mistyped one probably means, or null: at most a third of its letters may differ. */
export function closestWord(word: string, known: readonly string[]): string | null {
  if (word.length > suggestible) return null;
  let best: string | null = null;
  let least = Math.floor(Math.max(word.length, 3) / 3) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= least || candidate.length > suggestible) continue;
    const distance = editDistance(foldWord(word), foldWord(candidate));
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** `Did you mean "x"?`, or what may stand here instead. */
export function hintFor(word: string, known: readonly string[]): string {
  const closest = closestWord(word, known);
  if (closest !== null) return `Did you mean "${showText(closest)}"?`;
  return known.length === 0 ? 'Remove it.' : `Use one of: ${showChoices(known)}.`;
}

function foldWord(word: string): string {
  return word.toLowerCase().replaceAll('-', '_');
}

/** Letters to insert, remove, change or swap with their neighbour (optimal string alignment). */
function editDistance(left: string, right: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    [before, previous] = [previous, current];
  }
  return previous[right.length] ?? 0;
}
