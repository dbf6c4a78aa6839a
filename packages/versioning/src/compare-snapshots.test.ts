import { type Bump, compareBumps, largestBump } from '@weighbridge/core';
import { describe, expect, test } from 'vitest';
import { pairs } from '../test/pairs/index.js';
import { file, layer, onnx, retrained } from '../test/pairs/pieces.js';
import { buildSnapshot, digestOf, settings } from '../test/snapshot-builder.js';
import { type Change, compareSnapshots, type CompareOptions, type Snapshot } from './index.js';

const compare = (from: Partial<Snapshot>, to: Partial<Snapshot>, options: Partial<CompareOptions> = {}): Change[] =>
  compareSnapshots(buildSnapshot(from), buildSnapshot(to), { policy: { preset: 'weights', rules: {} }, ...options });
const bumpOf = (changes: readonly Change[]): Bump => largestBump(changes.map(({ bump }) => bump));

describe('the rules of the presets', () => {
  test.each(pairs)('$name', ({ from, to, bump, rules, options }) => {
    const [byWeights, byInterface] = typeof bump === 'string' ? [bump, bump] : bump;
    const changes = compare(from, to, options);
    expect(changes.map(({ rule }) => rule).sort()).toEqual(rules);
    expect(bumpOf(changes)).toBe(byWeights);
    expect(bumpOf(compare(from, to, { ...options, policy: { preset: 'interface', rules: {} } }))).toBe(byInterface);
  });

  test.each(pairs)(
    '$name: no snapshot differs from itself, and backwards the same things differ',
    ({ from, to, options }) => {
      expect(compare(from, from, options)).toEqual([]);
      expect(compare(to, to, options)).toEqual([]);
      expect(compare(to, from, options).length > 0).toBe(compare(from, to, options).length > 0);
    },
  );

  const ofForm = pairs.filter(({ rules }) =>
    rules.every((rule) => /\.(?:renamed|layout|resaved|renumbered)$/.test(rule)),
  );
  test.each(ofForm)('$name: nothing moves backwards either', ({ from, to }) => {
    expect(bumpOf(compare(to, from))).toBe('none');
  });

  test('callers never see more than the model shows', () => {
    for (const { name, bump } of pairs) {
      const [byWeights, byInterface] = typeof bump === 'string' ? [bump, bump] : bump;
      expect(compareBumps(byInterface, byWeights), name).toBeLessThanOrEqual(0);
    }
  });

  test('there are pairs enough', () => expect(pairs.length).toBeGreaterThanOrEqual(60));
});

describe('what a change says', () => {
  test('names the key and both values', () => {
    const [change] = compare(
      { config: [settings('vad.yaml', { vad: { threshold: 0.5 } })] },
      { config: [settings('vad.yaml', { vad: { threshold: 0.6 } })] },
    );
    expect(change).toEqual({
      facet: 'config',
      kind: 'value',
      path: 'vad.yaml#vad.threshold',
      from: 0.5,
      to: 0.6,
      bump: 'patch',
      rule: 'config.value',
      because: 'vad.threshold 0.5 -> 0.6 in vad.yaml.',
    });
  });

  test('counts the tensors and names the largest first', () => {
    const [change] = compare(
      file(layer),
      file({ ...retrained, 'model.layers.0.mlp.up_proj.weight': ['BF16', [256, 64], 'c2'] }),
    );
    expect(change?.because).toBe('2 of 4 tensors differ: lm_head.weight, model.layers.0.mlp.up_proj.weight.');
  });

  test('tells which operators came and went', () => {
    const changes = compare(
      onnx('a', { operators: { LSTM: 2, Conv: 4 } }),
      onnx('b', { operators: { LSTM: 1, Conv: 4, STFT: 1 } }),
    );
    expect(changes[0]?.because).toContain('LSTM 2 -> 1, STFT 0 -> 1');
  });

  test('says when not every tensor was hashed', () => {
    const [change] = compare(file(layer, { hashed: false }), file(retrained));
    expect(change?.because).toContain('not every tensor was hashed');
  });

  test('tells many changes of a kind as one', () => {
    const codes = (content: string) => ({
      code: Array.from({ length: 500 }, (_, n) => ({
        path: `src/${String(n).padStart(3, '0')}.py`,
        digest: digestOf(`${content} ${n}`),
      })),
    });
    const changes = compare(codes('a'), codes('b'));
    expect(changes).toHaveLength(100);
    expect(changes.at(-1)?.path).toBe('(401 more)');
  });
});
