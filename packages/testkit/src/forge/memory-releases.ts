import { weighbridgeError } from '@weighbridge/core';
import type { PublishedRelease, ReleaseRequest } from '@weighbridge/ports';
import type { HeldRelease, MemoryForgeState } from './memory-state.js';

/** Makes or mends the release of a tag in memory. */
export function publishInMemory(state: MemoryForgeState, request: ReleaseRequest): PublishedRelease {
  state.calls.push('publishRelease');
  const { tag, title, prerelease } = request;
  const those = state.releases.filter((each) => each.tag === tag);
  const held = those.find(({ draft }) => !draft) ?? those.at(-1) ?? null;
  const isKept = held?.draft === true && !held.body.includes(request.unfinished);
  if (isKept && request.leavesDrafts && !request.draft)
    return { url: urlOf(state, held), outcome: 'left', draft: true, assets: [] };
  if ((held === null || held.draft) && !state.tags.has(tag)) {
    throw weighbridgeError('forge/not-found', { address: state.address, what: `tag ${tag}` });
  }
  const at = state.tags.get(tag);
  const opens = held === null || (held.draft && !request.draft);
  if (opens && at !== undefined && request.commit !== null && at !== request.commit) {
    const [shown, commit] = [at.slice(0, 12), request.commit.slice(0, 12)];
    throw weighbridgeError('forge/tag-elsewhere', { address: state.address, tag, at: shown, commit });
  }
  const release = held ?? emptyDraft(tag);
  if (held === null) state.releases.push(release);
  const before = { ...release };
  const assets = request.assets.map(({ name, bytes }) => ({ name, outcome: bring(release, name, bytes) }));
  const publishes = release.draft && !request.draft;
  const body = request.notes(held === null ? null : held.body.replaceAll('\r\n', '\n'));
  Object.assign(release, { title, prerelease, body, draft: release.draft && request.draft });
  if (publishes) {
    release.immutable = state.locksReleases;
    release.latest = request.latest && !prerelease;
    if (release.latest) for (const each of state.releases) each.latest = each === release;
  }
  const isSame =
    before.title === title &&
    before.body === body &&
    before.prerelease === prerelease &&
    !publishes &&
    assets.every(({ outcome }) => outcome === 'same' || outcome === 'kept');
  const url = urlOf(state, release);
  return { url, outcome: held === null ? 'created' : isSame ? 'same' : 'updated', draft: release.draft, assets };
}

function urlOf({ address }: MemoryForgeState, { draft, tag }: HeldRelease): string {
  return `https://${address}/releases/tag/${draft ? 'untagged' : encodeURIComponent(tag)}`;
}

/** Tags of those of the newest releases that are published. */
export function publishedInMemory(state: MemoryForgeState, limit: number): ReadonlySet<string> {
  const newest = state.releases.toReversed().slice(0, limit);
  return new Set(newest.flatMap(({ draft, tag }) => (draft ? [] : [tag])));
}

function emptyDraft(tag: string): HeldRelease {
  return {
    tag,
    title: '',
    body: '',
    draft: true,
    prerelease: false,
    latest: false,
    immutable: false,
    files: new Map(),
  };
}

function bring(release: HeldRelease, name: string, bytes: Uint8Array): PublishedRelease['assets'][number]['outcome'] {
  const there = release.files.get(name);
  if (there !== undefined && there !== null && Buffer.compare(there, bytes) === 0) return 'same';
  if (release.immutable) return 'kept';
  release.files.set(name, bytes);
  return there === undefined ? 'added' : 'replaced';
}
