import { weighbridgeError } from '@weighbridge/core';
import { type DvcMember, parseDvcFolder } from '@weighbridge/formats';
import { formatAddress, type RemoteAddress } from '@weighbridge/manifest';
import type { Surroundings } from '../../surroundings.js';
import { dvcHash } from './md5-while-reading.js';
import { md5Of, openRemote } from '../measure-remote.js';

/** A folder of a model has few files; each takes some 100 bytes of the list. */
const maxListBytes = 16 * 1024 * 1024;

/** A list of a folder, as an output names it. */
export interface FolderObject {
  /** The folder. */
  readonly path: string;
  readonly record: string;
  /** Without its ending. */
  readonly md5: string;
  readonly address: RemoteAddress;
  readonly sizeBytes: number;
}

/** The files of a folder that DVC tracks. @throws source/dvc-differs, formats/*, store/* */
export async function readDvcFolder(surroundings: Surroundings, folder: FolderObject): Promise<readonly DvcMember[]> {
  const { path, record, address, sizeBytes } = folder;
  const differs = (what: string) =>
    weighbridgeError('source/dvc-differs', { address: formatAddress(address), record, path, what });
  if (sizeBytes > maxListBytes) throw differs(`it has ${sizeBytes} bytes, more than a list of files`);
  const source = await openRemote(surroundings, { path, file: { address, sizeBytes, sha256: null } });
  try {
    const bytes = await source.read(0, sizeBytes);
    const hash = dvcHash(md5Of(surroundings, path), false);
    hash.update(bytes);
    const [md5] = hash.digests();
    if (md5 !== folder.md5) throw differs(`its MD5 is ${md5} instead of ${folder.md5}`);
    return parseDvcFolder(bytes, formatAddress(address));
  } finally {
    await source.close();
  }
}
