import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { readText } from './tree.js';
import { readSource } from './source-text.js';

export interface Import {
  /** As written, such as `./tag.js` or `@weighbridge/core`. */
  readonly specifier: string;
  /** True when nothing of it is left at run time. */
  readonly typeOnly: boolean;
}

const fromClause = /(?<![\w$.])(?:import|export)\s+(type\s+)?(?:[\w$*\s{},]+?)\s*from\s*(['"])([^'"\n]+)\2/g;
const sideEffect = /(?<![\w$.])import\s*(['"])([^'"\n]+)\1/g;
const dynamic = /(?<![\w$.#])import\s*\(\s*(?:(['"])([^'"\n]+)\1|([^'"\s)][^)]*))/g;

/** Everything that a file imports: statements, re-exports, dynamic imports and import types. */
export function importsOf(path: string): readonly Import[] {
  return parseImports(readText(path));
}

/** The same from a text. An import whose name is worked out at run time gets the specifier `(computed)`. */
export function parseImports(text: string): readonly Import[] {
  const { withoutComments, codeOnly } = readSource(text);
  const inCode = (match: RegExpMatchArray): boolean => codeOnly.startsWith(match[0].slice(0, 6), match.index);
  const matches = (pattern: RegExp) => [...withoutComments.matchAll(pattern)].filter(inCode);
  return [
    ...matches(fromClause).map((match) => ({ specifier: match[3] ?? '', typeOnly: match[1] !== undefined })),
    ...matches(sideEffect).map((match) => ({ specifier: match[2] ?? '', typeOnly: false })),
    ...matches(dynamic).map((match) => ({ specifier: match[2] ?? '(computed)', typeOnly: false })),
  ];
}

/** The package that a specifier names, or undefined for a file of the same package. `node:fs/promises` is `node:fs`. */
export function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith('.')) return undefined;
  const bare = specifier.replace(/^node:/, '');
  const [first = '', second = ''] = bare.split('/');
  if (specifier.startsWith('node:') || builtinModules.includes(bare)) return `node:${first}`;
  return first.startsWith('@') ? `${first}/${second}` : first;
}

/** The project file that a relative specifier means. */
export function resolveFile(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');
}
