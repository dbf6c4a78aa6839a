import { type ForgeUnderTest, describeForge, fakeGitHub, hubWorld } from '@weighbridge/testkit';
import { openGitHub } from './open-github.js';

const permissions = {
  contents: 'write',
  'pull-requests': 'write',
  issues: 'write',
  statuses: 'write',
  checks: 'read',
  actions: 'read',
  attestations: 'read',
} as const;

/** A workflow's token with one permission that only an App can have, for the part of the contract that is on teams. */
async function openFake(mount: 'fetch' | 'socket'): Promise<ForgeUnderTest> {
  const hub = await fakeGitHub();
  const repository = hub.addRepository({ name: 'acme/models' });
  const token = hub.appToken('github-actions', [repository], { ...permissions, members: 'read' });
  const { fetch, ...reach } = hub.reach(repository, token);
  const { urls } = mount === 'socket' ? await hub.listen() : hub;
  const forge = openGitHub({
    ...reach,
    apiUrl: urls.api,
    graphqlUrl: urls.graphql,
    serverUrl: urls.server,
    ...(mount === 'fetch' ? { fetch } : {}),
  });
  return {
    forge,
    world: hubWorld(hub, repository),
    dispose: () => hub.dispose(),
  };
}

describeForge('GitHub in process', () => openFake('fetch'));
describeForge('GitHub on a socket', () => openFake('socket'));
