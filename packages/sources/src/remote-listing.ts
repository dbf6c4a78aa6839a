import type { RemoteListing } from '@weighbridge/ports';

/** No model has as many; each is looked at for itself. */
export const maxRemoteFiles = 2000;

/** The answer where a reference leads to more. */
export const tooMany: RemoteListing = {
  kind: 'unread',
  because: `it leads to more than ${maxRemoteFiles} files`,
  remedy: 'Name the files of the model by a longer path or a pattern.',
};

/** Nothing of that name. */
export function absent(because: string, remedy: string): RemoteListing {
  return { kind: 'absent', because, remedy };
}

/** Not read, for now or for this account. */
export function unread(because: string, remedy: string): RemoteListing {
  return { kind: 'unread', because, remedy };
}
