import { type Digest, utf8, WeighbridgeError } from '@weighbridge/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatRecipe, parseRecipe, type Recipe, type Segment } from './recipe.js';

const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes): Digest => `sha256:${hex(bytes)}`);
const segment: fc.Arbitrary<Segment> = fc.record({
  digest,
  lengthBytes: fc.integer({ min: 1, max: 65_536 }),
  packed: fc.option(fc.record({ pack: digest, offset: fc.nat(4 * 1024 * 1024 - 65_536) })),
});
const recipe: fc.Arbitrary<Recipe> = fc
  .record({ digest, segments: fc.array(segment, { minLength: 1 }) })
  .map((drawn) => ({
    ...drawn,
    sizeBytes: drawn.segments.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0),
  }));

const file: Digest = `sha256:${'ab'.repeat(32)}`;
const parse = (text: string) => parseRecipe(utf8(text), { digest: file, path: 'here' });
const sound = {
  segments: [
    { length: 3, sha256: '01'.repeat(32) },
    { length: 4, offset: 5, pack: '03'.repeat(32), sha256: '02'.repeat(32) },
  ],
  sha256: 'ab'.repeat(32),
  size: 7,
  version: 1,
};

function expectRefused(text: string): void {
  try {
    parse(text);
  } catch (cause) {
    expect(cause).toBeInstanceOf(WeighbridgeError);
    expect((cause as WeighbridgeError).code).toBe('store/recipe-malformed');
    return;
  }
  expect.fail(`was taken: ${text.slice(0, 100)}`);
}

describe('recipes', () => {
  test('property: what is written is read', () => {
    fc.assert(
      fc.property(recipe, (written) => {
        const text = formatRecipe(written);
        expect(parseRecipe(utf8(text), { digest: written.digest, path: 'here' })).toEqual(written);
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  test('has one text', () => {
    expect(formatRecipe(parse(JSON.stringify(sound)))).toBe(JSON.stringify(sound));
    expect(parse(JSON.stringify(sound)).segments[1]?.packed?.offset).toBe(5);
  });

  const [first, second] = sound.segments;
  test.each<[string, unknown]>([
    ['another version', { ...sound, version: 2 }],
    ['another file', { ...sound, sha256: 'ac'.repeat(32) }],
    ['a size that is not the sum', { ...sound, size: 8 }],
    ['no segments', { ...sound, segments: [], size: 0 }],
    ['segments that are no list', { ...sound, segments: { length: 1 } }],
    ['a segment that is none', { ...sound, segments: [first, null] }],
    ['an empty segment', { ...sound, segments: [...sound.segments, { ...first, length: 0 }] }],
    [
      'a segment of a negative length',
      {
        ...sound,
        segments: [
          { ...first, length: 11 },
          { ...first, length: -4 },
        ],
      },
    ],
    [
      'a broken length',
      {
        ...sound,
        segments: [
          { ...first, length: 3.5 },
          { ...first, length: 3.5 },
        ],
      },
    ],
    ['a segment beyond all segments', { ...sound, size: 2 ** 25, segments: [{ ...first, length: 2 ** 25 }] }],
    ['a pack without an offset', { ...sound, segments: [first, { ...second, offset: undefined }] }],
    ['an offset without a pack', { ...sound, segments: [first, { ...second, pack: undefined }] }],
    ['a place outside every pack', { ...sound, segments: [first, { ...second, offset: 4 * 1024 * 1024 }] }],
    ['a path instead of a digest', { ...sound, segments: [first, { ...second, pack: '../../etc/passwd' }] }],
    ['capital letters', { ...sound, segments: [first, { ...second, sha256: 'AB'.repeat(32) }] }],
    ['one member more', { ...sound, more: true }],
    ['one member more in a segment', { ...sound, segments: [first, { ...second, more: true }] }],
    ['a list', [sound]],
    ['nothing', null],
  ])('refuses %s', (_name, value) => expectRefused(JSON.stringify(value)));

  test.each([
    '',
    '{',
    '[',
    '{}',
    `${JSON.stringify(sound)}\n`,
    JSON.stringify(sound, null, 1),
    `\uFEFF${JSON.stringify(sound)}`,
  ])('refuses the text %j', (text) => expectRefused(text));

  test('refuses a member that stands twice, and a depth without end', () => {
    expectRefused(JSON.stringify(sound).replace('"size":7', '"size":6,"size":7'));
    expectRefused('['.repeat(1_000_000));
  });

  test('property: no change of a byte makes another recipe of it', () => {
    const bytes = utf8(JSON.stringify(sound));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (index, change) => {
        const changed = bytes.slice();
        changed[index] = (changed[index] ?? 0) ^ change;
        let read: Recipe | null = null;
        try {
          read = parseRecipe(changed, { digest: file, path: 'here' });
        } catch (cause) {
          expect((cause as WeighbridgeError).code).toBe('store/recipe-malformed');
        }
        // What is still a recipe says something else, and the digests of the bytes will tell.
        if (read !== null) expect(formatRecipe(read)).not.toBe(JSON.stringify(sound));
      }),
      { seed: 4, numRuns: 500 },
    );
  });
});

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
