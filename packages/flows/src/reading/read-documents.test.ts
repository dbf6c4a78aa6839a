import { describe, expect, it } from 'vitest';
import { parseInterface, parseSettings } from './read-documents.js';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('settings', () => {
  it('are the same value in YAML and JSON', () => {
    expect(parseSettings('a.yaml', bytes('a: [1, 2]\n'))).toEqual(parseSettings('a.json', bytes('{"a":[1,2]}')));
  });

  it('that do not parse speak by their digest only', () => {
    expect(parseSettings('a.json', bytes('{"a":1,"a":2}'))).toBeNull();
    expect(parseSettings('a.yaml', bytes('a: [1'))).toBeNull();
    expect(parseSettings('a.toml', bytes('a = 1'))).toBeNull();
    expect(parseSettings('a.json', Uint8Array.of(0xff, 0xfe))).toBeNull();
  });
});

describe('an interface', () => {
  const saved = (run: string, inputs: string) =>
    bytes(`flavors: { sklearn: { sklearn_version: 1.${run} } }\nrun_id: ${run}\nsignature:\n  inputs: '${inputs}'\n`);

  it('is the signature alone of an MLmodel file', () => {
    const signature = { inputs: [{ name: 'x', type: 'double' }], outputs: null, params: null };
    expect(parseInterface('churn/MLmodel', saved('1', '[{"type": "double", "name": "x"}]'))).toEqual({
      flavors: {},
      signature,
    });
    expect(parseInterface('MLmodel', saved('2', '[{"name":"x","type":"double"}]'))).toEqual({ flavors: {}, signature });
    expect(parseInterface('MLmodel', bytes('flavors: {}\nrun_id: a\n'))).toEqual({ flavors: {}, signature: null });
  });

  it('speaks by its digest only where that cannot be read', () => {
    expect(parseInterface('MLmodel', saved('1', '[{"type": '))).toBeNull();
    expect(parseInterface('MLmodel', bytes('signature: {}\n'))).toBeNull();
  });

  it('is all of any other document', () => {
    expect(parseInterface('io.json', bytes('{"inputs": {}}'))).toEqual({ inputs: {} });
  });
});
