/** One tag of Mustache or Handlebars, such as `#` with `if name`. */
export interface MustacheTag {
  readonly sign: string;
  readonly content: string;
}

const usual = /(\\)?\{\{(\{)?~?\s*([#^/&!>=])?\s*([^{}]*?)\s*~?\}?\}\}/g;

/**
 * Tags in their order. `{{=<% %>=}}` sets other delimiters from there on, as mustache(5) has it; a tag that is escaped
 * (`\{{name}}`) or a comment (`{{!-- … --}}`) of Handlebars is none. `plain` is Mustache, which escapes nothing.
 */
export function* mustacheTags(template: string, plain: boolean): Generator<MustacheTag> {
  const text = plain ? template : withoutComments(template);
  let place = 0;
  let delimiters: readonly [string, string] | null = null;
  while (true) {
    const found: (MustacheTag & { readonly end: number }) | null =
      delimiters === null ? nextUsual(text, place, plain) : nextOf(text, place, delimiters);
    if (found === null) return;
    place = found.end;
    if (found.sign === '=') delimiters = delimitersOf(found.content);
    else yield found;
  }
}

function withoutComments(text: string): string {
  const kept: string[] = [];
  const closing = /--~?\}\}/g;
  let place = 0;
  for (let open = text.indexOf('{{!--'); open !== -1; open = text.indexOf('{{!--', place)) {
    closing.lastIndex = open + 5;
    const end = closing.exec(text);
    if (end === null) break;
    kept.push(text.slice(place, open));
    place = end.index + end[0].length;
  }
  return kept.join('') + text.slice(place);
}

function nextUsual(text: string, from: number, plain: boolean): (MustacheTag & { readonly end: number }) | null {
  usual.lastIndex = from;
  const match = usual.exec(text);
  if (match === null) return null;
  const [whole, escaped, , sign = '', content = ''] = match;
  const ignored = content === '' || (escaped !== undefined && !plain);
  return { sign: ignored ? '!' : sign, content, end: match.index + whole.length };
}

function nextOf(
  text: string,
  from: number,
  [open, close]: readonly [string, string],
): (MustacheTag & { readonly end: number }) | null {
  const start = text.indexOf(open, from);
  const end = start === -1 ? -1 : text.indexOf(close, start + open.length);
  if (end === -1) return null;
  const inside = text.slice(start + open.length, end).trim();
  const sign = /^[#^/&!>=]/.exec(inside)?.[0] ?? '';
  return { sign, content: inside.slice(sign.length).trim(), end: end + close.length };
}

/** The two of `{{=<% %>=}}`; null for the usual ones. */
function delimitersOf(content: string): readonly [string, string] | null {
  const match = /^(\S+)\s+(\S+?)\s*=$/.exec(content);
  return match?.[1] === undefined || match[2] === undefined || match[1] === '{{' ? null : [match[1], match[2]];
}
