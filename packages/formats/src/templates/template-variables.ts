/**
 * - `python` `{name}` of Python's str.format and f-strings
 * - `jinja2` `{{ name }}` with filters, loops and macros
 * - `mustache` `{{ name }}` with sections (`{{#name}}`), as Mustache and Handlebars have them
 * - `braces` `{{ name }}` alone, which Jinja2 and Mustache read alike
 * - `plain` text without variables
 */
export type PromptLanguage = 'python' | 'jinja2' | 'mustache' | 'braces' | 'plain';

/** What a template asks of those who fill it in. Both lists are sorted; `optional` is part of `names`. */
export interface TemplateVariables {
  readonly names: readonly string[];
  readonly optional: readonly string[];
}

/** Both lists from uses in any order: a variable that is asked for once without a default must be given. */
export function variablesOf(required: Iterable<string>, optional: Iterable<string>): TemplateVariables {
  const needed = new Set(required);
  const spared = [...new Set(optional)].filter((name) => !needed.has(name)).sort();
  return { names: [...new Set([...needed, ...spared])].sort(), optional: spared };
}
