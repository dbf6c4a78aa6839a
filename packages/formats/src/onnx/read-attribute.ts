import { bytesToHex, weighbridgeError } from '@weighbridge/core';
import { isLearnedAttribute, isWeightAttribute } from './learned-attributes.js';
import type { OnnxAttribute, OnnxGraph, OnnxTensor } from './model.js';
import type { ModelReading } from './reading.js';
import { readTensor } from './read-tensor.js';
import { readTypeText } from './read-value.js';
import { malformedModel, signedVarint, stopWalk, type WireField } from './wire.js';

/** Reads a subgraph; passed in, because attributes hold graphs and graphs hold attributes. */
export type ReadSubgraph = (field: WireField) => Promise<OnnxGraph>;

/** An attribute's text beyond this is remembered by size only. */
const longestBlobBytes = 64 * 1024;

const mostValues = 1_000_000;

/** A longer list of floats in an attribute is weights, whatever the operator: its count is structure, its content not. */
const mostStructuralFloats = 256;

interface Draft {
  name: string;
  kind: string;
  readonly values: string[];
  /** Position of repeated floats that are weights, or of a blob. */
  span: { startByte: number; endByte: number } | null;
  blobBytes: number;
  floats: number;
  /** Position of the value of a float or of repeated floats. */
  valueSpan: { startByte: number; endByte: number } | null;
  readonly operator: string;
  readonly tensors: OnnxTensor[];
  readonly graphs: OnnxGraph[];
  learned: OnnxAttribute['learned'];
}

/** Reads one AttributeProto (onnx.proto) of a node of the given operator. */
export async function readAttribute(
  reading: ModelReading,
  field: WireField,
  operator: string,
  readSubgraph: ReadSubgraph,
): Promise<OnnxAttribute> {
  const draft: Draft = {
    name: '',
    kind: '',
    values: [],
    span: null,
    blobBytes: 0,
    floats: 0,
    valueSpan: null,
    operator,
    tensors: [],
    graphs: [],
    learned: null,
  };
  await reading.message(field, async (inner) => {
    if (inner.number === 1) {
      draft.name = await reading.text(inner);
      if (!isLearnedAttribute(operator, draft.name)) return undefined;
      draft.learned = { startByte: field.tagStart, endByte: field.end };
      return stopWalk;
    }
    return visitAttributeField(reading, draft, inner, readSubgraph);
  });
  return {
    name: draft.name,
    text: draft.learned === null ? `${draft.kind}:${draft.values.join(',')}` : 'learned',
    tensors: draft.span === null ? draft.tensors : [spanTensor(draft, draft.span)],
    graphs: draft.graphs,
    learned: draft.learned,
    valueSpan: draft.valueSpan,
  };
}

async function visitAttributeField(
  reading: ModelReading,
  draft: Draft,
  field: WireField,
  readSubgraph: ReadSubgraph,
): Promise<void> {
  const put = (kind: string, values: readonly string[] = []): void => {
    draft.kind = kind;
    if (draft.values.length + values.length > mostValues) {
      throw weighbridgeError('formats/too-complex', {
        name: reading.name,
        what: 'values in an attribute',
        limit: mostValues,
      });
    }
    for (const value of values) draft.values.push(value);
  };
  switch (field.number) {
    case 2:
      draft.valueSpan = { startByte: field.start, endByte: field.end };
      return put('float', [await fixedText(reading, field)]);
    case 3:
      return put('int', [String(signedVarint(field.varint))]);
    case 4:
    case 9:
      return visitBytes(reading, draft, field);
    case 5:
    case 10:
      draft.tensors.push(await readTensor(reading, field.start, field.end));
      return put('tensor');
    case 6:
    case 11:
      draft.graphs.push(await readSubgraph(field));
      return put('graph');
    case 7:
      return visitFloats(reading, draft, field);
    case 8:
      return put(
        'ints',
        (await reading.varints(field)).map((value) => String(signedVarint(value))),
      );
    case 14:
    case 15:
      return put('type', [await readTypeText(reading, field)]);
    case 21:
      return put('ref', [JSON.stringify(await reading.text(field))]);
    case 22:
    case 23:
      draft.tensors.push(await readSparseTensor(reading, field));
      return put('sparse');
  }
}

/** Bits of one or of packed floats; eight digits a value. */
async function fixedText(reading: ModelReading, field: WireField): Promise<string> {
  if (field.wireType !== 5 && field.wireType !== 2)
    throw malformedModel(reading.name, `no float at byte ${field.start}`);
  const hex = bytesToHex(await reading.window.read(field.start, field.end - field.start));
  return (hex.match(/.{8}/g) ?? []).join(',');
}

async function visitBytes(reading: ModelReading, draft: Draft, field: WireField): Promise<void> {
  draft.kind = field.number === 4 ? 'string' : 'strings';
  const lengthBytes = field.end - field.start;
  if (lengthBytes > longestBlobBytes) {
    draft.blobBytes += lengthBytes;
    draft.span = { startByte: draft.span?.startByte ?? field.start, endByte: field.end };
  } else draft.values.push(bytesToHex(await reading.bytes(field)));
}

async function visitFloats(reading: ModelReading, draft: Draft, field: WireField): Promise<void> {
  draft.kind = 'floats';
  draft.floats += field.wireType === 2 ? (field.end - field.start) / 4 : 1;
  const startByte = draft.valueSpan?.startByte ?? (field.wireType === 2 ? field.start : field.tagStart);
  draft.valueSpan = { startByte, endByte: field.end };
  if (isWeightAttribute(draft.operator, draft.name) || draft.floats > mostStructuralFloats) {
    draft.kind = 'weights';
    draft.values.length = 0;
    draft.span = draft.valueSpan;
  } else draft.values.push(await fixedText(reading, field));
}

/**
 * Weights that an attribute holds; or a blob, such as the compiled programs that some runtimes keep in attributes, which
 * counts by its size.
 */
function spanTensor(draft: Draft, span: { startByte: number; endByte: number }): OnnxTensor {
  const payload = { file: null, ...span };
  const isBlob = draft.blobBytes > 0;
  const elements = isBlob ? draft.blobBytes : draft.floats;
  const type = !isBlob
    ? ({ dtype: 'float32', family: 'float' } as const)
    : ({ dtype: 'blob', family: 'blob' } as const);
  return { ...type, label: '', shape: [elements], elements, payload, content: null };
}

/** A sparse tensor stands for its dense shape; the count of its values is learned. Its payload is the whole message. */
export async function readSparseTensor(reading: ModelReading, field: WireField): Promise<OnnxTensor> {
  let values: OnnxTensor | null = null;
  const shape: number[] = [];
  await reading.message(field, async (inner) => {
    if (inner.number === 1) values = await readTensor(reading, inner.start, inner.end);
    if (inner.number !== 3) return;
    for (const extent of await reading.varints(inner)) shape.push(Number(signedVarint(extent)));
  });
  const { label, dtype } = (values ?? { label: '', dtype: 'float32' }) as OnnxTensor;
  const isSound = shape.every((extent) => Number.isSafeInteger(extent) && extent >= 0);
  if (!isSound) throw malformedModel(reading.name, 'a sparse tensor with a bad shape');
  const elements = shape.reduce((product, extent) => product * extent, 1);
  const payload = { file: null, startByte: field.start, endByte: field.end };
  return { label, dtype: `sparse-${dtype}`, family: 'sparse', shape, elements, payload, content: null };
}
