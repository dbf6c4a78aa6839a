import {
  digestBytes,
  formatDigest,
  hexToBytes,
  type JsonObject,
  type JsonValue,
  type Sha256,
  utf8,
} from '@weighbridge/core';
import type { ByteSource } from '../byte-source.js';
import { ByteWindow, sourceFile } from '../byte-window.js';
import type { ArtifactHeader, GraphFacts, HeaderContext, TensorFact } from '../header.js';
import { sortTensors } from '../sort-tensors.js';
import { Canonicaliser } from './canonical-graph.js';
import { ExternalFiles } from './external-data.js';
import type { PlacedTensor } from './graph-writing.js';
import type { OnnxModel } from './model.js';
import { ModelReading } from './reading.js';
import { readModel } from './read-model.js';
import { malformedModel } from './wire.js';

/** Metadata values up to this length stand in the header as they are, longer ones as size and digest. */
const longestMetadata = 4096;

/**
 * Reads the header of an ONNX model (onnx.proto, IR versions 3 to 13): everything but the weights, which are skipped. At
 * most `maxHeaderBytes` (64 MiB) are read, and of a tensor at most 1 KiB. External data files are opened beside the model
 * and checked for their size.
 *
 * The graph's structure and the names of its tensors come from the canonical form (see Canonicaliser): they do not change
 * with value names, node names, doc strings, the order of initializers and independent nodes, symbolic dimensions, or
 * with whether a constant is an initializer or a node. Constants whose content is structure (axes, shapes) are part of
 * the structure and not tensors; a weight of up to 1 KiB that is used at two places is listed at both.
 * @throws formats/onnx-malformed, formats/onnx-external-path, formats/onnx-external-missing, formats/truncated,
 * formats/header-too-large, formats/too-complex
 */
export async function readOnnxHeader(source: ByteSource, context: HeaderContext): Promise<ArtifactHeader> {
  const window = new ByteWindow(source);
  const external = new ExternalFiles(context);
  const model = await readModel(new ModelReading(window, external));
  const typed = new Canonicaliser(model, { modelName: source.name, sha256: context.sha256, isUntyped: false });
  const { digest, tensors } = typed.canonicalise();
  const untyped = new Canonicaliser(model, {
    modelName: source.name,
    sha256: context.sha256,
    isUntyped: true,
  }).canonicalise();
  const graph: GraphFacts = {
    inputs: model.graph.inputs,
    outputs: model.graph.outputs,
    opsets: sortedRecord(model.opsets),
    operators: sortedRecord(typed.operators),
    structure: formatDigest(hexToBytes(digest)),
    structureUntyped: formatDigest(hexToBytes(untyped.digest)),
  };
  return {
    format: 'onnx',
    tensors: sortTensors(distinct(source.name, tensors).map((placed) => tensorFact(placed, sourceFile(source)))),
    attributes: modelAttributes(model, context.sha256),
    graph,
    imports: [],
    bytesRead: window.bytesRead + external.bytesRead,
  };
}

/** Two attributes of one name would make two tensors of one name; no exporter writes that. */
function distinct(name: string, tensors: readonly PlacedTensor[]): readonly PlacedTensor[] {
  if (new Set(tensors.map(({ path }) => path)).size === tensors.length) return tensors;
  throw malformedModel(name, 'a node has two attributes of one name');
}

function tensorFact({ path, tensor }: PlacedTensor, ownFile: string): TensorFact {
  const { payload, dtype, shape, label } = tensor;
  const location = payload === null ? null : { ...payload, file: payload.file ?? ownFile };
  return { name: path, dtype, shape, location, ...(label === '' ? {} : { label }) };
}

function modelAttributes(model: OnnxModel, sha256: Sha256): JsonObject {
  const metadata = model.metadata.map(({ key, value, sizeBytes }): [string, JsonValue] => {
    if (value === null) return [key, { size: sizeBytes }];
    return [key, sizeBytes <= longestMetadata ? value : { size: sizeBytes, digest: digestBytes(sha256, utf8(value)) }];
  });
  return {
    ir_version: model.irVersion,
    producer_name: model.producer.name,
    producer_version: model.producer.version,
    domain: model.domain,
    model_version: model.modelVersion,
    metadata: Object.fromEntries(metadata.sort(([left], [right]) => (left < right ? -1 : 1))),
  };
}

function sortedRecord(map: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...map].sort(([left], [right]) => (left < right ? -1 : 1)));
}
