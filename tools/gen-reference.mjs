// Makes docs/reference/<package>.md from the declarations that the compiler wrote: every name that a package's index
// exports, with its declaration and its doc comment. Used by gen.mjs.
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

const exportFrom = /export (?:type )?(\*|\{[^}]*\}) from '([^']+)';/g;
const declaration =
  /((?:\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*)?)export (?:declare )?(?:abstract )?(function|const|class|interface|type)\s+([A-Za-z0-9_]+)/g;

/** @returns {Promise<string>} Markdown */
export async function referenceOf(root, name) {
  const folder = join(root, 'packages', name);
  const { description } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const found = new Map();
  await collect(join(folder, 'build', 'index.d.ts'), null, found);
  const sections = [...found.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([exported, { text, comment }]) => `## ${exported}\n\n${comment}\n\n\`\`\`ts\n${text}\n\`\`\`\n`);
  return `# @weighbridge/${name}\n\n<!-- Made by "npm run gen" from packages/${name}/src; edit it there. -->\n\n${description}.\n\n${sections.join('\n')}`;
}

/** Follows re-exports; `wanted` limits which names count, null for all. */
async function collect(file, wanted, found) {
  const source = await readFile(file, 'utf8');
  for (const [, names, from] of source.matchAll(exportFrom)) {
    if (!from.startsWith('.')) continue;
    const target = resolve(dirname(file), from.replace(/\.js$/, '.d.ts'));
    const listed =
      names === '*'
        ? null
        : new Set(
            names
              .slice(1, -1)
              .split(',')
              .map(
                (word) =>
                  word
                    .trim()
                    .replace(/^type /, '')
                    .split(' as ')[0],
              )
              .filter(Boolean),
          );
    await collect(
      target,
      listed === null ? wanted : wanted === null ? listed : new Set([...listed].filter((word) => wanted.has(word))),
      found,
    );
  }
  for (const match of source.matchAll(declaration)) {
    const [whole, comment, , exported] = match;
    if (wanted !== null && !wanted.has(exported)) continue;
    const start = match.index + comment.length;
    found.set(exported, {
      text: declarationText(source, start, whole.length - comment.length),
      comment: proseOf(comment),
    });
  }
}

/** From `export` to the end of the declaration: the semicolon or brace that closes it at depth 0. */
function declarationText(source, start, headLength) {
  let depth = 0;
  let index = start + headLength;
  for (; index < source.length; index++) {
    const character = source[index];
    if ('{(['.includes(character)) depth++;
    else if ('})]'.includes(character)) depth--;
    if (
      depth === 0 &&
      (character === ';' ||
        (character === '}' &&
          /^\s*(?:\n|$)/.test(source.slice(index + 1)) &&
          !/^[\s]*[&|[=]/.test(source.slice(index + 1))))
    )
      break;
  }
  return source
    .slice(start, index + 1)
    .replace(/^export declare /, '')
    .replace(/^export /, '');
}

function proseOf(comment) {
  return comment
    .replace(/^\/\*\*/, '')
    .replace(/\*\/\s*$/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .trim();
}
