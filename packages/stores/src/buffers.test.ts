import { describe, expect, test } from 'vitest';
import { openBuffers } from './buffers.js';

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

describe('small buffers', () => {
  test('what was given back is lent again, to files of about the same size', async () => {
    const buffers = openBuffers();
    const first = await buffers.borrow(60 * kibibyte);
    first.release();
    const second = await buffers.borrow(64 * kibibyte);
    expect(second.bytes.buffer).toBe(first.bytes.buffer);
    expect(second.bytes.length).toBe(64 * kibibyte);
  });

  test('what is lent is nobody else’s', async () => {
    const buffers = openBuffers();
    const lent = await Promise.all(Array.from({ length: 8 }, () => buffers.borrow(10 * kibibyte)));
    expect(new Set(lent.map(({ bytes }) => bytes.buffer)).size).toBe(8);
  });

  test('of those that wait, 4 MiB are kept, whatever their sizes', async () => {
    const buffers = openBuffers();
    const lend = async (lengthBytes: number, count: number) => {
      const lent = await Promise.all(Array.from({ length: count }, () => buffers.borrow(lengthBytes)));
      for (const { release } of lent) release();
      return lent.map(({ bytes }) => bytes.buffer);
    };
    const before = new Set(await lend(mebibyte, 16));
    const after = await lend(mebibyte, 16);
    expect(after.filter((buffer) => before.has(buffer))).toHaveLength(4);
    const smaller = new Set(await lend(kibibyte, 8));
    expect((await lend(kibibyte, 8)).filter((buffer) => smaller.has(buffer))).toHaveLength(0);
  });

  test.each([0, 1, 4096, 4097, 65_536, mebibyte])('%d bytes are exactly so many', async (lengthBytes) => {
    expect((await openBuffers().borrow(lengthBytes)).bytes.length).toBe(lengthBytes);
  });
});
