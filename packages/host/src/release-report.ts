import { type AskedRelease, formatSize, type Notice, type ReleaseRun, type VersionRelease } from '@weighbridge/flows';
import type { Outcome } from './outcome.js';

/** A run of releases as JSON has it. */
export function releaseJson({ done, failed, notBegun }: ReleaseRun) {
  return {
    releases: done.map(({ model, version, tag, prerelease, files, published }) => ({
      model,
      version,
      tag,
      prerelease,
      url: published?.url ?? null,
      outcome: published?.outcome ?? null,
      draft: published?.draft ?? null,
      assets: published?.assets ?? files.map(({ name, sizeBytes }) => ({ name, size: sizeBytes })),
    })),
    failed: failed.map(({ asked: { model, version }, error: { code, message } }) => ({
      model,
      version,
      code,
      message,
    })),
    not_begun: notBegun.map(({ model, version }) => ({ model, version })),
  };
}

/** Rows about what was done, what failed and what was not begun, below their titles. */
export function releaseRows({ done, failed, notBegun }: ReleaseRun): string[][] {
  return [
    ['version', 'release', 'files'],
    ...done.map(rowOf),
    ...failed.map(({ asked, error }) => [nameOf(asked), `failed: ${error.code}`, '']),
    ...notBegun.map((asked) => [nameOf(asked), 'not begun: run it again', '']),
  ];
}

/** The same as lines, for the end of another report; none where all was left as it is. */
export function releaseLines(run: ReleaseRun): readonly string[] {
  return [
    ...run.done.map(({ tag, published }) => {
      const did = published?.outcome === 'left' ? 'Left a draft' : 'Released';
      return `${did} ${tag}: ${published?.outcome}, ${published?.url}`;
    }),
    ...run.failed.map(({ asked, error }) => `Not released: ${nameOf(asked)} (${error.code})`),
    ...run.notBegun.map((asked) => `Release not begun: ${nameOf(asked)}; "weighbridge release" makes it.`),
  ];
}

/** What each release has to say, and each failure with what to do. */
export function releaseNotices({ done, failed }: ReleaseRun): readonly Notice[] {
  const troubles = failed.map(({ asked, error: { message, remedy } }): Notice => {
    return { level: 'warning', text: `${nameOf(asked)} was not released: ${message} ${remedy}` };
  });
  return [...done.flatMap(({ notices }) => notices), ...troubles];
}

/** 0 where all was done, else the code of the gravest failure. */
export function releaseExitCode({ failed }: ReleaseRun): Outcome['exitCode'] {
  return failed.reduce<Outcome['exitCode']>((worst, { error }) => (error.exitCode > worst ? error.exitCode : worst), 0);
}

function nameOf({ model, version }: AskedRelease): string {
  return version === null ? model : `${model}@${version}`;
}

function rowOf({ model, version, files, published }: VersionRelease): string[] {
  const listed = files.map(({ name, sizeBytes }) => `${name} (${formatSize(sizeBytes)})`).join(', ');
  if (published === null) return [nameOf({ model, version }), 'would be made or updated', listed];
  const said =
    published.outcome === 'left' ? 'left, a draft' : `${published.outcome}${published.draft ? ' (a draft)' : ''}`;
  return [nameOf({ model, version }), `${said}: ${published.url}`, published.outcome === 'left' ? '' : listed];
}
