import { parseTag, WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import { findUnreleased, formatSize, type Notice, releaseVersion, type VersionRelease } from '@weighbridge/flows';
import { renderMarkdownTable, renderTextTable } from '@weighbridge/report';
import { pushedTagOf, startingCommitOf } from '../event.js';
import type { Command, Host } from '../host.js';
import type { InputSpec, InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';

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
      'Makes the release of the tag of a version, or brings the one that is there in line: its release notes, and as files the model card, the bill of materials and the newest signature that counts. What people wrote into it stays. It is published when it has everything, and a second run changes nothing that is right. A version with a label such as 2.0.0-rc.1 is a prerelease. Needs no key of the ledger.',
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
      { name: 'url', description: 'Address of the release, when there is just one.' },
      { name: 'outcome', description: 'created, updated or same, when there is just one.' },
    ],
    examples: ['weighbridge release fraud@2.0.0', 'weighbridge release --dry-run'],
  },
  run: runRelease,
};

async function runRelease(inputs: InputValues, host: Host): Promise<Outcome> {
  const dryRun = inputs.boolean('dry-run');
  const releases: VersionRelease[] = [];
  const failed: WeighbridgeError[] = [];
  const words = inputs.list('versions');
  for (const asked of await askedVersions(words, host)) {
    const request = { ...asked, draft: inputs.boolean('draft'), dryRun, versioning: host.policy.versioning };
    try {
      releases.push(await releaseVersion(host.surroundings, request));
    } catch (error) {
      // What is wrong with one version is no trouble of the others; named ones are asked for by somebody.
      if (words.length > 0 || !(error instanceof WeighbridgeError) || ofAll.has(error.code)) throw error;
      failed.push(error);
    }
  }
  if (releases.length === 0 && failed[0] !== undefined) throw failed[0];
  return outcomeOf(releases, failed, dryRun);
}

/** Failures that every other version would have, too. */
const ofAll: ReadonlySet<string> = new Set([
  'flow/no-forge',
  'forge/forbidden',
  'forge/no-token',
  'forge/rate-limited',
  'forge/repository',
  'forge/unauthorized',
  'forge/unavailable',
]);

/** @throws host/input */
async function askedVersions(
  words: readonly string[],
  host: Host,
): Promise<readonly { readonly model: string; readonly version: string | null }[]> {
  if (words.length > 0) return words.map(versionOf);
  const pushed = pushedTagOf(host.environment);
  const tag = pushed === null ? null : parseTag(pushed);
  if (tag?.event === 'registered') return [{ model: tag.model, version: tag.version }];
  return findUnreleased(host.surroundings, { commit: startingCommitOf(host.event) });
}

function versionOf(word: string): { readonly model: string; readonly version: string | null } {
  const [, model = '', version = null] = /^([^@]*)(?:@(.+))?$/s.exec(word) ?? [];
  if (model !== '') return { model, version };
  const reason = `"${word}" is neither MODEL nor MODEL@VERSION`;
  throw weighbridgeError('host/input', { input: 'versions', reason, command: 'release' });
}

function outcomeOf(releases: readonly VersionRelease[], failed: readonly WeighbridgeError[], dryRun: boolean): Outcome {
  const troubles = failed.map(({ message, remedy }): Notice => ({ level: 'warning', text: `${message} ${remedy}` }));
  const told = releases.map(({ model, version, tag, prerelease, files, published }) => ({
    model,
    version,
    tag,
    prerelease,
    url: published?.url ?? null,
    outcome: published?.outcome ?? null,
    draft: published?.draft ?? null,
    assets: published?.assets ?? files.map(({ name, sizeBytes }) => ({ name, size: sizeBytes })),
  }));
  const rows = [['tag', 'release', 'files'], ...releases.map(rowOf)];
  const only = told.length === 1 ? told[0] : undefined;
  const isEmpty = releases.length === 0;
  return {
    exitCode: failed.length > 0 ? 1 : 0,
    json: { dry_run: dryRun, releases: told, failed: failed.map(({ code, message }) => ({ code, message })) },
    text: isEmpty ? 'Nothing is registered.' : renderTextTable(rows),
    markdown: isEmpty ? 'Nothing is registered.' : renderMarkdownTable(rows),
    notices: [...releases.flatMap(({ notices }) => notices), ...troubles],
    outputs: { releases: JSON.stringify(told), url: only?.url ?? '', outcome: only?.outcome ?? '' },
  };
}

/** The releases of versions that a registration came to. @throws as releaseVersion */
export async function releaseVersions(
  versions: readonly { readonly model: string; readonly version: string }[],
  host: Host,
): Promise<readonly VersionRelease[]> {
  const released: VersionRelease[] = [];
  for (const each of versions) {
    const request = { ...each, draft: false, dryRun: false, versioning: host.policy.versioning };
    released.push(await releaseVersion(host.surroundings, request));
  }
  return released;
}

function rowOf({ tag, files, published }: VersionRelease): string[] {
  const listed = files.map(({ name, sizeBytes }) => `${name} (${formatSize(sizeBytes)})`).join(', ');
  if (published === null) return [tag, 'would be made or updated', listed];
  return [tag, `${published.outcome}${published.draft ? ' (a draft)' : ''}: ${published.url}`, listed];
}
