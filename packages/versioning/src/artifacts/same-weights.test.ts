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

  describe('in several files', () => {
    const opaque = (path: string, content: string): ArtifactFacet => ({
      ...artifact(path, 'pickle', {}),
      header: null,
      sha256: digestOf(content),
    });
    const archive = (path: string, content: string): ArtifactFacet => ({
      ...opaque(path, `${path} ${content}`),
      tensors: { 'w.npy': digestOf(content), [restOfArchive]: digestOf('rest') },
    });
    const shard = (format: Format) => (path: string, content: string) => ({
      ...artifact(path, format, { w: content, ...(format === 'pytorch-zip' ? { [restOfArchive]: 'rest' } : {}) }),
      sha256: digestOf(content),
    });
    const both = (of: (path: string, content: string) => ArtifactFacet, first: string, second: string) =>
      mergeGroups('m.x', weightGroups([of('m-1-of-2.x', first), of('m-2-of-2.x', second)]));

    test.each([
      ['of tensors that share their names', shard('safetensors')],
      ['of PyTorch that share their names', shard('pytorch-zip')],
      ['without a header', opaque],
      ['that are archives', archive],
    ])('%s differ when two change places', (_, of) => {
      expect(sameWeights(both(of, '1', '2'), both(of, '2', '1'))).toBe('differs');
      expect(sameWeights(both(of, '1', '2'), both(of, '1', '2'))).toBe('same');
    });

    test('of tensors with names of their own may change places', () => {
      const [w, b] = [{ w: '1' }, { b: '2' }];
      const files = (first: Record<string, string>, second: Record<string, string>) =>
        groupOf(artifact('m-1-of-2.s', 'safetensors', first), artifact('m-2-of-2.s', 'safetensors', second));
      expect(sameWeights(files(w, b), files(b, w))).toBe('same');
      const unread = (group: WeightGroup) =>
        groupOf(
          ...group.files.map((file) => ({ ...file, sha256: digestOf(Object.keys(file.tensors).join()), tensors: {} })),
        );
      expect(sameWeights(unread(files(w, b)), unread(files(b, w)))).toBe('same');
    });

    test('may be called otherwise altogether', () => {
      const named = (name: string) =>
        mergeGroups(name, weightGroups([opaque(`${name}-1-of-2`, '1'), opaque(`${name}-2-of-2`, '2')]));
      expect(sameWeights(named('a'), named('b'))).toBe('same');
    });

    test('differ where the one of which nothing is known does, and the tensors beside it do not', () => {
      const mixed = (content: string) =>
        groupOf(artifact('m-1-of-2.bin', 'safetensors', { w: '1' }), opaque('m-2-of-2.bin', content));
      expect(sameWeights(mixed('x'), mixed('y'))).toBe('differs');
      expect(sameWeights(mixed('x'), mixed('x'))).toBe('same');
      expect(sameWeights(mixed('x'), groupOf(artifact('m.bin', 'safetensors', { w: '1' })))).toBe('differs');
      const resaved = groupOf(
        { ...artifact('m-1-of-2.bin', 'safetensors', { w: '1' }), sha256: digestOf('again') },
        opaque('m-2-of-2.bin', 'x'),
      );
      expect(sameWeights(mixed('x'), resaved)).toBe('same');
    });

    test('differ where one name has two shapes that change places', () => {
      const flat = (path: string, shape: readonly number[]): ArtifactFacet => {
        const file = artifact(path, 'safetensors', { w: '1' });
        return {
          ...file,
          sha256: digestOf(shape.join()),
          header: { format: 'safetensors', tensors: [['w', 'F32', shape]], attributes: {}, graph: null, imports: [] },
        };
      };
      const from = groupOf(flat('m-1-of-2.s', [2, 3]), flat('m-2-of-2.s', [3, 2]));
      expect(sameWeights(from, groupOf(flat('m-1-of-2.s', [3, 2]), flat('m-2-of-2.s', [2, 3])))).toBe('differs');
    });
  });
});
