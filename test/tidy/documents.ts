import { projectFiles, readText } from './tree.js';

/** Pages that are read by users: what people wrote and what is made from declarations, without the reference of exports. */
export const pages: readonly string[] = projectFiles.filter(
  (path) => path.endsWith('.md') && !/^(docs\/reference|packages|test|dist)\//.test(path),
);

/** A fenced block of a page. */
export interface Block {
  readonly page: string;
  readonly language: string;
  readonly text: string;
}

const fence = /^( *)```(\w*)\n([\s\S]*?)^\1```$/gm;

/** Fenced blocks of all pages, without their indentation. */
export function blocksOf(page: string): readonly Block[] {
  return [...readText(page).matchAll(fence)].map(([, indent = '', language = '', text = '']) => ({
    page,
    language,
    text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));
}

/** Text of a page outside of its blocks. */
function proseOf(page: string): string {
  return readText(page).replaceAll(fence, '');
}

/** Code spans of a page, each in one line. */
export function spansOf(page: string): readonly string[] {
  return [...proseOf(page).matchAll(/`([^`]+)`/g)].map(([, text = '']) => text.replaceAll(/\s+/g, ' ').trim());
}

/** Targets of relative links. */
export function linksOf(page: string): readonly string[] {
  return [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) =>
    /^[a-z]+:/.test(target) ? [] : [target],
  );
}

/** Anchors of headings, as GitHub makes them. */
export function anchorsOf(page: string): ReadonlySet<string> {
  const headings = [...proseOf(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, text = '']) => text);
  return new Set(
    headings.map((text) =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Command lines of this program that a page shows, in blocks (which a backslash continues) and in spans. */
export function commandLinesOf(page: string): readonly string[] {
  const shown = blocksOf(page)
    .filter(({ language }) => ['', 'console', 'sh', 'bash', 'text'].includes(language))
    .flatMap(({ text }) => text.replaceAll(/\\\n\s*/g, ' ').split('\n'))
    .map((line) => line.replace(/^\$ /, ''));
  return [...shown, ...spansOf(page)].flatMap((line) => {
    const found = /^(?:[A-Z_]+=(?:"[^"]*"|\S+) )*(?:npx )?weighbridge ([a-z].*)$/.exec(line);
    return found === null ? [] : [(found[1] ?? '').replace(/ +#.*$/, '').replace(/ > .*$/, '')];
  });
}
