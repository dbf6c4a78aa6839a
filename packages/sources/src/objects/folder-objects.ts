import { weighbridgeError } from '@weighbridge/core';
import { type FolderObject, formatAddress, lastPart } from '@weighbridge/manifest';
import type { RemoteFiles, RemoteListing } from '@weighbridge/ports';
import { absent } from '../remote-listing.js';
import { refusalOf } from './pin-object.js';

type OpenRemote = Awaited<ReturnType<RemoteFiles['open']>>;

/** Opens what lies at a path, absolute or relative to the repository; null when nothing does. @throws store/io */
export type OpenFolderObject = (path: string) => Promise<OpenRemote | null>;

const notHere = {
  because: 'folders of this machine are not read here',
  remedy: 'Run it in a job of the repository itself that has the folder.',
};

/** The size of an object in a folder; nothing says its SHA-256. */
export async function listFolderObject(
  open: OpenFolderObject | undefined,
  address: FolderObject,
): Promise<RemoteListing> {
  if (open === undefined) return { kind: 'unread', ...notHere };
  try {
    const source = await open(address.path);
    if (source === null) return absent('there is no such file', 'Run "dvc push", or mount the folder.');
    await source.close();
    const { sizeBytes } = source;
    return { kind: 'files', files: [{ name: lastPart(address.path), address, sizeBytes, sha256: null }] };
  } catch (error) {
    return { kind: 'unread', ...refusalOf(error) };
  }
}

/** @throws source/gone, source/unread, store/io */
export async function openFolderObject(open: OpenFolderObject | undefined, address: FolderObject): Promise<OpenRemote> {
  if (open === undefined) throw weighbridgeError('source/unread', { reference: formatAddress(address), ...notHere });
  const source = await open(address.path);
  if (source === null) throw weighbridgeError('source/gone', { address: formatAddress(address) });
  return source;
}
