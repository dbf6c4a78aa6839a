import { utf8 } from '@weighbridge/core';
import { nodeSha256 } from '@weighbridge/testkit';
import { expect, it } from 'vitest';
import { readMetrics } from './read-metrics.js';

const read = (path: string, text: string) =>
  readMetrics({ id: 'm', path, file: `metrics/fraud/${path}`, bytes: utf8(text), examples: [] }, nodeSha256);

it('names a metric file of MLflow as the manifest writes it, wherever the manifest is', () => {
  const { path, values } = read('mlruns/0/r/metrics/val/acc', '1700000000000 0.5 1\n');
  expect(path).toBe('mlruns/0/r/metrics/val/acc');
  expect(values.map(({ key }) => key)).toEqual(['val/acc']);
  expect(read('loss', '1700000000000 0.5 1\n').values.map(({ key }) => key)).toEqual(['loss']);
});

it('names a file with a fault from the root', () => {
  expect(() => read('runs/metrics/acc', '1700000000000 0.5 1\nand more\n')).toThrow(
    expect.objectContaining({
      code: 'formats/metrics-syntax',
      fields: { name: 'metrics/fraud/runs/metrics/acc', line: 2, column: 1, reason: expect.any(String) },
    }),
  );
});
