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
  };
}
