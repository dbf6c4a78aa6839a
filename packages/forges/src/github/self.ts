import type { GitHubClient } from './client.js';
import { viewerQuery } from './pull/query.js';

/** The account that a token acts as, such as `github-actions[bot]`. */
export interface TokenAccount {
  readonly id: string;
  readonly login: string;
}

/** Who the token acts as, asked once. */
export function readSelf(client: GitHubClient): () => Promise<TokenAccount> {
  let asked: Promise<TokenAccount> | undefined;
  return () => (asked ??= askSelf(client));
}

async function askSelf(client: GitHubClient): Promise<TokenAccount> {
  const purpose = { action: 'ask who the token acts as', what: 'such account', needs: [] };
  const { data } = await client.query(purpose, viewerQuery, {});
  const { viewer } = data as { readonly viewer: { readonly databaseId: number | null; readonly login: string } };
  return { id: String(viewer.databaseId ?? ''), login: viewer.login };
}
