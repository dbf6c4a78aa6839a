const opening = '<!-- weighbridge:notes';
const begin = `${opening} made from the record; write above or below -->`;
const end = '<!-- /weighbridge:notes -->';

/** What GitHub takes is 125,000 characters. */
const maxCharacters = 120_000;

/**
 * The text of a release with our notes in it: between two marks, so that what people write above and below stays. Notes
 * that are there are replaced, others come behind what is there. Placing the same notes again changes nothing.
 */
export function placeNotes(before: string | null, notes: string): string {
  const text = before ?? '';
  const start = text.indexOf(opening);
  const stop = start === -1 ? -1 : text.indexOf(end, start);
  const isMarked = stop !== -1;
  const above = isMarked ? text.slice(0, start) : text.trimEnd() === '' ? '' : `${text.trimEnd()}\n\n`;
  const below = isMarked ? text.slice(stop + end.length) : '';
  const room = maxCharacters - above.length - below.length;
  return `${above}${begin}\n${shortened(notes.trimEnd(), room)}\n${end}${below}`;
}

/** Whole lines, as many as there is room for. */
function shortened(notes: string, room: number): string {
  if (notes.length <= room) return notes;
  const cut = notes.slice(0, Math.max(0, room));
  return `${cut.slice(0, Math.max(0, cut.lastIndexOf('\n')))}\n\nThe rest is in the model card.`.trimStart();
}
