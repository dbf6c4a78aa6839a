import type { JsonObject } from '@weighbridge/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatArtifactsLock, parseArtifactsLock } from './artifacts-lock.js';
import type { ArtifactsLock, LockedArtifact } from './manifest.js';

const digest = fc
  .array(fc.constantFrom('0', '1', '9', 'a', 'f'), { minLength: 64, maxLength: 64 })
  .map((hex) => `sha256:${hex.join('')}`);
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => text !== '__proto__');
const clean = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll('"__proto__"', '"x"').replaceAll('-0', '0'));

const artifact: fc.Arbitrary<LockedArtifact> = fc.record({
  path: fc
    .array(fc.constantFrom('models', 'fraud', 'out', 'a b', 'ü', 'x.bin'), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('/')),
  size: fc.maxSafeNat(),
  sha256: digest,
  header: fc.option(fc.dictionary(name, fc.jsonValue({ maxDepth: 3 })).map((header) => clean(header) as JsonObject)),
  tensors: fc.dictionary(name, digest, { maxKeys: 6, noNullPrototype: true }),
  store: fc.option(fc.constantFrom('folder:/srv/models', 's3://bucket/prefix')),
});
const lock: fc.Arbitrary<ArtifactsLock> = fc
  .uniqueArray(artifact, { maxLength: 5, selector: ({ path }) => path })
  .map((artifacts) => ({ version: 1, artifacts }));

const byPath = (value: ArtifactsLock): ArtifactsLock => ({
  version: 1,
  artifacts: value.artifacts.toSorted((left, right) => (left.path < right.path ? -1 : 1)),
});

function read(text: string): ArtifactsLock {
  const parsed = parseArtifactsLock({ path: 'artifacts.lock', text });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
}

describe('artifacts.lock', () => {
  it('reads back what was written, sorted by path, and writes the same text again', () => {
    fc.assert(
      fc.property(lock, (value) => {
        const text = formatArtifactsLock(value);
        expect(text.endsWith('}\n')).toBe(true);
        expect(read(text)).toEqual(byPath(value));
        expect(formatArtifactsLock(read(text))).toBe(text);
      }),
      { seed: 31, numRuns: 300 },
    );
  });

  it('does not depend on the order of artifacts, tensors or header members', () => {
    fc.assert(
      fc.property(lock, (value) => {
        const turned = value.artifacts.toReversed().map((one) => ({
          ...one,
          tensors: Object.fromEntries(Object.entries(one.tensors).reverse()),
          header: one.header && Object.fromEntries(Object.entries(one.header).reverse()),
        }));
        expect(formatArtifactsLock({ version: 1, artifacts: turned })).toBe(formatArtifactsLock(value));
      }),
      { seed: 32, numRuns: 200 },
    );
  });

  it('reads other layouts of the same JSON, with positions', () => {
    fc.assert(
      fc.property(lock, (value) => {
        expect(read(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
        expect(read(JSON.stringify(value, null, '\t'))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 33, numRuns: 100 },
    );
  });

  it('is laid out so that a changed tensor is a changed line', () => {
    const value: ArtifactsLock = {
      version: 1,
      artifacts: [
        {
          path: 'b.safetensors',
          size: 8,
          sha256: `sha256:${'a'.repeat(64)}`,
          header: { format: 'safetensors', tensors: [{ name: 'w', shape: [2, 4] }], imports: [] },
          tensors: { w: `sha256:${'b'.repeat(64)}` },
          store: null,
        },
        { path: 'a.txt', size: 0, sha256: `sha256:${'c'.repeat(64)}`, header: null, tensors: {}, store: 'folder:/srv' },
      ],
    };
    const text = formatArtifactsLock(value);
    expect(text).toBe(`{
  "version": 1,
  "artifacts": [
    {
      "path": "a.txt",
      "size": 0,
      "sha256": "sha256:${'c'.repeat(64)}",
      "store": "folder:/srv",
      "header": null,
      "tensors": {}
    },
    {
      "path": "b.safetensors",
      "size": 8,
      "sha256": "sha256:${'a'.repeat(64)}",
      "store": null,
      "header": {
        "format": "safetensors",
        "imports": [],
        "tensors": [
          {"name":"w","shape":[2,4]}
        ]
      },
      "tensors": {
        "w": "sha256:${'b'.repeat(64)}"
      }
    }
  ]
}
`);
    const parsed = parseArtifactsLock({ path: 'artifacts.lock', text });
    expect(parsed.ok && parsed.locate(['artifacts', 1, 'tensors', 'w'])).toEqual({ line: 25, column: 14 });
    expect(formatArtifactsLock({ version: 1, artifacts: [] })).toBe('{\n  "version": 1,\n  "artifacts": []\n}\n');
  });

  it('reads tensors of any name, those of Object too', () => {
    const tensors = Object.fromEntries(
      ['constructor', 'toString', 'prototype', ''].map((key) => [key, `sha256:${'d'.repeat(64)}`]),
    );
    const value: ArtifactsLock = {
      version: 1,
      artifacts: [{ path: 'a', size: 1, sha256: `sha256:${'a'.repeat(64)}`, header: null, tensors, store: null }],
    };
    expect(read(formatArtifactsLock(value))).toEqual(value);
    expect(read(JSON.stringify(value))).toEqual(value);
  });
});
