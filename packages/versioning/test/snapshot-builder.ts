import { createHash } from 'node:crypto';
import {
  canonicalJson,
  type Digest,
  formatDigest,
  type JsonObject,
  type JsonValue,
  parseModelName,
  parseVersion,
  type Sha256,
} from '@weighbridge/core';
import { type GraphFacts, parseModelDocument } from '@weighbridge/formats';
import type {
  ArtifactFacet,
  DataFacet,
  DocumentFacet,
  MetricsFacet,
  PromptFacet,
  Snapshot,
  SnapshotHeader,
} from '../src/index.js';

/** SHA-256 as the pure packages receive it. */
export const sha256: Sha256 = (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());

/** The digest of any text: two texts are two contents. */
export function digestOf(text: string): Digest {
  return formatDigest(sha256(new TextEncoder().encode(text)));
}

/** A snapshot with nothing in it but a name; `over` says what is. */
export function buildSnapshot(over: Partial<Snapshot> = {}): Snapshot {
  return {
    schema: 1,
    model: parseModelName('fraud'),
    kind: 'model',
    base: null,
    artifacts: [],
    data: [],
    config: [],
    code: [],
    prompts: [],
    retrieval: null,
    interface: null,
    metrics: [],
    runtime: { framework: null, frameworkVersion: null, image: null, lock: null },
    uses: [],
    training: {},
    documentation: { description: null, owners: [], files: [] },
    metadata: {},
    ...over,
  };
}

/** Tensors as `name: [dtype, shape, content]`; the content stands for the bytes. */
export type Tensors = Readonly<Record<string, readonly [dtype: string, shape: readonly number[], content?: string]>>;

export interface WeightsOptions {
  readonly format?: SnapshotHeader['format'];
  /** Stands for what the file has besides tensors: another text is another file digest. */
  readonly wrapping?: string;
  /** Whether the digests of tensors were taken; default true. */
  readonly hashed?: boolean;
  readonly attributes?: JsonObject;
  readonly imports?: readonly string[];
  readonly graph?: GraphFacts;
  /** Whether the bytes were at hand; default true. */
  readonly read?: boolean;
}

/** A file of weights. */
export function weights(path: string, tensors: Tensors, options: WeightsOptions = {}): ArtifactFacet {
  const {
    format = 'safetensors',
    wrapping = '',
    hashed = true,
    attributes = {},
    imports = [],
    graph = null,
    read = true,
  } = options;
  const names = Object.keys(tensors).sort();
  const digests = names.map((name) => [name, digestOf(canonicalJson(tensors[name]))] as const);
  return {
    path,
    size: 1000,
    sha256: read ? digestOf(canonicalJson({ tensors, wrapping, attributes, imports, graph })) : null,
    header: {
      format,
      tensors: names.map((name) => [name, tensors[name]?.[0] ?? '', tensors[name]?.[1] ?? []] as const),
      attributes,
      graph,
      imports,
    },
    tensors: hashed && read ? Object.fromEntries(digests) : {},
    document: null,
  };
}

/** A file that is known by its bytes alone. */
export function opaqueFile(path: string, content: string): ArtifactFacet {
  return { path, size: content.length, sha256: digestOf(content), header: null, tensors: {}, document: null };
}

/** A document beside the weights, read as the flows read it. */
export function modelDocument(path: string, content: JsonValue | string): ArtifactFacet {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const document = parseModelDocument(path, new TextEncoder().encode(text), { sha256 });
  if (document === null) throw new Error(`${path} is no known document`);
  return { path, size: text.length, sha256: digestOf(text), header: null, tensors: {}, document };
}

/** A graph by what is said of it; `structure` stands for nodes and wiring. */
export function graph(
  structure: string,
  over: Partial<Omit<GraphFacts, 'structure' | 'structureUntyped'>> & { readonly untyped?: string } = {},
): GraphFacts {
  const { untyped = structure, ...facts } = over;
  return {
    inputs: [{ name: 'input', dtype: 'float32', shape: [null, 16] }],
    outputs: [{ name: 'score', dtype: 'float32', shape: [null, 2] }],
    opsets: { '': 17 },
    operators: { Gemm: 2, Relu: 1 },
    structure: digestOf(`structure ${structure}`),
    structureUntyped: digestOf(`untyped ${untyped}`),
    ...facts,
  };
}

/** A parsed settings file; `layout` stands for comments and white space. */
export function settings(path: string, content: JsonValue, layout = ''): DocumentFacet {
  return { path, digest: digestOf(canonicalJson(content) + layout), content };
}

export function trainingData(name: string, content: string, over: Partial<DataFacet> = {}): DataFacet {
  return { name, role: 'train', ref: `dvc:data/${name}.dvc`, pinned: `dvc-md5:${content}`, ...over };
}

export function prompt(path: string, text: string, variables: readonly string[]): PromptFacet {
  return { path, digest: digestOf(text), variables };
}

/** Metrics `eval` with the given values, all measured alike. */
export function metrics(
  values: Readonly<Record<string, string>>,
  context: JsonObject = { dataset: 'holdout' },
): MetricsFacet {
  const rows = Object.entries(values).map(([key, value]) => ({ key, value, stderr: null, samples: null, slice: null }));
  return {
    id: 'eval',
    path: 'results/eval.json',
    digest: digestOf(JSON.stringify([rows, context])),
    format: 'json',
    values: rows,
    context,
  };
}

export function part(
  model: string,
  version: string | null,
  over: Partial<Snapshot['uses'][number]> = {},
): Snapshot['uses'][number] {
  return {
    model: parseModelName(model),
    range: '*',
    version: version === null ? null : parseVersion(version),
    identity: version === null ? null : digestOf(`${model} ${version}`),
    ...over,
  };
}

/** A tokenizer.json with these tokens, in the order of their ids. */
export function tokenizerJson(tokens: readonly string[], over: JsonObject = {}): JsonObject {
  return {
    version: '1.0',
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: { type: 'Whitespace' },
    model: { type: 'WordLevel', vocab: Object.fromEntries(tokens.map((token, id) => [token, id])), unk_token: '[UNK]' },
    ...over,
  };
}
