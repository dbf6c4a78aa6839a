import { setTimeout as sleep } from 'node:timers/promises';

/** On Windows a virus scanner, an editor or another reader can hold a file for a moment. */
const busyCodes = ['EPERM', 'EACCES', 'EBUSY'];
const maxTries = 8;
const firstDelayMs = 5;

/** Tries again, with a doubling delay, what failed because somebody holds a file; after a second in all it fails. */
export async function retryBusy<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await run();
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
      if (tries === maxTries || !busyCodes.includes(code)) throw cause;
      await sleep(firstDelayMs * 2 ** (tries - 1));
    }
  }
}
