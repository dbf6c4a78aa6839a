import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parsePolicy } from './parse-policy.js';

const page = readFileSync(new URL('../../../docs/review.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, block = '']) => block);

it('the policy of the page on review is one, and its options are the defaults', () => {
  expect(blocks).toHaveLength(3);
  const metrics = '    metrics: [accuracy, fairness]\n'.replace(
    /accuracy|fairness/g,
    (id) => `{ id: ${id}, metric: eval.${id}, direction: higher, bounds: { min: 0 } }`,
  );
  const text = `version: 1\n${blocks.join('')}`
    .replace('    reviewers:\n', `${metrics}    reviewers:\n`)
    .replace('sha256:9f86…', `sha256:${'9f'.repeat(32)}`);
  const parsed = parsePolicy({ path: 'weighbridge.yaml', text });
  expect(parsed.ok ? [] : parsed.faults).toEqual([]);
  const bare = parsePolicy({ path: 'weighbridge.yaml', text: 'version: 1\n' });
  expect(parsed.ok && parsed.value.review).toEqual(bare.ok && bare.value.review);
  expect(parsed.ok && parsed.value.gates['production']?.reviewers).toHaveLength(4);
});
