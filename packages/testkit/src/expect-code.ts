import { type ErrorCode, WeighbridgeError } from '@weighbridge/core';
import { expect } from 'vitest';

/** Asserts that a promise fails with an error of the catalogue, and answers the error for a closer look. */
export async function expectCode(promise: Promise<unknown>, code: ErrorCode): Promise<WeighbridgeError> {
  const cause = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  expect(cause, `expected ${code}`).toBeInstanceOf(WeighbridgeError);
  const error = cause as WeighbridgeError;
  expect(error.code, error.message).toBe(code);
  return error;
}
