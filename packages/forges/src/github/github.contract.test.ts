import { type ForgeUnderTest, describeForge, fakeGitHub, hubWorld } from '@weighbridge/testkit';
import { expect } from 'vitest';
import { openGitHub } from './open-github.js';

const permissions = {
  contents: 'read',
  'pull-requests': 'write',
  issues: 'write',
  statuses: 'write',
  checks: 'read',
  actions: 'read',
  attestations: 'read',
} as const;

async function openFake(mount: 'fetch' | 'socket'): Promise<ForgeUnderTest> {
  const hub = await fakeGitHub();
  const repository = hub.addRepository({ name: 'acme/models' });
  const token = hub.actionsToken(repository, permissions);
  // A team can be read by an App alone.
  hub.state.tokens.set(token, {
    ...hub.state.tokens.get(token)!,
    grants: { ...hub.state.tokens.get(token)!.grants, members: 'read' },
  });
  const urls = mount === 'socket' ? (await hub.listen()).urls : hub.urls;
  const forge = openGitHub({
    apiUrl: urls.api,
    graphqlUrl: urls.graphql,
    serverUrl: urls.server,
    repository: 'acme/models',
    token,
    clock: { now: () => new Date() },
    secondMs: 1,
    ...(mount === 'fetch' ? { fetch: hub.fetch } : {}),
  });
  return {
    forge,
    world: hubWorld(hub, repository),
    dispose: async () => {
      expect(hub.faults).toEqual([]);
      await hub.dispose();
    },
  };
}

describeForge('GitHub in process', () => openFake('fetch'));
describeForge('GitHub on a socket', () => openFake('socket'));
