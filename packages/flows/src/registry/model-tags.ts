import type { Tag } from '@weighbridge/core';
import type { TagRecord } from '@weighbridge/ports';

/** A tag of one model in our grammar. */
export type ModelTag = TagRecord & { readonly parsed: Tag };

/** The newest tag of a stage, by its counter; null when there is none. */
export function newestStageTag(tags: readonly ModelTag[], stage: string): ModelTag | null {
  let newest: ModelTag | null = null;
  let highest = 0;
  for (const tag of tags) {
    if (!('stage' in tag.parsed) || tag.parsed.stage !== stage || tag.parsed.counter <= highest) continue;
    newest = tag;
    highest = tag.parsed.counter;
  }
  return newest;
}
