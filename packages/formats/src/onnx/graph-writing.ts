import { bytesToHex, type Sha256, utf8 } from '@weighbridge/core';
import { isStructural } from './constant.js';
import type { OnnxNode, OnnxTensor } from './model.js';
import type { GraphScope, NodeState, ScopeValue } from './scope.js';

/** A weight at the place where the graph uses it. */
export interface PlacedTensor {
  readonly path: string;
  readonly tensor: OnnxTensor;
}

/** A graph without anything that an exporter makes up. */
export interface CanonicalGraph {
  /** SHA-256 as hexadecimal digits over the nodes in canonical order. */
  readonly digest: string;
  readonly tensors: readonly PlacedTensor[];
}

/** The form of a graph inside others; `captures` are values of the graphs around it, in order of first use. */
export interface GraphForm extends CanonicalGraph {
  readonly captures: readonly ScopeValue[];
}

/** A node whose inputs are being walked. */
export interface Frame {
  readonly state: NodeState;
  readonly inputs: readonly ScopeValue[];
  readonly subgraphs: readonly { readonly path: string; readonly form: GraphForm }[];
  readonly captures: readonly ScopeValue[];
  readonly children: readonly NodeState[];
  next: number;
}

/** Equal calls of these are two draws, not one. */
const random = new Set([
  'RandomNormal',
  'RandomNormalLike',
  'RandomUniform',
  'RandomUniformLike',
  'Multinomial',
  'Bernoulli',
]);

/** The canonical text of one graph while it is made; only its digest is kept. */
export class GraphWriting {
  readonly #scope: GraphScope;
  readonly #isMain: boolean;
  readonly #isUntyped: boolean;
  readonly #sha256: Sha256;
  readonly #lines: string[] = [];
  #linesLength = 0;
  #chain = '';
  #places = 0;
  readonly #seen = new Map<string, number>();
  readonly #counts = new Map<string, number>();
  readonly #captures: ScopeValue[] = [];
  readonly #captureIndex = new Map<object, Map<number, number>>();
  readonly #tensors: PlacedTensor[] = [];

  constructor(scope: GraphScope, isMain: boolean, context: { readonly sha256: Sha256; readonly isUntyped: boolean }) {
    this.#scope = scope;
    this.#isMain = isMain;
    this.#isUntyped = context.isUntyped;
    this.#sha256 = context.sha256;
  }

  /** Numbers a node and writes it, or gives it the number of an equal one. Tells whether it was new. */
  write(frame: Frame, call: string | null): boolean {
    const { state, inputs, subgraphs, captures } = frame;
    const { node } = state;
    const weights: PlacedTensor[] = [];
    const inputTexts = inputs.map((value, index) => this.#valueText(value, node, `[${index}]`, weights));
    const text = JSON.stringify([
      call ?? [node.domain, node.opType, node.overload],
      this.#attributeTexts(node, weights),
      subgraphs.map(({ path, form }) => [path, form.digest]),
      inputTexts,
      captures.map((value) => this.#valueText(value, node, '', weights)),
      countOutputs(node),
    ]);
    state.mark = 'done';
    const isRepeatable = weights.length === 0 && subgraphs.length === 0 && call === null && !random.has(node.opType);
    const twin = isRepeatable ? this.#seen.get(text) : undefined;
    state.place = twin ?? this.#places++;
    if (twin !== undefined) return false;
    if (isRepeatable) this.#seen.set(text, state.place);
    this.#push(text);
    this.#list(node, weights, subgraphs);
    return true;
  }

  finish(outputs: readonly { readonly name: string; readonly value: ScopeValue }[]): GraphForm {
    for (const [index, { name, value }] of outputs.entries()) {
      const weights: PlacedTensor[] = [];
      const place = this.#isMain ? name : index;
      this.#push(JSON.stringify(['output', place, this.#valueText(value, null, `output[${place}]`, weights)]));
      this.#tensors.push(...weights);
    }
    this.#fold();
    return { digest: this.#chain, tensors: this.#tensors, captures: this.#captures };
  }

  #valueText(value: ScopeValue, node: OnnxNode | null, path: string, weights: PlacedTensor[]): string {
    if (value.kind === 'none') return '-';
    if (value.kind === 'constant') return this.#constantText(value.tensor, node, path, weights);
    const owner = value.kind === 'node' ? value.state.scope : value.scope;
    if (owner !== this.#scope) return `outer:${this.#capture(value)}`;
    if (value.kind === 'node') return `${value.state.place}.${value.output}`;
    return this.#isMain ? `input:${value.name}` : `input.${value.index}`;
  }

  #constantText(tensor: OnnxTensor, node: OnnxNode | null, path: string, weights: PlacedTensor[]): string {
    const isStructure = isStructural(tensor, node?.opType ?? '');
    const isNumber = tensor.family === 'float' || !isStructure;
    const dtype = this.#isUntyped && isNumber ? 'number' : tensor.dtype;
    const shape = JSON.stringify(tensor.shape);
    if (!isStructure) weights.push({ path, tensor });
    if (!isStructure || (this.#isUntyped && isNumber)) return `weight:${dtype}${shape}`;
    return `constant:${dtype}${shape}:${tensor.content}`;
  }

  #attributeTexts(node: OnnxNode, weights: PlacedTensor[]): unknown[] {
    return node.attributes.map((attribute) => [
      attribute.name,
      attribute.text,
      attribute.tensors.map((tensor, index) =>
        this.#constantText(tensor, node, index === 0 ? `.${attribute.name}` : `.${attribute.name}[${index}]`, weights),
      ),
    ]);
  }

  #capture(value: Extract<ScopeValue, { kind: 'node' | 'formal' }>): number {
    const owner = value.kind === 'node' ? value.state : value.scope;
    const index = value.kind === 'node' ? value.output : value.index;
    const known = this.#captureIndex.get(owner) ?? new Map<number, number>();
    this.#captureIndex.set(owner, known);
    const place = known.get(index) ?? this.#captures.length;
    if (place === this.#captures.length) this.#captures.push(value);
    known.set(index, place);
    return place;
  }

  /** Names the node by its operator and how many of it came before, and its weights after it. */
  #list(node: OnnxNode, weights: readonly PlacedTensor[], subgraphs: Frame['subgraphs']): void {
    const name = operatorName(node);
    const count = this.#counts.get(name) ?? 0;
    this.#counts.set(name, count + 1);
    const prefix = `${name}_${count}`;
    for (const { path, tensor } of weights) this.#tensors.push({ path: prefix + path, tensor });
    for (const { path, form } of subgraphs) {
      for (const inner of form.tensors)
        this.#tensors.push({ path: `${prefix}.${path}/${inner.path}`, tensor: inner.tensor });
    }
    const learned = learnedTensor(node);
    if (learned !== null) this.#tensors.push({ path: `${prefix}.learned`, tensor: learned });
  }

  #push(line: string): void {
    this.#lines.push(line);
    this.#linesLength += line.length;
    if (this.#linesLength > 1 << 20) this.#fold();
  }

  #fold(): void {
    this.#chain = bytesToHex(this.#sha256(utf8(`${this.#chain}\n${this.#lines.join('\n')}`)));
    this.#lines.length = 0;
    this.#linesLength = 0;
  }
}

/** An operator as people write it: the default domain has no name. */
export function operatorName({ domain, opType }: OnnxNode): string {
  return domain === '' ? opType : `${domain}.${opType}`;
}

/** Trailing outputs without a name are left out by some exporters and named by none. */
function countOutputs({ outputs }: OnnxNode): number {
  return outputs.findLastIndex((name) => name !== '') + 1;
}

/** The learned attributes of a tree or its kin as one tensor without extents: retraining changes their count. */
function learnedTensor({ attributes, outputs }: OnnxNode): OnnxTensor | null {
  const spans = attributes.flatMap(({ learned }) => (learned === null ? [] : [learned]));
  if (spans.length === 0) return null;
  const startByte = spans.reduce((least, span) => Math.min(least, span.startByte), Number.POSITIVE_INFINITY);
  const endByte = spans.reduce((most, span) => Math.max(most, span.endByte), 0);
  const payload = { file: null, startByte, endByte };
  return { label: outputs[0] ?? '', dtype: 'learned', family: 'blob', shape: [], elements: 0, payload, content: null };
}
