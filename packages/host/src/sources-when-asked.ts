import { endpointOf } from '@weighbridge/sources';
import type { Sources } from './open-sources.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The services as openSources opens them. Their code is loaded with the first question: most commands ask none. */
export function sourcesWhenAsked(
  environment: Environment,
  options: { readonly ofStranger: boolean; readonly root: string },
): Sources {
  let opened: Promise<Sources> | null = null;
  const open = (): Promise<Sources> => (opened ??= load(environment, options));
  const asked = (
    choose: (sources: Sources) => Sources['forStrangers'],
    named: Environment,
  ): Sources['forStrangers'] => ({
    data: { pin: async (reference) => choose(await open()).data.pin(reference) },
    remote: {
      endpointOf: (scheme) => endpointOf(named, scheme),
      list: async (reference) => choose(await open()).remote.list(reference),
      open: async (file) => choose(await open()).remote.open(file),
      presign: async (address, life) => (await choose(await open()).remote.presign?.(address, life)) ?? null,
    },
  });
  return {
    ...asked((sources) => sources, options.ofStranger ? {} : environment),
    runs: { read: async (reference) => (await open()).runs.read(reference) },
    forStrangers: asked((sources) => sources.forStrangers, {}),
  };
}

async function load(
  environment: Environment,
  options: { readonly ofStranger: boolean; readonly root: string },
): Promise<Sources> {
  const { openSources } = await import('./open-sources.js');
  return openSources(environment, options);
}
