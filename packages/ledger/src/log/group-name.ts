import { bytesToHex, type Sha256, utf8 } from '@weighbridge/core';

/** The name of a group of events in the inbox: the same events give the same name, so that a repeated run finds its own. */
export function groupName(sha256: Sha256, ids: readonly string[]): string {
  return bytesToHex(sha256(utf8(ids.join('\n'))));
}
