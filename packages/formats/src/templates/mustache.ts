import { mustacheTags } from './mustache-tags.js';
import { type TemplateVariables, variablesOf } from './template-variables.js';

/** Plain Mustache has no helpers, Handlebars has some, and Dotprompt has more of them. */
export type MustacheDialect = 'mustache' | 'handlebars' | 'dotprompt';

/** Helpers where something is given to them; alone in a tag the same words are variables. */
const callable = new Set(['if', 'unless', 'each', 'with', 'lookup', 'log', 'role', 'media', 'history']);
const literals = new Set(['true', 'false', 'null', 'undefined', 'this']);

/** What the sections around a tag are. */
class Surroundings {
  readonly #sections: Section[] = [];
  readonly #own = new Map<string, number>();
  /** How many of them are over items. */
  items = 0;

  get depth(): number {
    return this.#sections.length;
  }

  open(section: Section): void {
    this.#sections.push(section);
    this.#count(section, 1);
  }

  close(): void {
    const section = this.#sections.pop();
    if (section !== undefined) this.#count(section, -1);
  }

  owns(name: string): boolean {
    return (this.#own.get(name) ?? 0) > 0;
  }

  #count({ kind, own }: Section, by: number): void {
    if (kind === 'items') this.items += by;
    for (const name of own) this.#own.set(name, (this.#own.get(name) ?? 0) + by);
  }
}

interface Section {
  readonly kind: 'test' | 'items';
  readonly own: readonly string[];
}

/**
 * Variables of a Mustache (mustache(5)) or Handlebars template. Names inside a section over a list are members of its
 * items, so that only those count that stand outside, or are taken from outside (`../name`); a section itself may be left
 * out.
 */
export function mustacheVariables(text: string, dialect: MustacheDialect): TemplateVariables {
  const required: string[] = [];
  const optional: string[] = [];
  const around = new Surroundings();
  for (const { sign, content } of mustacheTags(text, dialect === 'mustache')) {
    if (sign === '/') around.close();
    if (sign === '!' || sign === '/' || (sign === '>' && dialect === 'mustache')) continue;
    const opens = sign === '#' || sign === '^';
    const { names, own } = readTag(sign === '>' ? content.replace(/^[^\s(]+/, '') : content, dialect, opens, around);
    const into = around.depth === 0 && !opens ? required : optional;
    // One by one: a tag can hold more words than a call can have arguments.
    for (const name of names) into.push(name);
    if (opens) around.open({ kind: sign === '^' || /^(?:if|unless)\s/.test(content) ? 'test' : 'items', own });
  }
  return variablesOf(required, optional);
}

function readTag(
  content: string,
  dialect: MustacheDialect,
  opens: boolean,
  around: Surroundings,
): { readonly names: readonly string[]; readonly own: readonly string[] } {
  if (dialect === 'mustache') return { names: namesOf([content], around), own: [] };
  const own = /\sas\s+\|([^|]*)\|\s*$/.exec(content)?.[1]?.trim().split(/\s+/) ?? [];
  const plain = own.length === 0 ? content : content.replace(/\sas\s+\|[^|]*\|\s*$/, '');
  const bare = plain.replaceAll(/"[^"]*"|'[^']*'/g, ' "" ').replaceAll(/[\w-]+=/g, ' "" ');
  // What stands behind `else` is a tag of its own: `else if name`.
  const words = splitCalls(bare.trim().replace(/^else(?:\s+|$)/, ''), dialect, opens);
  return { names: namesOf(words, around), own };
}

/** The words of a tag without the helpers that are called in it or in brackets. */
function splitCalls(bare: string, dialect: MustacheDialect, opens: boolean): string[] {
  const words = bare.match(/[()]|[^\s()]+/g) ?? [];
  return words.filter((word, place) => {
    if (word === '(' || word === ')' || literals.has(word)) return false;
    const first = place === 0 || words[place - 1] === '(';
    const given = words[place + 1] !== undefined && words[place + 1] !== ')';
    if (first && callable.has(word) && given) return false;
    return !(dialect === 'dotprompt' && word === 'history' && first && !opens);
  });
}

/** First names of the paths that are the caller's; those of items are not. */
function namesOf(words: readonly string[], around: Surroundings): string[] {
  return words.flatMap((word) => {
    const [path, outward] = outsideOf(word);
    const name = /^([\p{ID_Start}_][\p{ID_Continue}-]*)(?:[./[].*)?$/su.exec(path)?.[1];
    if (name === undefined || around.owns(name)) return [];
    return outward >= around.items ? [name] : [];
  });
}

/** A path without `this.`, `./`, `../` and `@root.`, and how many sections it goes out of. */
function outsideOf(word: string): readonly [string, number] {
  if (word.startsWith('@root.')) return [word.slice('@root.'.length), Number.POSITIVE_INFINITY];
  const steps = /^(?:\.\.\/)*/.exec(word)?.[0] ?? '';
  return [word.slice(steps.length).replace(/^(?:this[./]|\.\/)/, ''), steps.length / 3];
}
