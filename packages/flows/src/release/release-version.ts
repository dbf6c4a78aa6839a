import {
  isPrerelease,
  type ModelName,
  utf8,
  type Version,
  WeighbridgeError,
  weighbridgeError,
} from '@weighbridge/core';
import type { VersioningPolicy } from '@weighbridge/manifest';
import type { Forge, PublishedRelease, ReleaseAsset } from '@weighbridge/ports';
import { documentName, type DocumentFiles, readDocumentFiles } from '../documents/document-files.js';
import { filesOfWorkTree } from '../reading/files.js';
import { readGovernance } from '../governing/governance.js';
import { verifyVersion } from '../signing/verify-version.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { findRegistered, newestVersion } from '../registry/find-registered.js';
import { placeNotes } from './place-notes.js';
import { unfinishedMark, withoutMark } from './unfinished-mark.js';

/** Documents have some kilobytes; a list of very many files can have some megabytes. */
const maxAssetBytes = 32 * 1024 * 1024;

/** Which version is released, and how. */
export interface ReleaseVersionRequest {
  readonly model: string;
  /** As findVersion takes it; null for the newest release. */
  readonly version: string | null;
  /** Leave it for somebody to publish. */
  readonly draft: boolean;
  /** Nobody asked for just this version: a draft that people keep stays theirs. */
  readonly automatic: boolean;
  readonly dryRun: boolean;
  readonly versioning: VersioningPolicy;
}

/** A version with its release on the forge. */
export interface VersionRelease {
  readonly model: ModelName;
  readonly version: Version;
  readonly tag: string;
  readonly prerelease: boolean;
  /** Names and sizes of the files that it offers, or would. */
  readonly files: readonly { readonly name: string; readonly sizeBytes: number }[];
  /** Null in a dry run. */
  readonly published: PublishedRelease | null;
  readonly notices: readonly Notice[];
}

/**
 * Makes or mends the release of a registered version on the forge: its notes, and as files its model card and bill of
 * materials as they were recorded, and the newest signature that counts. A second run changes what differs and nothing
 * else. Versions with a label are prereleases; one of a pull request stays a draft. A draft that no run of ours left
 * unfinished is published only where its version was asked for.
 * @throws flow/no-forge, forge/not-found where the tag is not at the forge, forge/*, and as readVersionDocuments
 */
export async function releaseVersion(
  surroundings: Surroundings,
  request: ReleaseVersionRequest,
): Promise<VersionRelease> {
  const { forge } = surroundings;
  if (forge === null && !request.dryRun) throw weighbridgeError('flow/no-forge', { command: 'release' });
  const { catalogue, version } = await findRegistered(surroundings, request);
  const { model } = catalogue;
  const question = { model, version: version.version, versioning: request.versioning };
  const documents = await readDocumentFiles(surroundings, { ...question, recorded: true });
  const signature = await readSignature(surroundings, { model, version: version.version });
  const { assets, notices } = assetsOf(documents, signature);
  const prerelease = isPrerelease(version.version);
  const newest = newestVersion(catalogue);
  const about = { model, version: version.version, tag: version.tag, prerelease };
  const published =
    forge === null || request.dryRun
      ? null
      : await publish(forge, {
          ...about,
          draft: request.draft || /-pr(\.|$)/.test(version.version),
          latest: !prerelease && newest === version.version,
          unfinished: unfinishedMark(version),
          leavesDrafts: request.automatic,
          commit: version.commit,
          notes: documents.files.find(({ kind }) => kind === 'notes')?.text ?? '',
          assets,
        });
  const kept = (published?.assets ?? []).filter(({ outcome }) => outcome === 'kept');
  const told = kept.map(({ name }): Notice => {
    const text = `The release of ${version.tag} is immutable, so that ${name} was left as it is, or out.`;
    return { level: 'warning', text };
  });
  if (published?.outcome === 'left') told.push(keptDraft(about, published.url));
  const files = assets.map(({ name, bytes }) => ({ name, sizeBytes: bytes.length }));
  return { ...about, files, published, notices: [...documents.notices, ...notices, ...told] };
}

function keptDraft({ model, version, tag }: Pick<VersionRelease, 'model' | 'version' | 'tag'>, url: string): Notice {
  const whose = 'a draft that somebody keeps, or that an earlier release of Weighbridge began';
  const how = `publish it at ${url}, or run "weighbridge release ${model}@${version}"`;
  return { level: 'notice', text: `The release of ${tag} is ${whose}, and was left as it is: ${how}.` };
}

function publish(
  forge: Forge,
  release: Omit<Parameters<Forge['publishRelease']>[0], 'title' | 'notes'> & {
    readonly model: string;
    readonly version: string;
    readonly notes: string;
  },
): Promise<PublishedRelease> {
  const { model, version, notes, ...rest } = release;
  return forge.publishRelease({
    ...rest,
    title: `${model} ${version}`,
    notes: (before) => placeNotes(before === null ? null : withoutMark(before), notes),
  });
}

/** What is too large is left out and told: a release without it is better than none. */
function assetsOf(
  { model, version, files }: DocumentFiles,
  signature: string | null,
): { readonly assets: readonly ReleaseAsset[]; readonly notices: readonly Notice[] } {
  const all: readonly ReleaseAsset[] = [
    ...files
      .filter(({ kind }) => kind !== 'notes')
      .map(({ name, mediaType, text }) => ({ name, mediaType, bytes: utf8(text) })),
    ...(signature === null ? [] : [bundleAsset(documentName(model, version, 'sigstore.json'), signature)]),
  ];
  const isLarge = ({ bytes }: ReleaseAsset): boolean => bytes.length > maxAssetBytes;
  const notices = all.filter(isLarge).map(({ name, bytes }): Notice => {
    const text = `${name} has ${bytes.length} bytes and was not attached; a file of a release has at most ${maxAssetBytes}.`;
    return { level: 'warning', text };
  });
  return { assets: all.filter((asset) => !isLarge(asset)), notices };
}

/** https://github.com/sigstore/protobuf-specs: the media type of a bundle is one of JSON. */
function bundleAsset(name: string, text: string): ReleaseAsset {
  return { name, mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', bytes: utf8(text) };
}

/** The newest bundle that counts by the policy; null where nobody signs versions, or nobody signed this one. */
async function readSignature(
  surroundings: Surroundings,
  question: { readonly model: string; readonly version: string },
): Promise<string | null> {
  const { policy, models } = await readGovernance(filesOfWorkTree(surroundings.workTree), surroundings.sha256);
  const isGoverned = models.some(({ manifest }) => manifest.name === question.model);
  if (policy.signing === undefined || surroundings.signing === undefined || !isGoverned) return null;
  try {
    const { bundle } = await verifyVersion(surroundings, { ...question, files: null });
    return bundle === null ? null : `${JSON.stringify(bundle)}\n`;
  } catch (error) {
    if (error instanceof WeighbridgeError && error.code === 'signing/not-signable') return null;
    throw error;
  }
}
