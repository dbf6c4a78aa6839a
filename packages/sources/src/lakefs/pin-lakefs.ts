import { isJsonObject } from '@weighbridge/formats';
import { formatReference, type Reference } from '@weighbridge/manifest';
import type { Pinning } from '@weighbridge/ports';
import type { JsonValue } from '@weighbridge/core';
import { askJson, type Service } from '../http/ask-json.js';

type LakefsReference = Extract<Reference, { readonly scheme: 'lakefs' }>;

/**
 * The commit that a branch, tag or expression of lakeFS stands for now: the newest of its log
 * (`GET /repositories/{repository}/refs/{ref}/commits`), after a look whether the path is there at that commit, as an
 * object or as a folder. What is uploaded and not committed yet is part of no commit, and so of no version.
 */
export async function pinLakefs(service: Service, reference: LakefsReference): Promise<Pinning> {
  const { repository, ref, path } = reference;
  const refs = `/api/v1/repositories/${encodeURIComponent(repository)}/refs`;
  const log = await askJson(service, { path: `${refs}/${encodeURIComponent(ref)}/commits?amount=1` });
  if (log.kind === 'refused') return refused(service, `${repository} at ${ref}`, log);
  const commit = newestOf(log.json);
  if (commit === null) return unpinned(`lakeFS named no commit of ${ref}`, 'Write the commit id as the ref.');
  const query = `prefix=${encodeURIComponent(path)}&amount=1`;
  const listed = await askJson(service, { path: `${refs}/${commit}/objects/ls?${query}` });
  if (listed.kind === 'refused') return refused(service, `${repository} at ${ref}`, listed);
  if (!holds(listed.json, path)) {
    return unpinned(
      `${repository} has no ${path} at the commit of ${ref}`,
      'Correct the path, or commit what was uploaded.',
    );
  }
  return { pinned: formatReference({ ...reference, ref: commit }) };
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

function refused(
  { authorization }: Service,
  what: string,
  { status, because }: { readonly status: number | null; readonly because: string },
): Pinning {
  if (status === 404)
    return unpinned(`lakeFS has no ${what}`, 'Correct the repository and the ref, or write the commit id.');
  if (status === 401 || status === 403) {
    return unpinned(
      `lakeFS does not show ${what}${authorization === null ? ' to nobody in particular' : ' to this key'}`,
      'Set LAKECTL_CREDENTIALS_ACCESS_KEY_ID and LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY to a key that may read it.',
    );
  }
  return unpinned(`of lakeFS: ${because}`, 'Run it again, or write the commit id as the ref.');
}

function unpinned(because: string, remedy: string): Pinning {
  return { pinned: null, because, remedy };
}
