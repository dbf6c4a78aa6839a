import { openMemoryWorkTree } from '@weighbridge/testkit';
import { expect, it } from 'vitest';
import { filesOfWorkTree } from '../reading/files.js';
import { pinDvc } from './pin-dvc.js';
import { maxDvcLocksBytes, readDvcLock } from './read-dvc-lock.js';

const lockOf = (sizeBytes: number) => {
  const text = `schema: '2.0'\nstages:\n  train: { cmd: make, outs: [{ path: model.bin, md5: ${'a1'.repeat(16)}, size: 8 }] }\n#`;
  return `${text}${'x'.repeat(sizeBytes - text.length - 1)}\n`;
};
const filesOf = (sizes: Readonly<Record<string, number>>) =>
  filesOfWorkTree(
    openMemoryWorkTree({
      files: Object.fromEntries(Object.entries(sizes).map(([folder, size]) => [`${folder}/dvc.lock`, lockOf(size)])),
    }),
  );
const quarter = maxDvcLocksBytes / 4;

it('locks are read up to a bound together, each of them once', async () => {
  const files = filesOf({ a: quarter, b: quarter, c: quarter, d: quarter - 1000, e: 1000, f: 1000, g: 300 });
  const kindOf = async (folder: string) => (await readDvcLock(files, `${folder}/dvc.lock`)).kind;
  for (let time = 0; time < 2; time++)
    for (const folder of ['a', 'b', 'c', 'd', 'e']) expect(await kindOf(folder), folder).toBe('stages');
  for (const folder of ['f', 'g']) expect(await kindOf(folder), folder).toBe('too-large');
});

it('what is beyond the bound passes over no smaller lock, holds nothing, and is told with what to do', async () => {
  const files = filesOf({ a: quarter, b: quarter, c: quarter, d: quarter - 1000, e: 1001, f: 1000 });
  for (const folder of ['a', 'b', 'c', 'd']) await readDvcLock(files, `${folder}/dvc.lock`);
  const pinned = await pinDvc(files, 'e/model.bin');
  expect(pinned).toMatchObject({ pinned: null, because: expect.stringContaining('e/dvc.lock is not read') as string });
  expect(await pinDvc(files, 'f/model.bin')).toEqual({ pinned: `dvc-md5:${'a1'.repeat(16)}` });
  const reading = await readDvcLock(files, 'e/dvc.lock');
  expect(reading).toMatchObject({ kind: 'too-large', error: { code: 'source/dvc-beyond' } });
  expect(reading.kind === 'too-large' ? reading.error.remedy : '').toContain('Split the pipelines');
});
