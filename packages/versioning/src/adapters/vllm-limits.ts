import type { JsonValue } from '@weighbridge/core';
import { isJsonList, isJsonObject, memberOf } from '../json/key-differences.js';
import { listNames } from '../difference.js';

/** Values that `--max-lora-rank` takes (vLLM, `MaxLoRARanks` in vllm/config/lora.py). */
export const vllmRanks = [1, 8, 16, 32, 64, 128, 256, 320, 512] as const;

/** The least value of `--max-lora-rank` that lets a rank in; null where none does. */
export function vllmRankFor(rank: number): number | null {
  return vllmRanks.find((allowed) => rank <= allowed) ?? null;
}

/**
 * Why vLLM would refuse an adapter, or would serve it otherwise than PEFT does; empty when it serves it. It loads LoRA
 * alone, with one rank and one alpha for all layers (vLLM, vllm/lora/peft_helper.py).
 */
export function vllmObstacles(config: JsonValue, rank: number | null): string[] {
  const found: string[] = [];
  const type = memberOf(config, 'peft_type');
  if (type === undefined) found.push('It has no adapter_config.json among its artifacts.');
  else if (type !== 'LORA')
    found.push(`vLLM serves LoRA adapters only, and this is ${typeof type === 'string' ? type : 'none'}.`);
  if (memberOf(config, 'use_dora') === true) found.push('vLLM does not serve DoRA (use_dora): merge it into its base.');
  const saved = memberOf(config, 'modules_to_save');
  if (isJsonList(saved) && saved.length > 0)
    found.push(
      `vLLM loads no whole layers (modules_to_save: ${listNames(saved.map(String))}): merge it into its base.`,
    );
  const bias = memberOf(config, 'bias') ?? 'none';
  if (bias !== 'none' || memberOf(config, 'lora_bias') === true) found.push('vLLM loads no biases (bias, lora_bias).');
  for (const key of ['rank_pattern', 'alpha_pattern']) {
    const pattern = memberOf(config, key);
    if (isJsonObject(pattern) && Object.keys(pattern).length > 0)
      found.push(`vLLM scales every layer by r and lora_alpha and does not read ${key}.`);
  }
  if (rank !== null && vllmRankFor(rank) === null)
    found.push(`vLLM takes ranks up to ${vllmRanks.at(-1)}, and this has ${rank}.`);
  return found;
}
