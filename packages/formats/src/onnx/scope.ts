import { constantOf } from './constant.js';
import { elementType } from './element-types.js';
import type { OnnxGraph, OnnxNode, OnnxTensor } from './model.js';
import { malformedModel } from './wire.js';

/** One node on its way through the canonical traversal. */
export interface NodeState {
  readonly scope: GraphScope;
  readonly node: OnnxNode;
  mark: 'new' | 'open' | 'done';
  /** Number in canonical order, once done; equal nodes share one. */
  place: number;
}

/** What a name of the graph comes down to when Identity nodes and Constant nodes are looked through. */
export type ScopeValue =
  | { readonly kind: 'none' }
  | { readonly kind: 'constant'; readonly tensor: OnnxTensor }
  | { readonly kind: 'formal'; readonly scope: GraphScope; readonly index: number; readonly name: string }
  | { readonly kind: 'node'; readonly state: NodeState; readonly output: number };

const none: ScopeValue = { kind: 'none' };

/** The names of one graph. Subgraphs see the names of the graphs around them; function bodies see only their own. */
export class GraphScope {
  readonly graph: OnnxGraph;
  readonly #parent: GraphScope | null;
  readonly #modelName: string;
  readonly #isUntyped: boolean;
  readonly #values = new Map<string, ScopeValue>();
  readonly #aliases = new Map<string, { readonly to: string; readonly asFloat: boolean }>();

  constructor(
    graph: OnnxGraph,
    context: { readonly parent: GraphScope | null; readonly modelName: string; readonly isUntyped: boolean },
  ) {
    this.graph = graph;
    this.#parent = context.parent;
    this.#modelName = context.modelName;
    this.#isUntyped = context.isUntyped;
    for (const [index, { name }] of graph.inputs.entries())
      this.#define(name, { kind: 'formal', scope: this, index, name });
    for (const [name, tensor] of graph.initializers) this.#define(name, { kind: 'constant', tensor });
    for (const node of graph.nodes) this.#defineOutputs(node);
  }

  /** A scope inside this one. */
  inner(graph: OnnxGraph): GraphScope {
    return new GraphScope(graph, { parent: this, modelName: this.#modelName, isUntyped: this.#isUntyped });
  }

  /** @throws formats/onnx-malformed for a name that nothing produces, and for Identity nodes in a circle */
  resolve(name: string): ScopeValue {
    if (name === '') return none;
    const chain: string[] = [];
    let asFloat = false;
    let current = name;
    for (let alias = this.#aliases.get(current); alias !== undefined; alias = this.#aliases.get(current)) {
      if (chain.length > this.#aliases.size) throw malformedModel(this.#modelName, 'Identity nodes in a circle');
      chain.push(current);
      asFloat ||= alias.asFloat;
      current = alias.to;
    }
    const value = this.#values.get(current) ?? this.#outer(current);
    const result =
      asFloat && value.kind === 'constant' ? { kind: 'constant' as const, tensor: floatOf(value.tensor) } : value;
    // The end of a long chain is remembered at its head, so that many readers of it do not walk it again.
    if (chain.length > 1) {
      this.#aliases.delete(name);
      this.#values.set(name, result);
    }
    return result;
  }

  #outer(name: string): ScopeValue {
    if (this.#parent !== null) return this.#parent.resolve(name);
    throw malformedModel(this.#modelName, `a node uses "${name.slice(0, 100)}", which nothing produces`);
  }

  #define(name: string, value: ScopeValue): void {
    if (this.#values.has(name) || this.#aliases.has(name)) {
      throw malformedModel(this.#modelName, `"${name.slice(0, 100)}" is produced twice`);
    }
    this.#values.set(name, value);
  }

  #defineOutputs(node: OnnxNode): void {
    const [output = '', ...others] = node.outputs;
    const constant = constantOf(node);
    if (constant !== null) return this.#define(output, { kind: 'constant', tensor: constant });
    const [input = ''] = node.inputs;
    const pass = input !== '' && others.length === 0 ? passing(node, this.#isUntyped) : null;
    if (pass !== null) {
      this.#define(output, none);
      this.#values.delete(output);
      this.#aliases.set(output, { to: input, asFloat: pass === 'as-float' });
      return;
    }
    const state: NodeState = { scope: this, node, mark: 'new', place: -1 };
    for (const [index, name] of node.outputs.entries()) {
      if (name !== '') this.#define(name, { kind: 'node', state, output: index });
    }
  }
}

/** Whether a node hands its first input on: unchanged, or as the same numbers in another format. */
function passing({ opType, domain, attributes }: OnnxNode, isUntyped: boolean): 'unchanged' | 'as-float' | null {
  if (domain === '' && opType === 'Identity') return 'unchanged';
  if (!isUntyped) return null;
  if (opType === 'DequantizeLinear') return 'as-float';
  if (opType === 'QuantizeLinear') return 'unchanged';
  if (domain !== '' || opType !== 'Cast') return null;
  const target = attributes.find(({ name }) => name === 'to')?.text ?? '';
  return elementType(Number(target.slice('int:'.length)))?.family === 'float' ? 'as-float' : null;
}

function floatOf(tensor: OnnxTensor): OnnxTensor {
  return { ...tensor, dtype: 'float32', family: 'float', content: null };
}
