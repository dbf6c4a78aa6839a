import { numberFormat } from './number-formats.js';
import type { Tensor, WeightGroup } from './weight-group.js';

/** A parameter of the network, however its numbers are packed. */
export interface LogicalTensor {
  /** Null where a quantiser packed it, so that the stored shape is not the parameter's. */
  readonly shape: readonly number[] | null;
  /** Number formats of its parts. */
  readonly format: string;
}

/** What quantisers (GPTQ, AWQ, bitsandbytes, compressed-tensors, FP8, MLX) store beside or instead of `x.weight`. */
const companions =
  /\.(?:qweight|qzeros|scales|g_idx|biases|weight_scale|weight_scale_inv|weight_zero_point|weight_packed|weight_shape|weight_g_idx|input_scale|output_scale|k_scale|v_scale|SCB|weight_format|weight\.(?:absmax|quant_map|nested_absmax|nested_quant_map|quant_state\.[A-Za-z0-9_]+|SCB))$/;

/** The tensors of a group as parameters: `x.qweight`, `x.qzeros` and `x.scales` are the one parameter `x.weight`. */
export function logicalTensors(group: WeightGroup): ReadonlyMap<string, LogicalTensor> {
  const logical = new Map<string, LogicalTensor>();
  const packed = new Map<string, string[]>();
  for (const [name, tensor] of group.tensors) {
    const owner = ownerOf(name, group.tensors);
    if (owner === null) logical.set(name, { shape: tensor.shape, format: numberFormat(tensor.dtype) });
    else
      packed.set(owner, [
        ...(packed.get(owner) ?? []),
        `${name.slice(name.lastIndexOf('.') + 1)}:${numberFormat(tensor.dtype)}`,
      ]);
  }
  for (const [owner, parts] of packed) {
    const own = group.tensors.get(owner);
    if (own !== undefined) parts.push(`weight:${numberFormat(own.dtype)}`);
    logical.set(owner, { shape: null, format: parts.sort().join('+') });
  }
  return logical;
}

/** The parameter that a quantiser's tensor belongs to; null for a tensor that stands for itself. */
function ownerOf(name: string, tensors: ReadonlyMap<string, Tensor>): string | null {
  const match = companions.exec(name);
  if (match === null) return null;
  const stem = name.slice(0, match.index);
  const owner = `${stem}.weight`;
  return tensors.has(owner) || tensors.has(`${stem}.qweight`) || tensors.has(`${stem}.weight_packed`) ? owner : null;
}
