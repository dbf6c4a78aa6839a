/** How each kind of tag in Jinja2 ends. */
const ends: Readonly<Record<string, string>> = { '{#': '#}', '{{': '}}', '{%': '%}' };

/** A string literal, a run of white space, a run of other signs, or a quote that nothing closes. */
const lexeme = /'(?:[^'\\]|\\[^])*'|"(?:[^"\\]|\\[^])*"|\s+|[^\s'"]+|['"]/g;

/** Signs that end a word, so that white space beside them says nothing. */
const punctuation = /[()[\]{},:|=<>+\-*/%~.!"']/;

/**
 * A Jinja2 template without what cannot change what it renders: comments, white space inside of tags, the kind of
 * quotes, and the minus signs that cut white space, once the white space is cut. Equal forms render equal texts; the
 * reverse does not hold, because nothing is rendered. A template that this cannot take apart for certain (raw blocks,
 * literals that hold the end of a tag) is its own form.
 */
export function canonicalTemplate(template: string): string {
  if (/\{%[-+]?\s*raw\b/.test(template)) return template;
  const parts: string[] = [];
  let cutNext = false;
  let position = 0;
  const addText = (text: string, cutEnd: boolean) => {
    const begun = cutNext ? text.trimStart() : text;
    parts.push(cutEnd ? begun.trimEnd() : begun);
  };
  for (let start = nextTag(template, 0); start !== -1; start = nextTag(template, position)) {
    const opening = template.slice(start, start + 2);
    const end = template.indexOf(ends[opening] ?? '', start + 2);
    if (end === -1) return template;
    const inside = template.slice(start + 2, end);
    addText(template.slice(position, start), inside.startsWith('-'));
    cutNext = inside.length > 1 && inside.endsWith('-');
    position = end + 2;
    if (opening === '{#') continue;
    const form = canonicalTag(inside.replace(/^-/, '').replace(/-$/, ''));
    if (form === null) return template;
    parts.push(opening, form, ends[opening] ?? '');
  }
  addText(template.slice(position), false);
  return parts.join('').trimEnd();
}

function nextTag(template: string, from: number): number {
  for (let at = template.indexOf('{', from); at !== -1; at = template.indexOf('{', at + 1))
    if (Object.hasOwn(ends, template.slice(at, at + 2))) return at;
  return -1;
}

/** Null where a literal does not end within the tag. */
function canonicalTag(inside: string): string | null {
  const lexemes = [...inside.trim().matchAll(lexeme)].map(([part]) => part);
  if (lexemes.some((part) => part === "'" || part === '"')) return null;
  const kept = lexemes.filter((part, index) => {
    const [before, after] = [lexemes[index - 1] ?? '', lexemes[index + 1] ?? ''];
    return !/^\s/.test(part) || !(punctuation.test(before.at(-1) ?? '') || punctuation.test(after[0] ?? ''));
  });
  return kept.map((part) => (/^\s/.test(part) ? ' ' : sameQuotes(part))).join('');
}

function sameQuotes(part: string): string {
  return part.startsWith("'") && !/["\\]/.test(part) ? `"${part.slice(1, -1)}"` : part;
}
