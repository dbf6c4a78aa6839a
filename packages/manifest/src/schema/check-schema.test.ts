import { beforeEach, expect, test, vi } from 'vitest';

// What was compiled before decides what is compiled next: each test begins with nothing.
beforeEach(() => vi.resetModules());

async function faultsOf(...texts: readonly string[]): Promise<readonly (readonly string[])[]> {
  const { parsePolicy } = await import('../parse-policy.js');
  return texts.map((text) => {
    const parsed = parsePolicy({ path: 'weighbridge.yaml', text });
    return 'faults' in parsed ? parsed.faults.map(({ code, message }) => `${code}: ${message}`) : [];
  });
}

const wrongMode = 'version: 1\nmode: 3\n';
const wrongStore = 'version: 1\nstore: { type: s3 }\n';

test('what a file has that none before had is checked, too', async () => {
  const [first, second, third] = await faultsOf('version: 1\n', wrongStore, wrongMode);
  expect(first).toEqual([]);
  expect(second).not.toEqual([]);
  expect(third).not.toEqual([]);
});

test.each([
  wrongMode,
  wrongStore,
  'mode: strict\n',
  'version: 1\nstor: {}\n',
  'version: 1\ngates: { production: 1 }\n',
])('the same is found in the first file and in a later one: %j', async (text) => {
  const [alone] = await faultsOf(text);
  vi.resetModules();
  const [, , later] = await faultsOf('version: 1\n', 'version: 1\nsigning: {}\n', text);
  expect(alone?.length).toBeGreaterThan(0);
  expect(later).toEqual(alone);
});
