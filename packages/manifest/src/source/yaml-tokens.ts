import { type CST, Parser } from 'yaml';
import { type Fault, makeFault, maxListedFaults } from './fault.js';
import type { LineIndex } from './line-index.js';
import { explainSyntax } from './yaml-reasons.js';

/** Nesting of tokens: far above what any of the files needs, far below what recursion can bear. */
export const maxDepth = 32;

/**
 * Reads the tokens of a text and refuses, before anything recursive looks at them, what the files have no use for:
 * anchors and aliases (a few lines of which can stand for gigabytes), tags, directives, several documents, deep nesting.
 */
export function readTokens(file: string, text: string, lines: LineIndex): { tokens: CST.Token[]; faults: Fault[] } {
  const tokens = [...new Parser().parse(text)];
  const faults: Fault[] = [];
  const report = (
    offset: number,
    code: 'manifest/alias' | 'manifest/tag' | 'manifest/directive' | 'manifest/several-documents',
  ) => faults.push(makeFault({ file, position: lines.position(offset), path: [] }, code, {}));
  let documents = 0;
  for (const { token, depth } of walkTokens(tokens)) {
    if (faults.length > maxListedFaults) break;
    const position = lines.position(token.offset);
    if (depth > maxDepth) {
      faults.push(makeFault({ file, position, path: [] }, 'manifest/too-deep', { maxDepth }));
      break;
    }
    if (token.type === 'anchor' || token.type === 'alias') report(token.offset, 'manifest/alias');
    else if (token.type === 'tag') report(token.offset, 'manifest/tag');
    else if (token.type === 'directive') report(token.offset, 'manifest/directive');
    else if (token.type === 'document' && ++documents > 1) {
      report(token.offset, 'manifest/several-documents');
      break;
    } else if (token.type === 'error') {
      const reason = explainSyntax('UNEXPECTED_TOKEN', token.message);
      faults.push(makeFault({ file, position, path: [] }, 'manifest/syntax', { reason }));
    }
  }
  return { tokens, faults };
}

interface Visit {
  readonly token: CST.Token | CST.SourceToken;
  readonly depth: number;
}

/** Every token with its depth, without recursion: the text decides how deep they nest. */
function* walkTokens(tokens: readonly CST.Token[]): Generator<Visit> {
  const open: Visit[] = tokens.map((token) => ({ token, depth: 0 })).reverse();
  for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
    yield visit;
    const inside = tokensInside(visit.token);
    for (let index = inside.length - 1; index >= 0; index--) {
      const token = inside[index];
      if (token !== undefined) open.push({ token, depth: visit.depth + 1 });
    }
  }
}

/** What a token holds, added one by one: an argument list of a whole file would not fit on the stack. */
function tokensInside(token: CST.Token | CST.SourceToken): (CST.Token | CST.SourceToken)[] {
  const inside: (CST.Token | CST.SourceToken)[] = [];
  const add = (tokens: readonly (CST.Token | CST.SourceToken | null | undefined)[] | undefined) => {
    for (const inner of tokens ?? []) if (inner) inside.push(inner);
  };
  if (token.type === 'document') {
    add(token.start);
    add([token.value]);
    add(token.end);
  } else if (token.type === 'block-scalar') add(token.props);
  else if ('items' in token) {
    for (const item of token.items) {
      add(item.start);
      add([item.key]);
      add(item.sep);
      add([item.value]);
    }
  }
  return inside;
}
