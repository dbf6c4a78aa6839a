import { writeSafetensors } from '@weighbridge/testkit';
import type { Bump } from '@weighbridge/core';

/** Files below a model's folder, as they lie on the disk. */
export type Tree = Readonly<Record<string, string | Uint8Array>>;

/** One change of a model as it happens in public families, with what it must be called. */
export interface CorpusCase {
  readonly name: string;
  readonly from: Tree;
  readonly to: Tree;
  /** By preset: `weights`, and `interface` where it says otherwise. */
  readonly bump: Bump | readonly [weights: Bump, interface_: Bump];
  /** Every rule that speaks, sorted; none of them only where nothing differs. */
  readonly rules: readonly string[];
  /** Keys of the manifest besides `artifacts: [w]`. */
  readonly manifest?: { readonly from: string; readonly to: string };
}

/** Tensors as `name: [dtype, shape, content]`: the same number is the same bytes. */
export type Tensors = Readonly<Record<string, readonly [dtype: string, shape: readonly number[], content?: number]>>;

const sizes: Readonly<Record<string, number>> = { F32: 4, BF16: 2, F16: 2, I32: 4, U8: 1, I8: 1, F8_E4M3: 1 };

/** A safetensors file as `save_file` writes it, or as another writer orders and annotates it. */
export function weights(
  tensors: Tensors,
  {
    metadata = { format: 'pt' },
    reversed = false,
  }: { readonly metadata?: Readonly<Record<string, string>>; readonly reversed?: boolean } = {},
): Uint8Array {
  const written = Object.entries(tensors).map(([name, [dtype, shape, content = 1]]) => ({
    name,
    dtype,
    shape,
    bytes: new Uint8Array(shape.reduce((product, extent) => product * extent, sizes[dtype] ?? 1)).fill(content),
  }));
  return writeSafetensors({ tensors: reversed ? written.reverse() : written, metadata });
}

/** Shards and their index as `save_pretrained` names them. */
export function sharded(tensors: Tensors, count: number): Tree {
  const names = Object.keys(tensors);
  const place = (index: number) => `w/model-${pad(index + 1)}-of-${pad(count)}.safetensors`;
  const files: Record<string, string | Uint8Array> = {};
  const map: Record<string, string> = {};
  for (let index = 0; index < count; index++) {
    const own = names.filter((_, at) => at % count === index);
    for (const name of own) map[name] = place(index).slice(2);
    files[place(index)] = weights(Object.fromEntries(own.map((name) => [name, tensors[name] ?? ['F32', []]])));
  }
  files['w/model.safetensors.index.json'] = json({ metadata: { total_size: 4096 }, weight_map: map });
  return files;
}

function pad(value: number): string {
  return String(value).padStart(5, '0');
}

export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A copy with some members replaced, and those that are undefined left out. */
export function but(value: object, over: object): object {
  return JSON.parse(JSON.stringify({ ...value, ...over })) as object;
}

/** Tensors with some replaced. */
export function withTensors(tensors: Tensors, over: Tensors): Tensors {
  return { ...tensors, ...over };
}

/** Every tensor with another content, as a training run leaves it. */
export function retrained(tensors: Tensors): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, [dtype, shape]]) => [name, [dtype, shape, 7] as const]),
  );
}

/** Every tensor in another number format. */
export function cast(tensors: Tensors, dtype: string): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, [, shape, content]]) => [name, [dtype, shape, (content ?? 1) + 100] as const]),
  );
}

/** `tokenizer.json` of a BPE tokenizer. */
export function bpe(
  tokens: readonly string[],
  { added = [] as readonly string[], merges = [] as readonly string[], more = {} } = {},
): string {
  return json({
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: added.map((content, index) => ({
      id: tokens.length + index,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    post_processor: null,
    decoder: { type: 'ByteLevel' },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges,
    },
    ...more,
  });
}
