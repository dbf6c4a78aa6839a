import { parseDigest, parseModelName, utf8 } from '@weighbridge/core';
import type { CatalogueVersion } from '@weighbridge/ledger';
import { expectCode, openMemoryRepository } from '@weighbridge/testkit';
import { expect, test } from 'vitest';
import type { Surroundings } from '../surroundings.js';
import { openCommitted, requireCommitted } from './committed-files.js';

const repository = openMemoryRepository({ commits: [{ files: { 'a/config.json': '{}\n' } }] });
const [commit = ''] = repository.commits;
const surroundings = { repository } as Partial<Surroundings> as Surroundings;

function kept(at: string | null) {
  return { model: parseModelName('fraud'), version: { version: '1.0.0', commit: at } as unknown as CatalogueVersion };
}

function fileOf(path: string, sizeBytes: number) {
  return { path, name: path, sizeBytes, digest: parseDigest(`sha256:${'a'.repeat(64)}`), address: null };
}

test('a file of its size is read from the commit', async () => {
  const file = fileOf('a/config.json', 3);
  await requireCommitted(surroundings, kept(commit), [file]);
  const source = await openCommitted(surroundings, kept(commit), file);
  expect(await source.read(0, 3)).toEqual(utf8('{}\n'));
});

test('what git has in another size, as a pointer of Git LFS, is none', async () => {
  await expectCode(openCommitted(surroundings, kept(commit), fileOf('a/config.json', 4)), 'flow/not-in-git');
});

test('what the commit does not have is told before anything is opened, and by whoever opens it', async () => {
  const files = [fileOf('a/config.json', 3), fileOf('a/other.json', 3)];
  await expectCode(requireCommitted(surroundings, kept(commit), files), 'flow/not-in-git');
  await expectCode(openCommitted(surroundings, kept(commit), fileOf('a/other.json', 3)), 'flow/not-in-git');
});

test('without a commit there is nothing to read; nobody asks for one where no file is of git', async () => {
  await expectCode(requireCommitted(surroundings, kept(null), [fileOf('a/config.json', 3)]), 'flow/not-in-git');
  await expect(requireCommitted(surroundings, kept(null), [])).resolves.toBeUndefined();
});

test('a commit that nobody has is told as such', async () => {
  const missing = kept('0'.repeat(40));
  await expectCode(requireCommitted(surroundings, missing, [fileOf('a/config.json', 3)]), 'flow/commit-missing');
});
