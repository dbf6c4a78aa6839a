// needs: python
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type ArtifactHeader, readHeader } from '@weighbridge/formats';
import { bytesSource } from '@weighbridge/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askPython } from './ask-python.js';

type Value = readonly [name: string, dtype: string, shape: readonly (number | null)[]];

/** What the package onnx says of a model, and the same model saved again in other words. */
interface Told {
  readonly path: string;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly opsets: Readonly<Record<string, number>>;
  /** dtype, shape and SHA-256 of every float constant that a node uses. */
  readonly weights: readonly (readonly [dtype: string, shape: readonly number[], digest: string])[];
  readonly resaved: readonly string[];
}

const script = `
import copy, hashlib, json, os, random, sys
import numpy as np, onnx
from onnx import TensorProto as T, helper as h, numpy_helper as nh
folder, *given = sys.argv[1:]
rng = random.Random(20264)

def graphs_of(graph):
    yield graph
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.type == onnx.AttributeProto.GRAPH: yield from graphs_of(attribute.g)

def values(items):
    out = []
    for item in items:
        tensor = item.type.tensor_type
        shape = [d.dim_value if d.HasField("dim_value") else None for d in tensor.shape.dim]
        out.append([item.name, str(h.tensor_dtype_to_np_dtype(tensor.elem_type)), shape])
    return out

def weights(model):
    out, used = [], set()
    for graph in graphs_of(model.graph):
        for node in graph.node: used.update(node.input)
    for graph in graphs_of(model.graph):
        tensors = [t for t in graph.initializer if t.name in used]
        tensors += [a.t for n in graph.node for a in n.attribute if a.type == onnx.AttributeProto.TENSOR]
        for tensor in tensors:
            if tensor.data_type in (T.FLOAT, T.DOUBLE, T.FLOAT16) and all(tensor.dims):
                array = nh.to_array(tensor)
                out.append([str(array.dtype), list(array.shape), hashlib.sha256(array.tobytes()).hexdigest()])
    return sorted(out)

def made(index):
    count = rng.randrange(2, 12)
    nodes, initializers, live = [], [], ["x"]
    for k in range(count):
        width = rng.choice([3, 40])
        kind = rng.randrange(7)
        source, out = rng.choice(live), "v%d" % k
        if kind < 2:
            dtype = rng.choice([np.float32, np.float64, np.float16])
            array = np.random.RandomState(index * 100 + k).rand(width, rng.choice([2, 9])).astype(dtype)
            initializers.append(nh.from_array(array, "w%d" % k)); nodes.append(h.make_node("MatMul", [source, "w%d" % k], [out]))
        elif kind == 2:
            initializers.append(h.make_tensor("b%d" % k, T.FLOAT, [3], [float(k), -1.5, index], raw=False)); nodes.append(h.make_node("Add", [source, "b%d" % k], [out]))
        elif kind == 3:
            initializers.append(nh.from_array(np.array([0, -1, k], np.int64), "s%d" % k)); nodes.append(h.make_node("Reshape", [source, "s%d" % k], [out], allowzero=rng.randrange(2)))
        elif kind == 4:
            nodes.append(h.make_node("Constant", [], ["c%d" % k], value=nh.from_array(np.float32(k + 0.5)))); nodes.append(h.make_node("Mul", [source, "c%d" % k], [out], name="n"))
        elif kind == 5:
            inner = lambda op, s: h.make_graph([h.make_node(op, [s, "iw"], ["io"])], "inner", [], [h.make_tensor_value_info("io", T.FLOAT, None)], [nh.from_array(np.full((2, k + 1), index, np.float32), "iw")])
            nodes.append(h.make_node("If", ["flag"], [out], then_branch=inner("Add", source), else_branch=inner("Mul", rng.choice(live))))
        else: nodes.append(h.make_node("LeakyRelu", [source], [out], alpha=0.25, domain=rng.choice(["", "ai.onnx"])))
        live.append(out)
    # Every value is used, so that every constant is.
    nodes.append(h.make_node("Sum", live, ["y"]))
    inputs = [h.make_tensor_value_info("x", T.FLOAT, ["batch", 3, None]), h.make_tensor_value_info("flag", T.BOOL, [])]
    graph = h.make_graph(nodes, "g", inputs, [h.make_tensor_value_info("y", rng.choice([T.FLOAT, T.DOUBLE]), ["batch", 7])], initializers, doc_string="d" * rng.randrange(900))
    model = h.make_model(graph, opset_imports=[h.make_opsetid("", rng.choice([13, 17, 21])), h.make_opsetid("com.microsoft", 1)], producer_name="made")
    return model

def renamed(model, keep):
    model = copy.deepcopy(model)
    new = lambda name: name if name in keep or name == "" else "/other/" + hashlib.md5(name.encode()).hexdigest()[:8]
    for graph in graphs_of(model.graph):
        graph.name, graph.doc_string = "other", ""
        for node in graph.node:
            node.name, node.doc_string = "", "new words"
            node.input[:] = [new(n) for n in node.input]; node.output[:] = [new(n) for n in node.output]
        for tensor in graph.initializer: tensor.name = new(tensor.name)
        if graph is not model.graph:
            for item in list(graph.output) + list(graph.input): item.name = new(item.name)
        del graph.value_info[:]
    return model

def moved(model):
    """Constant nodes become initializers and the other way round, in all graphs."""
    model = copy.deepcopy(model)
    for graph in graphs_of(model.graph):
        constants = [n for n in graph.node if n.op_type == "Constant" and n.attribute[0].name == "value"]
        rest = [n for n in graph.node if not any(n is c for c in constants)]
        nodes = [h.make_node("Constant", [], [t.name], value=t) for t in graph.initializer]
        kept = [copy.deepcopy(n) for n in rest]
        tensors = []
        for node in constants:
            tensor = copy.deepcopy(node.attribute[0].t); tensor.name = node.output[0]; tensors.append(tensor)
        del graph.node[:]; del graph.initializer[:]
        graph.node.extend(nodes + kept); graph.initializer.extend(reversed(tensors))
    return model

told = []
models = [(path, onnx.load(path)) for path in given] + [(None, made(index)) for index in range(40)]
for index, (path, model) in enumerate(models):
    if path is None:
        path = os.path.join(folder, "made-%d.onnx" % index); onnx.save(model, path)
    keep = {item.name for item in list(model.graph.input) + list(model.graph.output)}
    resaved = []
    for word, variant in {"renamed": renamed(model, keep), "moved": moved(model), "both": moved(renamed(model, keep))}.items():
        resaved.append(os.path.join(folder, "%d-%s.onnx" % (index, word))); onnx.save(variant, resaved[-1])
    resaved.append(os.path.join(folder, "%d-external.onnx" % index))
    onnx.save(copy.deepcopy(model), resaved[-1], save_as_external_data=True, location="%d.bin" % index, size_threshold=0, convert_attribute=bool(index % 2))
    opsets = {("" if o.domain == "ai.onnx" else o.domain): o.version for o in model.opset_import}
    told.append({"path": path, "inputs": values(model.graph.input), "outputs": values(model.graph.output), "opsets": opsets, "weights": weights(model), "resaved": resaved})
print(json.dumps(told))
`;

const sha256 = (input: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(input).digest());

async function read(path: string): Promise<ArtifactHeader> {
  const openBeside = async (file: string) => bytesSource(new Uint8Array(readFileSync(join(dirname(path), file))), file);
  const header = await readHeader(bytesSource(new Uint8Array(readFileSync(path)), path), { sha256, openBeside });
  if (header?.format !== 'onnx') throw new Error(`${path} is not recognised`);
  return header;
}

function weightsOf(path: string, { tensors }: ArtifactHeader): unknown[] {
  return tensors.map(({ dtype, shape, location }) => {
    const file = location?.file === basename(path) ? path : join(dirname(path), location?.file ?? '');
    const bytes = readFileSync(file).subarray(location?.startByte, location?.endByte);
    return [dtype, shape, createHash('sha256').update(bytes).digest('hex')];
  });
}

const sorted = (list: readonly unknown[]): string[] => list.map((item) => JSON.stringify(item)).sort();
const identity = ({ graph, tensors }: ArtifactHeader): unknown => [
  graph,
  tensors.map(({ name, dtype, shape }) => [name, dtype, shape]),
];

describe('models as the package onnx reads and writes them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weighbridge-onnx-'));
  let told: readonly Told[] = [];
  beforeAll(() => {
    const vad = dirname(createRequire(import.meta.url).resolve('@ricky0123/vad-web'));
    told = askPython(
      script,
      folder,
      ...['legacy', 'v5', 'v6'].map((version) => join(vad, `silero_vad_${version}.onnx`)),
    ) as readonly Told[];
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('agrees on inputs, outputs, operator sets and every weight', async () => {
    expect(told).toHaveLength(43);
    for (const { path, inputs, outputs, opsets, weights } of told) {
      const header = await read(path);
      const values = (list: readonly { name: string; dtype: string; shape: readonly (number | null)[] }[] = []) =>
        list.map(({ name, dtype, shape }) => [name, dtype, shape]);
      expect(values(header.graph?.inputs), path).toEqual(inputs);
      expect(values(header.graph?.outputs), path).toEqual(outputs);
      expect(header.graph?.opsets, path).toEqual(opsets);
      expect([...new Set(sorted(weightsOf(path, header)))], path).toEqual([...new Set(sorted(weights))]);
    }
  });

  it('sees nothing in renaming, in moving constants and in external data', async () => {
    for (const { path, resaved } of told) {
      const header = await read(path);
      const bytes = sorted(weightsOf(path, header));
      for (const other of resaved) {
        const again = await read(other);
        expect(identity(again), other).toEqual(identity(header));
        expect(sorted(weightsOf(other, again)), other).toEqual(bytes);
      }
    }
  });

  it('agrees that v6 of Silero VAD changed 28 constants of v5', async () => {
    const [, v5, v6] = told as readonly [Told, Told, Told];
    const before = await read(v5.path);
    const after = await read(v6.path);
    const changed = weightsOf(v5.path, before).filter(
      (weight, index) => JSON.stringify(weight) !== JSON.stringify(weightsOf(v6.path, after)[index]),
    );
    expect(changed).toHaveLength(28);
    expect(identity(after)).toEqual(identity(before));
  });
});
