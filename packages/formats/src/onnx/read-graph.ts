import { weighbridgeError } from '@weighbridge/core';
import {
  functionKey,
  normaliseDomain,
  type OnnxAttribute,
  type OnnxFunction,
  type OnnxGraph,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValue,
} from './model.js';
import { readAttribute, readSparseTensor } from './read-attribute.js';
import { deepestNesting, type ModelReading } from './reading.js';
import { readTensor } from './read-tensor.js';
import { readValue } from './read-value.js';
import { malformedModel, type WireField } from './wire.js';

/** Reads a GraphProto with its subgraphs; doc strings, value_info and annotations are skipped. */
export async function readGraph(reading: ModelReading, field: WireField, depth: number): Promise<OnnxGraph> {
  if (depth > deepestNesting) {
    throw weighbridgeError('formats/too-complex', { name: reading.name, what: 'nested graphs', limit: deepestNesting });
  }
  const nodes: OnnxNode[] = [];
  const initializers = new Map<string, OnnxTensor>();
  const inputs: OnnxValue[] = [];
  const outputs: OnnxValue[] = [];
  const addInitializer = (tensor: OnnxTensor): void => {
    if (initializers.has(tensor.label))
      throw malformedModel(reading.name, `two initializers are called "${tensor.label}"`);
    initializers.set(tensor.label, tensor);
  };
  await reading.message(field, async (inner) => {
    if (inner.number === 1) nodes.push(await readNode(reading, inner, depth));
    else if (inner.number === 5) addInitializer(await readTensor(reading, inner.start, inner.end));
    else if (inner.number === 15) addInitializer(await readSparseTensor(reading, inner));
    else if (inner.number === 11) inputs.push(await readValue(reading, inner));
    else if (inner.number === 12) outputs.push(await readValue(reading, inner));
  });
  // Up to IR version 3 initializers had to be listed as inputs too; those are defaults, not something a caller gives.
  return { nodes, initializers, inputs: inputs.filter(({ name }) => !initializers.has(name)), outputs };
}

/** Reads a FunctionProto. */
export async function readFunction(reading: ModelReading, field: WireField): Promise<OnnxFunction> {
  const names = { name: '', domain: '', overload: '' };
  const nodes: OnnxNode[] = [];
  const inputs: OnnxValue[] = [];
  const outputs: OnnxValue[] = [];
  const attributes: OnnxAttribute[] = [];
  const attributeNames: string[] = [];
  const formal = async (inner: WireField): Promise<OnnxValue> => ({
    name: await reading.text(inner),
    dtype: '',
    shape: [],
  });
  await reading.message(field, async (inner) => {
    if (inner.number === 1) names.name = await reading.text(inner);
    else if (inner.number === 10) names.domain = await reading.text(inner);
    else if (inner.number === 13) names.overload = await reading.text(inner);
    else if (inner.number === 4) inputs.push(await formal(inner));
    else if (inner.number === 5) outputs.push(await formal(inner));
    else if (inner.number === 6) attributeNames.push(await reading.text(inner));
    else if (inner.number === 7) nodes.push(await readNode(reading, inner, 0));
    else if (inner.number === 11)
      attributes.push(await readAttribute(reading, inner, '', (sub) => readGraph(reading, sub, 1)));
  });
  const graph = { nodes, initializers: new Map<string, OnnxTensor>(), inputs, outputs };
  const key = functionKey(names.domain, names.name, names.overload);
  return { key, graph, attributes: sortByName(attributes), attributeNames: attributeNames.sort() };
}

async function readNode(reading: ModelReading, field: WireField, depth: number): Promise<OnnxNode> {
  reading.count();
  const names = { opType: '', domain: '', overload: '' };
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: OnnxAttribute[] = [];
  // What an attribute means depends on the operator; one that stands before its name waits for it.
  const waiting: WireField[] = [];
  const attribute = (inner: WireField): Promise<OnnxAttribute> =>
    readAttribute(reading, inner, names.opType, (sub) => readGraph(reading, sub, depth + 1));
  await reading.message(field, async (inner) => {
    if (inner.number === 1 || inner.number === 2) {
      reading.count();
      (inner.number === 1 ? inputs : outputs).push(await reading.text(inner));
    } else if (inner.number === 4) names.opType = await reading.text(inner);
    else if (inner.number === 7) names.domain = normaliseDomain(await reading.text(inner));
    else if (inner.number === 8) names.overload = await reading.text(inner);
    else if (inner.number === 5 && names.opType === '') waiting.push(inner);
    else if (inner.number === 5) attributes.push(await attribute(inner));
  });
  for (const inner of waiting) attributes.push(await attribute(inner));
  return { ...names, inputs, outputs, attributes: sortByName(attributes) };
}

function sortByName(attributes: OnnxAttribute[]): OnnxAttribute[] {
  return attributes.sort((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0));
}
