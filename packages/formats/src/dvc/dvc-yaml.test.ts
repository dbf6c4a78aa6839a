import { utf8 } from '@weighbridge/core';
import { expectCode } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { parseDvcStages } from './dvc-yaml.js';

describe('a dvc.yaml', () => {
  test('gives the commands of its stages, and null where DVC makes them', () => {
    const text = `stages:
  train:
    cmd: >-
      python train.py
      --fast
  fetch: { cmd: [wget it, tar xf it] }
  fit: { cmd: 'fit \${lr}' }
  each: { foreach: [a, b], do: { cmd: x } }
  grid: { matrix: { a: [1] }, cmd: x }
`;
    const stages = [...parseDvcStages(utf8(text), 'dvc.yaml')];
    expect(Object.fromEntries(stages.map(([name, { commands }]) => [name, commands]))).toEqual({
      train: ['python train.py --fast'],
      fetch: ['wget it', 'tar xf it'],
      fit: null,
      each: null,
      grid: null,
    });
    expect(parseDvcStages(utf8(''), 'dvc.yaml').size).toBe(0);
    expect(parseDvcStages(utf8('artifacts: {}\n'), 'dvc.yaml').size).toBe(0);
  });

  test.each(['- 1\n', 'stages: [a]\n', 'text\n'])('that is %j is refused by name', async (text) => {
    await expectCode((async () => parseDvcStages(utf8(text), 'dvc.yaml'))(), 'formats/document-malformed');
  });
});
