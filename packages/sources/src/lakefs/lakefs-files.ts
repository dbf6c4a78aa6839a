import type { JsonValue } from '@weighbridge/core';
import { isJsonObject } from '@weighbridge/formats';
import { formatReference, lastPart, selectRemote } from '@weighbridge/manifest';
import type { RemoteFile, RemoteFiles, RemoteListing } from '@weighbridge/ports';
import { askJson, type Service } from '../http/ask-json.js';
import { openRanges } from '../http/open-ranges.js';
import { absent, maxRemoteFiles, tooMany, unread } from '../remote-listing.js';
import { explainLakefs, findCommit, type LakefsReference, refsPath } from './pin-lakefs.js';

const pageLength = 1000;

/**
 * Objects of lakeFS at the commit that a ref stands for: one by its path, a folder with a slash at its end, or those that
 * a pattern matches (`GET /repositories/{repository}/refs/{ref}/objects/ls`). The checksum of lakeFS is what its block
 * storage has, an MD5 or an ETag: the SHA-256 is known from the bytes alone.
 */
export async function listLakefs(service: Service, reference: LakefsReference): Promise<RemoteListing> {
  const found = await findCommit(service, reference);
  if ('because' in found) {
    const { status, because, remedy } = found;
    return { kind: status === 404 ? 'absent' : 'unread', because, remedy };
  }
  const at = { ...reference, ref: found.commit };
  const selection = selectRemote(reference.path);
  const files: RemoteFile[] = [];
  let after = '';
  do {
    const page = await readPage(service, at, {
      prefix: selection.kind === 'file' ? selection.path : selection.folder,
      after,
    });
    if ('kind' in page) return page;
    for (const { path, sizeBytes } of page.objects) {
      const isMeant = selection.kind === 'file' && path === selection.path;
      const name = selection.kind === 'files' ? selection.nameOf(path) : isMeant ? lastPart(path) : null;
      if (name !== null) files.push({ name, address: { ...at, path }, sizeBytes, sha256: null });
    }
    if (files.length > maxRemoteFiles) return tooMany;
    // A path comes before every other one that begins with it.
    after = selection.kind === 'file' ? '' : page.next;
  } while (after !== '');
  if (files.length > 0) return { kind: 'files', files };
  const because = `${reference.repository} has no ${reference.path} at the commit of ${reference.ref}`;
  return absent(because, 'Correct the path, or commit what was uploaded; a folder ends in a slash.');
}

interface Page {
  readonly objects: readonly { readonly path: string; readonly sizeBytes: number }[];
  /** Empty on the last. */
  readonly next: string;
}

async function readPage(
  service: Service,
  reference: LakefsReference,
  { prefix, after }: { readonly prefix: string; readonly after: string },
): Promise<Page | RemoteListing> {
  const query = new URLSearchParams({ prefix, after, amount: String(pageLength) });
  const path = `${refsPath(reference)}/${reference.ref}/objects/ls?${query.toString()}`;
  const answer = await askJson(service, { path });
  if (answer.kind === 'refused') return { kind: 'unread', ...explainLakefs(service, reference, answer) };
  const page = pageOf(answer.json);
  if (page !== null && (page.next === '' || page.next > after)) return page;
  return unread('lakeFS answered no listing', 'Run it again.');
}

function pageOf(json: JsonValue): Page | null {
  const { results, pagination } = isJsonObject(json) ? json : {};
  if (!Array.isArray(results) || !isJsonObject(pagination)) return null;
  const objects = results.map((each) => {
    const { path, size_bytes: size } = isJsonObject(each) ? each : {};
    return typeof path === 'string' && typeof size === 'number' ? { path, sizeBytes: size } : null;
  });
  const { has_more: more, next_offset: next } = pagination;
  if (objects.includes(null) || (more === true && typeof next !== 'string')) return null;
  return {
    objects: objects.filter((each) => each !== null),
    next: more === true && typeof next === 'string' ? next : '',
  };
}

/** One object at one commit, by ranges (`GET /repositories/{repository}/refs/{ref}/objects`). */
export function openLakefsObject(
  service: Service,
  address: LakefsReference,
  sizeBytes: number,
): Awaited<ReturnType<RemoteFiles['open']>> {
  const query = new URLSearchParams({ path: address.path });
  return openRanges({
    service,
    question: { path: `${refsPath(address)}/${encodeURIComponent(address.ref)}/objects?${query.toString()}` },
    address: formatReference(address),
    sizeBytes,
    explain: (refused) => explainLakefs(service, address, refused),
  });
}
