/** An ONNX model without its weights: what a walk over the file leaves in memory. */
export interface OnnxModel {
  readonly irVersion: number;
  readonly producer: { readonly name: string; readonly version: string };
  readonly domain: string;
  readonly modelVersion: number;
  readonly opsets: ReadonlyMap<string, number>;
  readonly metadata: readonly { readonly key: string; readonly value: string | null; readonly sizeBytes: number }[];
  readonly graph: OnnxGraph;
  readonly functions: readonly OnnxFunction[];
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: ReadonlyMap<string, OnnxTensor>;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

export interface OnnxValue {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly (number | null)[];
}

/** A FunctionProto: a body that nodes call by domain, name and overload. */
export interface OnnxFunction {
  readonly key: string;
  readonly graph: OnnxGraph;
  readonly attributes: readonly OnnxAttribute[];
  readonly attributeNames: readonly string[];
}

export interface OnnxNode {
  readonly opType: string;
  readonly domain: string;
  readonly overload: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Sorted by name. */
  readonly attributes: readonly OnnxAttribute[];
}

/**
 * One attribute. `text` is its canonical content; tensors, subgraphs and what counts as weights stand apart, because
 * the structure treats them in their own ways.
 */
export interface OnnxAttribute {
  readonly name: string;
  readonly text: string;
  readonly tensors: readonly OnnxTensor[];
  readonly graphs: readonly OnnxGraph[];
  /** Learned numbers of classical operators (trees, support vectors) whose very count is learned. */
  readonly learned: { readonly startByte: number; readonly endByte: number } | null;
  /** Where floats stand that may be weights: those of a Constant node. */
  readonly valueSpan: { readonly startByte: number; readonly endByte: number } | null;
}

/** A constant, whether an initializer, the value of a Constant node or an attribute. */
export interface OnnxTensor {
  /** The exporter's name. */
  readonly label: string;
  readonly dtype: string;
  readonly family: 'float' | 'integer' | 'boolean' | 'string' | 'complex' | 'sparse' | 'blob';
  readonly shape: readonly number[];
  readonly elements: number;
  /** Position of the payload: file null is the model's own. Null when the payload has no bytes of its own. */
  readonly payload: { readonly file: string | null; readonly startByte: number; readonly endByte: number } | null;
  /** Little-endian content as hexadecimal digits, of small constants only. */
  readonly content: string | null;
}

/** The domain of the standard operators has two spellings. */
export function normaliseDomain(domain: string): string {
  return domain === 'ai.onnx' ? '' : domain;
}

export function functionKey(domain: string, name: string, overload: string): string {
  return JSON.stringify([normaliseDomain(domain), name, overload]);
}
