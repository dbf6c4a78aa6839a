import type { Digest, JsonObject, Sha256 } from '@weighbridge/core';
import type { ByteSource } from './byte-source.js';
import type { InflateStream } from './torch/entry-content.js';

export type ArtifactFormat = 'safetensors' | 'gguf' | 'onnx' | 'pytorch-zip' | 'pickle' | 'joblib';

/** A stretch of a compressed entry of an archive. */
export interface PackedPlace {
  /** The archive, relative to the artifact's folder. */
  readonly file: string;
  /** Name of the entry. */
  readonly entry: string;
  readonly startByte: number;
  readonly endByte: number;
}

/** One tensor as its header tells it. */
export interface TensorFact {
  /** State dicts: the parameter's name. ONNX: a name made from the tensor's place in the graph, not the exporter's. */
  readonly name: string;
  /** The format's own word, such as `F32`, `BF16`, `Q4_K`, `float16`. */
  readonly dtype: string;
  /** Extents, outermost first; empty for a scalar. Numbers above 2^53 - 1 are refused by the readers. */
  readonly shape: readonly number[];
  /** Where its bytes are, [startByte, endByte) of `file`, relative to the artifact's folder; null when not addressable. */
  readonly location: { readonly file: string; readonly startByte: number; readonly endByte: number } | null;
  /**
   * Where its bytes are in a compressed entry of an archive, [startByte, endByte) of what the entry inflates to; then
   * `location` is null.
   */
  readonly packed?: PackedPlace;
  /** What the exporter called it, where that is not `name`: evidence for people, never identity. */
  readonly label?: string;
}

/** One input or output of a graph. Symbolic dimensions are null: their names are the exporter's. */
export interface GraphValue {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly (number | null)[];
}

export interface GraphFacts {
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  /** Operator set version by domain; the default domain is the empty string. */
  readonly opsets: Readonly<Record<string, number>>;
  /**
   * How many nodes of each operator (`domain.name` outside the default domain), subgraphs and functions included.
   * Counted in the canonical form: without Constant and Identity, repeated nodes and nodes that no output needs.
   */
  readonly operators: Readonly<Record<string, number>>;
  /**
   * Digest of the structure: nodes, attributes, wiring, subgraphs and the dtypes and shapes of constants, independent
   * of value names, node names, the order of initializers and of whether a constant is an initializer or a node.
   */
  readonly structure: Digest;
  /**
   * Digest of the same structure with the number formats left out: floating-point types are one, casts between them and
   * quantize-dequantize pairs are not there. Equal where only dtype or quantisation changed.
   */
  readonly structureUntyped?: Digest;
}

/** What the header of one artifact says, whatever its format. */
export interface ArtifactHeader {
  readonly format: ArtifactFormat;
  /** Sorted by name (code points). */
  readonly tensors: readonly TensorFact[];
  /** Small metadata of the format: safetensors `__metadata__`, GGUF key-values (long arrays as count and digest), ONNX producer. */
  readonly attributes: JsonObject;
  /** ONNX only. */
  readonly graph: GraphFacts | null;
  /** Pickle kinds only: `module.name` of every import that loading would make, sorted. */
  readonly imports: readonly string[];
  /** Bytes that were read to learn this. */
  readonly bytesRead: number;
}

/** What a header reader needs besides the artifact's bytes. */
export interface HeaderContext {
  readonly sha256: Sha256;
  /** Absent: compressed entries of archives are refused (formats/torch-compressed). */
  readonly inflate?: InflateStream;
  /** Opens a file by its path relative to the artifact's folder; null when there is none. The path never leaves that folder. */
  openBeside(relativePath: string): Promise<ByteSource | null>;
}
