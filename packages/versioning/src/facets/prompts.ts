import type { Comparison } from '../comparison.js';
import { countOf, type Difference, listNames } from '../difference.js';
import { sortedBy } from '../order.js';
import { pairItems } from '../pairing.js';
import type { PromptFacet, PromptTemplate, Snapshot } from '../snapshot.js';

export type PromptsKind =
  | 'variable-removed'
  | 'variable-added'
  | 'variable-added-optional'
  | 'variable-required'
  | 'variable-optional'
  | 'language'
  | 'roles'
  | 'examples'
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
  const found = [...variableDifferences(from, to), ...templateDifferences(from, to)];
  if (found.length > 0) return found;
  return [
    {
      kind: kind === 'prompt' ? 'own-wording' : 'wording',
      path: to.path,
      from: from.digest,
      to: to.digest,
      because: `The wording of ${to.path} changed${tokensTold(from, to)}.`,
    },
  ];
}

/** Whoever fills a template in must know its variables; those with a default may be left out. */
function variableDifferences(from: PromptFacet, to: PromptFacet): Found[] {
  const [spared, spares] = [from.template?.optional ?? [], to.template?.optional ?? []];
  const gone = from.variables.filter((name) => !to.variables.includes(name));
  const fresh = to.variables.filter((name) => !from.variables.includes(name));
  const kept = to.variables.filter((name) => from.variables.includes(name));
  // Older snapshots do not tell which variables may be left out.
  const known = from.template !== undefined && to.template !== undefined;
  const { path } = to;
  const lists: readonly (readonly [PromptsKind, readonly string[], string])[] = [
    ['variable-removed', gone, 'no longer has'],
    ['variable-added', fresh.filter((name) => !spares.includes(name)), 'asks for'],
    ['variable-added-optional', fresh.filter((name) => spares.includes(name)), 'takes, and can do without,'],
    [
      'variable-required',
      kept.filter((name) => known && spared.includes(name) && !spares.includes(name)),
      'cannot do without',
    ],
    [
      'variable-optional',
      kept.filter((name) => known && !spared.includes(name) && spares.includes(name)),
      'can do without',
    ],
  ];
  return lists.flatMap(([kind, names, verb]): Found[] => {
    const sorted = [...names].sort();
    const [before, after] = kind === 'variable-removed' ? [sorted, null] : [null, sorted];
    if (sorted.length === 0) return [];
    return [{ kind, path, from: before, to: after, because: `${path} ${verb} ${listNames(sorted)}.` }];
  });
}

/** How a template is written and what it is made of, where both sides tell. */
function templateDifferences({ template: from }: PromptFacet, { path, template: to }: PromptFacet): Found[] {
  if (from === undefined || to === undefined) return [];
  const found: Found[] = [];
  const isOther = from.language !== to.language && ![from.language, to.language].includes('plain');
  // What is written in braces alone means the same to Jinja2 and Mustache.
  if (isOther && ![from.language, to.language].includes('braces')) {
    const because = `${path} is written for ${to.language}, before for ${from.language}.`;
    found.push({ kind: 'language', path, from: from.language, to: to.language, because });
  }
  if (rolesOf(from) !== rolesOf(to)) {
    const because = `The roles of ${path} are ${rolesOf(to) || 'none'}, before ${rolesOf(from) || 'none'}.`;
    found.push({ kind: 'roles', path, from: [...from.roles], to: [...to.roles], because });
  }
  if (from.examples !== to.examples) {
    const because = `${path} shows ${countOf(to.examples, 'example')}, before ${from.examples}.`;
    found.push({ kind: 'examples', path, from: from.examples, to: to.examples, because });
  }
  return found;
}

/** Which roles speak: how often is told by the examples. */
function rolesOf({ roles }: PromptTemplate): string {
  return [...new Set(roles)].sort().join(', ');
}

function tokensTold(from: PromptFacet, to: PromptFacet): string {
  const [before, after] = [from.template?.tokens ?? null, to.template?.tokens ?? null];
  return before === null || after === null ? '' : `: ${after} tokens, before ${before}`;
}
