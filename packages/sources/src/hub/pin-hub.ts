import type { JsonValue } from '@weighbridge/core';
import { formatReference, type Reference } from '@weighbridge/manifest';
import type { Pinning } from '@weighbridge/ports';
import { isJsonObject } from '@weighbridge/formats';
import { askJson, type Service } from '../http/ask-json.js';

/** A reference to a repository of the Hub. */
export type HubReference = Extract<Reference, { readonly scheme: 'hf' }>;

const types = { model: 'models', dataset: 'datasets', space: 'spaces' } as const;

/**
 * The commit that a revision of the Hugging Face Hub stands for now (`GET /api/<type>/<repository>/revision/<revision>`,
 * as huggingface_hub asks it); `main` where none is written.
 */
export async function pinHub(service: Service, reference: HubReference): Promise<Pinning> {
  const answer = await askJson(service, { path: revisionPath(reference) });
  if (answer.kind === 'refused') return { pinned: null, ...explainHub(service, reference, answer) };
  const sha = commitOf(answer.json);
  if (sha === null) {
    return { pinned: null, because: 'the Hugging Face Hub named no commit', remedy: 'Write the commit id after @.' };
  }
  return { pinned: formatReference({ ...reference, revision: sha }) };
}

/** Where the Hub tells of a revision. */
export function revisionPath({ type, repository, revision }: HubReference): string {
  const name = repository.split('/').map(encodeURIComponent).join('/');
  return `/api/${types[type]}/${name}/revision/${encodeURIComponent(revision ?? 'main')}`;
}

/** The commit that the Hub tells of; null for an answer that names none. */
export function commitOf(json: JsonValue): string | null {
  const sha = isJsonObject(json) ? json['sha'] : undefined;
  return typeof sha === 'string' && /^[0-9a-f]{40}$/.test(sha) ? sha : null;
}

/** Why the Hub refused, worded as in Pinning. */
export function explainHub(
  { authorization }: Service,
  reference: HubReference,
  { status, because }: { readonly status: number | null; readonly because: string },
): { readonly because: string; readonly remedy: string } {
  // The Hub answers 401 for what is not there, too, when nobody says who asks.
  if (status !== null && [401, 403, 404].includes(status)) {
    const remedy =
      authorization === null
        ? 'Correct the name, or set HF_TOKEN to a token that may read it.'
        : 'Correct the name, or allow the account of HF_TOKEN to read it (gated repositories ask to be accepted first).';
    const what = `${reference.repository}${reference.revision === null ? '' : ` at ${reference.revision}`}`;
    return { because: `the Hugging Face Hub shows no ${what} to this account`, remedy };
  }
  const remedy = 'Run it again, or write the commit id after @.';
  return { because: `of the Hugging Face Hub: ${because}`, remedy };
}
