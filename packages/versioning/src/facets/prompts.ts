import type { Comparison } from '../comparison.js';
import { type Difference, listNames } from '../difference.js';
import { sortedBy } from '../order.js';
import { pairItems } from '../pairing.js';
import type { PromptFacet, Snapshot } from '../snapshot.js';

export type PromptsKind =
  | 'variable-removed'
  | 'variable-added'
  | 'template-added'
  | 'template-removed'
  | 'wording'
  | 'own-wording'
  | 'renamed';

type Found = Difference<PromptsKind>;

/** Prompt templates. Their variables are what callers fill in; their wording is the model itself where the kind is prompt. */
export function comparePrompts({ previous, candidate }: Comparison): Found[] {
  const inOrder = (prompts: readonly PromptFacet[]): PromptFacet[] => sortedBy(prompts, (prompt) => prompt.path);
  const { pairs, removed, added } = pairItems(inOrder(previous.prompts), inOrder(candidate.prompts), [
    { key: (prompt) => prompt.path },
    { key: (prompt) => prompt.digest },
  ]);
  return [
    ...pairs.flatMap(({ from, to }) => comparePair(from, to, candidate.kind)),
    ...removed.map(
      (each): Found => ({
        kind: 'template-removed',
        path: each.path,
        from: each.digest,
        to: null,
        because: `The template ${each.path} was removed.`,
      }),
    ),
    ...added.map(
      (each): Found => ({
        kind: 'template-added',
        path: each.path,
        from: null,
        to: each.digest,
        because: `The template ${each.path} is new.`,
      }),
    ),
  ];
}

function comparePair(from: PromptFacet, to: PromptFacet, kind: Snapshot['kind']): Found[] {
  if (from.digest === to.digest) {
    if (from.path === to.path) return [];
    return [
      {
        kind: 'renamed',
        path: to.path,
        from: from.path,
        to: to.path,
        because: `The template ${from.path} is called ${to.path} now.`,
      },
    ];
  }
  const gone = from.variables.filter((name) => !to.variables.includes(name)).sort();
  const fresh = to.variables.filter((name) => !from.variables.includes(name)).sort();
  const found: Found[] = [];
  if (gone.length > 0)
    found.push({
      kind: 'variable-removed',
      path: to.path,
      from: gone,
      to: null,
      because: `${to.path} no longer has ${listNames(gone)}.`,
    });
  if (fresh.length > 0)
    found.push({
      kind: 'variable-added',
      path: to.path,
      from: null,
      to: fresh,
      because: `${to.path} asks for ${listNames(fresh)}.`,
    });
  if (found.length > 0) return found;
  return [
    {
      kind: kind === 'prompt' ? 'own-wording' : 'wording',
      path: to.path,
      from: from.digest,
      to: to.digest,
      because: `The wording of ${to.path} changed.`,
    },
  ];
}
