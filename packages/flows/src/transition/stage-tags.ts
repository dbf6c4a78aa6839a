import { formatTag, type ModelName, type Version, weighbridgeError } from '@weighbridge/core';
import type { CatalogueVersion } from '@weighbridge/ledger';
import { formatTime } from '../events.js';
import { type ModelHistory, nextTagCounter, nextTagTime } from '../registry/history.js';
import { newestStageTag } from '../registry/model-tags.js';
import type { Effect } from '../plan.js';

/**
 * The stage tags that bring GTO's view of a model in line with the pointers given: an assignment for each stage whose
 * newest tag names another commit, unassignments for each stage that became empty. Nothing when they agree, so that
 * a run that was ended between ledger and tag is finished by the next one.
 */
export function planStageTags(
  model: ModelName,
  history: ModelHistory,
  pointers: Readonly<Record<string, CatalogueVersion | null>>,
  now: Date,
): Effect[] {
  const first = nextTagCounter(history);
  const start = nextTagTime(history, now).getTime();
  const wanted = Object.entries(pointers).flatMap(([stage, version]) => wantedTags(model, history, stage, version));
  return wanted.map(({ event, stage, commit, message }, place): Effect => {
    const name = formatTag({ event, model, stage, counter: first + place });
    return { kind: 'tag', name, commit, message, time: formatTime(new Date(start + 1000 * place)) };
  });
}

interface WantedTag {
  readonly event: 'assigned' | 'unassigned';
  readonly stage: string;
  readonly commit: string;
  readonly message: string;
}

function wantedTags(
  model: ModelName,
  history: ModelHistory,
  stage: string,
  version: CatalogueVersion | null,
): WantedTag[] {
  if (version === null || version.commit === null) {
    // GTO falls back to the assignment before the one that is taken back, so that each commit that has one needs its tag.
    const message = `Unassigning stage ${stage} from artifact ${model}`;
    return assignedCommits(history, stage).map((commit) => ({ event: 'unassigned', stage, commit, message }));
  }
  const newest = newestStageTag(history.tags, stage);
  if (newest !== null && newest.parsed.event === 'assigned' && newest.commit === version.commit) return [];
  const message = `Assigning stage ${stage} to artifact ${model} version v${version.version}`;
  return [{ event: 'assigned', stage, commit: version.commit, message }];
}

/** Commits whose newest tag of the stage assigns it. */
function assignedCommits(history: ModelHistory, stage: string): string[] {
  const counted = history.tags.flatMap(({ parsed, commit }) =>
    'stage' in parsed && parsed.stage === stage ? [{ commit, event: parsed.event, counter: parsed.counter }] : [],
  );
  const newest = new Map<string, string>();
  for (const { commit, event } of counted.sort((left, right) => left.counter - right.counter))
    newest.set(commit, event);
  return [...newest].filter(([, event]) => event === 'assigned').map(([commit]) => commit);
}

/** The annotated tag of a version, in GTO's words; nothing when it is there. @throws flow/tag-elsewhere */
export function planVersionTag(
  model: ModelName,
  history: ModelHistory,
  version: { readonly version: Version; readonly commit: string },
  now: Date,
): Effect[] {
  const name = formatTag({ event: 'registered', model, version: version.version });
  const existing = history.tags.find((tag) => tag.name === name);
  if (existing !== undefined && existing.commit !== version.commit) {
    const [at, commit] = [existing.commit.slice(0, 12), version.commit.slice(0, 12)];
    throw weighbridgeError('flow/tag-elsewhere', { tag: name, at, commit });
  }
  if (existing !== undefined) return [];
  const message = `Registering artifact ${model} version v${version.version}`;
  return [{ kind: 'tag', name, commit: version.commit, message, time: formatTime(nextTagTime(history, now)) }];
}
