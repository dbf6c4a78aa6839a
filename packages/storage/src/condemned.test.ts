import { formatDigest, utf8 } from '@weighbridge/core';
import { describe, expect, test } from 'vitest';
import { type Condemned, condemnedLimits, formatCondemned, isNewerCondemned, parseCondemned } from './condemned.js';
import { digestOfKey, digestOfPin, isObjectKey, objectKey, pinKey, quarantineKey, recipeKey } from './object-keys.js';
import { formatOwners, parseOwners } from './owners.js';

const digest = formatDigest(Uint8Array.from({ length: 32 }, (_, index) => index * 7));
const condemned: Condemned = {
  id: 'one',
  turn: 3,
  phase: 'condemned',
  graceMs: 86_400_000,
  leaseMs: 0,
  keys: [recipeKey(digest), objectKey(digest)],
};

describe('what a collection condemns', () => {
  test.each(['condemned', 'deleting', 'done'] as const)('%s comes back as it was written', (phase) => {
    expect(parseCondemned(utf8(formatCondemned({ ...condemned, phase })))).toEqual({ ...condemned, phase });
  });

  test('what waits while twins are removed comes back, too', () => {
    const suspended = { id: 'one', graceMs: 1000, keys: condemned.keys };
    const document = { ...condemned, phase: 'deleting' as const, keys: [], suspended };
    expect(parseCondemned(utf8(formatCondemned(document)))).toEqual(document);
    for (const keys of [
      ['registry.json'],
      Array.from({ length: condemnedLimits.maxKeys + 1 }, () => objectKey(digest)),
    ]) {
      expect(parseCondemned(utf8(formatCondemned({ ...document, suspended: { ...suspended, keys } })))).toBeNull();
    }
    expect(parseCondemned(utf8(formatCondemned(document).replace('"grace_ms":1000', '"grace_ms":-1')))).toBeNull();
  });

  test.each([
    ['no JSON', '{'],
    ['null', 'null'],
    ['a later version', formatCondemned(condemned).replace('"version":1', '"version":2')],
    ['an unknown phase', formatCondemned(condemned).replace('"phase":"condemned"', '"phase":"resting"')],
    ['half a turn', formatCondemned(condemned).replace('"turn":3', '"turn":0.5')],
    ['a lease before time', formatCondemned(condemned).replace('"lease_ms":0', '"lease_ms":-1')],
    ['a key of something else', formatCondemned({ ...condemned, keys: ['registry.json'] })],
    ['keys that are none', formatCondemned(condemned).replace(/"keys":\[.*?\]/, '"keys":"all"')],
    [
      'more keys than writers should read',
      formatCondemned({
        ...condemned,
        keys: Array.from({ length: condemnedLimits.maxKeys + 1 }, () => objectKey(digest)),
      }),
    ],
  ])('%s is no such document', (_name, text) => {
    expect(parseCondemned(utf8(text))).toBeNull();
  });
});

describe('a document that cannot be read', () => {
  const written = formatCondemned(condemned);

  test.each([
    ['a later version', written.replace('"version":1', '"version":2')],
    ['more bytes than this release writes', written.padEnd(condemnedLimits.maxBytes + 1)],
  ])('of %s is of a later release', (_, text) => {
    expect(isNewerCondemned(utf8(text))).toBe(true);
  });

  test.each([
    ['nothing', ''],
    ['a part', written.slice(0, -5)],
    ['other bytes', '\0\0\0'],
    ['another phase', written.replace('"phase":"condemned"', '"phase":"resting"')],
  ])('of %s is damaged', (_, text) => {
    expect(parseCondemned(utf8(text))).toBeNull();
    expect(isNewerCondemned(utf8(text))).toBe(false);
  });
});

describe('keys', () => {
  test('of objects and recipes tell their digest, and others none', () => {
    expect(digestOfKey(objectKey(digest))).toBe(digest);
    expect(digestOfKey(recipeKey(digest))).toBe(digest);
    for (const key of [pinKey(digest, 'x'), quarantineKey(digest, 'x'), 'registry.json', `${objectKey(digest)}.json`]) {
      expect(digestOfKey(key)).toBeNull();
    }
  });

  test('of pins are keys, and tell their digest', () => {
    const key = pinKey(digest, '0fccd8b5-c5c0-4640-9227-42de0a754e44');
    expect(isObjectKey(key)).toBe(true);
    expect(digestOfPin(key)).toBe(digest);
    expect(digestOfPin(objectKey(digest))).toBeNull();
  });
});

describe('owners', () => {
  test('come back as they were written', () => {
    for (const owners of [[], ['weighbridge-a+00'], ['a', 'b']]) {
      expect(parseOwners(utf8(formatOwners(owners)))).toEqual(owners);
    }
  });

  test.each(['', 'null', '{"version":2,"owners":[]}', '{"version":1}', '{"owners":[1],"version":1}'])(
    '%j is no note of owners',
    (text) => {
      expect(parseOwners(utf8(text))).toBeNull();
    },
  );
});
