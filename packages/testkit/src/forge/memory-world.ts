import { createHash } from 'node:crypto';
import { formatDigest } from '@weighbridge/core';
import type { PullFacts, ReviewFact } from '@weighbridge/gates';
import type { ForgeWorld } from './forge-world.js';
import type { MemoryForgeState } from './memory-state.js';
import { madeUpId, pullCommit, pullFacts } from './pull-facts-builder.js';

/** What every tag is on. */
const taggedCommit = madeUpId('tagged');

/** What people do, on the state of the forge in memory. Commits have made-up ids and no content. */
export function memoryWorld(state: MemoryForgeState): ForgeWorld {
  const pullsOf = (branch: string): readonly PullFacts[] =>
    [...state.pulls.values()].filter(({ state: now, head }) => now === 'open' && head.ref === branch);
  const person = (login: string | null) => ({
    account: login === null ? null : state.account(login),
    name: login ?? 'Somebody',
  });
  const { commitsOf, filesOf } = state;

  return {
    async push({ by, branch, files = {}, author = by, coAuthors = [], force = false }) {
      const at = state.tick();
      const fresh = force || !state.branches.has(branch);
      const parent = (fresh ? state.branches.get('main') : state.branches.get(branch)) ?? '';
      const id = madeUpId('commit', parent, branch, at);
      const commit = pullCommit({
        id,
        tree: madeUpId('tree', id),
        parents: [parent],
        author: person(author),
        committer: person(by),
        coAuthors: coAuthors.map(person),
        committedAt: at,
      });
      const commits = [...(fresh ? [] : (commitsOf.get(branch) ?? [])), commit];
      const before = fresh ? [] : (filesOf.get(branch) ?? []);
      const paths = Object.keys(files);
      const changed = [
        ...before.filter(({ path }) => !paths.includes(path)),
        ...Object.entries(files).map(([path, text]) => ({
          path,
          previousPath: null,
          change: text === null ? ('removed' as const) : ('added' as const),
          blob: text === null ? null : blobId(text),
        })),
      ].sort((left, right) => (left.path < right.path ? -1 : 1));
      state.branches.set(branch, id);
      commitsOf.set(branch, commits);
      filesOf.set(branch, changed);
      for (const pull of pullsOf(branch)) {
        state.pulls.set(pull.number, {
          ...pull,
          head: { ...pull.head, commit: id },
          headSeenAt: at,
          commits,
          files: changed,
          timeline: force
            ? [...pull.timeline, { kind: 'head-force-pushed', at, actor: state.account(by) }]
            : pull.timeline,
        });
        state.changedAt.set(pull.number, at);
      }
      return id;
    },
    async openPull({ by, branch, base = 'main', title = 'A change', draft = false }) {
      const number = state.nextNumber();
      const at = state.tick();
      const head = state.branches.get(branch) ?? madeUpId('head', branch);
      state.pulls.set(
        number,
        pullFacts({
          number,
          title,
          draft,
          author: state.account(by),
          openedAt: at,
          base: { ref: base, commit: state.branches.get(base) ?? madeUpId(base) },
          head: { ref: branch, commit: head, repository: 'acme/models', fork: false },
          headSeenAt: commitsOf.get(branch)?.at(-1)?.committedAt ?? at,
          commits: commitsOf.get(branch) ?? [pullCommit({ id: head })],
          files: filesOf.get(branch) ?? [],
        }),
      );
      state.changedAt.set(number, at);
      return number;
    },
    async review({ by, pull, state: verdict, body = '' }) {
      let id = '';
      state.edit(pull, (facts, at) => {
        id = String(9000 + facts.reviews.length + pull * 100);
        const review: ReviewFact = {
          id,
          author: state.account(by),
          state: verdict,
          commit: facts.head.commit,
          submittedAt: at,
          body,
          url: `${facts.url}#pullrequestreview-${id}`,
        };
        return { reviews: [...facts.reviews, review] };
      });
      return id;
    },
    async dismiss({ by, pull, review }) {
      state.edit(pull, (facts, at) => {
        const was = facts.reviews.find(({ id }) => id === review)?.state;
        const told = was === 'approved' || was === 'changes-requested' || was === 'commented' ? was : null;
        return {
          reviews: facts.reviews.map((each) => (each.id === review ? { ...each, state: 'dismissed' } : each)),
          timeline: [...facts.timeline, { kind: 'review-dismissed', at, actor: state.account(by), review, was: told }],
        };
      });
    },
    async askForReview({ by, pull, reviewer }) {
      const login = reviewer.includes('/') ? null : state.account(reviewer).login;
      state.edit(pull, (facts, at) => ({
        timeline: [...facts.timeline, { kind: 'review-requested', at, actor: state.account(by), reviewer: login }],
      }));
    },
    async comment({ by, pull, body }) {
      const id = String(7000 + pull * 100 + state.pull(pull).comments.length);
      state.edit(pull, (facts, at) => ({
        comments: [...facts.comments, { id, author: state.account(by), body, createdAt: at, edited: false }],
      }));
      return id;
    },
    async retarget({ by, pull, base }) {
      state.edit(pull, (facts, at) => ({
        base: { ref: base, commit: state.branches.get(base) ?? madeUpId(base) },
        timeline: [...facts.timeline, { kind: 'base-changed', at, actor: state.account(by) }],
      }));
    },
    async merge({ by, pull }) {
      const commit = madeUpId('merge', pull);
      state.edit(pull, (facts, at) => {
        state.branches.set(facts.base.ref, commit);
        return { state: 'merged', merged: { commit, by: state.account(by), at } };
      });
      return commit;
    },
    async close({ pull }) {
      state.edit(pull, () => ({ state: 'closed' }));
    },
    async deleteAccount(login) {
      forgetAccount(state, login.toLowerCase());
    },
    async reportCheck({ commit, name, conclusion }) {
      const passed = conclusion === 'success';
      state.checks.set(commit, {
        ...state.checks.get(commit),
        [name]: {
          state: conclusion === null ? 'running' : passed ? 'success' : 'failure',
          conclusion: conclusion ?? 'in_progress',
          commit,
          url: null,
        },
      });
    },
    async reportStatus({ by, commit, context, state: verdict }) {
      const at = state.tick();
      const creator = state.account(by);
      state.statuses.push({ commit, context, state: verdict, description: '', url: null, creator, at });
    },
    async defineTeam({ slug, members }) {
      state.teams.set(slug.toLowerCase(), { state: 'read', members: members.map((each) => state.account(each)) });
    },
    async grant({ login, permission }) {
      state.account(login);
      state.permissions.set(login.toLowerCase(), permission);
    },
    async finishRun({ by, workflowPath, event, branch, commit, conclusion }) {
      const id = String(5000 + state.runs.size);
      state.runs.set(id, {
        id,
        attempt: 1,
        url: `https://memory.test/acme/models/actions/runs/${id}`,
        workflowPath,
        event,
        commit,
        branch,
        headRepository: 'acme/models',
        status: 'completed',
        conclusion,
        actor: state.account(by),
        startedAt: state.tick(),
        pulls: pullsOf(branch).map(({ number }) => number),
      });
      return id;
    },
    async keepArtifact({ run, name, zip, expired = false }) {
      const id = String(3000 + state.artifacts.size);
      const digest = formatDigest(createHash('sha256').update(zip).digest());
      state.artifacts.set(id, { id, name, sizeBytes: zip.length, digest, expired, run, zip });
      return id;
    },
    async attest({ digest, bundle }) {
      state.attestations.set(digest, [...(state.attestations.get(digest) ?? []), bundle]);
    },
    async tag(name) {
      state.tags.set(name, taggedCommit);
      return taggedCommit;
    },
    async writeRelease({ tag, body, draft, broken }) {
      const files = new Map(broken === undefined ? [] : [[broken, null]]);
      state.releases.push({ tag, title: tag, body, draft, prerelease: false, latest: false, immutable: false, files });
    },
    async lockReleases() {
      state.locksReleases = true;
    },
    async releases() {
      return state.releases.map(({ tag, title, body, draft, prerelease, latest, files }) => ({
        tag,
        title,
        body,
        draft,
        prerelease,
        latest,
        files: Object.fromEntries(
          [...files].map(([name, bytes]) => [name, new TextDecoder().decode(bytes ?? undefined)]),
        ),
      }));
    },
  };
}

function forgetAccount(state: MemoryForgeState, login: string): void {
  state.accounts.delete(login);
  for (const [number, pull] of state.pulls) {
    const keep = <Item extends { readonly author: PullFacts['author'] }>(item: Item): Item =>
      item.author?.login.toLowerCase() === login ? { ...item, author: null } : item;
    state.pulls.set(number, { ...keep(pull), reviews: pull.reviews.map(keep), comments: pull.comments.map(keep) });
  }
}

function blobId(text: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');
}
