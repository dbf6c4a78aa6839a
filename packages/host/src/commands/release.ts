import { parseTag, weighbridgeError } from '@weighbridge/core';
import { type AskedRelease, findUnreleased, type ReleaseRun, releaseVersions } from '@weighbridge/flows';
import { renderMarkdownTable, renderTextTable } from '@weighbridge/report';
import { pushedTagOf, startingCommitOf } from '../event.js';
import type { Command, Host } from '../host.js';
import type { InputSpec, InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { releaseExitCode, releaseJson, releaseNotices, releaseRows } from '../release-report.js';

/** Leaves a release for a person to publish. */
const draftInput: InputSpec = {
  name: 'draft',
  description: 'Leave new releases drafts, for somebody to publish.',
  type: 'boolean',
  default: 'false',
};

export const releaseCommand: Command = {
  spec: {
    name: 'release',
    summary: 'Publish the GitHub release of a registered version',
    description:
      'Makes the release of the tag of a version, or brings the one that is there in line: its release notes, and as files the model card, the bill of materials and the newest signature that counts. What people wrote into it stays. It is published when it has everything, and a second run changes nothing that is right. What fails for one version holds back no other, and the next run makes it. A draft that somebody keeps is published only when its version is named. A version with a label such as 2.0.0-rc.1 is a prerelease. Needs no key of the ledger.',
    arguments: [
      {
        name: 'versions',
        description:
          'MODEL or MODEL@VERSION; of a model alone the newest release. When none is given: that of the pushed tag; else the newest of every model, what was registered at the commit of the run that started this one, and what was registered after a version that has a release and has none.',
        many: true,
      },
    ],
    inputs: [draftInput],
    outputs: [
      { name: 'releases', description: 'JSON: [{"model","version","tag","url","outcome","draft","assets"}].' },
      { name: 'failed', description: 'JSON: [{"model","version","code","message"}].' },
      {
        name: 'not-begun',
        description: 'JSON: [{"model","version"}], behind a failure that they would have had, too.',
      },
      { name: 'url', description: 'Address of the release, when there is just one.' },
      {
        name: 'outcome',
        description: 'created, updated, same or left (a draft that somebody keeps), when there is just one.',
      },
    ],
    examples: ['weighbridge release fraud@2.0.0', 'weighbridge release --dry-run'],
  },
  run: runRelease,
};

async function runRelease(inputs: InputValues, host: Host): Promise<Outcome> {
  const dryRun = inputs.boolean('dry-run');
  const words = inputs.list('versions');
  const asked = await askedVersions(words, host);
  const run = await releaseVersions(host.surroundings, asked, {
    draft: inputs.boolean('draft'),
    automatic: words.length === 0,
    dryRun,
    versioning: host.policy.versioning,
  });
  const [first, ...others] = run.failed;
  // Nothing came of anything, and nothing is left to tell of: the error says it all.
  const isAlone = others.length === 0 && run.done.length === 0 && run.notBegun.length === 0;
  if (first !== undefined && isAlone) throw first.error;
  return outcomeOf(run, dryRun);
}

/** @throws host/input */
async function askedVersions(words: readonly string[], host: Host): Promise<readonly AskedRelease[]> {
  if (words.length > 0) return words.map(versionOf);
  const pushed = pushedTagOf(host.environment);
  const tag = pushed === null ? null : parseTag(pushed);
  if (tag?.event === 'registered') return [{ model: tag.model, version: tag.version }];
  return findUnreleased(host.surroundings, { commit: startingCommitOf(host.event) });
}

function versionOf(word: string): AskedRelease {
  const [, model = '', version = null] = /^([^@]*)(?:@(.+))?$/s.exec(word) ?? [];
  if (model !== '') return { model, version };
  const reason = `"${word}" is neither MODEL nor MODEL@VERSION`;
  throw weighbridgeError('host/input', { input: 'versions', reason, command: 'release' });
}

function outcomeOf(run: ReleaseRun, dryRun: boolean): Outcome {
  const json = releaseJson(run);
  const rows = releaseRows(run);
  const only = rows.length === 2 ? json.releases[0] : undefined;
  const isEmpty = rows.length === 1;
  return {
    exitCode: releaseExitCode(run),
    json: { dry_run: dryRun, ...json },
    text: isEmpty ? 'Nothing is registered.' : renderTextTable(rows),
    markdown: isEmpty ? 'Nothing is registered.' : renderMarkdownTable(rows),
    notices: releaseNotices(run),
    outputs: {
      releases: JSON.stringify(json.releases),
      failed: JSON.stringify(json.failed),
      'not-begun': JSON.stringify(json.not_begun),
      url: only?.url ?? '',
      outcome: only?.outcome ?? '',
    },
  };
}
