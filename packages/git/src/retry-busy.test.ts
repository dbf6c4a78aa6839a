import { describe, expect, test } from 'vitest';
import { retryBusy } from './retry-busy.js';

const failure = (code: string) => Object.assign(new Error(code), { code });

describe('a file that somebody holds', () => {
  const failing = (code: string, times: number) => {
    let tries = 0;
    return {
      tries: () => tries,
      run: async () => {
        tries += 1;
        if (tries <= times) throw failure(code);
        return 'done';
      },
    };
  };

  test.each(['EPERM', 'EACCES', 'EBUSY'])('%s: is waited for', async (code) => {
    const held = failing(code, 3);
    expect(await retryBusy(held.run)).toBe('done');
    expect(held.tries()).toBe(4);
  });

  test('is not waited for without end', async () => {
    const held = failing('EBUSY', Infinity);
    await expect(retryBusy(held.run)).rejects.toThrow('EBUSY');
    expect(held.tries()).toBe(8);
  });

  test('is not what every failure is', async () => {
    const full = failing('ENOSPC', 1);
    await expect(retryBusy(full.run)).rejects.toThrow('ENOSPC');
    expect(full.tries()).toBe(1);
  });
});
