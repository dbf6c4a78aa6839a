import { expect, test } from 'vitest';
import { hasOwners } from './code-owners.js';

const path = '.github/workflows/gate.yml';

test.each([
  ['* @acme/all', true],
  ['/.github/ @a', true],
  ['.github/ @a', true],
  ['.github @a', true],
  ['/.github/workflows/ @a', true],
  ['/.github/workflows/* @a', true],
  ['/.github/* @a', false],
  ['/.github/** @a', true],
  ['*.yml @a', true],
  ['*.yaml @a', false],
  ['/workflows/ @a', false],
  ['workflows/ @a', true],
  ['/.github/workflows/gate.yml a@b.example', true],
  ['* @a\n/.github/workflows/', false],
  ['/.github/workflows/\n* @a', true],
  ['# * @a', false],
  ['* # @a', false],
  ['', false],
])('%j owns the workflow: %s', (text, owned) => expect(hasOwners(text, path)).toBe(owned));
