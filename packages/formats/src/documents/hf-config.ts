import type { JsonObject, JsonValue } from '@weighbridge/core';
import { compactFact, sortedObject, sortKeys, textOrNull } from './json-facts.js';
import { isJsonObject, parseStrictJsonObject } from './strict-json.js';
import type { DocumentOptions } from './tokenizer.js';

/** What a `config.json` of Transformers says, sorted by what a change of it means. */
export interface HfConfigFacts {
  /**
   * What decides which weights fit and how they are put together: model type, classes, layers, heads, sizes, positions,
   * activations. Keys of nested configurations are dotted, such as `text_config.hidden_size`.
   */
  readonly architecture: JsonObject;
  /** How the weights are stored, such as `bfloat16`; dotted like architecture. */
  readonly dtype: JsonObject;
  /** The quantisation as configured; null when the model is not quantised. */
  readonly quantization: JsonValue;
  /** Label by class id of a classifier; null when there are none. */
  readonly labels: Readonly<Record<string, string>> | null;
  /** Everything else: dropout, initialisation, token ids, training. */
  readonly settings: JsonObject;
}

/** Keys that are architecture besides those that `architecturePatterns` match. */
export const architectureKeys: ReadonlySet<string> = new Set([
  'activation_function',
  'add_cross_attention',
  'alibi',
  'architectures',
  'attention_bias',
  'd_ff',
  'd_kv',
  'd_model',
  'decoder_layers',
  'encoder_layers',
  'feed_forward_proj',
  'hidden_act',
  'hidden_activation',
  'is_decoder',
  'is_encoder_decoder',
  'layer_types',
  'max_position_embeddings',
  'max_window_layers',
  'mlp_bias',
  'model_type',
  'multi_query',
  'n_ctx',
  'new_decoder_architecture',
  'n_embd',
  'n_inner',
  'n_positions',
  'norm_type',
  'num_labels',
  'original_max_position_embeddings',
  'parallel_attn',
  'partial_rotary_factor',
  'position_embedding_type',
  'problem_type',
  'qk_layernorm',
  'qkv_bias',
  'relative_attention_max_distance',
  'relative_attention_num_buckets',
  'rotary_emb_base',
  'rotary_pct',
  'sliding_window',
  'tie_word_embeddings',
  'use_bias',
  'use_parallel_residual',
  'use_qk_norm',
  'use_sliding_window',
]);

/** Counts of parts, and sizes, dimensions and ranks of layers, as the many model types name them. */
export const architecturePatterns: readonly RegExp[] = [
  /^(?:num|n)_(?:[a-z0-9]+_)*(?:layers?|heads?|experts|experts_per_tok|blocks|groups|channels|buckets|features|mel_bins)$/,
  /^(?:[a-z0-9]+_)*(?:hidden|intermediate|vocab|embedding|kernel|patch|image|state|chunk|window|codebook)_sizes?$/,
  /^(?:[a-z0-9]+_)*(?:dim|dims|rank|ffn_dim)$/,
  /^(?:[a-z0-9]+_)*(?:attention_heads|hidden_layers)$/,
];

/** What a save writes anew, whatever the model. */
const savedNoise = new Set([
  '_attn_implementation',
  '_attn_implementation_autoset',
  '_commit_hash',
  '_name_or_path',
  'output_attentions',
  'output_hidden_states',
  'return_dict',
  'torchscript',
  'transformers_version',
  'use_cache',
]);

const ropeKeys = ['rope_theta', 'rope_scaling', 'rope_parameters', 'rope_local_base_freq'];

/** Nested configurations beyond this are not those of a model. */
const maxNesting = 4;

interface Parts {
  readonly architecture: [string, JsonValue][];
  readonly dtype: [string, JsonValue][];
  readonly settings: [string, JsonValue][];
}

/**
 * Parses `config.json`. Spellings that differ between releases of Transformers are made one: `torch_dtype` is `dtype`,
 * `rope_theta` and `rope_scaling` are `rope_parameters`. A key that is null counts as not given.
 * @throws formats/json-malformed
 */
export function parseHfConfig(text: string, options: DocumentOptions): HfConfigFacts {
  const document = parseStrictJsonObject(text, { name: options.name ?? 'config.json', nonFinite: 'keep-as-text' });
  const parts: Parts = { architecture: [], dtype: [], settings: [] };
  sortOut(document, { parts, prefix: '', depth: 0, options });
  return {
    architecture: sortedObject(parts.architecture),
    dtype: sortedObject(parts.dtype),
    quantization: parseQuantization(document['quantization_config'], options),
    labels: parseLabels(document),
    settings: sortedObject(parts.settings),
  };
}

interface Sorting {
  readonly parts: Parts;
  readonly prefix: string;
  readonly depth: number;
  readonly options: DocumentOptions;
}

function sortOut(document: JsonObject, { parts, prefix, depth, options }: Sorting): void {
  for (const [key, value] of Object.entries(document)) {
    if (value === null || isToldElsewhere(key)) continue;
    if (key.endsWith('_config') && isJsonObject(value) && depth < maxNesting) {
      sortOut(value, { parts, prefix: `${prefix}${key}.`, depth: depth + 1, options });
    } else if (key === 'dtype' || key === 'torch_dtype') {
      parts.dtype.push([`${prefix}dtype`, typeof value === 'string' ? value.replace(/^torch\./, '') : value]);
    } else {
      const part = isArchitecture(key) ? parts.architecture : parts.settings;
      part.push([prefix + key, compactFact(value, options.sha256)]);
    }
  }
  const rope = parseRope(document);
  if (rope !== null) parts.architecture.push([`${prefix}rope_parameters`, rope]);
}

function isToldElsewhere(key: string): boolean {
  return savedNoise.has(key) || ropeKeys.includes(key) || ['quantization_config', 'id2label', 'label2id'].includes(key);
}

function isArchitecture(key: string): boolean {
  return (
    architectureKeys.has(key) || key.startsWith('rope_') || architecturePatterns.some((pattern) => pattern.test(key))
  );
}

/** One object for the three places where releases keep the rotary embedding; null when there is none. */
function parseRope(document: JsonObject): JsonValue {
  const rope: [string, JsonValue][] = [];
  for (const key of ropeKeys) {
    const value = document[key];
    if (value === undefined || value === null) continue;
    if (!isJsonObject(value)) rope.push([key, value]);
    else
      rope.push(
        ...Object.entries(value).map(
          ([name, member]) => [name === 'type' ? 'rope_type' : name, member] as [string, JsonValue],
        ),
      );
  }
  // Releases from 5.0 write the default out.
  const told = rope.filter(([key, value]) => value !== null && !(key === 'rope_type' && value === 'default'));
  return told.length === 0 ? null : sortKeys(sortedObject(told));
}

/** Switches of the quantising run, not of its result. */
const quantizationNoise = new Set(['_load_in_4bit', '_load_in_8bit', 'quant_method_version', 'version']);

function parseQuantization(value: JsonValue | undefined, options: DocumentOptions): JsonValue {
  if (!isJsonObject(value)) return value === undefined ? null : value;
  const entries = Object.entries(value).filter(([key, member]) => member !== null && !quantizationNoise.has(key));
  return compactFact(sortedObject(entries), options.sha256);
}

/** Labels by id, from id2label or, without it, from label2id. */
function parseLabels(document: JsonObject): Readonly<Record<string, string>> | null {
  const byId = document['id2label'];
  if (isJsonObject(byId))
    return sortedObject(Object.entries(byId).map(([id, label]) => [id, labelText(label)])) as Record<string, string>;
  const byLabel = document['label2id'];
  if (!isJsonObject(byLabel)) return null;
  return sortedObject(Object.entries(byLabel).map(([label, id]) => [labelText(id), label])) as Record<string, string>;
}

function labelText(value: JsonValue): string {
  return textOrNull(value) ?? JSON.stringify(value);
}
