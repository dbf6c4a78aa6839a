import type { KnownDocument } from '../known-document.js';
import type { Comparison } from '../comparison.js';
import { type Difference, listNames } from '../difference.js';
import { isJsonObject, memberOf } from '../json/key-differences.js';
import { compareText, sortedBy, unionOf } from '../order.js';
import type { ArtifactFacet } from '../snapshot.js';
import { canonicalTemplate } from './canonical-template.js';
import type { TokenizerKind } from './tokenizer-kind.js';

type Found = Difference<TokenizerKind>;

/** More text than this is not searched for roles and markers. */
const maxTemplateCharacters = 1_000_000;

/**
 * Chat templates by name, wherever they are kept: releases of Transformers moved them from tokenizer_config.json to a
 * file of their own. One that knows other roles or writes other markers is part of the interface.
 */
export function compareChatTemplates({ previous, candidate }: Comparison): Found[] {
  const [before, after] = [templatesOf(previous.artifacts), templatesOf(candidate.artifacts)];
  return unionOf(before.keys(), after.keys()).flatMap((name) =>
    compareTemplate(name, before.get(name) ?? null, after.get(name) ?? null),
  );
}

/** One template under the name that people know it by; null where it is not given. */
export function compareTemplate(name: string, from: string | null, to: string | null): Found[] {
  const path = name.includes('#') ? name : `chat_template.${name}`;
  if (from === null)
    return [{ kind: 'chat-template-added', path, from, to: 'given', because: `The chat template "${name}" is new.` }];
  if (to === null)
    return [
      { kind: 'chat-template-removed', path, from: 'given', to, because: `The chat template "${name}" was removed.` },
    ];
  if (canonicalTemplate(from) === canonicalTemplate(to)) return [];
  const [before, after] = [markersOf(from), markersOf(to)];
  const gone = before.filter((marker) => !after.includes(marker));
  const fresh = after.filter((marker) => !before.includes(marker));
  const sides = { path, from: gone, to: fresh };
  if (gone.length + fresh.length === 0)
    return [{ kind: 'chat-template', ...sides, because: `The chat template "${name}" has another wording or layout.` }];
  const parts = [
    gone.length > 0 ? `no longer ${listNames(gone)}` : '',
    fresh.length > 0 ? `now ${listNames(fresh)}` : '',
  ];
  const because = `The chat template "${name}" has other roles or tokens: ${parts.filter((part) => part !== '').join(', ')}.`;
  return [{ kind: 'chat-template-roles', ...sides, because }];
}

function templatesOf(artifacts: readonly ArtifactFacet[]): ReadonlyMap<string, string> {
  const templates = new Map<string, string>();
  const documents = artifacts.filter(
    (each): each is KnownDocument =>
      each.document?.type === 'tokenizer-config' || each.document?.type === 'chat-template',
  );
  // A file of its own wins over what tokenizer_config.json holds, as in the library.
  for (const each of sortedBy(
    documents,
    ({ document, path }) => `${document.type === 'chat-template' ? 1 : 0} ${path}`,
  )) {
    const named = memberOf(each.document.facts, 'chatTemplates');
    if (!isJsonObject(named)) continue;
    for (const [name, text] of Object.entries(named)) if (typeof text === 'string') templates.set(name, text);
  }
  return templates;
}

/** Roles that a template asks for, and the marks it writes, such as `<|im_start|>`, `[INST]` and `<<SYS>>`. */
function markersOf(template: string): string[] {
  const text = template.slice(0, maxTemplateCharacters);
  const markers = new Set<string>();
  for (const [, role = ''] of text.matchAll(/role["'\])]*\s*(?:==|!=|in)\s*[[(]?\s*["']([a-zA-Z_]{1,40})["']/g))
    markers.add(role);
  for (const [mark = ''] of text.matchAll(/<\|?\/?[A-Za-z_][\w/:-]{0,40}\|?>|\[\/?[A-Z_]{2,30}\]|<<\/?[A-Z]{2,20}>>/g))
    markers.add(mark);
  return [...markers].sort(compareText);
}
