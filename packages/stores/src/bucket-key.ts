import { invariant } from '@weighbridge/core';

const legalKey = /^[a-z0-9._-]+(?:\/[a-z0-9._-]+)*$/;
const maxKeyLength = 512;

/** Whether a text is a key, as the bucket port defines them. */
export function isObjectKey(key: string): boolean {
  return legalKey.test(key) && key.length <= maxKeyLength && !/(?:^|\/)\.\.?(?:\/|$)/.test(key);
}

/** The key itself. @throws core/invariant for what is none */
export function checkObjectKey(key: string): string {
  invariant(isObjectKey(key), 'an object was to have an illegal key');
  return key;
}
