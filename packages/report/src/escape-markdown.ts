/** Marks that end a line, and those that reverse, hide or command when they are shown as they are, or are half a character. */
const lineBreaks = /[\r\n\t\v\f\u0085\u2028\u2029]+/g;
const unseen = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\p{Surrogate}]/gu;

/** Text of a user on one line: no break that could begin a line of ours, and nothing that cannot be seen. */
export function oneLine(text: string): string {
  return text.replaceAll(lineBreaks, ' ').replaceAll(unseen, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** `fraud@2.0.0`, `fraud@v2.0.0` or `fraud@sha256:…`, as commands take it, and the pattern of version tags. */
const address = /((?<![\w-])[a-z0-9-]{1,63}@(?:v?\d+(?:[.+-]\w+)*|sha256:[0-9a-f]{64})(?!\w)|\*@v\*)/;

/**
 * Text of a user as GitHub Markdown that shows it and does nothing else: no HTML, mention, reference, link, formula or
 * emphasis, no line of its own and no broken table. Versions as commands take them become code, so that they can be
 * copied. It may stand anywhere but at the beginning of a line.
 */
export function escapeMarkdown(text: string): string {
  const parts = oneLine(text).split(address);
  return parts.map((part, place) => (place % 2 === 1 ? `\`${part}\`` : escapePlain(part))).join('');
}

function escapePlain(text: string): string {
  return text
    .replaceAll('@', '@\u200b')
    .replaceAll(/#(?=\d)/g, '#\u200b')
    .replaceAll(/\b(gh-)(?=\d)/gi, '$1\u200b')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/([\\`*_[\]|~])/g, '\\$1')
    .replaceAll('://', '&#58;//')
    .replaceAll(/\bwww\./gi, (found) => `${found.slice(0, 3)}&#46;`)
    .replaceAll('$', '<span>$</span>');
}

/** Words up to `limit` UTF-16 units; what does not fit is left out at a word and told by an ellipsis. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept: string[] = [];
  let length = 1;
  for (const word of text.split(' ')) {
    if (length + word.length + 1 > limit) break;
    kept.push(word);
    length += word.length + 1;
  }
  // One word that is longer than all the room: cut between code points.
  if (kept.length === 0) return `${cutCodePoints(text, limit - 1)}…`;
  return `${kept.join(' ').replace(/[\s,;:.(]+$/, '')}…`;
}

function cutCodePoints(text: string, limit: number): string {
  let cut = '';
  for (const character of text) {
    if (cut.length + character.length > limit) break;
    cut += character;
  }
  return cut;
}
