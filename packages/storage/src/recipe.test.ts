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
/** 32 bytes of one value each. */
const base64 = (byte: number) => Buffer.alloc(32, byte).toString('base64').replace('=', '');
const sound = {
  packs: [base64(3)],
  segments: [
    [3, base64(1)],
    [4, base64(2), 0, 5],
  ],
  sha256: 'ab'.repeat(32),
  size: 7,
  version: 2,
};
/** The same as version 1 wrote it. */
const early = {
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

function catching(run: () => unknown): unknown {
  try {
    run();
  } catch (cause) {
    return cause;
  }
  return null;
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

  test('those of earlier releases are read', () => {
    expect(parse(JSON.stringify(early))).toEqual(parse(JSON.stringify(sound)));
    expectRefused(JSON.stringify({ ...early, version: 2 }));
    expectRefused(JSON.stringify({ ...sound, version: 1 }));
    const [first, second] = early.segments;
    for (const segments of [
      [first, { ...second, offset: undefined }],
      [first, { ...second, pack: undefined }],
      [first, { ...second, pack: '../../etc/passwd' }],
      [first, { ...second, sha256: '02'.repeat(31) }],
      [first, { ...second, more: true }],
      [first, null],
    ]) {
      expectRefused(JSON.stringify({ ...early, segments }));
    }
  });

  const [first = [], second = []] = sound.segments;
  const withSecond = (...segment: readonly unknown[]) => ({ ...sound, segments: [first, segment] });
  const [ofFirst] = first.slice(1);
  test.each<[string, unknown]>([
    ['another file', { ...sound, sha256: 'ac'.repeat(32) }],
    ['a size that is not the sum', { ...sound, size: 8 }],
    ['no segments', { ...sound, segments: [], size: 0 }],
    ['segments that are no list', { ...sound, segments: { length: 1 } }],
    ['a segment that is none', { ...sound, segments: [first, null] }],
    ['an empty segment', { ...sound, segments: [...sound.segments, [0, ofFirst]] }],
    [
      'a segment of a negative length',
      {
        ...sound,
        packs: [],
        segments: [
          [11, ofFirst],
          [-4, ofFirst],
        ],
      },
    ],
    [
      'a broken length',
      {
        ...sound,
        packs: [],
        segments: [
          [3.5, ofFirst],
          [3.5, ofFirst],
        ],
      },
    ],
    ['a segment beyond all segments', { ...sound, packs: [], size: 2 ** 25, segments: [[2 ** 25, ofFirst]] }],
    ['a pack without an offset', withSecond(4, base64(2), 0)],
    ['an offset without a pack', withSecond(4, base64(2), null, 5)],
    ['a place outside every pack', withSecond(4, base64(2), 0, 4 * 1024 * 1024)],
    ['a pack that is not listed', withSecond(4, base64(2), 1, 5)],
    ['a pack that nothing names', { ...sound, packs: [...sound.packs, base64(9)] }],
    ['packs that are no list', { ...sound, packs: 1 }],
    ['no packs', { ...sound, packs: undefined }],
    ['a path instead of a digest', { ...sound, packs: ['../../etc/passwd'] }],
    ['a digest that is too short', withSecond(4, base64(2).slice(1), 0, 5)],
    ['another text of the same digest', withSecond(4, `${base64(2).slice(0, -1)}J`, 0, 5)],
    ['one member more', { ...sound, more: true }],
    ['one member more in a segment', withSecond(...second, 1)],
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

  test('those of later releases are told from damage, whatever else they say', () => {
    for (const later of [
      { ...sound, version: 3 },
      { version: 4, parts: [] },
    ]) {
      const error = catching(() => parse(JSON.stringify(later)));
      expect(error).toMatchObject({ code: 'store/recipe-newer', fields: { version: later.version, known: 2 } });
    }
    expectRefused(JSON.stringify({ ...sound, version: '3' }));
    expectRefused(JSON.stringify({ ...sound, version: 2.5 }));
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
          const code = (cause as WeighbridgeError).code;
          // One bit makes a later version of `2`, and that is not for this reader to judge.
          const later = JSON.stringify(sound).lastIndexOf('2');
          expect(code).toBe(index === later && code === 'store/recipe-newer' ? code : 'store/recipe-malformed');
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
