import { expect, it } from 'vitest';
import { delayingFlag } from './delay-optimizing.js';

it('only a release that knows the flag is given it: others would write a fault for each command', () => {
  expect(delayingFlag('11.3.244.8-node.38')).toBe('--interrupt-budget=400000');
  expect(delayingFlag('13.6.233.17-node.53')).toBeNull();
  expect(delayingFlag('12.4.254.21-node.33')).toBeNull();
});
