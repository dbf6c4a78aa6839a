import type { ModelName } from '@weighbridge/core';
import type { CatalogueVersion, ModelCatalogue } from '@weighbridge/ledger';
import { type ModelTag, newestStageTag } from './model-tags.js';
import type { Notice } from '../surroundings.js';

/** Tags that somebody made by hand are tolerated; what they lack, and where they contradict the ledger, is said. */
export function tagNotices(model: ModelName, tags: readonly ModelTag[], catalogue: ModelCatalogue | null): Notice[] {
  const known = new Map((catalogue?.versions ?? []).map((version) => [version.version, version] as const));
  const stages = new Set(tags.flatMap(({ parsed }) => ('stage' in parsed ? [parsed.stage] : [])));
  return [
    ...tags.flatMap((tag) => (tag.annotated ? versionTagNotices(model, tag, known) : [lightweight(tag)])),
    ...[...stages].sort().flatMap((stage) => stageTagNotices(model, stage, tags, catalogue)),
  ];
}

function lightweight(tag: ModelTag): Notice {
  return {
    level: 'warning',
    text: `The tag ${tag.name} is lightweight: GTO and DVC Studio do not see it. Make it annotated ("git tag -a").`,
  };
}

function versionTagNotices(model: ModelName, tag: ModelTag, known: ReadonlyMap<string, CatalogueVersion>): Notice[] {
  if (tag.parsed.event !== 'registered') return [];
  const version = known.get(tag.parsed.version);
  if (version === undefined) {
    const text = `The tag ${tag.name} is not in the ledger: it was made by hand or by another tool. "weighbridge register ${model}" at its commit records it if the version is the computed one.`;
    return [{ level: 'notice', text }];
  }
  if (version.commit === tag.commit) return [];
  const registeredAt = version.commit === null ? 'no commit' : shortId(version.commit);
  const text = `The tag ${tag.name} points to ${shortId(tag.commit)}, but the ledger registered that version at ${registeredAt}: somebody moved the tag. The ledger counts.`;
  return [{ level: 'warning', text }];
}

/** GTO goes by the newest tag of a stage, so this is what other tools believe. */
function stageTagNotices(
  model: ModelName,
  stage: string,
  tags: readonly ModelTag[],
  catalogue: ModelCatalogue | null,
): Notice[] {
  const newest = newestStageTag(tags, stage);
  if (newest === null) return [];
  const held = catalogue?.versions.find(({ version }) => version === catalogue.stages[stage]) ?? null;
  const isEmpty = newest.parsed.event === 'unassigned';
  if (held === null ? isEmpty : !isEmpty && newest.commit === held.commit) return [];
  const tagged = isEmpty ? `empties ${stage}` : `puts ${shortId(newest.commit)} into ${stage}`;
  const recorded = held === null ? 'nothing' : held.version;
  const remedy =
    held === null
      ? `promote a version into ${stage}, or delete the tag`
      : `"weighbridge promote ${model}@${held.version} --to ${stage}" brings the tags in line`;
  const text = `The tag ${newest.name} ${tagged}, and the ledger has ${recorded} there: it was made by hand, or a run ended before its tag. The ledger counts; ${remedy}.`;
  return [{ level: 'warning', text }];
}

function shortId(commit: string): string {
  return commit.slice(0, 12);
}
