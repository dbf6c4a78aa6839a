import { describe, expect, it } from 'vitest';
import { parseSettings } from './read-documents.js';

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
