import { fakeGitHub } from '@weighbridge/testkit';
import { describe, expect, it } from 'vitest';
import { openGitHub } from '../open-github.js';

const permissions = { 'pull-requests': 'read', contents: 'read', checks: 'read', statuses: 'read' } as const;

describe('when the head came', () => {
  it.each([
    ['by the first status, where a review is older than the first suite', permissions, true],
    ['by the suite where statuses cannot be read', { ...permissions, statuses: undefined }, false],
  ])('is told %s', async (_name, granted, byStatus) => {
    const hub = await fakeGitHub();
    try {
      const repository = hub.addRepository({ name: 'acme/models', roles: { alice: 'write', bob: 'write' } });
      const commit = hub.people.push(repository, { by: 'alice', branch: 'change', files: { a: '1' } });
      const pull = hub.people.openPull(repository, { by: 'alice', branch: 'change' });
      // As after a push with a workflow's token, which starts nothing.
      repository.suites.length = 0;
      hub.people.reportStatus(repository, { by: 'ci[bot]', commit, context: 'weighbridge', state: 'pending' });
      hub.people.review(repository, { by: 'bob', pull, state: 'APPROVED' });
      hub.people.reportCheck(repository, { commit, name: 'review', conclusion: 'success' });
      const given = Object.entries(granted).filter(([, level]) => level !== undefined);
      const token = hub.actionsToken(repository, Object.fromEntries(given) as Record<string, 'read'>);
      const { api: apiUrl, graphql: graphqlUrl, server: serverUrl } = hub.urls;
      const forge = openGitHub({
        apiUrl,
        graphqlUrl,
        serverUrl,
        token,
        repository: 'acme/models',
        fetch: hub.fetch,
        clock: { now: () => new Date() },
      });
      const facts = await forge.pull(pull, { comments: false, files: false });
      const expected = byStatus ? repository.statuses[0]?.at : repository.suites[0]?.at;
      expect(facts?.headSeenAt).toBe(expected);
      expect((facts?.reviews[0]?.submittedAt ?? '') < (facts?.headSeenAt ?? '')).toBe(!byStatus);
      expect(hub.faults).toEqual([]);
    } finally {
      await hub.dispose();
    }
  });
});
