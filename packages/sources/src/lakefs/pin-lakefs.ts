import { isJsonObject } from '@weighbridge/formats';
import { formatReference, type Reference } from '@weighbridge/manifest';
import type { Pinning } from '@weighbridge/ports';
import type { JsonValue } from '@weighbridge/core';
import { askJson, type Service } from '../http/ask-json.js';

/** A reference to a path of lakeFS. */
export type LakefsReference = Extract<Reference, { readonly scheme: 'lakefs' }>;

/**
 * The commit that a branch, tag or expression of lakeFS stands for now: the newest of its log
 * (`GET /repositories/{repository}/refs/{ref}/commits`), after a look whether the path is there at that commit, as an
 * object or as a folder. What is uploaded and not committed yet is part of no commit, and so of no version.
 */
export async function pinLakefs(service: Service, reference: LakefsReference): Promise<Pinning> {
  const { repository, ref, path } = reference;
  const found = await findCommit(service, reference);
  if ('because' in found) return { pinned: null, because: found.because, remedy: found.remedy };
  const { commit } = found;
  const refs = refsPath(reference);
  const query = `prefix=${encodeURIComponent(path)}&amount=1`;
  const listed = await askJson(service, { path: `${refs}/${commit}/objects/ls?${query}` });
  if (listed.kind === 'refused') return { pinned: null, ...explainLakefs(service, reference, listed) };
  if (!holds(listed.json, path)) {
    const because = `${repository} has no ${path} at the commit of ${ref}`;
    return { pinned: null, because, remedy: 'Correct the path, or commit what was uploaded.' };
  }
  return { pinned: formatReference({ ...reference, ref: commit }) };
}

/** Where lakeFS tells of the refs of a repository. */
export function refsPath({ repository }: LakefsReference): string {
  return `/api/v1/repositories/${encodeURIComponent(repository)}/refs`;
}

/** The commit that a ref stands for now; or why there is none. */
export async function findCommit(
  service: Service,
  reference: LakefsReference,
): Promise<
  { readonly commit: string } | { readonly status: number | null; readonly because: string; readonly remedy: string }
> {
  const { ref } = reference;
  const log = await askJson(service, {
    path: `${refsPath(reference)}/${encodeURIComponent(ref)}/commits?amount=1`,
  });
  if (log.kind === 'refused') return { status: log.status, ...explainLakefs(service, reference, log) };
  const commit = newestOf(log.json);
  if (commit !== null) return { commit };
  return { status: 200, because: `lakeFS named no commit of ${ref}`, remedy: 'Write the commit id as the ref.' };
}

function newestOf(json: JsonValue): string | null {
  const results = isJsonObject(json) && Array.isArray(json['results']) ? json['results'] : [];
  const first = results[0];
  const id = isJsonObject(first) ? first['id'] : null;
  return typeof id === 'string' && /^[0-9a-f]{64}$/.test(id) ? id : null;
}

/** A listing by prefix also shows neighbours whose names begin alike. */
function holds(json: JsonValue, path: string): boolean {
  const results = isJsonObject(json) && Array.isArray(json['results']) ? json['results'] : [];
  const folder = path.endsWith('/') ? path : `${path}/`;
  return results.some((each) => {
    const found = isJsonObject(each) ? each['path'] : null;
    return typeof found === 'string' && (found === path || found.startsWith(folder));
  });
}

/** Why lakeFS refused, worded as in Pinning. */
export function explainLakefs(
  { authorization }: Service,
  { repository, ref }: LakefsReference,
  { status, because }: { readonly status: number | null; readonly because: string },
): { readonly because: string; readonly remedy: string } {
  const what = `${repository} at ${ref}`;
  if (status === 404) {
    const remedy = 'Correct the repository and the ref, or write the commit id.';
    return { because: `lakeFS has no ${what}`, remedy };
  }
  if (status === 401 || status === 403) {
    const whom = authorization === null ? 'to nobody in particular' : 'to this key';
    const remedy =
      'Set LAKECTL_CREDENTIALS_ACCESS_KEY_ID and LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY to a key that may read it.';
    return { because: `lakeFS does not show ${what} ${whom}`, remedy };
  }
  return { because: `of lakeFS: ${because}`, remedy: 'Run it again, or write the commit id as the ref.' };
}
