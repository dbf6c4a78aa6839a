import { expect, test } from 'vitest';
import { goesDirectly } from './agents.js';

test.each([
  ['https://s3.acme.example', '', false],
  ['https://s3.acme.example', '*', true],
  ['https://s3.acme.example', 'acme.example', true],
  ['https://s3.acme.example', '.acme.example', true],
  ['https://s3.acme.example', 'other.example, *.acme.example', true],
  ['https://s3.acme.example', 'cme.example', false],
  ['https://s3.acme.example', 'ACME.example', true],
  ['https://s3.acme.example', 'acme.example:443', true],
  ['https://s3.acme.example', 'acme.example:8443', false],
  ['http://127.0.0.1:9000', '127.0.0.1:9000 localhost', true],
  ['http://127.0.0.1:9000', '127.0.0.1:9001', false],
  ['http://[::1]:9000', '[::1]', true],
])('%s with NO_PROXY "%s": %s', (host, none, expected) => {
  expect(goesDirectly(new URL(host), none)).toBe(expected);
});
