import { isModelName, type ModelName } from './model-name.js';
import { isVersion, type Version } from './version.js';

/** What a tag says, in the grammar of GTO 1.x (iterative/gto, gto/constants.py). */
export type Tag =
  | { readonly event: 'registered'; readonly model: ModelName; readonly version: Version }
  | { readonly event: 'deregistered'; readonly model: ModelName; readonly version: Version }
  | { readonly event: 'assigned'; readonly model: ModelName; readonly stage: string; readonly counter: number }
  | { readonly event: 'unassigned'; readonly model: ModelName; readonly stage: string; readonly counter: number }
  | { readonly event: 'deprecated'; readonly model: ModelName };

const stagePattern = /^[a-zA-Z0-9](?:[a-zA-Z0-9_/-]*[a-zA-Z0-9])?$/;
const tagPattern = /^([^@#]+)(?:@v([^#!]+)(!?)|@(deprecated)|#([^#!]+)(!?)#([1-9]\d{0,8}))$/;

/** Whether a text can be the name of a stage in a tag: at most 63 characters of the grammar of GTO. */
export function isStageName(text: string): boolean {
  return text.length <= 63 && stagePattern.test(text);
}

/** `fraud@v1.2.0`, `fraud@v1.2.0!`, `fraud#production#3`, `fraud#production!#4`, `fraud@deprecated`. Inverse of parseTag. */
export function formatTag(tag: Tag): string {
  switch (tag.event) {
    case 'registered':
      return `${tag.model}@v${tag.version}`;
    case 'deregistered':
      return `${tag.model}@v${tag.version}!`;
    case 'assigned':
      return `${tag.model}#${tag.stage}#${tag.counter}`;
    case 'unassigned':
      return `${tag.model}#${tag.stage}!#${tag.counter}`;
    case 'deprecated':
      return `${tag.model}@deprecated`;
  }
}

/** Reads a tag name; null for every name that is not one of ours, so that foreign tags are tolerated. */
export function parseTag(name: string): Tag | null {
  const match = tagPattern.exec(name);
  if (match === null) return null;
  const [, model = '', version, dereg, deprecated, stage, unassign, counter] = match;
  if (!isModelName(model)) return null;
  if (deprecated !== undefined) return { event: 'deprecated', model };
  if (version !== undefined) {
    if (!isVersion(version)) return null;
    return { event: dereg === '!' ? 'deregistered' : 'registered', model, version };
  }
  if (stage === undefined || counter === undefined || !isStageName(stage)) return null;
  return { event: unassign === '!' ? 'unassigned' : 'assigned', model, stage, counter: Number(counter) };
}

/** The tag that releases a version, such as `fraud@v1.4.0`. */
export function versionTag(model: ModelName, version: Version): string {
  return formatTag({ event: 'registered', model, version });
}
