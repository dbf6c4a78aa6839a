// What the pairs are made of: real-looking models, and the parts of a snapshot that a pair changes.
import { type JsonObject, parseVersion } from '@weighbridge/core';
import type { Snapshot } from '../../src/index.js';
import { digestOf, graph, modelDocument, settings, type Tensors, tokenizerJson, weights } from '../snapshot-builder.js';

export const layer: Tensors = {
  'model.embed_tokens.weight': ['BF16', [1000, 64], 'a'],
  'model.layers.0.self_attn.q_proj.weight': ['BF16', [64, 64], 'b'],
  'model.layers.0.mlp.up_proj.weight': ['BF16', [256, 64], 'c'],
  'lm_head.weight': ['BF16', [1000, 64], 'd'],
};
export const tokens = Array.from({ length: 1000 }, (_, id) => `t${id}`);
export const retrained: Tensors = { ...layer, 'lm_head.weight': ['BF16', [1000, 64], 'd2'] };
export const hfConfig: JsonObject = {
  model_type: 'llama',
  architectures: ['LlamaForCausalLM'],
  hidden_size: 64,
  num_hidden_layers: 1,
  vocab_size: 1000,
  torch_dtype: 'bfloat16',
  max_position_embeddings: 2048,
};
export const lora: JsonObject = {
  peft_type: 'LORA',
  task_type: 'CAUSAL_LM',
  base_model_name_or_path: 'meta-llama/Llama-3.1-8B',
  r: 16,
  lora_alpha: 32,
  lora_dropout: 0.05,
  target_modules: ['q_proj', 'v_proj'],
};
export const schema: JsonObject = {
  inputs: {
    type: 'object',
    properties: { text: { type: 'string' }, top: { type: 'integer', minimum: 1 }, mode: { enum: ['fast', 'exact'] } },
    required: ['text'],
  },
  outputs: {
    type: 'object',
    properties: { label: { enum: ['ok', 'fraud'] }, score: { type: 'number' } },
    required: ['label', 'score'],
  },
};
export const retrieval: JsonObject = {
  embedding: { model: 'bge-m3', dimension: 1024, batch_size: 8 },
  chunking: { size: 512, overlap: 64 },
  index: { kind: 'hnsw', metric: 'cosine' },
  query: { top_k: 5 },
};
export const template =
  "{% for m in messages %}<|{{ m['role'] }}|>{% if m['role'] == 'user' %}{{ m['content'] }}<|end|>{% endif %}{% endfor %}";
export const mlmodel = (inputs: readonly JsonObject[], outputs: readonly JsonObject[], version = '1.5.0'): string =>
  JSON.stringify({
    flavors: {
      python_function: { loader_module: 'mlflow.sklearn', python_version: '3.11.7' },
      sklearn: { pickled_model: 'model.pkl', sklearn_version: version },
    },
    signature: { inputs: JSON.stringify(inputs), outputs: JSON.stringify(outputs), params: null },
  });
export const amount = { type: 'double', name: 'amount', required: true };
export const country = { type: 'string', name: 'country', required: false };
export const label = { type: 'long', name: 'label', required: true };

export const file = (tensors: Tensors, options?: Parameters<typeof weights>[2]): Partial<Snapshot> => ({
  artifacts: [weights('model.safetensors', tensors, options)],
});
export const documents = (...each: readonly (readonly [string, JsonObject | string])[]): Partial<Snapshot> => ({
  artifacts: each.map(([path, content]) => modelDocument(path, content)),
});
export const onnx = (...parameters: Parameters<typeof graph>): Partial<Snapshot> => ({
  artifacts: [
    weights('model.onnx', { w0: ['float32', [16, 2], parameters[0]] }, { format: 'onnx', graph: graph(...parameters) }),
  ],
});
export const onnxOf = (own: Tensors, facts: ReturnType<typeof graph>, wrapping = ''): Partial<Snapshot> => ({
  artifacts: [weights('model.onnx', own, { format: 'onnx', graph: facts, wrapping })],
});
export const gguf = (tensors: Tensors, attributes: JsonObject = {}): Partial<Snapshot> => ({
  artifacts: [
    weights('model.gguf', tensors, { format: 'gguf', attributes: { 'general.architecture': 'llama', ...attributes } }),
  ],
});
export const pickled = (...imports: readonly string[]): Partial<Snapshot> => ({
  artifacts: [weights('model.pkl', {}, { format: 'pickle', imports, wrapping: imports.join() })],
});
export const base = (model: string, over: Partial<NonNullable<Snapshot['base']>> = {}): Partial<Snapshot> => ({
  base: { model, revision: null, content: null, version: null, ...over },
});
export const declared = (inner: JsonObject): Partial<Snapshot> => ({ interface: settings('interface.json', inner) });
export const inputs = (properties: JsonObject, required: readonly string[] = ['text']): Partial<Snapshot> =>
  declared({ ...schema, inputs: { type: 'object', properties, required } });
export const outputs = (properties: JsonObject, required: readonly string[] = ['label', 'score']): Partial<Snapshot> =>
  declared({ ...schema, outputs: { type: 'object', properties, required } });
export const runtime = (over: Partial<Snapshot['runtime']>): Partial<Snapshot> => ({
  runtime: { framework: 'pytorch', frameworkVersion: '2.9.0', image: null, lock: null, ...over },
});
export const retrieve = (over: JsonObject): Partial<Snapshot> => ({
  retrieval: settings('retrieval.yaml', { ...retrieval, ...over }),
});
export const registry = (version: string, content?: string): Partial<Snapshot> =>
  base('registry:llama-3-1-8b', {
    version: parseVersion(version),
    ...(content === undefined ? {} : { content: digestOf(content) }),
  });
export const ownProperties = schema['inputs'] as { readonly properties: JsonObject };
export const givenProperties = schema['outputs'] as { readonly properties: JsonObject };

export const tokenized = (own: readonly string[], rows: number, over: JsonObject = {}): Partial<Snapshot> => ({
  artifacts: [
    weights('model.safetensors', {
      ...layer,
      'model.embed_tokens.weight': ['BF16', [rows, 64], 'a'],
      'lm_head.weight': ['BF16', [rows, 64], 'd'],
    }),
    modelDocument('config.json', { ...hfConfig, vocab_size: rows }),
    modelDocument('tokenizer.json', tokenizerJson(own, over)),
  ],
});
