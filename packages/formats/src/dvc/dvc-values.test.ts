import { type JsonValue, utf8 } from '@weighbridge/core';
import { expectCode } from '@weighbridge/testkit';
import { expect, test } from 'vitest';
import { firstDvcValues, joinDvcValues, parseDvcValues } from './dvc-values.js';

const values = (name: string, text: string) => parseDvcValues({ name, bytes: utf8(text) });

test('the same values are read from JSON, YAML and TOML', () => {
  const expected = { a: { b: 0.5, c: 'x' }, d: [1, 2], e: true };
  expect(values('m.json', '{"a": {"b": 0.5, "c": "x"}, "d": [1, 2], "e": true}')).toEqual(expected);
  expect(values('m.yaml', 'a: {b: 0.5, c: x}\nd: [1, 2]\ne: true\n')).toEqual(expected);
  expect(values('m.toml', 'd = [1, 2]\ne = true\n[a]\nb = 0.5\nc = "x"\n')).toEqual(expected);
});

test('what is no text or no document is refused by name', async () => {
  await expectCode((async () => values('m.json', '{'))(), 'formats/json-malformed');
  const bytes = new Uint8Array([255, 254, 0]);
  await expectCode((async () => parseDvcValues({ name: 'm', bytes }))(), 'formats/document-malformed');
});

test('names are joined with dots, and carry their file where two files have the same one', () => {
  const files = new Map<string, JsonValue>([
    ['a.json', { train: { loss: 0.2 }, step: 3, list: [1], nothing: null }],
    ['b.json', { train: { loss: 0.4 }, note: 'best' }],
    ['c.json', 0.9],
  ]);
  expect(joinDvcValues(files, 'metrics')).toEqual({
    'a.json:train.loss': 0.2,
    'b.json:train.loss': 0.4,
    'c.json': 0.9,
    note: 'best',
    step: 3,
  });
  expect(joinDvcValues(new Map([['p.yaml', { layers: [1, 2], opt: { lr: 0.1 } }]]), 'params')).toEqual({
    layers: [1, 2],
    'opt.lr': 0.1,
  });
});

test('of a file the first thousand values are kept, as the record has them, and join as the whole file does', () => {
  const whole = {
    train: { loss: 0.2, steps: [1, 2] },
    nothing: null,
    hub: { auth_token: 'abcdefgh' },
    keys: [{ password: 'abcdefgh' }],
    note: 'x'.repeat(3000),
    list: Array.from({ length: 3000 }, (_, place) => place),
  };
  for (const kind of ['metrics', 'params'] as const) {
    const first = firstDvcValues(whole, kind);
    expect(joinDvcValues(new Map([['a.json', first]]), kind)).toEqual(
      joinDvcValues(new Map([['a.json', whole]]), kind),
    );
    expect(JSON.stringify(first)).not.toContain('abcdefgh');
    expect(JSON.stringify(first).length).toBeLessThan(5000);
  }
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, place) => [`v${place}`, { x: place }]));
  const kept = Object.entries(firstDvcValues(many, 'metrics') ?? {});
  expect([kept.length, kept[0], kept.at(-1)]).toEqual([1000, ['v0.x', 0], ['v999.x', 999]]);
  expect(firstDvcValues(0.5, 'metrics')).toBe(0.5);
  expect(firstDvcValues({ ['n'.repeat(2001)]: { a: 1 }, b: 2 }, 'metrics')).toEqual({ b: 2 });
});

test('JSON of more than a million values is refused by name', async () => {
  const list = (count: number) => `[${'{},'.repeat(count - 2)}{}]`;
  expect(values('m.json', list(1_000_000))).toHaveLength(999_999);
  await expectCode((async () => values('m.json', list(1_000_001)))(), 'formats/document-too-large');
}, 60_000);
