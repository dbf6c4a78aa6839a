import type { Digest } from '@weighbridge/core';
import { expectCode } from '@weighbridge/testkit';
import { expect, it } from 'vitest';
import { requireRecordable } from './record-size.js';

const digestOf = (letter: string): Digest => `sha256:${letter.repeat(64)}`;
const recordOf = (...bytes: readonly number[]) =>
  new Map(bytes.map((count, at) => [digestOf(String(at)), 'x'.repeat(count)]));
const about = { model: 'fraud', files: 60_000 };

it('a record that fits beside one append is taken, and one that does not is told by its number of files', async () => {
  expect(requireRecordable(recordOf(8 * 2 ** 20, 8 * 2 ** 20), about)).toBeUndefined();
  const asked = async () => requireRecordable(recordOf(8 * 2 ** 20, 8 * 2 ** 20, 1), about);
  await expectCode(asked(), 'flow/record-too-large');
  await expect(asked()).rejects.toThrow('60000 files has 16.8 MB');
});

it('a record is as large as its bytes, not as its characters', async () => {
  const accented = (count: number) => new Map([[digestOf('0'), 'é'.repeat(count)]]);
  expect(requireRecordable(accented(8 * 2 ** 20), about)).toBeUndefined();
  await expectCode((async () => requireRecordable(accented(8 * 2 ** 20 + 1), about))(), 'flow/record-too-large');
});
