/** A piece of a Jinja2 template that is no plain text. */
export interface JinjaPart {
  readonly kind: 'expression' | 'statement';
  readonly code: string;
}

/** A word, sign, number or text of an expression. */
export interface JinjaToken {
  readonly kind: 'name' | 'text' | 'number' | 'sign';
  readonly value: string;
}

/** `{{ … }}` and `{% … %}` of a template in their order; comments and `raw` blocks are left out. */
export function* jinjaParts(template: string): Generator<JinjaPart> {
  let place = 0;
  while (true) {
    const open = nextOpening(template, place);
    if (open === -1) return;
    const sign = template[open + 1] ?? '';
    const close =
      sign === '#' ? template.indexOf('#}', open + 2) : closingOf(template, open + 2, sign === '{' ? '}}' : '%}');
    if (close === -1) return;
    place = close + 2;
    const code = template
      .slice(open + 2, close)
      .replace(/^[-+]|[-+]$/g, '')
      .trim();
    if (sign === '#') continue;
    if (sign === '{') yield { kind: 'expression', code };
    else if (code === 'raw') {
      const end = /\{%[-+]?\s*endraw\s*[-+]?%\}/.exec(template.slice(place));
      if (end === null) return;
      place += end.index + end[0].length;
    } else yield { kind: 'statement', code };
  }
}

const words =
  /([\p{ID_Start}_]\p{ID_Continue}*)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(0[xXoObB][\da-fA-F_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][-+]?\d+)?)|(\*\*|\/\/|[=!<>]=|[^\s\p{ID_Continue}])/gsu;

/** The words of an expression or statement. What is no word of Jinja2 is passed over. */
export function jinjaTokens(code: string): JinjaToken[] {
  return [...code.matchAll(words)].map(([value, name, text, number]) => {
    if (name !== undefined) return { kind: 'name', value };
    if (text !== undefined) return { kind: 'text', value };
    return { kind: number === undefined ? 'sign' : 'number', value };
  });
}

function nextOpening(template: string, from: number): number {
  for (let place = template.indexOf('{', from); place !== -1; place = template.indexOf('{', place + 1))
    if (['{', '%', '#'].includes(template[place + 1] ?? '')) return place;
  return -1;
}

/** Longer pieces are searched for their end without looking at quotes and brackets. */
const maxPartCharacters = 10_000;

/** The end of a piece; one inside a text or brackets of the expression does not count. */
function closingOf(template: string, from: number, end: string): number {
  let quote: string | null = null;
  let depth = 0;
  const last = Math.min(template.length, from + maxPartCharacters);
  for (let place = from; place < last; place++) {
    const sign = template[place] ?? '';
    if (quote !== null) {
      if (sign === '\\') place += 1;
      else if (sign === quote) quote = null;
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (depth === 0 && template.startsWith(end, place)) return place;
    else if ('([{'.includes(sign)) depth += 1;
    else if (')]}'.includes(sign)) depth -= 1;
  }
  return template.indexOf(end, from);
}
