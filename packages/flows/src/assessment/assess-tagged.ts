import { incrementVersion, type Version } from '@weighbridge/core';
import { type Assessment, assess, type AssessInput } from '@weighbridge/versioning';
import type { ComparedTag, TaggedVersion } from './tagged-version.js';

/** A version that was tagged before there was a ledger and is registered as it is, at the commit of its tag. */
export interface TakenOver {
  readonly version: Version;
  readonly commit: string;
}

/**
 * Weighs the first version of a ledger against what was tagged before. What has the content of the version that was
 * tagged last, on the same line of history, is that version; everything else gets a number above it, also where nothing
 * differs that moves a version: the tag stands for other bytes. So does what cannot be compared.
 */
export function assessTagged(
  asked: AssessInput,
  tagged: TaggedVersion | null,
): { readonly assessment: Assessment; readonly takenOver: TakenOver | null } {
  if (tagged !== null && tagged.compared === undefined)
    return { assessment: assess(beginningWith(asked, tagged.beginning)), takenOver: null };
  const assessment = assess(asked);
  const compared = tagged?.compared;
  if (compared === undefined || assessment.next !== null) return { assessment, takenOver: null };
  if (!compared.precedes || compared.identity !== assessment.identity)
    return { assessment: assessBeside(asked, compared), takenOver: null };
  const { version, commit, tag } = compared;
  const existing = asked.existing.filter((known) => known !== version);
  const first = assess({ ...beginningWith(asked, version), existing });
  return {
    assessment: { ...first, because: [`The content is that of ${tag}, which was tagged before.`] },
    takenOver: { version, commit },
  };
}

function assessBeside(asked: AssessInput, { version, tag, precedes }: ComparedTag): Assessment {
  const first = assess(beginningWith(asked, incrementVersion(version, 'patch')));
  const because = precedes
    ? `Nothing that moves the version changed since ${tag}, which stands for other bytes.`
    : `Nothing that moves the version changed since ${tag}, whose commit does not precede this one.`;
  return { ...first, because: [because] };
}

function beginningWith(asked: AssessInput, initial: Version): AssessInput {
  return { ...asked, previous: null, policy: { ...asked.policy, initial } };
}
