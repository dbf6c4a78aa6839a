import { weighbridgeError } from '@weighbridge/core';
import type { CheckFacts, PullFacts } from '@weighbridge/gates';
import type { Forge, PullSummary } from '@weighbridge/ports';
import type { ForgeWorld } from './forge-world.js';
import { publishedInMemory, publishInMemory } from './memory-releases.js';
import { MemoryForgeState, openBranch, summaryOf } from './memory-state.js';
import { memoryWorld } from './memory-world.js';

/** A forge without a server, what people do on it, and all that it holds. */
export interface MemoryForge extends Forge {
  readonly world: ForgeWorld;
  readonly state: MemoryForgeState;
  /** Puts a pull request there as it is, in place of one of the same number. Build it with `pullFacts`. */
  place(pull: PullFacts): void;
}

/** The forge port over values in memory, held to the same contract as GitHub's adapter. */
export function memoryForge(pulls: readonly PullFacts[] = []): MemoryForge {
  const state = new MemoryForgeState();
  const place = (pull: PullFacts): void => {
    state.pulls.set(pull.number, pull);
    state.changedAt.set(pull.number, pull.openedAt);
  };
  pulls.forEach(place);
  return { world: memoryWorld(state), state, place, ...reads(state), ...lookUps(state), ...writes(state) };
}

type Reads = Pick<
  Forge,
  | 'address'
  | 'pull'
  | 'pullHead'
  | 'pullsAtHead'
  | 'openPulls'
  | 'pullsOfCommit'
  | 'pullsFrom'
  | 'commits'
  | 'checks'
  | 'status'
>;

function reads(state: MemoryForgeState): Reads {
  const list = (wanted: (pull: PullFacts) => boolean): readonly PullSummary[] =>
    [...state.pulls.values()]
      .filter(wanted)
      .map((pull) => summaryOf(pull, state.changedAt.get(pull.number) ?? pull.openedAt))
      .sort((left, right) => (left.updatedAt < right.updatedAt ? 1 : -1));
  const isOpen = (pull: PullFacts): boolean => pull.state === 'open';
  return {
    address: state.address,
    async pull(number, { comments, files = true }) {
      state.calls.push('pull');
      const pull = state.pulls.get(number);
      return pull === undefined
        ? null
        : { ...pull, comments: comments ? pull.comments : [], files: files ? pull.files : [] };
    },
    async pullHead(number) {
      state.calls.push('pullHead');
      return list((pull) => pull.number === number)[0] ?? null;
    },
    pullsAtHead: async (commit) => list((pull) => isOpen(pull) && pull.head.commit === commit),
    openPulls: async (limit) => list(isOpen).slice(0, limit),
    pullsOfCommit: async (commit) =>
      list(
        ({ merged, commits }) =>
          merged !== null && (merged.commit === commit || commits.some(({ id }) => id === commit)),
      ),
    pullsFrom: async ({ repository, branch, commit }) =>
      list(
        (pull) =>
          isOpen(pull) &&
          pull.head.repository?.toLowerCase() === repository.toLowerCase() &&
          pull.head.ref === branch &&
          pull.head.commit === commit,
      ),
    async commits(ids) {
      state.calls.push('commits');
      const known = new Map([...state.pulls.values()].flatMap(({ commits }) => commits.map((each) => [each.id, each])));
      return [...new Set(ids)].flatMap((id) => known.get(id) ?? []);
    },
    async checks(commit) {
      state.calls.push('checks');
      const latest = new Map<string, CheckFacts>();
      for (const status of state.statuses.filter((each) => each.commit === commit)) {
        const word = status.state === 'pending' ? 'running' : status.state === 'success' ? 'success' : 'failure';
        latest.set(status.context, { state: word, conclusion: status.state, commit, url: status.url });
      }
      return { ...Object.fromEntries(latest), ...state.checks.get(commit) };
    },
    status: async (commit, context) =>
      state.statuses.findLast((each) => each.commit === commit && each.context === context) ?? null,
  };
}

type LookUps = Pick<
  Forge,
  | 'team'
  | 'permission'
  | 'account'
  | 'run'
  | 'runsAt'
  | 'runArtifacts'
  | 'downloadArtifact'
  | 'attestations'
  | 'protection'
  | 'branchChecks'
  | 'tagProtection'
  | 'setting'
  | 'time'
>;

function lookUps(state: MemoryForgeState): LookUps {
  const protectionOf = (branch: string) => (state.protection.branch === branch ? state.protection : openBranch(branch));
  return {
    team: async (slug) =>
      state.teams.get(slug.toLowerCase()) ?? {
        state: 'cannot-verify',
        because: `the token may not read ${slug}, or there is no such team`,
        remedy: 'Pass the token of a GitHub App that may read members, or list the people in the roster.',
      },
    permission: async (login) => state.permissions.get(login.toLowerCase()) ?? 'none',
    account: async (login) => state.accounts.get(login.toLowerCase()) ?? null,
    run: async (id) => state.runs.get(id) ?? null,
    async runsAt({ workflow, commit, limit }) {
      const runs = [...state.runs.values()].filter((run) => run.workflowPath === workflow && run.commit === commit);
      return { runs: runs.reverse().slice(0, limit), complete: runs.length <= limit };
    },
    runArtifacts: async (run) =>
      [...state.artifacts.values()]
        .filter((each) => each.run === run)
        .map(({ id, name, sizeBytes, digest, expired }) => ({ id, name, sizeBytes, digest, expired })),
    async downloadArtifact(id, maxBytes) {
      const held = state.artifacts.get(id);
      if (held === undefined)
        throw weighbridgeError('forge/not-found', { address: state.address, what: `artifact ${id}` });
      if (held.expired) throw weighbridgeError('forge/artifact-expired', { artifact: id });
      const { sizeBytes } = held;
      if (sizeBytes > maxBytes)
        throw weighbridgeError('forge/too-large', { what: `artifact ${id}`, sizeBytes, maxBytes });
      return held.zip;
    },
    attestations: async (digest) => state.attestations.get(digest) ?? [],
    protection: async (branch) => protectionOf(branch),
    async branchChecks(branch) {
      state.calls.push('branchChecks');
      const { requiredChecks, requiredWorkflows, unknown } = protectionOf(branch);
      return { branch, requiredChecks, requiredWorkflows, unknown };
    },
    tagProtection: async () => state.tagProtection,
    setting: async () => state.setting,
    time: async () => new Date(),
  };
}

type Writes = Pick<
  Forge,
  'setStatus' | 'upsertComment' | 'openPull' | 'requestReviews' | 'openIssue' | 'publishRelease' | 'releasedTags'
>;

function writes(state: MemoryForgeState): Writes {
  return {
    publishRelease: async (release) => publishInMemory(state, release),
    releasedTags: async (limit) => publishedInMemory(state, limit),
    async setStatus(status) {
      state.calls.push('setStatus');
      state.statuses.push({ ...status, creator: state.self, at: state.tick() });
    },
    async upsertComment({ pull, marker, body }) {
      state.calls.push('upsertComment');
      const text = `${marker}\n${body}`;
      const facts = state.pull(pull);
      const ours = facts.comments.find(
        (each) => each.author?.id === state.self.id && each.body.split('\n')[0] === marker,
      );
      const url = (id: string): string => `${facts.url}#issuecomment-${id}`;
      if (ours?.body === text) return { url: url(ours.id), outcome: 'same' };
      if (ours !== undefined) {
        state.edit(pull, ({ comments }) => ({
          comments: comments.map((each) => (each.id === ours.id ? { ...each, body: text, edited: true } : each)),
        }));
        return { url: url(ours.id), outcome: 'updated' };
      }
      const id = String(7000 + pull * 100 + facts.comments.length);
      state.edit(pull, ({ comments }, at) => ({
        comments: [...comments, { id, author: state.self, body: text, createdAt: at, edited: false }],
      }));
      return { url: url(id), outcome: 'created' };
    },
    async openPull({ head, base, title }) {
      const held = [...state.pulls.values()].find(
        (each) => each.state === 'open' && each.head.ref === head && each.base.ref === base,
      );
      if (held !== undefined) return { number: held.number, url: held.url, outcome: 'present' };
      const number = await memoryWorld(state).openPull({ by: state.self.login, branch: head, base, title });
      return { number, url: state.pull(number).url, outcome: 'created' };
    },
    async requestReviews({ pull, users, teams }) {
      const author = state.pull(pull).author?.login.toLowerCase();
      const may = (login: string): boolean =>
        state.permissions.has(login.toLowerCase()) && login.toLowerCase() !== author;
      const asked = [...users.filter(may), ...teams.filter((slug) => state.teams.has(slug.toLowerCase()))];
      for (const reviewer of asked) {
        await memoryWorld(state).askForReview({ by: state.self.login, pull, reviewer });
      }
      return { refused: [...users, ...teams].filter((each) => !asked.includes(each)) };
    },
    async openIssue({ marker, title, body }) {
      const held = state.issues.find((each) => each.body.startsWith(marker));
      if (held !== undefined) return { number: held.number, url: held.url, outcome: 'present' };
      const number = state.nextNumber();
      const url = `https://memory.test/acme/models/issues/${number}`;
      state.issues.push({ number, url, title, body: `${marker}\n${body}` });
      return { number, url, outcome: 'created' };
    },
  };
}
