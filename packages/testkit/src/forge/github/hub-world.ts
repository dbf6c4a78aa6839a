import type { ForgeWorld } from '../forge-world.js';
import type { FakeGitHub } from './fake-github.js';
import type { Repository, Review } from './state.js';

const verdicts: Readonly<Record<string, Review['state']>> = {
  approved: 'APPROVED',
  'changes-requested': 'CHANGES_REQUESTED',
  commented: 'COMMENTED',
};

/** The stories that run on every forge, told on one repository of the fake GitHub. */
export function hubWorld(hub: FakeGitHub, repository: Repository): ForgeWorld {
  const { people } = hub;
  return {
    push: async (push) => people.push(repository, push),
    openPull: async (pull) => people.openPull(repository, pull),
    review: async ({ state, ...review }) =>
      String(people.review(repository, { ...review, state: verdicts[state] ?? 'COMMENTED' }).id),
    dismiss: async ({ review, ...dismissal }) => people.dismiss(repository, { ...dismissal, review: Number(review) }),
    askForReview: async (request) => people.askForReview(repository, request),
    comment: async (comment) => String(people.comment(repository, comment).id),
    retarget: async (change) => people.retarget(repository, change),
    merge: async (merge) => people.merge(repository, merge),
    close: async (closing) => people.close(repository, closing),
    deleteAccount: async (login) => people.deleteAccount(login),
    reportCheck: async (check) => void people.reportCheck(repository, check),
    reportStatus: async (status) => people.reportStatus(repository, status),
    defineTeam: async (team) => hub.defineTeam(team),
    grant: async ({ login, permission }) => {
      hub.state.account(login);
      repository.roles.set(login.toLowerCase(), permission);
    },
    finishRun: async (run) => String(people.finishRun(repository, run).id),
    keepArtifact: async ({ run, ...artifact }) =>
      String(people.keepArtifact(repository, { ...artifact, run: Number(run) })),
    attest: async ({ digest, bundle }) => {
      repository.attestations.set(digest, [...(repository.attestations.get(digest) ?? []), bundle]);
    },
    tag: async (name) => {
      const tip = repository.git.resolve(`refs/heads/${repository.defaultBranch}`);
      if (tip === null) throw new Error('there is nothing to tag');
      repository.git.tag(name, tip);
      return tip;
    },
    writeRelease: async ({ by, tag, body, draft, broken }) => {
      const id = hub.state.nextId();
      const at = hub.state.now();
      const file = { id: hub.state.nextId(), name: broken ?? '', mediaType: '', bytes: new Uint8Array() };
      repository.releases.set(id, {
        id,
        tag,
        name: tag,
        body,
        draft,
        prerelease: false,
        immutable: false,
        author: hub.state.account(by),
        createdAt: at,
        publishedAt: draft ? null : at,
        assets: broken === undefined ? [] : [{ ...file, state: 'open' }],
      });
    },
    lockReleases: async () => {
      repository.immutableReleases = true;
    },
    releases: async () =>
      [...repository.releases.values()].map(({ id, tag, name, body, draft, prerelease, assets }) => ({
        tag,
        title: name ?? '',
        body: body ?? '',
        draft,
        prerelease,
        latest: repository.latestRelease === id,
        files: Object.fromEntries(assets.map((each) => [each.name, new TextDecoder().decode(each.bytes)])),
      })),
  };
}
