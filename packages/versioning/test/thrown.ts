import { type ErrorCode, WeighbridgeError } from '@weighbridge/core';
import { expect } from 'vitest';

/** Asserts that a call throws an error of the catalogue, and answers the error for a closer look. */
export function expectThrown(call: () => unknown, code: ErrorCode): WeighbridgeError {
  let thrown: unknown;
  try {
    call();
  } catch (cause) {
    thrown = cause;
  }
  expect(thrown, `expected ${code}`).toBeInstanceOf(WeighbridgeError);
  const error = thrown as WeighbridgeError;
  expect(error.code, error.message).toBe(code);
  return error;
}
