import type { Digest } from '@weighbridge/core';

const opening = '<!-- weighbridge:unfinished';

/**
 * The line by which a later run knows a draft that a run of ours began for this very record of a version, and was ended
 * before it had published it. Who takes the line out of a draft keeps it a draft.
 */
export function unfinishedMark({ tag, record }: { readonly tag: string; readonly record: Digest }): string {
  return `${opening} ${tag} ${record}; the next run publishes this draft, unless this line is gone -->`;
}

/** The text of a release without such lines. */
export function withoutMark(text: string): string {
  return text.replaceAll(new RegExp(`\\n*${opening} [^\\n]*-->`, 'g'), '');
}
