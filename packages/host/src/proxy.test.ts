import { expect, it } from 'vitest';
import { proxyOf } from './proxy.js';

it('is read in either case, the lower one first, and nothing is made of what is empty', () => {
  expect(proxyOf({ HTTPS_PROXY: 'http://a:1', https_proxy: 'http://b:2', NO_PROXY: ' ', no_proxy: '' })).toEqual({
    https: 'http://b:2',
  });
  expect(proxyOf({ HTTP_PROXY: ' http://a:1 ', NO_PROXY: 'localhost' })).toEqual({
    http: 'http://a:1',
    none: 'localhost',
  });
  expect(proxyOf({})).toEqual({});
});
