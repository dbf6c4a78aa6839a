import { type TemplateVariables, variablesOf } from './template-variables.js';

const tag = /\{\{(\{)?~?\s*([#^/&!>=]|else\b)?\s*([^{}]*?)\s*~?\}?\}\}/g;
const helpers = new Set(['if', 'unless', 'each', 'with', 'else', 'this', 'lookup', 'log', 'role', 'history', 'media']);

/**
 * Variables of a Mustache or Handlebars template (mustache(5)). Names inside a section over a list are members of its
 * items, so that only those count that stand outside; a section itself may be left out.
 */
export function mustacheVariables(text: string): TemplateVariables {
  const required: string[] = [];
  const optional: string[] = [];
  const sections: string[] = [];
  for (const [, , sign = '', content = ''] of text.matchAll(tag)) {
    if (sign === '/') sections.pop();
    if (['!', '>', '=', '/', 'else'].includes(sign)) continue;
    const words = wordsOf(content);
    const opens = sign === '#' || sign === '^';
    const into = sections.length === 0 && !opens ? required : optional;
    // One by one: a tag can hold more words than a call can have arguments.
    if (sections.every((kind) => kind === 'test')) for (const word of words) into.push(word);
    if (opens) sections.push(sign === '^' || /^(?:if|unless)\b/.test(content) ? 'test' : 'items');
  }
  return variablesOf(required, optional);
}

/** First names of dotted paths, without helpers, text, numbers and `key=`. */
function wordsOf(content: string): string[] {
  const bare = content.replaceAll(/"[^"]*"|'[^']*'/g, ' ').replaceAll(/[\w-]+=/g, ' ');
  return bare
    .split(/[\s()]+/)
    .map((word) => /^([A-Za-z_][\w-]*)(?:[./].*)?$/.exec(word)?.[1])
    .filter((word) => word !== undefined)
    .filter((word) => !helpers.has(word));
}
