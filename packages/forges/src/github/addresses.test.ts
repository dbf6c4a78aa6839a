import { fakeGitHub } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { openGitHub } from './open-github.js';

const places = {
  'GHE.com': {
    api: 'https://api.acme.ghe.com',
    graphql: 'https://api.acme.ghe.com/graphql',
    server: 'https://acme.ghe.com',
  },
  'an Enterprise Server': {
    api: 'https://git.acme.test/api/v3',
    graphql: 'https://git.acme.test/api/graphql',
    server: 'https://git.acme.test',
  },
  'an Enterprise Server behind a path and a port': {
    api: 'https://tools.acme.test:8443/github/api/v3',
    graphql: 'https://tools.acme.test:8443/github/api/graphql',
    server: 'https://tools.acme.test:8443/github',
  },
};

describe.each(Object.entries(places))('%s', (_, urls) => {
  test('is asked at its own addresses and nowhere else', async () => {
    const hub = await fakeGitHub({ urls });
    try {
      const repository = hub.addRepository({ name: 'acme/models', roles: { bob: 'write' } });
      const commit = hub.people.push(repository, { by: 'alice', branch: 'topic', files: { a: '1' } });
      const pull = hub.people.openPull(repository, { by: 'alice', branch: 'topic' });
      for (let index = 0; index < 101; index++)
        hub.people.comment(repository, { by: 'bob', pull, body: `Comment ${index}` });
      const run = hub.people.finishRun(repository, {
        by: 'alice',
        workflowPath: '.github/workflows/eval.yml',
        event: 'push',
        branch: 'topic',
        commit,
        conclusion: 'success',
      });
      const zip = new Uint8Array([1, 2, 3]);
      const artifact = hub.people.keepArtifact(repository, { run: run.id, name: 'evaluation', zip });
      const asked: string[] = [];
      const reach = hub.reach(
        repository,
        hub.actionsToken(repository, {
          contents: 'read',
          'pull-requests': 'write',
          statuses: 'write',
          checks: 'read',
          actions: 'read',
        }),
      );
      const watched: typeof fetch = (input, init) => {
        asked.push(input instanceof Request ? input.url : input.toString());
        return reach.fetch(input, init);
      };
      const forge = openGitHub({ ...reach, fetch: watched });
      expect(forge.address).toBe(`${new URL(urls.server).host}/acme/models`);
      expect((await forge.pull(pull, { comments: true }))?.url).toBe(`${urls.server}/acme/models/pull/${pull}`);
      await forge.setStatus({ commit, context: 'weighbridge', state: 'success', description: 'Fine', url: null });
      // The second page is where the first one says.
      expect((await forge.upsertComment({ pull, marker: '<!-- m -->', body: 'Hi' })).outcome).toBe('created');
      const { runs } = await forge.runsAt({ workflow: '.github/workflows/eval.yml', commit, limit: 5 });
      expect(runs.map(({ url }) => url)).toEqual([`${urls.server}/acme/models/actions/runs/${run.id}`]);
      expect(await forge.downloadArtifact(String(artifact), 100)).toEqual(zip);
      expect((await forge.branchChecks('main')).requiredChecks).toEqual([]);
      const storage = `${urls.server}/_storage/`;
      const own = (url: string) => [`${urls.api}/`, urls.graphql, storage].some((start) => url.startsWith(start));
      expect(asked.filter((url) => !own(url))).toEqual([]);
      expect(asked.some((url) => url === urls.graphql)).toBe(true);
      expect(asked.some((url) => url.startsWith(storage))).toBe(true);
    } finally {
      await hub.dispose();
    }
  });
});
