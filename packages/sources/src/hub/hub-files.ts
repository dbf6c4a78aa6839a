import { isDigest, type JsonValue, parseDigest } from '@weighbridge/core';
import { isJsonObject } from '@weighbridge/formats';
import { formatReference, lastPart, selectRemote } from '@weighbridge/manifest';
import type { RemoteFile, RemoteFiles, RemoteListing } from '@weighbridge/ports';
import { askJson, type Service } from '../http/ask-json.js';
import { openRanges } from '../http/open-ranges.js';
import { absent, maxRemoteFiles, tooMany, unread } from '../remote-listing.js';
import { commitOf, explainHub, type HubReference, revisionPath } from './pin-hub.js';

/**
 * Files of a repository of the Hub at the commit that its revision stands for: one by its path, a folder with a slash at
 * its end, those that a pattern matches, or all (`GET /api/<type>/<repository>/revision/<revision>?blobs=true`, as
 * huggingface_hub asks it for `files_metadata`). What is in Git LFS or Xet comes with its SHA-256.
 */
export async function listHub(service: Service, reference: HubReference): Promise<RemoteListing> {
  const answer = await askJson(service, { path: `${revisionPath(reference)}?blobs=true` });
  if (answer.kind === 'refused') {
    const kind = answer.status === 404 ? 'absent' : 'unread';
    return { kind, ...explainHub(service, reference, answer) };
  }
  const commit = commitOf(answer.json);
  const siblings = siblingsOf(answer.json);
  if (commit === null || siblings === null)
    return unread('the Hugging Face Hub named no commit and its files', 'Run it again.');
  const selection = selectRemote(reference.path ?? '');
  const files = siblings.flatMap(({ path, ...facts }): RemoteFile[] => {
    const isMeant = selection.kind === 'file' && path === selection.path;
    const name = selection.kind === 'files' ? selection.nameOf(path) : isMeant ? lastPart(path) : null;
    // What git itself needs in every repository is no artifact.
    if (name === null || (selection.kind === 'files' && lastPart(path) === '.gitattributes')) return [];
    return [{ name, address: { ...reference, revision: commit, path }, ...facts }];
  });
  if (files.length > maxRemoteFiles) return tooMany;
  if (files.length > 0) return { kind: 'files', files };
  const what = `${reference.repository} has no ${reference.path ?? 'files'} at ${reference.revision ?? 'main'}`;
  return absent(what, 'Correct the path; a folder ends in a slash.');
}

interface Sibling {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: RemoteFile['sha256'];
}

function siblingsOf(json: JsonValue): readonly Sibling[] | null {
  const listed = isJsonObject(json) ? json['siblings'] : undefined;
  if (!Array.isArray(listed)) return null;
  const siblings = listed.map(siblingOf);
  return siblings.includes(null) ? null : siblings.filter((each) => each !== null);
}

function siblingOf(json: JsonValue): Sibling | null {
  if (!isJsonObject(json)) return null;
  const { rfilename: path, size, lfs } = json;
  if (typeof path !== 'string' || path === '' || !isSize(size)) return null;
  const digest = isJsonObject(lfs) && typeof lfs['sha256'] === 'string' ? `sha256:${lfs['sha256']}` : '';
  return { path, sizeBytes: size, sha256: isDigest(digest) ? parseDigest(digest) : null };
}

function isSize(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

const folders = { model: '', dataset: '/datasets', space: '/spaces' } as const;

/** One file at one commit, by ranges (`/<repository>/resolve/<commit>/<path>`); the bytes come from where the Hub points. */
export function openHubFile(
  service: Service,
  address: HubReference,
  sizeBytes: number,
): Awaited<ReturnType<RemoteFiles['open']>> {
  const { type, repository, revision, path } = address;
  const escape = (text: string) => text.split('/').map(encodeURIComponent).join('/');
  return openRanges({
    service,
    question: {
      path: `${folders[type]}/${escape(repository)}/resolve/${encodeURIComponent(revision ?? 'main')}/${escape(path ?? '')}`,
    },
    address: formatReference(address),
    sizeBytes,
    explain: (refused) => explainHub(service, address, refused),
  });
}
