import { type JsonValue, utf8 } from '@weighbridge/core';
import { expectCode } from '@weighbridge/testkit';
import { expect, test } from 'vitest';
import { joinDvcValues, parseDvcValues } from './dvc-values.js';

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
