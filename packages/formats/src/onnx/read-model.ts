import { normaliseDomain, type OnnxFunction, type OnnxGraph, type OnnxModel } from './model.js';
import { readFunction, readGraph } from './read-graph.js';
import type { ModelReading } from './reading.js';
import { malformedModel, signedVarint, walkFields, type WireField } from './wire.js';

const mostMetadata = 1000;

/** Walks a ModelProto (onnx.proto) from its first byte to its last. */
export async function readModel(reading: ModelReading): Promise<OnnxModel> {
  const numbers = { irVersion: 0, modelVersion: 0 };
  const texts = { producerName: '', producerVersion: '', domain: '' };
  const opsets = new Map<string, number>();
  const metadata: { key: string; value: string | null; sizeBytes: number }[] = [];
  const functions: OnnxFunction[] = [];
  let graph: OnnxGraph | null = null;
  await walkFields(reading.window, 0, reading.window.source.sizeBytes, async (field) => {
    if (field.number === 1) numbers.irVersion = Number(field.varint);
    else if (field.number === 2) texts.producerName = await reading.text(field);
    else if (field.number === 3) texts.producerVersion = await reading.text(field);
    else if (field.number === 4) texts.domain = await reading.text(field);
    else if (field.number === 5) numbers.modelVersion = Number(signedVarint(field.varint));
    else if (field.number === 7) {
      if (graph !== null) throw malformedModel(reading.name, 'it holds two graphs');
      graph = await readGraph(reading, field, 0);
    } else if (field.number === 8) await readOpset(reading, field, opsets);
    else if (field.number === 14) {
      metadata.push(await reading.entry(field));
      if (metadata.length > mostMetadata)
        throw malformedModel(reading.name, `more than ${mostMetadata} metadata entries`);
    } else if (field.number === 25) functions.push(await readFunction(reading, field));
  });
  if (graph === null) throw malformedModel(reading.name, 'it holds no graph');
  const producer = { name: texts.producerName, version: texts.producerVersion };
  return { ...numbers, producer, domain: texts.domain, opsets, metadata, graph, functions };
}

async function readOpset(reading: ModelReading, field: WireField, opsets: Map<string, number>): Promise<void> {
  let domain = '';
  let version = 0;
  await reading.message(field, async (inner) => {
    if (inner.number === 1) domain = normaliseDomain(await reading.text(inner));
    else if (inner.number === 2) version = Number(signedVarint(inner.varint));
  });
  opsets.set(domain, version);
}
