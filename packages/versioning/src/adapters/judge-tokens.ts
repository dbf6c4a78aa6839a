import { listNames } from '../difference.js';
import { isJsonList, memberOf } from '../json/key-differences.js';
import type { KnownDocument } from '../known-document.js';
import type { Snapshot } from '../snapshot.js';
import { relateVocabularies } from '../vocabulary.js';
import type { AdapterFinding } from './adapter-finding.js';
import { baseModules } from './base-modules.js';
import type { LoraTensors } from './lora-modules.js';

/** Names of layers that hold a row for each token. */
const tokenLayers = /(?:^|\.)(?:embed_tokens|lm_head|wte|word_embeddings|shared|embed_in|embed_out|embeddings)$/;

/** Whether tokens mean the same to the adapter and its base, and whether those that the adapter adds have a row. */
export function judgeTokens(
  adapter: Snapshot,
  base: Snapshot,
  tensors: LoraTensors | null,
  baseName: string,
): AdapterFinding | null {
  const [own, theirs] = [tokenizerOf(adapter), tokenizerOf(base)];
  if (own === null) return null;
  if (theirs === null) {
    const because = `The adapter brings a tokenizer, and ${baseName} has none to compare it with.`;
    return { check: 'tokens', verdict: 'unknown', because };
  }
  const { relation, from, to } = relateVocabularies(theirs, own);
  if (relation === 'same')
    return { check: 'tokens', verdict: 'pass', because: 'The tokenizer has the vocabulary of the base.' };
  if (relation !== 'added') {
    const what = relation === 'moved' ? 'gives ids other tokens than' : 'lacks tokens of';
    return { check: 'tokens', verdict: 'fail', because: `The tokenizer of the adapter ${what} ${baseName}.` };
  }
  const grown = `The tokenizer of the adapter has ${to} ids and that of ${baseName} ${from}`;
  const rows = tokenRows(base);
  if (rows !== null && to !== null && to <= rows)
    return { check: 'tokens', verdict: 'pass', because: `${grown}; the embedding has ${rows} rows, which is enough.` };
  const trained = trainedTokenLayers(adapter, tensors);
  if (trained.length > 0)
    return { check: 'tokens', verdict: 'pass', because: `${grown}; the adapter brings ${listNames(trained)}.` };
  return {
    check: 'tokens',
    verdict: rows === null ? 'unknown' : 'fail',
    because: `${grown}, ${rows === null ? 'and its embedding is not known' : `whose embedding has ${rows} rows only`}.`,
  };
}

/** tokenizer.json tells added tokens too; the older files tell part of the vocabulary each. */
function tokenizerOf({ artifacts }: Snapshot): KnownDocument | null {
  const known = artifacts.filter((each): each is KnownDocument => each.document?.type === 'tokenizer');
  return known.find(({ path }) => /(?:^|\/)tokenizer\.json$/.test(path)) ?? null;
}

/** Rows of the base's largest layer of tokens. */
function tokenRows(base: Snapshot): number | null {
  if (baseModules(base) === null) return null;
  const rows = base.artifacts.flatMap(({ header }) =>
    (header?.tensors ?? []).flatMap(([name, , shape]) =>
      tokenLayers.test(name.replace(/\.weight$/, '')) && shape.length === 2 ? [shape[0] ?? 0] : [],
    ),
  );
  return rows.length === 0 ? null : Math.max(...rows);
}

function trainedTokenLayers(adapter: Snapshot, tensors: LoraTensors | null): string[] {
  const saved = (tensors?.replaced ?? []).map(({ name }) => name).filter((name) => tokenLayers.test(name));
  const configured = adapter.artifacts
    .filter(({ document }) => document?.type === 'peft-adapter')
    .map(({ document }) => memberOf(document?.facts ?? {}, 'modules_to_save') ?? null)
    .flatMap((modules) => (isJsonList(modules) ? modules : []))
    .filter((name): name is string => typeof name === 'string' && tokenLayers.test(name));
  return [...new Set([...saved, ...configured])];
}
