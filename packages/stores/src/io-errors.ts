import { WeighbridgeError, weighbridgeError } from '@weighbridge/core';

/** The code of a failed system call such as `ENOENT`, or null for every other kind of error. */
export function errnoOf(cause: unknown): string | null {
  if (!(cause instanceof Error) || !('code' in cause) || !('syscall' in cause)) return null;
  return typeof cause.code === 'string' ? cause.code : null;
}

/** Gives a failed system call the code store/io; our own errors and our own bugs pass unchanged. */
export async function explainIo<Result>(action: string, path: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (cause) {
    const reason = errnoOf(cause);
    if (cause instanceof WeighbridgeError || reason === null) throw cause;
    throw weighbridgeError('store/io', { action, path, reason }, { cause });
  }
}

/** Runs a system call and answers null when it fails with one of the codes that the caller expects. */
export async function unlessErrno<Result>(
  expected: readonly string[],
  run: () => Promise<Result>,
): Promise<Result | null> {
  try {
    return await run();
  } catch (cause) {
    const code = errnoOf(cause);
    if (code === null || !expected.includes(code)) throw cause;
    return null;
  }
}
