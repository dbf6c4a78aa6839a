import type { ModelName, Version } from '@weighbridge/core';
import { type LedgerEvent, type ModelCatalogue, readEvents } from '@weighbridge/ledger';
import type { Surroundings } from '../surroundings.js';
import { newestVersion } from '../registry/find-registered.js';

/** Newest entries of the ledger among which versions without a release are looked for: some hundred registrations. */
const maxEntries = 1_024;
/** Newest releases that are listed. */
const maxReleases = 1_000;

/** A version that is to be released. */
export interface ToRelease {
  readonly model: ModelName;
  readonly version: Version;
}

/**
 * What a run that names no version releases: the newest version of every model, what was registered at a commit, and what
 * came into the ledger after a version that has a release and has none itself, because the run that was to make it ended,
 * or another took its place. What is older than every release was registered before anybody made any. The oldest comes
 * first; versions that were given up are left out.
 */
export async function findUnreleased(
  { ledger, forge }: Pick<Surroundings, 'ledger' | 'forge'>,
  { commit }: { readonly commit: string | null },
): Promise<readonly ToRelease[]> {
  const catalogues = await ledger.catalogues(await ledger.models());
  const found = new Map<string, ToRelease & { readonly entry: number }>();
  const add = (catalogue: ModelCatalogue, version: Version): void => {
    const known = catalogue.versions.find((each) => each.version === version);
    if (known === undefined || known.deprecated) return;
    found.set(known.tag, { model: catalogue.model, version, entry: known.entry });
  };
  for (const catalogue of catalogues.values()) {
    const newest = newestVersion(catalogue);
    if (newest !== null) add(catalogue, newest);
  }
  const released = forge === null ? null : await forge.releasedTags(maxReleases);
  const registered = released === null && commit === null ? [] : await readRegistrations(ledger);
  const first = registered.findIndex(({ body }) => released?.has(body.tag) === true);
  for (const [place, { model, version, context, body }] of registered.entries()) {
    const isMissed = released !== null && first !== -1 && place > first && !released.has(body.tag);
    const catalogue = model === null ? undefined : catalogues.get(model);
    const isOfCommit = commit !== null && context.commit === commit;
    if ((isMissed || isOfCommit) && catalogue !== undefined && version !== null) add(catalogue, version);
  }
  return [...found.values()]
    .sort((left, right) => left.entry - right.entry)
    .map(({ model, version }) => ({ model, version }));
}

type Registered = Extract<LedgerEvent, { readonly type: 'registered' }>;

/** The newest registrations, the oldest of them first. */
async function readRegistrations(ledger: Surroundings['ledger']): Promise<readonly Registered[]> {
  const { size } = await ledger.head();
  const start = Math.max(0, size - maxEntries);
  const events = readEvents(await ledger.entries(start, size), start);
  return events.filter((event): event is Registered => event.type === 'registered');
}
