// Generated families of files, the same in every run: what a registry gets of one model over the months. Each step is
// added to a store that has the steps before it.
import { createCipheriv } from 'node:crypto';
import { writeOnnx, writeSafetensors, writeZip } from '@weighbridge/testkit';

/** Of a small decoder. */
const width = 640;
const inner = 1728;
const vocabulary = 24_000;
const moreTokens = 256;

/** So many random bytes, the same for each seed: the key stream of AES, which is made at the speed of memory. */
function randomBytes(seed, length) {
  const key = Buffer.alloc(16);
  key.write(String(seed).slice(0, 16));
  return createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(length));
}

/** bf16 of a normal distribution by quantiles: exponents repeat as in real weights, mantissas do not. */
const quantiles = (() => {
  const table = new Uint16Array(65_536);
  const float = new Float32Array(1);
  const asBits = new Uint32Array(float.buffer);
  for (let index = 0; index < table.length; index++) {
    float[0] = 0.02 * normalQuantile((index + 0.5) / table.length);
    table[index] = asBits[0] >>> 16;
  }
  return table;
})();

/** Inverse of the normal distribution to three digits (Abramowitz and Stegun 26.2.23), which is enough for weights. */
function normalQuantile(p) {
  const t = Math.sqrt(-2 * Math.log(Math.min(p, 1 - p)));
  const value =
    t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3);
  return p < 0.5 ? -value : value;
}

function weights(seed, count) {
  const random = randomBytes(seed, count * 2);
  const values = new Uint16Array(random.buffer, random.byteOffset, count);
  for (let index = 0; index < count; index++) values[index] = quantiles[values[index]];
  return random;
}

/** Names and shapes of the base, in the order in which safetensors has them. */
function architecture(layers) {
  const shapes = { 'lm_head.weight': [vocabulary, width], 'model.embed_tokens.weight': [vocabulary, width] };
  for (let layer = 0; layer < layers; layer++) {
    const at = `model.layers.${layer}.`;
    shapes[`${at}input_layernorm.weight`] = [width];
    shapes[`${at}mlp.down_proj.weight`] = [width, inner];
    shapes[`${at}mlp.gate_proj.weight`] = [inner, width];
    shapes[`${at}mlp.up_proj.weight`] = [inner, width];
    shapes[`${at}post_attention_layernorm.weight`] = [width];
    for (const name of ['k', 'o', 'q', 'v']) shapes[`${at}self_attn.${name}_proj.weight`] = [width, width];
  }
  shapes['model.norm.weight'] = [width];
  return Object.entries(shapes).map(([name, shape]) => ({ name, shape }));
}

const countOf = (shape) => shape.reduce((product, extent) => product * extent, 1);

/** A file whose tensors have the seed that `seedOf` gives them: equal seeds are equal bytes. */
function model(tensors, seedOf) {
  const written = tensors.map(({ name, shape }, index) => ({
    name,
    dtype: 'BF16',
    shape,
    bytes: weights(seedOf(name, index), countOf(shape)),
  }));
  return {
    bytes: writeSafetensors({ tensors: written, metadata: { format: 'pt' } }),
    tensors: written.map(({ bytes }) => bytes),
  };
}

const baseSeed = (name) => `0${shortOf(name)}`;
const shortOf = (name) =>
  [...name].reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0, 7).toString(36);

/** Spread over the model, always at least one. */
function changedShare(percent, tensors, variant) {
  const step = 100 / percent;
  const changed = new Set();
  for (let at = step / 2; at < tensors.length; at += step) changed.add(Math.floor(at));
  if (changed.size === 0) changed.add(tensors.length >> 1);
  return (name, index) => (changed.has(index) ? `${variant}${shortOf(name)}` : baseSeed(name));
}

/** The steps of the model, each with the name of the file that a registry would hold it like. */
export function* modelSteps({ layers }) {
  const tensors = architecture(layers);
  const base = model(tensors, baseSeed);
  yield { row: 'base model', file: 'base.safetensors', ...base };
  for (const percent of [1, 10, 30, 100]) {
    const tuned = model(tensors, changedShare(percent, tensors, `t${percent}`));
    yield {
      row: `fine-tune, ${percent} % of tensors`,
      file: `tuned-${percent}.safetensors`,
      like: 'base.safetensors',
      ...tuned,
    };
  }
  yield {
    row: `vocabulary grown by ${moreTokens} tokens`,
    file: 'grown.safetensors',
    like: 'base.safetensors',
    ...grown(tensors),
  };
  for (const adapter of [1, 2]) {
    yield { row: `LoRA adapter ${adapter}`, file: `adapter-${adapter}.safetensors`, ...lora(tensors, adapter) };
  }
  let like = 'base.safetensors';
  for (let step = 1; step <= 10; step++) {
    const file = `checkpoint-${step}.safetensors`;
    yield {
      row: 'ten checkpoints, a quarter of the layers training',
      file,
      like,
      ...model(tensors, trainingSeed(layers, step)),
    };
    like = file;
  }
  yield {
    row: 'conversion to float32',
    file: 'float32.safetensors',
    like: 'base.safetensors',
    ...converted(tensors, base.tensors),
  };
}

function trainingSeed(layers, step) {
  const first = layers - Math.max(1, Math.round(layers / 4));
  return (name) => {
    const layer = Number(/layers\.(\d+)\./.exec(name)?.[1] ?? -1);
    return layer >= first ? `c${step}${shortOf(name)}` : baseSeed(name);
  };
}

function grown(tensors) {
  const larger = tensors.map((tensor) =>
    tensor.shape[0] === vocabulary ? { ...tensor, shape: [vocabulary + moreTokens, width] } : tensor,
  );
  return model(larger, baseSeed);
}

function lora(tensors, adapter) {
  const rank = 16;
  const targets = tensors.filter(({ name }) => /self_attn|mlp/.test(name));
  const pairs = targets.flatMap(({ name, shape: [rows, columns] }) => [
    { name: `base_model.${name.replace('.weight', '.lora_A.weight')}`, shape: [rank, columns] },
    { name: `base_model.${name.replace('.weight', '.lora_B.weight')}`, shape: [rows, rank] },
  ]);
  return model(pairs, (name) => `l${adapter}${shortOf(name)}`);
}

function converted(tensors, bytesOf) {
  const written = tensors.map(({ name, shape }, index) => {
    const from = new Uint16Array(bytesOf[index].buffer, bytesOf[index].byteOffset, countOf(shape));
    const bytes = new Uint8Array(new Uint32Array(from).map((bits) => bits << 16).buffer);
    return { name, dtype: 'F32', shape, bytes };
  });
  return {
    bytes: writeSafetensors({ tensors: written, metadata: { format: 'pt' } }),
    tensors: written.map(({ bytes }) => bytes),
  };
}

/** Files beside the weights, and data: a first version, and one that changed a little. */
export function* otherSteps() {
  for (const [name, extension, make] of [
    ['tokenizer.json', 'json', tokenizer],
    ['CSV with a row inserted', 'csv', csv],
    ['columns by row groups, a row inserted', 'parquet', columns],
    ['ONNX with its nodes moved', 'onnx', onnx],
    ['zip of data files, one of them longer', 'zip', zip],
  ]) {
    const [first, second] = [`first.${extension}`, `second.${extension}`];
    yield { row: `${name}: first`, file: first, bytes: make(false), tensors: null };
    yield { row: `${name}: second`, file: second, like: first, bytes: make(true), tensors: null };
  }
}

function words(seed, count) {
  const random = randomBytes(seed, count * 12);
  const letters = 'etaoinshrdlucmfw';
  return Array.from({ length: count }, (_, index) => {
    const at = index * 12;
    return Array.from({ length: 3 + (random[at] & 7) }, (_, letter) => letters[random[at + 1 + letter] & 15]).join('');
  });
}

function tokenizer(isGrown) {
  const pieces = words('vocab', 48_000);
  const added = isGrown ? Array.from({ length: 64 }, (_, index) => `<|tool_${index}|>`) : ['<|end|>'];
  return Buffer.from(
    JSON.stringify(
      {
        version: '1.0',
        added_tokens: added.map((content, index) => ({ id: index, content, special: true })),
        model: {
          type: 'BPE',
          vocab: Object.fromEntries(pieces.map((piece, index) => [`${piece}${index % 7}`, index])),
          merges: pieces.map((piece) => [piece.slice(0, 2), piece.slice(2)]),
        },
      },
      null,
      1,
    ),
  );
}

function csv(hasRow) {
  const random = randomBytes('csv', 400_000 * 16);
  const lines = ['id,amount,ratio,label'];
  for (let row = 0; row < 400_000; row++) {
    if (hasRow && row === 120_000) lines.push('new,12.5,0.25,1');
    const at = row * 16;
    const ratio = random.readUInt32LE(at + 4) / 2 ** 32;
    lines.push(
      `${random.readUInt32LE(at)},${(random.readUInt32LE(at + 8) / 1e5).toFixed(2)},${ratio},${random[at + 12] & 1}`,
    );
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}

/** As Parquet lays out numbers without compression: groups of rows, in each a column behind the other. */
function columns(hasRow) {
  const [rows, count, groupRows] = [400_000, 8, 65_536];
  const values = Array.from({ length: count }, (_, column) => randomBytes(`column${column}`, rows * 8));
  const parts = ['PAR1'].map((text) => Buffer.from(text));
  const shifted = hasRow
    ? values.map((column) => Buffer.concat([column.subarray(0, 960_000), Buffer.alloc(8, 7), column.subarray(960_000)]))
    : values;
  for (let start = 0; start < rows * 8; start += groupRows * 8) {
    for (const column of shifted) parts.push(column.subarray(start, start + groupRows * 8));
  }
  return Buffer.concat(parts);
}

function onnx(isMoved) {
  const layers = Array.from({ length: 1200 }, (_, index) => index);
  const nodes = layers.map((index) => ({
    op: 'Add',
    name: `/encoder/layer.${index >> 3}/attention/output/Add_${index}`,
    inputs: [`/encoder/hidden_${index}`, `weight.${index % 40}`],
    outputs: [`/encoder/hidden_${index + 1}`],
  }));
  const moved = isMoved ? [...nodes.slice(0, 300), ...nodes.slice(301, 900), nodes[300], ...nodes.slice(900)] : nodes;
  const initializers = layers.slice(0, 40).map((index) => {
    const random = randomBytes(`onnx${index}`, 4 * 40_000);
    const values = new Float32Array(40_000).map((_, at) => random.readInt32LE(at * 4) / 2 ** 31);
    return { name: `weight.${index}`, dtype: 'float32', shape: [200, 200], values };
  });
  const value = (name) => ({ name, dtype: 'float32', shape: [200, 200] });
  return Buffer.from(
    writeOnnx({
      graph: {
        nodes: moved,
        initializers,
        inputs: [value('/encoder/hidden_0')],
        outputs: [value('/encoder/hidden_1200')],
      },
    }),
  );
}

function zip(isLonger) {
  return Buffer.from(
    writeZip(
      Array.from({ length: 24 }, (_, index) => ({
        name: `data/part-${index}.bin`,
        content: randomBytes(`zip${index}`, 700_000 + (isLonger && index === 5 ? 1000 : 0)),
      })),
    ),
  );
}
