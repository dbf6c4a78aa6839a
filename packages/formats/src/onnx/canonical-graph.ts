import { type Sha256, weighbridgeError } from '@weighbridge/core';
import {
  type CanonicalGraph,
  type Frame,
  type GraphForm,
  GraphWriting,
  operatorName,
  type PlacedTensor,
} from './graph-writing.js';
import { functionKey, type OnnxFunction, type OnnxModel, type OnnxNode, type OnnxTensor } from './model.js';
import { GraphScope, type NodeState } from './scope.js';
import { malformedModel } from './wire.js';

/** Functions that call functions; ONNX forbids recursion, this bounds the chain. */
const deepestCalls = 128;

/**
 * Brings a model into canonical form: nodes are numbered in the order in which a walk from the outputs (by name)
 * along the inputs (in their order) finishes them, so that no name and no order of the file matters; every node is
 * visited once, without recursion, whatever the sharing. Identity and Constant nodes are looked through, dead nodes are
 * not met, equal nodes without weights are one. Weights count by dtype and shape, whether shared or not: small ones are
 * listed once for each use, because exporters share equal scalars and zero biases at will, large ones once, at their
 * first use.
 */
export class Canonicaliser {
  /** Counts of operators met, functions once for their definition. */
  readonly operators = new Map<string, number>();
  readonly #model: OnnxModel;
  readonly #context: { readonly modelName: string; readonly sha256: Sha256; readonly isUntyped: boolean };
  readonly #functions: ReadonlyMap<string, OnnxFunction>;
  readonly #functionForms = new Map<string, GraphForm | 'open'>();
  #callDepth = 0;

  constructor(
    model: OnnxModel,
    context: { readonly modelName: string; readonly sha256: Sha256; readonly isUntyped: boolean },
  ) {
    this.#model = model;
    this.#context = context;
    this.#functions = new Map(model.functions.map((definition) => [definition.key, definition]));
  }

  /** The form of the whole model. Tensor paths begin with `graph/` or `functions/`. @throws formats/onnx-malformed */
  canonicalise(): CanonicalGraph {
    const main = this.#graphForm(new GraphScope(this.#model.graph, { parent: null, ...this.#context }), true);
    const tensors = main.tensors.map(({ path, tensor }) => ({ path: `graph/${path}`, tensor }));
    let order = 0;
    for (const form of this.#functionForms.values()) {
      if (form === 'open') continue;
      for (const { path, tensor } of form.tensors) tensors.push({ path: `functions/${order}/${path}`, tensor });
      order += 1;
    }
    return { digest: main.digest, tensors: listLargeOnce(tensors) };
  }

  #graphForm(scope: GraphScope, isMain: boolean): GraphForm {
    const writing = new GraphWriting(scope, isMain, this.#context);
    const outputs = scope.graph.outputs.map(({ name }) => ({ name, value: scope.resolve(name) }));
    if (isMain) outputs.sort((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0));
    for (const { value } of outputs) {
      if (value.kind === 'node' && value.state.scope === scope) this.#walkFrom(value.state, writing);
    }
    return writing.finish(outputs);
  }

  /** Depth first along inputs, with a stack of our own: graphs are deeper than call stacks. */
  #walkFrom(root: NodeState, writing: GraphWriting): void {
    if (root.mark === 'done') return;
    const frames: Frame[] = [this.#open(root)];
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      const child = frame.children[frame.next];
      if (child === undefined) {
        this.#close(frame, writing);
        frames.pop();
        continue;
      }
      frame.next += 1;
      if (child.mark === 'open') throw malformedModel(this.#context.modelName, 'its nodes form a circle');
      if (child.mark === 'new') frames.push(this.#open(child));
    }
  }

  #open(state: NodeState): Frame {
    state.mark = 'open';
    const { node, scope } = state;
    const inputs = node.inputs.map((name) => scope.resolve(name));
    while (inputs.at(-1)?.kind === 'none') inputs.pop();
    const subgraphs = node.attributes.flatMap(({ name, graphs }) =>
      graphs.map((graph, index) => ({
        path: index === 0 ? name : `${name}[${index}]`,
        form: this.#graphForm(scope.inner(graph), false),
      })),
    );
    const captures = subgraphs.flatMap(({ form }) => form.captures);
    const children: NodeState[] = [];
    for (const value of [...inputs, ...captures]) {
      if (value.kind === 'node' && value.state.scope === scope) children.push(value.state);
    }
    return { state, inputs, subgraphs, captures, children, next: 0 };
  }

  #close(frame: Frame, writing: GraphWriting): void {
    const { state } = frame;
    const call = this.#callOf(state.node);
    const isNew = writing.write(frame, call);
    if (!isNew || call !== null) return;
    const name = operatorName(state.node);
    this.operators.set(name, (this.operators.get(name) ?? 0) + 1);
  }

  /** Digest of the function that a node calls, or null for an operator. */
  #callOf(node: OnnxNode): string | null {
    const key = functionKey(node.domain, node.opType, node.overload);
    const definition = this.#functions.get(key);
    if (definition === undefined) return null;
    const known = this.#functionForms.get(key);
    if (known === 'open') throw malformedModel(this.#context.modelName, 'a function calls itself');
    const form = known ?? this.#functionForm(key, definition);
    const attributes = definition.attributes.map(({ name, text }) => [name, text]);
    return JSON.stringify([form.digest, definition.attributeNames, attributes]);
  }

  #functionForm(key: string, definition: OnnxFunction): GraphForm {
    const { modelName } = this.#context;
    if (this.#callDepth >= deepestCalls) {
      throw weighbridgeError('formats/too-complex', {
        name: modelName,
        what: 'nested function calls',
        limit: deepestCalls,
      });
    }
    this.#callDepth += 1;
    this.#functionForms.set(key, 'open');
    const form = this.#graphForm(new GraphScope(definition.graph, { parent: null, ...this.#context }), false);
    this.#functionForms.set(key, form);
    this.#callDepth -= 1;
    return form;
  }
}

/** A weight whose content was not read is too large for two of them to be equal by chance: shared means shared. */
function listLargeOnce(tensors: readonly PlacedTensor[]): PlacedTensor[] {
  const seen = new Set<OnnxTensor>();
  return tensors.filter(({ tensor }) => {
    if (tensor.content !== null) return true;
    const isFirst = !seen.has(tensor);
    seen.add(tensor);
    return isFirst;
  });
}
