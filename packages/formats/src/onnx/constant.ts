import { constantTensor, encodeIntegers, maxStructuralElements } from './read-tensor.js';
import type { OnnxAttribute, OnnxNode, OnnxTensor } from './model.js';

/** The value of a Constant node as the tensor that an initializer would be; null when the node is not one. */
export function constantOf(node: OnnxNode): OnnxTensor | null {
  const [attribute] = node.attributes;
  if (node.opType !== 'Constant' || node.domain !== '' || attribute === undefined) return null;
  const tensor = attribute.tensors[0] ?? listTensor(attribute);
  return tensor === null ? null : { ...tensor, label: node.outputs[0] ?? '' };
}

/** `value_int`, `value_floats` and their kin; null for a reference to an attribute of the function around it. */
function listTensor({ text, valueSpan }: OnnxAttribute): OnnxTensor | null {
  const kind = text.slice(0, text.indexOf(':'));
  const list = text.slice(kind.length + 1);
  const values = list === '' ? [] : list.split(',');
  const shape = kind.endsWith('s') ? [values.length] : [];
  if (kind === 'int' || kind === 'ints') {
    const content = values.length <= maxStructuralElements ? encodeIntegers(values.map(BigInt), 8) : null;
    return constantTensor({ dtype: 'int64', family: 'integer', shape, content, payload: null });
  }
  if (kind === 'float' || kind === 'floats') {
    const payload = valueSpan === null ? null : { file: null, ...valueSpan };
    return constantTensor({ dtype: 'float32', family: 'float', shape, content: values.join(''), payload });
  }
  if (kind !== 'string' && kind !== 'strings') return null;
  return constantTensor({
    dtype: 'string',
    family: 'string',
    shape,
    content: values.map((value) => `${value},`).join(''),
    payload: null,
  });
}

/** Operators whose float inputs say how large the output is; everywhere else floats are weights. */
const floatsAreStructure = new Set(['Resize', 'Upsample']);

/** Operators that take quantised numbers: their 32-bit integers are biases and zero points, not axes and shapes. */
const quantised = /[Qq]uantize|Integer|QLinear|^QGemm$|^QAttention$/;

/**
 * Whether the content of a constant is structure at the place where it is used. Axes, shapes, splits and labels come
 * as small integers, booleans and strings; floats and 8- and 16-bit integers are learned or measured.
 */
export function isStructural(tensor: OnnxTensor, operator: string): boolean {
  if (tensor.content === null) return false;
  if (tensor.elements === 0) return true;
  if (tensor.elements > maxStructuralElements) return false;
  if (tensor.dtype === 'int32' || tensor.dtype === 'uint32') return !quantised.test(operator);
  if (tensor.family === 'float') return floatsAreStructure.has(operator);
  return ['int64', 'uint64', 'bool', 'string'].includes(tensor.dtype);
}
