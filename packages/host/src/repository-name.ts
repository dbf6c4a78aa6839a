import { forgeAddress } from './open-forge.js';
import type { Host } from './host.js';

/** Address of the repository as people open it; `weighbridge:` and the name of its folder where no forge is known. */
export async function repositoryNameOf({ environment, surroundings, root }: Host): Promise<string> {
  const address = forgeAddress(environment, await surroundings.repository.remoteUrl());
  if (address !== null) return `${address.serverUrl}/${address.repository}`;
  return `weighbridge:${encodeURIComponent(root.split(/[\\/]/).at(-1) ?? '')}`;
}
