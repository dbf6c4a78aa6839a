import { WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import type { GovernedModel } from '../governing/governance.js';
import type { Notice } from '../surroundings.js';

/** Whether a lock lies beside the manifest and git ignores it: it is then not read, since no commit will hold it. */
export async function isLockIgnored({ lock, lockPath, files }: GovernedModel): Promise<boolean> {
  if (lock !== null || files.commit !== null) return false;
  const file = await files.open(lockPath);
  if (file === null) return false;
  await file.close();
  return (await files.ignored([lockPath])).has(lockPath);
}

/** Says that a lock is not read, and how to have it read. */
export function ignoredLockNotice({ lockPath, manifestPath, line }: GovernedModel): Notice {
  const text = `${lockPath} is not read, because git ignores it: no check elsewhere will have it. Take it out of .gitignore and commit it ("git check-ignore --verbose ${lockPath}" names the line).`;
  return { level: 'warning', text, file: manifestPath, line };
}

/** Says of a lock that was just written, or would be, that no commit will hold it; nothing where one will. */
export async function unseenLockNotices({ files, lockPath, manifestPath, line }: GovernedModel): Promise<Notice[]> {
  if (!(await files.ignored([lockPath])).has(lockPath)) return [];
  const text = `git ignores ${lockPath}: no commit will hold it, and no check will read it. Take it out of .gitignore ("git check-ignore --verbose ${lockPath}" names the line), then commit it.`;
  return [{ level: 'warning', text, file: manifestPath, line }];
}

/** Artifacts that only such a lock describes are missing because of it. @throws flow/lock-ignored, and the error itself */
export function tellLockIgnored({ lockPath }: GovernedModel, error: unknown): never {
  const code = error instanceof WeighbridgeError ? error.code : null;
  if (code !== 'flow/artifact-missing' && code !== 'flow/pattern-matches-nothing') throw error;
  throw weighbridgeError('flow/lock-ignored', { path: lockPath }, { cause: error });
}
