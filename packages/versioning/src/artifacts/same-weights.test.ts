import { restOfArchive } from '@weighbridge/formats';
import { describe, expect, test } from 'vitest';
import { digestOf } from '../../test/snapshot-builder.js';
import type { ArtifactFacet } from '../snapshot.js';
import { sameWeights } from './same-weights.js';
import { mergeGroups, type WeightGroup, weightGroups } from './weight-group.js';

type Format = NonNullable<ArtifactFacet['header']>['format'];

function artifact(path: string, format: Format, digests: Readonly<Record<string, string>>): ArtifactFacet {
  const names = Object.keys(digests).filter((name) => name !== restOfArchive);
  const content = JSON.stringify([path, digests]);
  return {
    path,
    size: 8,
    sha256: digestOf(content),
    header: {
      format,
      tensors: names.map((name) => [name, 'F32', [2]] as const),
      attributes: {},
      graph: null,
      imports: [],
    },
    tensors: Object.fromEntries(Object.entries(digests).map(([name, text]) => [name, digestOf(text)])),
    document: null,
  };
}

function groupOf(...artifacts: readonly ArtifactFacet[]): WeightGroup {
  return mergeGroups('w', weightGroups(artifacts));
}

describe('groups of weights', () => {
  test('are the same when all tensors are, in whatever file', () => {
    const one = groupOf(artifact('a.safetensors', 'safetensors', { w: '1', b: '2' }));
    const two = groupOf(artifact('c.safetensors', 'safetensors', { w: '1' }), artifact('d', 'safetensors', { b: '2' }));
    expect(sameWeights(one, two)).toBe('same');
  });

  test('differ where two files give one name to other bytes, of which one stayed', () => {
    const from = groupOf(artifact('a', 'safetensors', { w: '1' }), artifact('b', 'safetensors', { w: '2' }));
    const to = groupOf(artifact('c', 'safetensors', { w: '3' }), artifact('d', 'safetensors', { w: '2' }));
    expect(sameWeights(from, to)).toBe('differs');
  });

  test('that hold objects are the same where what is beside their tensors is', () => {
    const archive = (path: string, rest: string) => groupOf(artifact(path, 'pytorch-zip', { w: '1', '': rest }));
    expect(sameWeights(archive('a.pt', 'x'), archive('b.pt', 'x'))).toBe('same');
    expect(sameWeights(archive('a.pt', 'x'), archive('b.pt', 'y'))).toBe('differs');
    const untold = groupOf(artifact('b.pt', 'pytorch-zip', { w: '1' }));
    expect(sameWeights(untold, groupOf(artifact('c.pt', 'pytorch-zip', { w: '1' })))).toBe('differs');
    const pickle = (path: string) => groupOf(artifact(path, 'pickle', { w: '1' }));
    expect(sameWeights(pickle('a.pkl'), pickle('b.pkl'))).toBe('differs');
    expect(sameWeights(archive('a.pt', 'x'), groupOf(artifact('a.safetensors', 'safetensors', { w: '1' })))).toBe(
      'same',
    );
  });
});
