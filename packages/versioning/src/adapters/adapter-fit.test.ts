import { describe, expect, test } from 'vitest';
import { type JsonValue, parseModelName, parseVersion } from '@weighbridge/core';
import type { Snapshot } from '../snapshot.js';
import { buildSnapshot, digestOf, modelDocument, type Tensors, weights } from '../../test/snapshot-builder.js';
import { judgeAdapter, type BaseCandidate } from './adapter-fit.js';
import { vllmObstacles, vllmRankFor } from './vllm-limits.js';

const q = 'model.layers.0.self_attn.q_proj';
const loraOn = (name: string, a: readonly number[], b: readonly number[]): Tensors => ({
  [`base_model.model.${name}.lora_A.weight`]: ['F32', a],
  [`base_model.model.${name}.lora_B.weight`]: ['F32', b],
});
const adapter = (
  tensors: Tensors | null,
  config: Readonly<Record<string, JsonValue>> = {},
  over: Partial<Snapshot> = {},
): Snapshot =>
  buildSnapshot({
    kind: 'adapter',
    uses: [{ model: parseModelName('llama'), range: '^1.0.0', version: null, identity: null }],
    artifacts: [
      modelDocument('adapter_config.json', {
        peft_type: 'LORA',
        r: 2,
        lora_alpha: 4,
        target_modules: ['q_proj'],
        ...config,
      }),
      ...(tensors === null ? [] : [weights('adapter_model.safetensors', tensors)]),
    ],
    ...over,
  });
const base = (tensors: Tensors, more: Snapshot['artifacts'] = []): BaseCandidate => ({
  name: 'llama',
  version: parseVersion('1.2.0'),
  revision: null,
  identity: digestOf('llama'),
  snapshot: buildSnapshot({ artifacts: [weights('model.safetensors', tensors), ...more] }),
});
const whole = base({ [`${q}.weight`]: ['BF16', [8, 8]] });
const verdicts = (snapshot: Snapshot, on: BaseCandidate) =>
  Object.fromEntries(judgeAdapter(snapshot, on).findings.map(({ check, verdict }) => [check, verdict]));
const fits = { base: 'pass', layers: 'pass', shapes: 'pass', rank: 'pass' };

describe('an adapter on its base', () => {
  test('fits with the names of PEFT, with an adapter name in them, and on a checkpoint of the inner model', () => {
    expect(verdicts(adapter(loraOn(q, [2, 8], [8, 2])), whole)).toEqual(fits);
    const older: Tensors = {
      [`base_model.model.${q}.lora_A.default.weight`]: ['F32', [2, 8]],
      [`base_model.model.${q}.lora_B.default.weight`]: ['F32', [8, 2]],
    };
    expect(verdicts(adapter(older), whole)).toEqual(fits);
    expect(
      verdicts(adapter(loraOn(q, [2, 8], [8, 2])), base({ 'layers.0.self_attn.q_proj.weight': ['BF16', [8, 8]] })),
    ).toEqual(fits);
  });

  test('of other layers, shapes or rank does not', () => {
    expect(verdicts(adapter(loraOn('model.layers.1.self_attn.q_proj', [2, 8], [8, 2])), whole)['layers']).toBe('fail');
    expect(verdicts(adapter(loraOn(q, [2, 4], [8, 2])), whole)['shapes']).toBe('fail');
    expect(verdicts(adapter(loraOn(q, [2, 8], [8, 4])), whole)['shapes']).toBe('fail');
    expect(verdicts(adapter(loraOn(q, [4, 8], [8, 4])), whole)['rank']).toBe('fail');
    expect(verdicts(adapter(loraOn(q, [4, 8], [8, 4]), { rank_pattern: { 'self_attn.q_proj': 4 } }), whole)).toEqual(
      fits,
    );
    expect(verdicts(adapter(loraOn(q, [4, 8], [8, 4]), { rank_pattern: { '.*q_proj': 4 } }), whole)['rank']).toBe(
      'unknown',
    );
    expect(
      verdicts(adapter(loraOn(q, [2, 8], [8, 2]), { target_modules: ['q_proj', 'gate_proj'] }), whole)['layers'],
    ).toBe('fail');
    expect(verdicts(adapter(loraOn(q, [2, 8], [8, 2]), { target_modules: '.*q_proj' }), whole)).toEqual(fits);
  });

  test('is compared by the count of numbers where the base is packed into 4 bits', () => {
    const packed = base({ [`${q}.weight`]: ['U8', [32, 1]], [`${q}.weight.absmax`]: ['U8', [1]] }, [
      modelDocument('config.json', {
        model_type: 'llama',
        quantization_config: { quant_method: 'bitsandbytes', load_in_4bit: true },
      }),
    ]);
    const fit = judgeAdapter(adapter(loraOn(q, [2, 8], [8, 2])), packed);
    expect([fit.verdict, fit.quantisation]).toEqual(['pass', 'bitsandbytes']);
    expect(verdicts(adapter(loraOn(q, [2, 16], [8, 2])), packed)['shapes']).toBe('fail');
    expect(verdicts(adapter(loraOn(q, [2, 8], [8, 2])), base({ [`${q}.qweight`]: ['I32', [1, 8]] }))).toEqual(fits);
  });

  test('of a transposed layer (Conv1D) or of an embedding is read the other way round', () => {
    const wide = base({ 'h.0.attn.c_attn.weight': ['F32', [8, 24]], 'wte.weight': ['F32', [6, 8]] });
    const conv = { target_modules: ['c_attn'], fan_in_fan_out: true };
    expect(verdicts(adapter(loraOn('h.0.attn.c_attn', [2, 8], [24, 2]), conv), wide)).toEqual(fits);
    expect(
      verdicts(adapter(loraOn('h.0.attn.c_attn', [2, 8], [24, 2]), { ...conv, fan_in_fan_out: false }), wide)['shapes'],
    ).toBe('fail');
    const embedding: Tensors = {
      'base_model.model.wte.lora_embedding_A': ['F32', [2, 6]],
      'base_model.model.wte.lora_embedding_B': ['F32', [8, 2]],
    };
    expect(verdicts(adapter(embedding, { target_modules: ['wte'] }), wide)).toEqual(fits);
  });

  test('that replaces whole layers must have their shapes', () => {
    const head = base({ [`${q}.weight`]: ['BF16', [8, 8]], 'lm_head.weight': ['BF16', [6, 8]] });
    const saved = (rows: number): Tensors => ({
      ...loraOn(q, [2, 8], [8, 2]),
      'base_model.model.lm_head.weight': ['F32', [rows, 8]],
    });
    expect(verdicts(adapter(saved(6)), head)['shapes']).toBe('pass');
    expect(verdicts(adapter(saved(7)), head)['shapes']).toBe('fail');
  });

  test('without a header on either side is not known, which is no pass', () => {
    expect(judgeAdapter(adapter(null), whole).verdict).toBe('unknown');
    expect(judgeAdapter(adapter(loraOn(q, [2, 8], [8, 2])), { ...whole, snapshot: null }).verdict).toBe('unknown');
  });

  test('is for the range that it names, or for the identity in its place', () => {
    const on = (range: string) =>
      verdicts(
        adapter(
          loraOn(q, [2, 8], [8, 2]),
          {},
          { uses: [{ model: parseModelName('llama'), range, version: null, identity: null }] },
        ),
        whole,
      )['base'];
    expect([on('^1.0.0'), on('~1.1.0'), on(digestOf('llama')), on(digestOf('other'))]).toEqual([
      'pass',
      'fail',
      'pass',
      'fail',
    ]);
    expect(verdicts(adapter(loraOn(q, [2, 8], [8, 2]), {}, { uses: [] }), whole)['base']).toBe('fail');
  });

  test('of a base outside this registry is for its name and revision', () => {
    const trained = adapter(
      loraOn(q, [2, 8], [8, 2]),
      {},
      { uses: [], base: { model: 'hf://org/llama', revision: 'abc1234', content: null, version: null } },
    );
    const hub = (name: string, revision: string | null): BaseCandidate => ({
      name,
      version: null,
      revision,
      identity: null,
      snapshot: null,
    });
    expect(verdicts(trained, hub('hf://Org/Llama', 'abc1234'))).toMatchObject({ base: 'pass', revision: 'pass' });
    expect(verdicts(trained, hub('hf://org/llama', 'def'))['revision']).toBe('fail');
    expect(verdicts(trained, hub('hf://org/llama', null))['revision']).toBe('unknown');
    expect(verdicts(trained, hub('hf://org/other', 'abc1234'))['base']).toBe('fail');
  });
});

test('vLLM refuses what it cannot load, and what it would scale otherwise', () => {
  const config = { peft_type: 'LORA', use_rslora: true } as const;
  expect(vllmObstacles(config, 16)).toEqual([]);
  for (const over of [
    { peft_type: 'LOHA' },
    { use_dora: true },
    { modules_to_save: ['lm_head'] },
    { bias: 'all' },
    { lora_bias: true },
    { rank_pattern: { q: 4 } },
    { alpha_pattern: { q: 4 } },
  ])
    expect(vllmObstacles({ ...config, ...over } as JsonValue, 16), JSON.stringify(over)).toHaveLength(1);
  expect(vllmObstacles(null, null)).toHaveLength(1);
  expect(vllmObstacles(config, 1000)).toHaveLength(1);
  expect([1, 2, 8, 9, 257, 512, 513].map(vllmRankFor)).toEqual([1, 8, 8, 16, 320, 512, null]);
});
