import { weighbridgeError } from '@weighbridge/core';
import { formatAddress, type RemoteAddress } from '@weighbridge/manifest';
import type { RemoteFiles, RemoteListing } from '@weighbridge/ports';
import { hubService, lakefsService, type Means, meansOf, noHub, noLakefs } from './http/known-services.js';
import { openTurns } from './http/turns.js';
import { listHub, openHubFile } from './hub/hub-files.js';
import { listLakefs, openLakefsObject } from './lakefs/lakefs-files.js';
import { listFolderObject, openFolderObject } from './objects/folder-objects.js';
import { listObjects } from './objects/list-objects.js';
import { openObject } from './objects/open-object.js';
import { presignObject } from './objects/presign-object.js';
import type { SourceOptions } from './open-data-references.js';
import { endpointOf } from './objects/endpoint-of.js';

/** Pieces of 8 MiB: as many as a line of 20 Mbit/s brings in half a minute, and few enough for a small machine. */
const maxReadsAtOnce = 8;

type OpenFile = Awaited<ReturnType<RemoteFiles['open']>>;

/**
 * The services that keep files, as the environment names them. Nothing is asked before the first reference, and of all
 * files together eight ranges are read at once.
 */
export function openRemoteFiles(options: SourceOptions): RemoteFiles {
  const { environment, objects = {} } = options;
  const means = meansOf(options);
  const known = new Map<string, Promise<RemoteListing>>();
  const inTurn = openTurns(maxReadsAtOnce);
  const ask = async (reference: RemoteAddress): Promise<RemoteListing> => {
    switch (reference.scheme) {
      case 'hf': {
        const service = hubService(environment, means);
        return service === null ? { kind: 'unread', ...noHub } : listHub(service, reference);
      }
      case 'lakefs': {
        const service = lakefsService(environment, means);
        return service === null ? { kind: 'unread', ...noLakefs } : listLakefs(service, reference);
      }
      case 's3':
      case 'gs':
      case 'az':
        return listObjects(objects, reference);
      case 'file':
        return listFolderObject(options.folders, reference);
    }
  };
  return {
    endpointOf: (scheme) => endpointOf(environment, scheme),
    list: (reference) => {
      const text = formatAddress(reference);
      const asked = known.get(text) ?? ask(reference);
      known.set(text, asked);
      return asked;
    },
    async open({ address, sizeBytes }) {
      const file = await openAddress(options, means, { address, sizeBytes });
      return { ...file, read: (offset, lengthBytes) => inTurn(() => file.read(offset, lengthBytes)) };
    },
    presign: async (address, how) =>
      address.scheme === 's3' || address.scheme === 'gs' || address.scheme === 'az'
        ? presignObject(objects, address, how)
        : null,
  };
}

interface AddressedFile {
  readonly address: RemoteAddress;
  readonly sizeBytes: number;
}

/** @throws source/unread where nobody is asked */
async function openAddress(
  { environment, folders, objects = {} }: SourceOptions,
  means: Means,
  { address, sizeBytes }: AddressedFile,
): Promise<OpenFile> {
  const refuse = (why: { readonly because: string; readonly remedy: string }) =>
    weighbridgeError('source/unread', { reference: formatAddress(address), ...why });
  switch (address.scheme) {
    case 'hf': {
      const service = hubService(environment, means);
      if (service === null) throw refuse(noHub);
      return openHubFile(service, address, sizeBytes);
    }
    case 'lakefs': {
      const service = lakefsService(environment, means);
      if (service === null) throw refuse(noLakefs);
      return openLakefsObject(service, address, sizeBytes);
    }
    case 's3':
    case 'gs':
    case 'az':
      return openObject(objects, address, sizeBytes);
    case 'file':
      return openFolderObject(folders, address);
  }
}
