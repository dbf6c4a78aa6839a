import { describe, expect, it } from 'vitest';
import { bufferBytesOf } from './buffer-size.js';

const mebibyte = 1024 * 1024;
const asked = (value: string | undefined) => bufferBytesOf({ WEIGHBRIDGE_BUFFER_MIB: value });

describe('the buffers of transfers', () => {
  it.each([
    [undefined, 128],
    ['', 128],
    ['72', 72],
    [' 512 ', 512],
    ['4096', 4096],
  ])('asked for as %j have %d MiB', (value, mebibytes) => {
    expect(asked(value)).toBe(mebibytes * mebibyte);
  });

  it.each(['71', '4097', '0', '-1', '1e3', '64MiB', '99999999999'])('cannot be asked for as %j', (value) => {
    expect(() => asked(value)).toThrow(
      expect.objectContaining({ code: 'store/buffer-size', remedy: expect.stringContaining('72 to 4096') }),
    );
  });
});
