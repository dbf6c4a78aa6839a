import { formatReference, type Reference } from '@weighbridge/manifest';
import type { Pinning } from '@weighbridge/ports';
import { isJsonObject } from '@weighbridge/formats';
import { askJson, type Service } from '../http/ask-json.js';

const types = { model: 'models', dataset: 'datasets', space: 'spaces' } as const;

/**
 * The commit that a revision of the Hugging Face Hub stands for now (`GET /api/<type>/<repository>/revision/<revision>`,
 * as huggingface_hub asks it); `main` where none is written.
 */
export async function pinHub(
  service: Service,
  reference: Extract<Reference, { readonly scheme: 'hf' }>,
): Promise<Pinning> {
  const revision = encodeURIComponent(reference.revision ?? 'main');
  const repository = reference.repository.split('/').map(encodeURIComponent).join('/');
  const answer = await askJson(service, { path: `/api/${types[reference.type]}/${repository}/revision/${revision}` });
  if (answer.kind === 'refused') return refused(service, reference, answer);
  const sha = isJsonObject(answer.json) ? answer.json['sha'] : undefined;
  if (typeof sha !== 'string' || !/^[0-9a-f]{40}$/.test(sha)) {
    return unpinned('the Hugging Face Hub named no commit', 'Write the commit id after @.');
  }
  return { pinned: formatReference({ ...reference, revision: sha }) };
}

function refused(
  { authorization }: Service,
  reference: Extract<Reference, { readonly scheme: 'hf' }>,
  { status, because }: { readonly status: number | null; readonly because: string },
): Pinning {
  // The Hub answers 401 for what is not there, too, when nobody says who asks.
  if (status !== null && [401, 403, 404].includes(status)) {
    const remedy =
      authorization === null
        ? 'Correct the name, or set HF_TOKEN to a token that may read it.'
        : 'Correct the name, or allow the account of HF_TOKEN to read it (gated repositories ask to be accepted first).';
    const what = `${reference.repository}${reference.revision === null ? '' : ` at ${reference.revision}`}`;
    return unpinned(`the Hugging Face Hub shows no ${what} to this account`, remedy);
  }
  return unpinned(`of the Hugging Face Hub: ${because}`, 'Run it again, or write the commit id after @.');
}

function unpinned(because: string, remedy: string): Pinning {
  return { pinned: null, because, remedy };
}
