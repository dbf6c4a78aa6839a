import { jinjaVariables } from './jinja.js';
import { type MustacheDialect, mustacheVariables } from './mustache.js';
import { pythonVariables } from './python-format.js';
import type { PromptLanguage, TemplateVariables } from './template-variables.js';

/** Larger templates were not written by people; they count by their digest alone. */
export const maxTemplateCharacters = 1_000_000;

const byEnding: readonly (readonly [RegExp, PromptLanguage])[] = [
  [/\.(?:jinja2?|j2)$/i, 'jinja2'],
  [/\.(?:mustache|hbs|handlebars)$/i, 'mustache'],
];

/** The names that LangChain, Prompty and others give to languages of templates. */
const byName: Readonly<Record<string, PromptLanguage>> = {
  'f-string': 'python',
  fstring: 'python',
  python: 'python',
  jinja: 'jinja2',
  jinja2: 'jinja2',
  mustache: 'mustache',
  handlebars: 'mustache',
};

/** The language that a document names for its template; null for a name that is none. */
export function languageOfName(name: string): PromptLanguage | null {
  return Object.hasOwn(byName, name.toLowerCase()) ? (byName[name.toLowerCase()] ?? null) : null;
}

/** The language of a template, by the ending of its file, else by what stands in it. */
export function templateLanguage(path: string, text: string): PromptLanguage {
  const ending = byEnding.find(([pattern]) => pattern.test(path));
  if (ending !== undefined) return ending[1];
  if (/\{%[-+]?\s*\w/.test(text)) return 'jinja2';
  if (/\{\{(?:\{|~?\s*[#^/&>!]|=\S{1,9} {1,9}\S{1,9}=\}\})/.test(text)) return 'mustache';
  if (/\{\{[-+]?\s*[\p{ID_Start}_][\p{ID_Continue}.]*\s*(?:\||\[|\(|\bif\b|\bis\b|[-+]\}\})/u.test(text))
    return 'jinja2';
  if (/\{\{[-+]?\s*[\p{ID_Start}_][\p{ID_Continue}.]*\s*[-+]?\}\}/u.test(text)) return 'braces';
  return pythonVariables(text).names.length > 0 ? 'python' : 'plain';
}

/** The dialect of a file, by its ending and the name that it gives its language; Handlebars where nothing tells. */
export function mustacheDialect(path: string, name: string | null): MustacheDialect {
  if (/\.prompt$/i.test(path)) return 'dotprompt';
  return /\.mustache$/i.test(path) || name?.toLowerCase() === 'mustache' ? 'mustache' : 'handlebars';
}

/** What the templates of one document, all in one language, ask for together. */
export function templateVariables(
  language: PromptLanguage,
  text: string,
  dialect: MustacheDialect = 'handlebars',
): TemplateVariables {
  if (text.length > maxTemplateCharacters || language === 'plain') return { names: [], optional: [] };
  if (language === 'python') return pythonVariables(text);
  return language === 'mustache' ? mustacheVariables(text, dialect) : jinjaVariables(text);
}
