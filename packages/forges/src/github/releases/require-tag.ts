import { weighbridgeError } from '@weighbridge/core';
import type { ReleaseRequest } from '@weighbridge/ports';
import type { GitHubClient, Purpose } from '../client.js';

/** Tags of tags that are followed. */
const maxPeeled = 5;

interface GitObject {
  readonly type: string;
  readonly sha: string;
}

/**
 * A tag that the forge has, and that leads to the commit where one is asked for: names say nothing, since who moves a tag
 * keeps its name. @throws forge/not-found, forge/tag-elsewhere
 */
export async function requireTag(
  client: GitHubClient,
  purpose: Purpose,
  { tag, commit }: Pick<ReleaseRequest, 'tag' | 'commit'>,
): Promise<void> {
  const asked: Purpose = { ...purpose, what: `tag ${tag}` };
  const { data } = await client.ask(asked, (octokit, at) =>
    octokit.request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ...at, ref: `tags/${tag}` }),
  );
  const { address } = client;
  if (data.ref !== `refs/tags/${tag}`) throw weighbridgeError('forge/not-found', { address, what: asked.what });
  if (commit === null) return;
  const found = await peel(client, asked, data.object);
  if (found.type === 'commit' && found.sha === commit) return;
  const at = `${found.type === 'commit' ? '' : `the ${found.type} `}${found.sha.slice(0, 12)}`;
  throw weighbridgeError('forge/tag-elsewhere', { address, tag, at, commit: commit.slice(0, 12) });
}

/** What an annotated tag stands for in the end; anything else as it is. */
async function peel(client: GitHubClient, purpose: Purpose, object: GitObject): Promise<GitObject> {
  let found = object;
  for (let peeled = 0; found.type === 'tag' && peeled < maxPeeled; peeled++) {
    const { sha } = found;
    const { data } = await client.ask(purpose, (octokit, at) =>
      octokit.request('GET /repos/{owner}/{repo}/git/tags/{tag_sha}', { ...at, tag_sha: sha }),
    );
    found = data.object;
  }
  return found;
}
