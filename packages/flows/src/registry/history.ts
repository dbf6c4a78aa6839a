import {
  compareVersions,
  isPrerelease,
  type ModelName,
  parseTag,
  WeighbridgeError,
  weighbridgeError,
} from '@weighbridge/core';
import type { CatalogueVersion, ModelCatalogue } from '@weighbridge/ledger';
import type { ModelTag } from './model-tags.js';
import { tagNotices } from './tag-notices.js';
import type { Notice, Surroundings } from '../surroundings.js';

/** What went before, for one model: its catalogue and its tags. */
export interface ModelHistory {
  readonly catalogue: ModelCatalogue | null;
  /** Tags of this model in our grammar. */
  readonly tags: readonly ModelTag[];
  /** The version that a candidate at HEAD is compared with: null for the first. */
  readonly previous: CatalogueVersion | null;
  readonly notices: readonly Notice[];
}

/**
 * Previous is the highest final version, not deprecated, whose commit is an ancestor of the candidate's. Where a
 * shallow clone cannot tell, the version counts and a notice says so.
 */
export async function readHistory(
  surroundings: Surroundings,
  model: ModelName,
  head: string | null,
): Promise<ModelHistory> {
  const catalogue = await surroundings.ledger.catalogue(model);
  const tags = (await surroundings.repository.tags([`${model}@`, `${model}#`])).flatMap((tag) => {
    const parsed = parseTag(tag.name);
    return parsed !== null && parsed.model === model ? [{ ...tag, parsed }] : [];
  });
  const notices = tagNotices(model, tags, catalogue);
  const candidates = [...(catalogue?.versions ?? [])]
    .filter((version) => !version.deprecated && !isPrerelease(version.version))
    .sort((left, right) => compareVersions(right.version, left.version));
  for (const version of candidates) {
    const ancestor =
      head === null || version.commit === null ? true : await surroundings.repository.isAncestor(version.commit, head);
    if (ancestor === false) continue;
    if (ancestor === 'unknown') {
      notices.push({
        level: 'notice',
        text: `The clone is too shallow to tell whether ${model} ${version.version} precedes this commit; it is taken as the previous version.`,
      });
    }
    return { catalogue, tags, previous: version, notices };
  }
  return { catalogue, tags, previous: null, notices };
}

/**
 * Brings the remote's tags into the clone, which a checkout of depth 1 lacks. Tags that differ from the remote's are no
 * reason to stop: what counts is the ledger.
 */
export async function fetchTags(surroundings: Surroundings): Promise<readonly Notice[]> {
  try {
    await surroundings.repository.fetchTags();
    return [];
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || error.code !== 'git/tags-differ') throw error;
    return [{ level: 'warning', text: `${error.message} ${error.remedy}` }];
  }
}

/** The version named by text: `1.4.0`, `v1.4.0`, a stage, an alias or `sha256:…` of its identity. @throws flow/unknown-version, flow/not-registered */
export function findVersion(model: ModelName, catalogue: ModelCatalogue | null, text: string): CatalogueVersion {
  if (catalogue === null || catalogue.versions.length === 0) throw weighbridgeError('flow/not-registered', { model });
  const named = catalogue.stages[text] ?? catalogue.aliases[text] ?? text.replace(/^v/, '');
  const found = catalogue.versions.find(
    (version) => version.version === named || version.identity === text || version.record === text,
  );
  if (found !== undefined) return found;
  const newest = catalogue.versions.slice(-5).map((version) => version.version);
  throw weighbridgeError('flow/unknown-version', { model, version: text, known: newest.reverse().join(', ') });
}

/** The next counter of GTO's stage tags: one more than the highest over all counted tags of the model. */
export function nextTagCounter(history: ModelHistory): number {
  return 1 + Math.max(0, ...history.tags.map(({ parsed }) => ('counter' in parsed ? parsed.counter : 0)));
}

/** A time for the next tag that is later than every tag of the model, since GTO orders events by whole seconds. */
export function nextTagTime(history: ModelHistory, now: Date): Date {
  const latest = Math.max(
    0,
    ...history.tags.map((tag) => Date.parse(tag.time)).filter((time) => Number.isFinite(time)),
  );
  return new Date(Math.max(now.getTime(), latest + 1000));
}
