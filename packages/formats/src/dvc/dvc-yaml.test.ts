import { utf8 } from '@weighbridge/core';
import { expectCode } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { parseDvcCommands } from './dvc-yaml.js';

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
    expect(Object.fromEntries(parseDvcCommands(utf8(text), 'dvc.yaml'))).toEqual({
      train: ['python train.py --fast'],
      fetch: ['wget it', 'tar xf it'],
      fit: null,
      each: null,
      grid: null,
    });
    expect(parseDvcCommands(utf8(''), 'dvc.yaml').size).toBe(0);
    expect(parseDvcCommands(utf8('artifacts: {}\n'), 'dvc.yaml').size).toBe(0);
  });

  test.each(['- 1\n', 'stages: [a]\n', 'text\n'])('that is %j is refused by name', async (text) => {
    await expectCode((async () => parseDvcCommands(utf8(text), 'dvc.yaml'))(), 'formats/document-malformed');
  });
});
