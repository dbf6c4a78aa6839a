import type { TokenizerKind } from './tokenizer-kind.js';
import type { KnownDocument } from '../known-document.js';
import type { JsonValue } from '@weighbridge/core';
import { type Comparison, documentPairs } from '../comparison.js';
import { type Difference, listNames, showValue } from '../difference.js';
import { equalJson, isJsonObject, type KeyDifference, keyDifferences, memberOf } from '../json/key-differences.js';
import { unionOf } from '../order.js';
import type { VocabularyChange } from '../vocabulary.js';
import { attributeDifferences } from './architecture-settings.js';
import { compareChatTemplates, compareTemplate } from './chat-template.js';

export type { TokenizerKind };

type Found = Difference<TokenizerKind>;

/** How text becomes ids: the vocabulary, the special tokens, the template around a chat. */
export function compareTokenizer(comparison: Comparison): Found[] {
  return [
    ...compareVocabulary(comparison.vocabulary),
    ...documentPairs(comparison, 'tokenizer').flatMap(({ from, to }) =>
      compareTokenizerFile(from, to, comparison.vocabulary),
    ),
    ...documentPairs(comparison, 'tokenizer-config').flatMap(({ from, to }) => compareTokenizerConfig(from, to)),
    ...compareAddedTokens(comparison),
    ...compareChatTemplates(comparison),
    ...comparison.weights.pairs.flatMap(({ from, to }) =>
      from.format === 'gguf' && to.format === 'gguf'
        ? attributeDifferences(from, to).flatMap((each) => embedded(each, to.path))
        : [],
    ),
    ...cameAndWent(comparison),
  ];
}

function compareVocabulary(change: VocabularyChange | null): Found[] {
  if (change === null || change.relation === 'same') return [];
  const sides = { path: change.path, from: change.from, to: change.to };
  const sizes = `${change.from ?? '?'} -> ${change.to ?? '?'} ids`;
  switch (change.relation) {
    case 'added':
      return [
        { kind: 'tokens-added', ...sides, because: `Tokens were added (${sizes}) and every other keeps its id.` },
      ];
    case 'removed':
      return [{ kind: 'tokens-removed', ...sides, because: `Tokens were removed (${sizes}).` }];
    case 'moved':
      return [{ kind: 'ids-moved', ...sides, because: `Ids mean other tokens than before (${sizes}).` }];
  }
}

/** What decides into which tokens a text falls, in tokenizer.json. A grown vocabulary brings merges and scores of its own. */
function compareTokenizerFile(from: KnownDocument, to: KnownDocument, vocabulary: VocabularyChange | null): Found[] {
  const grown = vocabulary !== null && vocabulary.relation !== 'same';
  const found: Found[] = [];
  for (const key of ['model', 'merges', 'scores']) {
    const [before, after] = [fact(from, key), fact(to, key)];
    if (equalJson(before, after) || (grown && key !== 'model' && !isOtherList(before, after))) continue;
    found.push({
      kind: 'segmentation',
      path: `${to.path}#${key}`,
      from: before,
      to: after,
      because: `The ${key} of ${to.path} changed: text falls into other tokens.`,
    });
  }
  for (const each of keyDifferences(fact(from, 'settings'), fact(to, 'settings'))) {
    const cuts = /^(?:normalizer|pre_tokenizer|model\.)/.test(each.key);
    found.push(settingDifference(cuts ? 'segmentation' : 'setting', each, to.path));
  }
  if (!grown && !equalJson(fact(from, 'addedTokenFlags'), fact(to, 'addedTokenFlags'))) {
    found.push({
      kind: 'setting',
      path: `${to.path}#added_tokens`,
      from: fact(from, 'addedTokenFlags'),
      to: fact(to, 'addedTokenFlags'),
      because: `The flags of added tokens changed in ${to.path}.`,
    });
  }
  return found;
}

/** A list that is no longer than it was did not only grow: it was written anew. */
function isOtherList(before: JsonValue, after: JsonValue): boolean {
  const [old, now] = [memberOf(before, 'count'), memberOf(after, 'count')];
  return typeof old === 'number' && typeof now === 'number' && now <= old;
}

/** Without a tokenizer.json, tokenizer_config.json is where added tokens have their ids. */
function compareAddedTokens(comparison: Comparison): Found[] {
  const isTold = documentPairs(comparison, 'tokenizer').some(({ to }) => /(?:^|\/)tokenizer\.json$/.test(to.path));
  if (isTold) return [];
  return documentPairs(comparison, 'tokenizer-config').flatMap(({ from, to }): Found[] => {
    const [before, after] = [fact(from, 'addedTokens'), fact(to, 'addedTokens')];
    if (before === null || after === null || equalJson(before, after)) return [];
    const sides = { path: `${to.path}#added_tokens_decoder`, from: before, to: after };
    if (!isJsonObject(before) || !isJsonObject(after))
      return [{ kind: 'vocabulary-replaced', ...sides, because: `The added tokens in ${to.path} differ.` }];
    const moved = Object.keys(before).filter((id) => memberOf(after, id) !== memberOf(before, id));
    const because =
      moved.length > 0
        ? `Added tokens with the ids ${listNames(moved)} are others or gone in ${to.path}.`
        : `Tokens were added in ${to.path}.`;
    return [{ kind: moved.length > 0 ? 'ids-moved' : 'tokens-added', ...sides, because }];
  });
}

function compareTokenizerConfig(from: KnownDocument, to: KnownDocument): Found[] {
  const [before, after] = [fact(from, 'specialTokens'), fact(to, 'specialTokens')];
  const special = rolesOf(before, after).flatMap((role): Found[] => {
    const [old, now] = [memberOf(before, role) ?? null, memberOf(after, role) ?? null];
    if (equalJson(old, now)) return [];
    const kind = old === null ? 'special-token-added' : 'special-token-changed';
    return [settingDifference(kind, { key: role, from: old, to: now }, to.path)];
  });
  return [
    ...special,
    ...keyDifferences(fact(from, 'settings'), fact(to, 'settings')).map((each) =>
      settingDifference('setting', each, to.path),
    ),
  ];
}

function rolesOf(before: JsonValue, after: JsonValue): string[] {
  return unionOf(isJsonObject(before) ? Object.keys(before) : [], isJsonObject(after) ? Object.keys(after) : []);
}

function settingDifference(kind: TokenizerKind, { key, from, to }: KeyDifference, path: string): Found {
  const [before, after] = [from ?? null, to ?? null];
  return {
    kind,
    path: `${path}#${key}`,
    from: before,
    to: after,
    because: `${key} ${showValue(before)} -> ${showValue(after)} in ${path}.`,
  };
}

/** GGUF files carry their tokenizer; long lists are known by digest, so a vocabulary that changed may have moved. */
function embedded(each: KeyDifference, path: string): Found[] {
  const { key, from, to } = each;
  const sides = { path: `${path}#${key}`, from: from ?? null, to: to ?? null };
  if (!key.startsWith('tokenizer.')) return [];
  if (/\.chat_template(?:\.|$)/.test(key)) return embeddedTemplate(each, path);
  if (/\.(?:tokens|merges|model|pre|list)$/.test(key)) {
    const because = `${key} in ${path} differs; only its digest is known, so ids of existing tokens may have moved.`;
    return [{ kind: 'vocabulary-replaced', ...sides, because }];
  }
  if (/\.(?:scores|token_type|precompiled_charsmap|add_space_prefix|remove_extra_whitespaces)$/.test(key))
    return [{ kind: 'segmentation', ...sides, because: `${key} changed in ${path}: text falls into other tokens.` }];
  if (key.endsWith('_token_id'))
    return [settingDifference(from === undefined ? 'special-token-added' : 'special-token-changed', each, path)];
  return [settingDifference('setting', each, path)];
}

/** A template that is too long to be kept is known by digest: whether its roles changed cannot be told. */
function embeddedTemplate({ key, from, to }: KeyDifference, path: string): Found[] {
  const [before, after] = [from ?? null, to ?? null];
  const isKept = (value: JsonValue): value is string | null => value === null || typeof value === 'string';
  if (isKept(before) && isKept(after)) return compareTemplate(`${path}#${key}`, before, after);
  const because = `The chat template in ${path} differs; only its digest is known, so its roles may have changed.`;
  return [{ kind: 'chat-template-roles', path: `${path}#${key}`, from: before, to: after, because }];
}

/** What older libraries write beside or in place of tokenizer.json, which newer ones leave out. */
const parts = /(?:^|\/)(?:vocab\.(?:txt|json)|merges\.txt|added_tokens\.json)$/;

function cameAndWent({ documents, candidate }: Comparison): Found[] {
  const isWhole = candidate.artifacts.some(
    ({ path, document }) =>
      document?.type === 'tokenizer' &&
      memberOf(document.facts, 'vocabulary') !== undefined &&
      !path.endsWith('added_tokens.json'),
  );
  const own = (each: KnownDocument): boolean => each.document.type === 'tokenizer';
  return [
    ...documents.removed.filter(own).map(
      (each): Found => ({
        kind: isWhole && parts.test(each.path) ? 'part-removed' : 'removed',
        path: each.path,
        from: each.sha256,
        to: null,
        because: `${each.path} was removed.`,
      }),
    ),
    ...documents.added.filter(own).map(
      (each): Found => ({
        kind: 'added',
        path: each.path,
        from: null,
        to: each.sha256,
        because: `${each.path} was added.`,
      }),
    ),
  ];
}

function fact(document: KnownDocument, key: string): JsonValue {
  return memberOf(document.document.facts, key) ?? null;
}
