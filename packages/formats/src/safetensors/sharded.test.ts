import { bytesSource, expectCode, seededBytes, writeSafetensors } from '@weighbridge/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ArtifactHeader } from '../header.js';
import { readSafetensorsHeader } from './read-header.js';
import { parseSafetensorsIndex, readShardedSafetensors } from './sharded.js';

type Shards = Record<string, Uint8Array>;

const indexText = (weightMap: Record<string, string>) =>
  JSON.stringify({ metadata: { total_size: 1 }, weight_map: weightMap });

const openIn = (shards: Shards) => async (path: string) => {
  const bytes = shards[path];
  return bytes === undefined ? null : bytesSource(bytes, `folder/${path}`);
};

const tensor = (name: string, extent: number) => ({
  name,
  dtype: 'I16',
  shape: [extent],
  bytes: seededBytes(extent, 2 * extent),
});

const facts = (header: ArtifactHeader) => ({
  attributes: header.attributes,
  tensors: header.tensors.map(({ name, dtype, shape }) => ({ name, dtype, shape })),
});

describe('a sharded checkpoint', () => {
  test('has the header of the unsharded file, however it is cut', async () => {
    const outlines = fc.uniqueArray(
      fc.record({ name: fc.string({ maxLength: 8 }), shard: fc.nat(3), extent: fc.integer({ min: 0, max: 9 }) }),
      {
        selector: ({ name }) => name,
        minLength: 1,
      },
    );
    await fc.assert(
      fc.asyncProperty(outlines, async (parts) => {
        const metadata = { format: 'pt' };
        const shards: Shards = {};
        const weightMap: [string, string][] = [];
        for (const shard of new Set(parts.map((part) => part.shard))) {
          const own = parts.filter((part) => part.shard === shard);
          const file = `model-0000${shard + 1}-of-00004.safetensors`;
          shards[file] = writeSafetensors({ tensors: own.map(({ name, extent }) => tensor(name, extent)), metadata });
          for (const { name } of own) weightMap.push([name, file]);
        }
        const index = parseSafetensorsIndex(indexText(Object.fromEntries(weightMap)));
        const merged = await readShardedSafetensors(index, openIn(shards));
        const whole = writeSafetensors({ tensors: parts.map(({ name, extent }) => tensor(name, extent)), metadata });
        expect(facts(merged)).toEqual(facts(await readSafetensorsHeader(bytesSource(whole))));
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  test('says where its tensors are, and keeps only metadata that the shards share', async () => {
    const shards = {
      'a.safetensors': writeSafetensors({ tensors: [tensor('x', 1)], metadata: { format: 'pt', shard: '1' } }),
      'b.safetensors': writeSafetensors({ tensors: [tensor('y', 2)], metadata: { format: 'pt', shard: '2' } }),
    };
    const index = parseSafetensorsIndex(indexText({ y: 'b.safetensors', x: 'a.safetensors' }));
    const header = await readShardedSafetensors(index, openIn(shards));
    expect(header.attributes).toEqual({ format: 'pt' });
    expect(header.tensors.map(({ location }) => location?.file)).toEqual(['a.safetensors', 'b.safetensors']);
  });

  const both = {
    'a.safetensors': writeSafetensors({ tensors: [tensor('x', 1)] }),
    'b.safetensors': writeSafetensors({ tensors: [tensor('y', 2)] }),
  };
  test.each([
    ['a shard is missing', { x: 'a.safetensors', y: 'c.safetensors' }],
    ['a tensor is in another shard', { x: 'b.safetensors', y: 'b.safetensors' }],
    ['a shard holds a tensor that is not listed', { x: 'a.safetensors', z: 'b.safetensors' }],
    ['a listed tensor is nowhere', { x: 'a.safetensors', y: 'b.safetensors', z: 'b.safetensors' }],
  ])('is refused when %s', async (_, weightMap) => {
    await expectCode(
      readShardedSafetensors(parseSafetensorsIndex(indexText(weightMap)), openIn(both)),
      'formats/shards-disagree',
    );
  });

  test.each(['../a.safetensors', '/etc/passwd', 'C:a', 'a\\b', '..', ''])('never opens %j', async (shard) => {
    await expectCode(
      Promise.resolve().then(() => parseSafetensorsIndex(indexText({ x: shard }))),
      'formats/document-malformed',
    );
  });

  test('needs a weight_map', async () => {
    await expectCode(
      Promise.resolve().then(() => parseSafetensorsIndex('{"weight_map":[]}')),
      'formats/document-malformed',
    );
    await expectCode(
      Promise.resolve().then(() => parseSafetensorsIndex('{"weight_map":{"a":"b","a":"c"}}')),
      'formats/json-malformed',
    );
  });
});
