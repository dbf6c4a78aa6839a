// How many requests GitHub gets for one evaluation of a pull request: the token of a workflow has 1,000 an hour.
import { openGitHub } from '../../packages/forges/build/index.js';
import { fakeGitHub, largePull } from '../../packages/testkit/build/forge/github/index.js';

const small = { reviews: 4, commits: 3, files: 5 };
const large = { reviews: 300, commits: 250, files: 3000 };

export async function benchForgeRequests(progress) {
  progress('asking a fake GitHub');
  const counts = { 'API requests': { a: await requestsFor(small), b: await requestsFor(large) } };
  const bounds = [{ what: 'API requests for a large pull request', value: counts['API requests'].b, limit: 39 }];
  const name = 'pull request with 300 reviews, 250 commits, 3,000 files / one with 4, 3, 5';
  const ratio = Number((counts['API requests'].b / counts['API requests'].a).toPrecision(3));
  return [{ name, min: ratio, median: ratio, counts, bounds }];
}

/** Everything read, `pending` written first, the head read again with its siblings, and the verdict written. */
async function requestsFor(size) {
  const hub = await fakeGitHub();
  try {
    const repository = hub.addRepository({ name: 'acme/models' });
    const permissions = { contents: 'read', 'pull-requests': 'read', statuses: 'write', checks: 'read' };
    const forge = openGitHub(hub.reach(repository, hub.actionsToken(repository, permissions)));
    const facts = await forge.pull(largePull(hub, repository, size), { comments: false });
    if (facts === null || facts.incomplete.length > 0) throw new Error('the pull request was not read in full');
    const status = { commit: facts.head.commit, context: 'weighbridge', description: '', url: null };
    await forge.setStatus({ ...status, state: 'pending' });
    await forge.pullHead(facts.number);
    await forge.pullsAtHead(facts.head.commit);
    await forge.setStatus({ ...status, state: 'success' });
    return forge.requests();
  } finally {
    await hub.dispose();
  }
}
