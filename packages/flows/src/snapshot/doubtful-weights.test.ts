import { expect, test } from 'vitest';
import type { ArtifactFile } from '../artifacts/artifact-file.js';
import { doubtfulNotices } from './doubtful-weights.js';

const model = { manifestPath: 'models/fraud/model.yaml', line: 1 };
const fileOf = (parts: Partial<ArtifactFile>) =>
  ({
    path: 'a.safetensors',
    size: 9,
    sha256: null,
    header: null,
    tensors: {},
    document: null,
    from: 'checkout',
    store: null,
    source: null,
    ...parts,
  }) satisfies ArtifactFile;
const header = { format: 'onnx' } as unknown as NonNullable<ArtifactFile['header']>;

test.each([
  [{ size: 0, path: 'vocab.txt' }, 'vocab.txt is empty'],
  [{ path: 'm/a.ONNX' }, 'm/a.ONNX is called like weights'],
])('%j is told at the place of the manifest', (parts, text) => {
  const [notice, ...others] = doubtfulNotices(model, [fileOf(parts)]);
  expect(others).toEqual([]);
  expect(notice).toMatchObject({ level: 'warning', file: 'models/fraud/model.yaml', line: 1 });
  expect(notice?.text).toContain(text);
});

test('what was recognised, what is no weights by its name, and what was not looked into is not doubted', () => {
  const unopened = new Error('too large') as NonNullable<ArtifactFile['unopened']>;
  expect(
    doubtfulNotices(model, [
      fileOf({ header }),
      fileOf({ path: 'notes.bin' }),
      fileOf({ path: 'a.pt', unopened }),
      fileOf({ from: 'lock' }),
    ]),
  ).toEqual([]);
});

test.each(['m/code/__init__.py', 'm/.gitkeep', '.keep'])('%s may be empty', (path) => {
  expect(doubtfulNotices(model, [fileOf({ path, size: 0 })])).toEqual([]);
});
