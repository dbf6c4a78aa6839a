import { parseModelName, type Version } from '@weighbridge/core';
import { dataRoles, modelKinds } from '@weighbridge/manifest';
import fc from 'fast-check';
import type { ArtifactFacet, DocumentType, Snapshot, SnapshotHeader } from '../src/index.js';
import { buildSnapshot, digestOf } from './snapshot-builder.js';

const name = fc.constantFrom(
  'a',
  'b',
  'model',
  'model-00001-of-00002',
  'model-00002-of-00002',
  'constructor',
  '__proto__',
  'x.weight',
  'x.qweight',
  'é',
);
const path = fc
  .tuple(fc.constantFrom('', 'out/', '/'), name, fc.constantFrom('', '.safetensors', '.onnx', '.gguf', '.json'))
  .map((parts) => parts.join(''));
const digest = fc.constantFrom('a', 'b', 'c').map(digestOf);
const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<never>;
const object = fc.dictionary(
  fc.oneof(
    name,
    fc.constantFrom(
      'inputs',
      'outputs',
      'tools',
      'labels',
      'type',
      'properties',
      'required',
      '$ref',
      'anyOf',
      'flavors',
      'signature',
      'vocabulary',
      'settings',
      'architecture',
      'chatTemplates',
    ),
  ),
  json,
  { maxKeys: 5 },
) as fc.Arbitrary<never>;
const size = fc.constantFrom(0, 1, 2, 64);
const shape = fc.array(size, { maxLength: 3 });
const dtype = fc.constantFrom('F32', 'float16', 'Q4_K', 'I8', '');
const version = fc.constantFrom('0.1.0', '1.0.0', '1.2.0', '2.0.0-rc.1') as fc.Arbitrary<Version>;
const listed = <Item>(item: fc.Arbitrary<Item>) => fc.array(item, { maxLength: 4 });
const maybe = <Item>(item: fc.Arbitrary<Item>) => fc.option(item, { nil: null });

const value = fc.record({ name, dtype, shape: fc.array(maybe(size), { maxLength: 3 }) });
const graph = fc.record({
  inputs: listed(value),
  outputs: listed(value),
  opsets: fc.dictionary(fc.constantFrom('', 'ai.onnx.ml', 'constructor'), fc.integer({ min: 1, max: 20 })),
  operators: fc.dictionary(
    fc.constantFrom('Gemm', 'Conv', 'constructor', 'QuantizeLinear'),
    fc.integer({ min: 1, max: 9 }),
  ),
  structure: digest,
});
const header = fc.record({
  format: fc.constantFrom('safetensors', 'gguf', 'onnx', 'pytorch-zip', 'pickle', 'joblib') as fc.Arbitrary<
    SnapshotHeader['format']
  >,
  tensors: listed(fc.tuple(name, dtype, shape)),
  attributes: object,
  graph: maybe(graph),
  imports: listed(fc.constantFrom('sklearn.svm._classes.SVC', 'numpy.dtype', 'x', '')),
});
const documentType = fc.constantFrom(
  'hf-config',
  'tokenizer',
  'tokenizer-config',
  'generation-config',
  'chat-template',
  'peft-adapter',
  'mlmodel',
  'model-card',
  'safetensors-index',
) as fc.Arbitrary<DocumentType>;
const artifact: fc.Arbitrary<ArtifactFacet> = fc.record({
  path,
  size: fc.nat(),
  sha256: maybe(digest),
  header: maybe(header),
  tensors: fc.dictionary(name, digest, { maxKeys: 4 }),
  document: maybe(fc.record({ type: documentType, facts: object })),
});
const named = fc.record({ path, digest });
const parsed = fc.record({ path, digest, content: maybe(fc.oneof(object, json)) });

/** Any snapshot at all, with the oddest names and documents that JSON can hold; lists in any order. */
export const anySnapshot: fc.Arbitrary<Snapshot> = fc
  .record({
    kind: fc.constantFrom(...modelKinds),
    base: maybe(
      fc.record({
        model: fc.constantFrom('hf://a/b', 'hf://c/b-GGUF', 'registry:base', 'vendor:o/gpt-4-0613', ''),
        revision: maybe(name),
        content: maybe(digest),
        version: maybe(version),
      }),
    ),
    artifacts: listed(artifact),
    data: listed(fc.record({ name, role: fc.constantFrom(...dataRoles), ref: name, pinned: maybe(name) })),
    config: listed(parsed),
    code: listed(named),
    prompts: listed(fc.record({ path, digest, variables: listed(name) })),
    retrieval: maybe(parsed),
    interface: maybe(parsed),
    runtime: fc.record({
      framework: maybe(name),
      frameworkVersion: maybe(fc.constantFrom('1.0', '2', '')),
      image: maybe(name),
      lock: maybe(named),
    }),
    uses: listed(
      fc.record({
        model: fc.constantFrom('a', 'b').map(parseModelName),
        range: fc.constant('*'),
        version: maybe(version),
        identity: maybe(digest),
      }),
    ),
    documentation: fc.record({ description: maybe(name), owners: listed(name), files: listed(named) }),
    training: object,
    metadata: object,
  })
  .map(buildSnapshot);

/** The same snapshot with every list in which order says nothing in another order. */
export function shuffled(snapshot: Snapshot, order: (left: unknown, right: unknown) => number): Snapshot {
  const mixed = <Item>(items: readonly Item[]): Item[] => [...items].sort(order);
  return {
    ...snapshot,
    artifacts: mixed(snapshot.artifacts).map((each) => ({
      ...each,
      header:
        each.header === null
          ? null
          : { ...each.header, tensors: mixed(each.header.tensors), imports: mixed(each.header.imports) },
      tensors: Object.fromEntries(mixed(Object.entries(each.tensors))),
    })),
    data: mixed(snapshot.data),
    config: mixed(snapshot.config),
    code: mixed(snapshot.code),
    prompts: mixed(snapshot.prompts).map((each) => ({ ...each, variables: mixed(each.variables) })),
    metrics: mixed(snapshot.metrics).map((each) => ({ ...each, values: mixed(each.values) })),
    uses: mixed(snapshot.uses),
    documentation: {
      ...snapshot.documentation,
      owners: mixed(snapshot.documentation.owners),
      files: mixed(snapshot.documentation.files),
    },
  };
}
