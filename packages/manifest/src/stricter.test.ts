import { describe, expect, it } from 'vitest';
import type { Manifest } from './manifest.js';
import { parseManifest } from './parse-manifest.js';
import { parsePolicy } from './parse-policy.js';
import { findLoosening, stricter } from './stricter.js';

function manifest(lines: string): Manifest {
  const parsed = parseManifest({ path: 'models/fraud/model.yaml', text: `name: fraud\n${lines}` });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
}

const base = manifest(
  'kind: model\nimpact: high\nowners: [alice, "@acme/ml"]\nmetrics: [{ id: eval, path: a.json }, { id: extra, path: b.json }]\n',
);
const loose = manifest(
  'kind: prompt\nimpact: low\nowners: [mallory]\nmetrics: [{ id: eval, path: c.json }]\nconfig: [new.yaml]\n',
);

describe('stricter', () => {
  it('keeps what the base asks for and takes everything else from the head', () => {
    expect(stricter(base, loose)).toEqual({
      ...loose,
      kind: 'model',
      impact: 'high',
      owners: ['alice', '@acme/ml'],
      metrics: [
        { id: 'eval', path: 'c.json', examples: [], attestation: null, run: null, artifact: null },
        { id: 'extra', path: 'b.json', examples: [], attestation: null, run: null, artifact: null },
      ],
    });
  });

  it('lets the head be stricter', () => {
    const plain = manifest('kind: model\n');
    const strict = manifest('kind: model\nimpact: high\nowners: [bob]\nmetrics: [{ id: e, path: e.json }]\n');
    expect(stricter(plain, strict)).toEqual(strict);
    expect(stricter(null, strict)).toEqual(strict);
    expect(findLoosening(plain, strict)).toEqual([]);
  });

  it('does nothing twice', () => {
    expect(stricter(base, stricter(base, loose))).toEqual(stricter(base, loose));
    expect(findLoosening(base, stricter(base, loose))).toEqual([]);
  });
});

describe('findLoosening', () => {
  it('lists what needs the owners of the policy', () => {
    expect(findLoosening(base, loose)).toEqual([
      { field: 'impact', because: 'impact goes from high to low' },
      { field: 'kind', because: 'kind goes from model to prompt' },
      { field: 'owners', because: 'owners go from alice, @acme/ml to mallory' },
      { field: 'metrics', because: 'the metric document extra, which gates read, is removed' },
    ]);
    expect(findLoosening(null, loose)).toEqual([]);
  });

  it('sees that bytes are stored no longer, and nothing in storing them', () => {
    const referenced: Manifest = { ...base, store: 'reference' };
    expect(findLoosening(base, referenced).map(({ field }) => field)).toEqual(['store']);
    expect(findLoosening(referenced, base)).toEqual([]);
  });

  it('counts only metric documents that the policy reads', () => {
    const text = (id: string) =>
      `version: 1\ngates: { production: { metrics: [{ id: a, metric: ${id}.acc, direction: higher, bounds: { min: 0 } }] } }\n`;
    const fields = (id: string) => {
      const policy = parsePolicy({ path: 'weighbridge.yaml', text: text(id) });
      return findLoosening(base, { ...base, metrics: [] }, policy.ok ? policy.value : null).map(
        ({ because }) => because,
      );
    };
    expect(fields('eval')).toEqual(['the metric document eval, which gates read, is removed']);
    expect(fields('other')).toEqual([]);
  });

  it('sees no change in order, case or sign of owners', () => {
    expect(findLoosening(base, { ...base, owners: ['acme/ML', 'Alice'] })).toEqual([]);
    expect(findLoosening(base, { ...base, owners: ['alice'] }).map(({ field }) => field)).toEqual(['owners']);
  });
});
