import { expect, it } from 'vitest';
import { recordOf } from '../test/document-case.js';
import { renderVersionText } from './render-version.js';

it('says that a version is the first of no other than the first', () => {
  const headOf = (isFirst: boolean) =>
    renderVersionText(recordOf({ previous: null, bump: 'minor' }), { places: [], isFirst }).split('\n')[0];
  expect(headOf(true)).toContain('(the first version)');
  expect(headOf(false)).toContain('(minor)');
});
