import { type TemplateVariables, variablesOf } from './template-variables.js';

/** A name, then attributes and places, then `!r` and `:format`, which may hold fields of their own. */
const field = /^([\p{ID_Start}_]\p{ID_Continue}*)(?:[.[][^{}!:]*)?(?:![rsa])?(?::([^{}]*(?:\{[^{}]*\}[^{}]*)*))?$/u;

/** Variables of a Python format string (PEP 3101). `{{` and `}}` stand for one brace. Text that is none has fewer of them. */
export function pythonVariables(text: string): TemplateVariables {
  const names: string[] = [];
  for (let place = 0; place < text.length; place++) {
    const sign = text[place];
    if ((sign === '{' || sign === '}') && text[place + 1] === sign) place += 1;
    else if (sign === '{') {
      const end = closingBrace(text, place);
      const match = end === -1 ? null : field.exec(text.slice(place + 1, end));
      if (match?.[1] === undefined) continue;
      names.push(match[1], ...pythonVariables(match[2] ?? '').names);
      place = end;
    }
  }
  return variablesOf(names, []);
}

/** Fields are short, so that one without an end is not searched through the whole text. */
const maxFieldCharacters = 500;

function closingBrace(text: string, start: number): number {
  let depth = 0;
  for (let place = start; place < Math.min(text.length, start + maxFieldCharacters); place++) {
    if (text[place] === '{') depth += 1;
    if (text[place] === '}') depth -= 1;
    if (depth === 0) return place;
  }
  return -1;
}
